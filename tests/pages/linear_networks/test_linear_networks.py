"""Drawings of the pages of Linear networks."""

import matplotlib.pyplot as plt
import numpy as np
import torch

from d2lbook_utils import History
from d2lbook_utils.figures.linear_networks import image_classification_dataset as dataset
from d2lbook_utils.figures.linear_networks import softmax_regression_concise as concise
from d2lbook_utils.figures.linear_networks import softmax_regression_scratch as scratch


def test_templates_share_one_scale():
    templates = torch.arange(10 * 28 * 28.0).reshape(10, 28, 28)
    scratch.templates(templates, list("abcdefghij"), 5.0)
    axes = plt.gcf().axes
    assert [ax.get_title() for ax in axes] == list("abcdefghij")
    assert all(ax.images[0].get_clim() == (-5.0, 5.0) for ax in axes)
    assert np.array_equal(axes[3].images[0].get_array(), templates[3])


def test_confusion_writes_counts_above_ten_with_the_truth_in_rows():
    scratch.confusion(torch.tensor([[90, 11], [10, 80]]), ["cat", "dog"])
    ax = plt.gca()
    assert {(t.get_position(), t.get_text()) for t in ax.texts} == {((0, 0), "90"), ((1, 0), "11"), ((1, 1), "80")}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "true")
    assert [t.get_text() for t in ax.get_yticklabels()] == ["cat", "dog"]


def test_reliability_has_the_diagonal_and_the_points():
    scratch.reliability([0.4, 0.9], [0.5, 0.8])
    diagonal, points = plt.gca().lines
    assert diagonal.get_xydata().tolist() == [[0, 0], [1, 1]]
    assert np.allclose(points.get_xydata(), [[0.4, 0.5], [0.9, 0.8]])


def test_shift_moves_the_images_and_the_mark():
    images = torch.zeros(4, 1, 5, 5)
    images[:, :, :, 1] = 1
    scratch.shift(images, {0: 0.8, 1: 0.7, 2: 0.4}, 2)
    *pictures, curve = plt.gcf().axes
    assert all(ax.images[0].get_array()[0].argmax() == 3 for ax in pictures) and len(pictures) == 4
    assert curve.lines[1].get_xydata().tolist() == [[2, 0.4]]


def history(*accuracies):
    record = History("train loss", "test accuracy")
    for epoch, accuracy in enumerate(accuracies, 1):
        record.record(epoch, 1 - accuracy, accuracy)
    return record


def test_sweep_emphasises_one_rate():
    concise.sweep({0.1: history(0.5, 0.75), 1.0: history(0.25, 0.5)}, 0.1)
    ax = plt.gca()
    assert len(ax.lines) == 3 and ax.lines[2].get_xydata().tolist() == [[1, 0.5], [2, 0.75]]
    assert ax.get_title() == "last training loss 0.25"


def test_two_runs_have_one_colour_and_one_name_a_group():
    concise.two_runs([history(0.5), history(0.6)], [history(0.7)])
    ax = plt.gca()
    assert [line.get_color() for line in ax.lines] == ["C0", "C0", "C1"]
    assert [text.get_text() for text in ax.get_legend().texts] == ["std 0.01", "default"]


def test_resized_image_has_its_size():
    dataset.resized(torch.full((28, 28), 255.0), 7)
    ax = plt.gca()
    assert ax.images[0].get_array().shape == (7, 7) and np.allclose(ax.images[0].get_array(), 1)
    assert ax.get_title() == "7 x 7 = 49 numbers"


def test_histogram_counts_pixels():
    dataset.pixel_histogram(torch.tensor([[[0, 0], [255, 7]]], dtype=torch.uint8))
    heights = [bar.get_height() for bar in plt.gca().patches]
    assert (heights[0], heights[7], heights[255], sum(heights)) == (2, 1, 1, 4)


def test_times_are_written_at_the_bars():
    dataset.times({"slow": 2.0, "fast": 0.25})
    ax = plt.gca()
    assert [bar.get_width() for bar in ax.patches] == [2.0, 0.25]
    assert [text.get_text() for text in ax.texts] == ["2.00 s", "0.25 s"]
