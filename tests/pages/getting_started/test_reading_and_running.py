import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils.figures.getting_started import reading_and_running as draw


def test_page_names_its_parts_from_top_to_bottom():
    draw.page()
    axes = plt.gca()
    names = [text.get_text() for text in axes.texts[::2]]
    heights = [text.get_position()[1] for text in axes.texts[::2]]
    assert names[1:3] == ["imports", "parameters"] and names[-3:-1] == ["Common confusions", "Summary"]
    assert heights == sorted(heights) and axes.yaxis_inverted()


def test_rate_shows_line_points_and_losses():
    plt.figure()
    draw.rate(torch.tensor([0.0, 1.0]), torch.tensor([1.0, 3.0]), 2.0, 1.0, [4.0, 0.5])
    above, below = plt.gcf().axes
    points, line = above.lines
    assert points.get_ydata().tolist() == [1, 3]
    assert line.get_ydata().tolist() == pytest.approx([2 * -2.2 + 1, 2 * 2.2 + 1])
    assert list(below.lines[0].get_xdata()) == [1, 2] and list(below.lines[0].get_ydata()) == [4.0, 0.5]
    assert below.get_yscale() == "log" and below.get_title() == "last loss: 0.50"
    assert (below.get_xlabel(), below.get_ylabel()) == ("step", "loss")


@pytest.mark.parametrize("loss", [1e20, float("inf"), float("nan")])
def test_a_run_that_leaves_the_picture_is_named(loss):
    plt.figure()
    draw.rate(torch.zeros(1), torch.zeros(1), 1e9, 0.0, [1.0, loss])
    assert plt.gcf().axes[1].get_title() == "last loss: out of bounds"


def test_band_reaches_from_lowest_to_highest_seed():
    curves = torch.tensor([[4.0, 1.0], [2.0, 3.0], [3.0, 2.0]])
    draw.band(curves, range(1, 3))
    axes = plt.gca()
    heights = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == (1, 4)
    assert [line.get_ydata().tolist() for line in axes.lines] == [*curves.tolist(), [3.0, 2.0]]
    assert axes.get_xlabel() == "step" and len(axes.get_legend().texts) == 2


def test_test_sets_show_shares_in_per_cent_and_two_standard_errors():
    plt.figure()
    draw.test_sets(torch.tensor([0.82, 0.83, 0.83, 0.84]), 0.83, 400)
    axes = plt.gca()
    span, *bars = axes.patches
    assert span.get_x() == pytest.approx(0.83 - 2 * 0.018782, abs=1e-5)
    assert span.get_width() == pytest.approx(4 * 0.018782, abs=1e-5)
    assert sum(bar.get_height() for bar in bars) == pytest.approx(100)
    assert axes.get_title() == "n = 400: standard error 0.0188"


@pytest.mark.parametrize("n", [100, 400, 1600, 10_000])
def test_every_bar_holds_equally_many_possible_accuracies(n):
    plt.figure()
    draw.test_sets(torch.arange(n + 1) / n, 0.83, n)
    heights = {round(bar.get_height(), 6) for bar in plt.gca().patches[1:] if bar.get_x() + bar.get_width() < 1}
    assert len(heights) == 1
