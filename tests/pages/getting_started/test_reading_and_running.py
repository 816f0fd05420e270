import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils.figures.getting_started import reading_and_running as draw


def test_page_names_its_parts_from_top_to_bottom():
    draw.page()
    heights = [text.get_position()[1] for text in plt.gca().texts[::2]]
    assert heights == sorted(heights) and plt.gca().yaxis_inverted()


def test_rate_draws_the_line_of_the_run():
    draw.rate(torch.tensor([0.0, 1.0]), torch.tensor([1.0, 3.0]), 2.0, 1.0, [4.0, 0.5])
    above, below = plt.gcf().axes
    assert above.lines[1].get_ydata().tolist() == pytest.approx([2 * -2.2 + 1, 2 * 2.2 + 1])
    assert below.get_title() == "last loss: 0.50"


@pytest.mark.parametrize("loss", [1e20, float("inf"), float("nan")])
def test_a_run_that_leaves_the_picture_is_named(loss):
    draw.rate(torch.zeros(1), torch.zeros(1), 1e9, 0.0, [1.0, loss])
    assert plt.gcf().axes[1].get_title() == "last loss: out of bounds"


def test_band_reaches_from_lowest_to_highest_seed_around_the_mean():
    draw.band(torch.tensor([[4.0, 1.0], [2.0, 3.0], [3.0, 2.0]]), range(1, 3))
    ax = plt.gca()
    heights = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == (1, 4)
    assert ax.lines[-1].get_ydata().tolist() == [3.0, 2.0]


def test_accuracies_are_shown_in_per_cent_with_two_standard_errors():
    draw.measured_accuracies(torch.tensor([0.82, 0.83, 0.83, 0.84]), 0.83, 400)
    span, *bars = plt.gca().patches
    assert span.get_x() == pytest.approx(0.83 - 2 * 0.018782, abs=1e-5)
    assert span.get_width() == pytest.approx(4 * 0.018782, abs=1e-5)
    assert sum(bar.get_height() for bar in bars) == pytest.approx(100)


@pytest.mark.parametrize("n", [100, 400, 1600, 10_000])
def test_every_bar_holds_equally_many_possible_accuracies(n):
    draw.measured_accuracies(torch.arange(n + 1) / n, 0.83, n)
    heights = {round(bar.get_height(), 6) for bar in plt.gca().patches[1:] if bar.get_x() + bar.get_width() < 1}
    assert len(heights) == 1
