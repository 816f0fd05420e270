import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import torch

from d2lbook_utils.figures.multilayer_perceptrons import house_prices as draw

PRICE = torch.tensor([100_000.0, 200_000.0, 400_000.0])


def test_missing_map_has_a_row_for_each_column_with_gaps_and_sorts_the_houses():
    table = pd.DataFrame({"GarageArea": [300, 0, 200], "TotalBsmtSF": [1, 1, 1],
                          "PoolQC": [None, None, "Ex"], "GarageType": ["A", None, "B"]})
    draw.missing(table)
    (image,) = plt.gca().images
    assert [label.get_text() for label in plt.gca().get_yticklabels()] == ["GarageType", "PoolQC"]
    assert np.asarray(image.get_array()).astype(int).tolist() == [[1, 0, 0], [1, 0, 1]]
    assert [text.get_text() for text in plt.gca().texts] == ["1", "2"]
    assert "houses" in plt.gca().get_xlabel()


def test_prices_name_the_skewness_of_each_histogram():
    draw.prices(np.exp(np.linspace(11, 13, 500)))
    dollars, logs = plt.gcf().axes
    assert logs.get_title() in ("skewness 0.0", "skewness -0.0") and dollars.get_title() == "skewness 0.7"
    assert sum(bar.get_height() for bar in logs.patches) == 500
    assert "log" in logs.get_xlabel() and "dollars" in dollars.get_xlabel()


def test_ridge_marks_the_chosen_penalty_and_scatters_its_predictions():
    plt.figure()
    draw.ridge([0.1, 1.0, 10.0], [0.10, 0.11, 0.12], [0.16, 0.14, 0.15], PRICE, PRICE * 1.1, 1.0)
    top, bottom = plt.gcf().axes
    assert top.get_title() == "training 0.110, validation 0.140"
    marks = [tuple(np.ravel(line.get_data())) for line in top.lines if line.get_marker() == "o"]
    assert marks == [(1.0, 0.11), (1.0, 0.14)]
    assert bottom.lines[0].get_ydata() == pytest.approx(PRICE.numpy() * 1.1)
    assert "true price" in bottom.get_xlabel() and "predicted" in bottom.get_ylabel()


def test_leaders_draw_every_fold_and_a_bar_at_the_mean():
    draw.leaders({"one": torch.tensor([0.1, 0.3]), "two": torch.tensor([0.4, 0.5])})
    ax = plt.gca()
    bars = [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 2]
    assert bars == pytest.approx([0.2, 0.45]) and len(ax.lines) == 6
    assert [label.get_text() for label in ax.get_yticklabels()] == ["one", "two"] and "log-RMSE" in ax.get_xlabel()
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first model on top


def test_worst_houses_are_named_at_their_place():
    draw.worst(PRICE, PRICE * 2, [7, 8, 9], [2])
    (label,) = plt.gca().texts
    assert label.get_text() == "9" and label.xy == (400_000, 800_000)


def test_splits_show_every_split_the_time_and_the_gap():
    draw.splits([0.12, 0.2, 0.14], 0.15, 0.005)
    dots, line, gap = plt.gca().lines
    assert list(dots.get_xdata()) == [0.12, 0.2, 0.14] and line.get_xdata()[0] == 0.15
    assert gap.get_xdata() == pytest.approx([0.12, 0.125])


def test_curves_draw_the_folds_and_their_mean():
    plt.figure()
    draw.curves(torch.tensor([[0.4, 0.2], [0.6, 0.4]]))
    ax = plt.gca()
    assert len(ax.lines) == 3 and list(ax.lines[-1].get_ydata()) == pytest.approx([0.5, 0.3])
    assert list(ax.lines[0].get_xdata()) == [1, 2] and ax.get_xlabel() == "epoch" and ax.get_yscale() == "log"
