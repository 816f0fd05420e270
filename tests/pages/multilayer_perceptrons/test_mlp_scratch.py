import matplotlib.pyplot as plt
import numpy as np
import torch

from d2lbook_utils import History
from d2lbook_utils.figures.multilayer_perceptrons import mlp_scratch


def test_network_joins_every_unit_shown_and_names_the_widths():
    mlp_scratch.network(torch.rand(28, 28), [784, 256, 4])
    axes = plt.gca()
    xs = sorted(circle.center[0] for circle in axes.patches)
    assert [xs.count(x) for x in (0, 2, 4)] == [8, 8, 4]
    assert len(axes.lines) == 8 * 8 + 8 * 4
    words = [text.get_text() for text in axes.texts]
    assert {"784\npixels", "256\nhidden units", "4\nlogits"} <= set(words) and words.count("⋮") == 2
    assert "784 × 256" in words[-2] and "256 × 4" in words[-1]
    assert len(axes.images) == 1


def test_losses_of_both_runs():
    runs = []
    for values in ([0.8, 0.5], [1.0, 0.4]):
        runs.append(History("train loss"))
        for epoch, value in enumerate(values, 1):
            runs[-1].record(epoch, value)
    mlp_scratch.losses(*runs)
    linear, network = plt.gca().lines
    assert list(linear.get_ydata()) == [0.8, 0.5] and list(network.get_ydata()) == [1.0, 0.4] and list(network.get_xdata()) == [1, 2]
    assert linear.get_label() == "softmax regression" and plt.gca().get_ylabel() == "training loss"


def test_units_lie_in_a_grid_below_their_titles():
    units = torch.arange(5.0)[:, None, None].expand(5, 28, 28) - 2
    mlp_scratch.unit_images(units, list("abcde"))
    axes = plt.gca()
    picture = axes.images[0].get_array()
    assert axes.images[0].get_clim() == (-2, 2)
    for i, text in enumerate(axes.texts):
        x, y = text.get_position()
        assert text.get_text() == "abcde"[i]
        assert (picture[int(y) + 2:int(y) + 30, int(x) - 14:int(x) + 14] == i - 2).all()
    assert np.ma.masked_invalid(picture).count() == 5 * 28 * 28


def test_start_tells_name_and_accuracy():
    mlp_scratch.start(torch.zeros(8, 28, 28), "all zero", 0.1)
    assert plt.gca().get_title() == "all zero: test accuracy 0.10" and plt.gca().texts[7].get_text() == "unit 8"


def test_width_marks_one_point_of_each_curve():
    results = {1: (1.5, 0.3, 0.25), 8: (0.5, 0.8, 0.75)}
    mlp_scratch.width(8, results, torch.rand(8, 28, 28))
    top, axes = plt.gcf().axes
    train, mark, test, other = axes.lines
    assert list(train.get_ydata()) == [0.3, 0.8] and list(test.get_ydata()) == [0.25, 0.75] and test.get_label() == "test"
    assert mark.get_xydata().tolist() == [[8, 0.8]] and other.get_xydata().tolist() == [[8, 0.75]]
    assert axes.get_xscale() == "log" and axes.get_xlabel() == "hidden units" and "8 hidden units" in axes.get_title()
    assert len(top.images) == 1
