from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from traps import Trap, each_is_caught, with_bug

from d2lbook_utils import data_directory
from d2lbook_utils.data.fashion_mnist import load_fashion_mnist
from d2lbook_utils.figures.linear_networks import image_classification_dataset as draw


def test_resized_image_keeps_white_white():
    draw.resized(torch.full((28, 28), 255.0), 7)
    picture = plt.gca().images[0].get_array()
    assert picture.shape == (7, 7) and np.allclose(picture, 1)


def test_histogram_counts_pixels():
    draw.pixel_histogram(torch.tensor([[[0, 0], [255, 7]]], dtype=torch.uint8))
    heights = [bar.get_height() for bar in plt.gca().patches]
    assert (heights[0], heights[7], heights[255], sum(heights)) == (2, 1, 1, 4)


def does_not_depend_on_the_working_directory(folder):
    assert folder().is_absolute()


def leaves_the_test_set_in_order(load):
    _, test = load(1000)
    first = [next(iter(test))[1] for _ in range(2)]
    assert torch.equal(*first)


test_trap = each_is_caught(
    Trap(
        "a data folder relative to the working directory",
        right=data_directory,
        wrong=lambda: Path("../data"),
        check=does_not_depend_on_the_working_directory,
    ),
    Trap(
        "the test set shuffled",
        right=load_fashion_mnist,
        wrong=with_bug(load_fashion_mnist, "shuffle=train", "shuffle=True"),
        check=leaves_the_test_set_in_order,
    ),
)
