import matplotlib.pyplot as plt
import numpy as np
import torch

from d2lbook_utils.figures.multilayer_perceptrons import initialization


def words(axes):
    return [text.get_text() for text in axes.texts]


def test_layers_have_a_histogram_each_and_gradients_below():
    initialization.layers({1: torch.tensor([[-1.0, 1.0]]), 50: torch.zeros(2, 2)}, [1e-3, 10.0])
    first, last, below = plt.gcf().axes
    assert words(first) == ["layer 1", "std 1"] and words(last) == ["layer 50", "std 0"]
    heights = [bar.get_height() for bar in last.patches]
    assert max(heights) == heights[30] == 1 and sum(heights) == 1
    band, curve = below.patches[0], below.lines[0]
    assert curve.get_xydata().tolist() == [[1, 1e-3], [2, 10]] and below.get_yscale() == "log"
    assert (below.get_xlabel(), below.get_ylabel(), last.get_xlabel()) == ("layer", "gradient norm", "activation")
    assert band.get_label() == "workable range"


def test_signal_has_dots_for_the_measured_and_lines_for_the_predicted():
    initialization.signal({0.1: ([1.0, 2.0, 4.0, 8.0], [1.0, 2.0, 3.0, 4.0])})
    line, dots = plt.gca().lines
    assert line.get_ydata().tolist() == [1, 2, 3, 4] and dots.get_xydata().tolist() == [[1, 1], [4, 8]]
    assert plt.gca().get_yscale() == "log" and plt.gca().get_legend().get_texts()[0].get_text() == "0.1"


def test_taylor_shows_function_tangent_and_cubic():
    x = torch.linspace(-1, 1, 5)
    initialization.taylor(x, x.sin(), x, x - x**3 / 6, "sine")
    curves = {line.get_label(): line.get_ydata() for line in plt.gca().lines}
    assert list(curves) == ["identity", "sine", "tangent at 0", "to the third power"]
    assert np.allclose(curves["sine"], x.sin()) and np.allclose(curves["to the third power"], x - x**3 / 6)
    assert plt.gca().get_title() == "sine"


def test_grid_writes_powers_of_ten_and_names_zero_and_overflow():
    initialization.grid({"signal": [[1.0, 0.0], [1e-7, float("nan")], [3e4, float("inf")]]}, ["a", "b", "c"], ["relu", "tanh"])
    axes = plt.gcf().axes[0]
    assert words(axes) == ["$10^{0}$", "0", "$10^{-7}$", "inf", "$10^{4}$", "inf"]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["relu", "tanh"] and axes.get_title() == "signal"
    shown = axes.images[0].get_array()
    assert shown[0, 0] == 0 and shown[0, 1] == -12 and shown[1, 1] == shown[2, 1] == 12
