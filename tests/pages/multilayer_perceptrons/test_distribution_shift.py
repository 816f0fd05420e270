import matplotlib.pyplot as plt
import numpy as np
import torch
from traps import Trap, each_is_caught, from_page, with_bug

from d2lbook_utils.figures.multilayer_perceptrons import distribution_shift as draw


def test_kinds_move_what_the_title_says():
    draw.kinds()
    axes = plt.gcf().axes
    titles = [ax.get_title().split("\n")[1] for ax in axes]
    assert [title.endswith("moves") for title in titles] == [True, False, True, False, False, True]
    for ax, title in zip(axes, titles):
        if ax.patches:
            heights = [bar.get_height() for bar in ax.patches]
            assert heights[:2] != heights[2:] and np.allclose([sum(heights[:2]), sum(heights[2:])], 1)
            continue
        curves = [np.asarray(line.get_ydata()) for line in ax.lines if len(line.get_ydata())]
        half = len(curves) // 2
        same = all(np.allclose(a, b) for a, b in zip(curves[:half], curves[half:]))
        assert same == title.endswith("stays")


def test_reweighting_shows_densities_lines_and_their_errors():
    x, y = torch.tensor([0.0, 1.0, 2.0]), torch.tensor([1.0, 2.0, 3.0])
    beta = torch.tensor([0.5, 1.0, 4.0])
    draw.reweighting(2.0, x, y, x, y + 1, beta, torch.tensor([1.0, 1.0]), torch.tensor([2.0, 1.0]), 2.4)
    top, middle, bottom = plt.gcf().axes
    u, p = top.lines[1].get_data()
    assert abs(u[int(np.argmax(p))] - 2) < 0.05 and abs(max(p) - 0.798) < 0.01
    assert middle.get_title() == "worth 2 of 3 examples"
    plain, weighted = bottom.lines
    assert np.allclose(np.asarray(weighted.get_ydata()) - np.asarray(plain.get_ydata()), 1, atol=1e-5)
    assert [line.get_label() for line in bottom.lines] == ["plain: error 1.00", "weighted: error 0.00"]


def test_monitor_marks_alarms_on_the_retrained_curve():
    draw.monitor(0.5, torch.tensor([0.1, 0.3, 0.5]), torch.tensor([0.1, 0.3, 0.2]), 0.25, [2])
    assert np.allclose(plt.gca().lines[2].get_xydata(), [[2, 0.3]])


def recovers_the_frequencies(estimate):
    confusion = torch.tensor([[80.0, 20.0, 0.0], [10.0, 270.0, 20.0], [5.0, 15.0, 80.0]])
    truth = torch.tensor([0.5, 0.2, 0.3])
    rates = confusion / confusion.sum(dim=1, keepdim=True)
    assert torch.allclose(estimate(confusion, truth @ rates), truth, atol=1e-5)


LABEL_SHIFT = from_page("multilayer-perceptrons/distribution-shift", "estimate_label_shift")

test_trap = each_is_caught(
    Trap(
        "the confusion matrix not transposed",
        right=LABEL_SHIFT,
        wrong=with_bug(LABEL_SHIFT, "rates.T", "rates"),
        check=recovers_the_frequencies,
    ),
    Trap(
        "columns normalised instead of rows",
        right=LABEL_SHIFT,
        wrong=with_bug(LABEL_SHIFT, "dim=1", "dim=0"),
        check=recovers_the_frequencies,
    ),
)
