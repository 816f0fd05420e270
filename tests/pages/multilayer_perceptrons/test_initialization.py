import math

import matplotlib.pyplot as plt
import torch

from d2lbook_utils.figures.multilayer_perceptrons import initialization as draw


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_layers_have_a_histogram_each_and_gradients_below():
    draw.layers({1: torch.tensor([[-1.0, 1.0]]), 50: torch.zeros(2, 2)}, [1e-3, 10.0])
    first, last, below = plt.gcf().axes
    assert texts(first) == ["layer 1", "std 1"] and texts(last) == ["layer 50", "std 0"]
    heights = [bar.get_height() for bar in last.patches]
    assert max(heights) == heights[30] == 1 and sum(heights) == 1
    assert below.lines[0].get_xydata().tolist() == [[1, 1e-3], [2, 10]]


def test_signal_has_a_dot_for_every_third_layer():
    draw.signal({0.1: ([1.0, 2.0, 4.0, 8.0], [1.0, 2.0, 3.0, 4.0])})
    assert plt.gca().lines[1].get_xydata().tolist() == [[1, 1], [4, 8]]


def test_powers_of_ten_name_zero_and_overflow():
    values = [[1.0, 0.0], [1e-7, math.nan], [3e4, math.inf]]
    draw.powers_of_ten({"signal": values}, ["a", "b", "c"], ["relu", "tanh"])
    table = plt.gcf().axes[0]
    assert texts(table) == ["$10^{0}$", "0", "$10^{-7}$", "inf", "$10^{4}$", "inf"]
    shown = table.images[0].get_array()
    assert shown[0, 0] == 0 and shown[0, 1] == -12 and shown[1, 1] == shown[2, 1] == 12
