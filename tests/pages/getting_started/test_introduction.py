import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils.figures.getting_started import introduction as draw


def texts(axes):
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("threshold, right", [(12, 3), (14, 4), (15, 4), (20, 3)])
def test_rule_frames_shoes_hatches_wrong_answers_and_marks_the_accuracy(threshold, right):
    heights, labels = torch.tensor([9, 12, 15, 22] * 5), torch.tensor([0.0, 0, 1, 1] * 5)
    draw.rule(torch.zeros(20, 28, 28), labels, heights, threshold)
    figure = plt.gcf()
    *shoes, bars, curve = figure.axes
    assert len(shoes) == 8
    shown = sorted(draw._eight_shoes(heights, labels.bool()), key=lambda i: heights[i])
    says_boot = [heights[i].item() >= threshold for i in shown]
    assert [shoe.spines["top"].get_edgecolor() for shoe in shoes] == [
        plt.matplotlib.colors.to_rgba(draw.BOOT if says else draw.SNEAKER) for says in says_boot]
    assert [bool(shoe.lines) for shoe in shoes] == [says != labels[i].bool().item() for says, i in zip(says_boot, shown)]
    bar = {(round(p.get_x() + 0.5), p.get_height()): p.get_hatch() for p in bars.patches if p.get_height()}
    assert {height: bool(hatch) for (height, _), hatch in bar.items()} == {
        height: (height >= threshold) != boot for height, boot in ((9, False), (12, False), (15, True), (22, True))}
    assert {(9, 5), (12, 5), (15, -5), (22, -5)} == set(bar)
    assert curve.lines[-1].get_xydata().tolist() == [[threshold, pytest.approx(right / 4)]]
    assert figure.get_suptitle() == f"boot from {threshold} rows on: {25 * right} of 100 answers right"


def test_learning_shows_the_weights_and_the_place_on_the_curve():
    plt.figure()
    weights = torch.linspace(-2, 1, 784)
    draw.learning(weights, 10, {0: 0.5, 10: 0.8, 100: 0.9}, 0.7)
    picture, curve = plt.gcf().axes
    image, = picture.images
    assert torch.equal(torch.tensor(image.get_array().tolist()), weights.reshape(28, 28)) and image.get_clim() == (-2, 2)
    assert picture.get_title() == "votes after 10 steps" and curve.get_title() == "accuracy 0.80"
    assert curve.lines[0].get_ydata()[0] == 0.7 and curve.lines[-1].get_xydata().tolist() == [[10, 0.8]]
    assert (curve.get_xlabel(), curve.get_ylabel()) == ("training steps", "test accuracy")


def test_pair_names_both_garments_and_both_scores():
    plt.figure()
    draw.pair(["bag", "boot"], torch.zeros(784), 0.5, 0.97)
    picture, bars = plt.gcf().axes
    assert picture.get_title() == "blue: bag\norange: boot"
    assert [patch.get_width() for patch in bars.patches] == [0.5, 0.97] and texts(bars) == ["0.50", "0.97"]


def test_sizes_draws_mean_band_and_rule():
    plt.figure()
    draw.sizes([10, 100], torch.tensor([[0.6, 0.8], [0.85, 0.95]]), 0.75)
    axes = plt.gca()
    assert axes.get_xscale() == "log" and axes.get_ylabel() == "test accuracy"
    assert axes.lines[0].get_ydata().tolist() == pytest.approx([0.7, 0.9]) and axes.lines[1].get_ydata()[0] == 0.75
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["five draws", "learned, mean", "rule by hand"]


def test_map_colours_the_cells_that_the_book_covers():
    plt.figure()
    draw.field_map()
    axes = plt.gca()
    cells = [text for text in texts(axes) if any(text in row for row in draw.MAP.values())]
    assert len(axes.patches) == len(cells) == 12
    green = {cell for cell, patch in zip(cells, axes.patches) if patch.get_facecolor()[:3] != (0.94, 0.94, 0.94)}
    assert green == set(draw.COVERED)


def test_road_goes_from_old_to_new_with_winters_in_grey():
    plt.figure()
    draw.road()
    years = [int(year.split()[-1]) for year in texts(plt.gca())[::2]]
    assert years == sorted(years) and len(years) == len(draw.ROAD)
    assert len(plt.gca().patches) == sum(kind == "winter" for _, _, kind in draw.ROAD)


def test_growth_starts_every_curve_at_one():
    plt.figure()
    draw.growth({"a": {2000: 5, 2010: 500}, "b": {1998: 2, 2020: 4}})
    axes = plt.gca()
    assert [line.get_xydata().tolist() for line in axes.lines] == [[[2000, 1], [2010, 100]], [[1998, 1], [2020, 2]]]
    assert texts(axes) == ["a", "b"] and axes.get_yscale() == "log"
