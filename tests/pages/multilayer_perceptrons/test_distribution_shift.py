import matplotlib.pyplot as plt
import numpy as np
import torch

from d2lbook_utils.figures.multilayer_perceptrons import distribution_shift as draw


def test_kinds_move_what_the_title_says():
    draw.kinds()
    panels = plt.gcf().axes
    titles = [axes.get_title().split("\n")[1] for axes in panels]
    assert titles == ["P(x) moves", "P(y = 1 | x) stays", "P(y) moves", "P(x | y) stays", "P(x) stays", "P(y = 1 | x) moves"]
    assert [axes.get_title().split("\n")[0] for axes in panels[::2]] == ["covariate shift", "label shift", "concept shift"]
    for axes, title in zip(panels, titles):
        if axes.patches:
            heights = [bar.get_height() for bar in axes.patches]
            assert heights[:2] != heights[2:] and np.allclose([sum(heights[:2]), sum(heights[2:])], 1)
            continue
        curves = [np.asarray(line.get_ydata()) for line in axes.lines if len(line.get_ydata())]
        half = len(curves) // 2
        same = all(np.allclose(a, b) for a, b in zip(curves[:half], curves[half:]))
        assert same == title.endswith("stays")


def test_reweighting_shows_densities_weights_and_both_lines():
    x, y = torch.tensor([0.0, 1.0, 2.0]), torch.tensor([1.0, 2.0, 3.0])
    beta = torch.tensor([0.5, 1.0, 4.0])
    draw.reweighting(2.0, x, y, x, y + 1, beta, torch.tensor([1.0, 1.0]), torch.tensor([2.0, 1.0]), 2.4)
    top, middle, bottom = plt.gcf().axes
    u, p = top.lines[1].get_data()
    assert abs(u[int(np.argmax(p))] - 2) < 0.05 and abs(max(p) - 0.798) < 0.01
    assert np.allclose(middle.collections[0].get_offsets(), torch.stack([x, beta], dim=1))
    assert middle.get_title() == "worth 2 of 3 examples" and middle.get_yscale() == "log"
    plain, weighted = bottom.lines
    assert np.allclose(np.asarray(weighted.get_ydata()) - np.asarray(plain.get_ydata()), 1, atol=1e-5)
    assert [line.get_label() for line in bottom.lines] == ["plain: error 1.00", "weighted: error 0.00"]


def test_frequencies_have_two_bars_and_a_diamond_for_each_class():
    naive, corrected, true = torch.tensor([0.2, 0.8]), torch.tensor([0.4, 0.6]), torch.tensor([0.5, 0.5])
    draw.frequencies(["shirt", "bag"], naive, corrected, true)
    axes = plt.gca()
    assert np.allclose([bar.get_width() for bar in axes.patches], [0.2, 0.8, 0.4, 0.6])
    assert list(axes.lines[0].get_xdata()) == [0.5, 0.5]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["shirt", "bag"]
    assert {text.get_text() for text in axes.get_legend().get_texts()} == {"share of guesses", "corrected", "true"}


def test_monitor_marks_alarms_on_the_retrained_curve():
    frozen, kept = torch.tensor([0.1, 0.3, 0.5]), torch.tensor([0.1, 0.3, 0.2])
    draw.monitor(0.5, frozen, kept, 0.25, [2])
    axes = plt.gca()
    first, second, marks, limit = axes.lines
    assert np.allclose(first.get_ydata(), frozen) and list(first.get_xdata()) == [1, 2, 3]
    assert np.allclose(second.get_ydata(), kept)
    assert np.allclose(marks.get_xydata(), [[2, 0.3]]) and set(limit.get_ydata()) == {0.25}
    assert axes.get_title() == "0.5 degrees a day: 1 alarms"
