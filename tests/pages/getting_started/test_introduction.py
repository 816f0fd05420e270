import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import to_rgba

from d2lbook_utils.figures.getting_started import introduction as draw


@pytest.mark.parametrize("threshold, right", [(12, 3), (14, 4), (15, 4), (20, 3)])
def test_rule_frames_shoes_hatches_wrong_answers_and_marks_the_accuracy(threshold, right):
    heights, labels = torch.tensor([9, 12, 15, 22] * 5), torch.tensor([0.0, 0, 1, 1] * 5)
    draw.rule(torch.zeros(20, 28, 28), labels, heights, threshold)
    figure = plt.gcf()
    bars, curve, *shoes = figure.axes
    shown = sorted(draw._eight_shoes(heights, labels.bool()), key=lambda i: heights[i])
    says_boot = [heights[i].item() >= threshold for i in shown]
    frames = [shoe.spines["top"].get_edgecolor() for shoe in shoes]
    crossed = [bool(shoe.lines) for shoe in shoes]
    assert frames == [to_rgba(draw.BOOT if says else draw.SNEAKER) for says in says_boot]
    assert crossed == [says != bool(labels[i]) for says, i in zip(says_boot, shown)]
    hatched = {(round(p.get_x() + 0.5), p.get_height()): bool(p.get_hatch()) for p in bars.patches if p.get_height()}
    assert hatched == {(9, 5): threshold <= 9, (12, 5): threshold <= 12, (15, -5): threshold > 15, (22, -5): False}
    assert curve.lines[-1].get_xydata().tolist() == [[threshold, pytest.approx(right / 4)]]
    assert figure.get_suptitle() == f"boot from {threshold} rows on: {25 * right} of 100 answers right"


def test_map_colours_the_cells_that_the_book_covers():
    draw.field_map()
    ax = plt.gca()
    texts = [text.get_text() for text in ax.texts]
    cells = [text for text in texts if any(text in row for row in draw.MAP.values())]
    green = {cell for cell, patch in zip(cells, ax.patches) if patch.get_facecolor()[:3] != (0.94, 0.94, 0.94)}
    assert green == set(draw.COVERED) and len(ax.patches) == len(cells) == 12


def test_road_goes_from_old_to_new():
    draw.road()
    years = [int(text.get_text().split()[-1]) for text in plt.gca().texts[::2]]
    assert years == sorted(years) and len(years) == len(draw.ROAD)


def test_growth_starts_every_curve_at_one():
    draw.growth({"a": {2000: 5, 2010: 500}, "b": {1998: 2, 2020: 4}})
    curves = [line.get_xydata().tolist() for line in plt.gca().lines]
    assert curves == [[[2000, 1], [2010, 100]], [[1998, 1], [2020, 2]]]
