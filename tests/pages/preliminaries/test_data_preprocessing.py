import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from d2lbook_utils.figures.preliminaries import data_preprocessing


@pytest.fixture
def axes():
    yield plt.figure().gca()
    plt.close("all")


def test_table_hatches_empty_cells_and_colours_changed_ones(axes):
    before = pd.DataFrame({"rooms": [3.0, np.nan], "zone": ["20", "60"]})
    after = pd.DataFrame({"rooms": [3.0, 3.0], "zone": ["20", None], "flag": [0.0, 1.0]})
    data_preprocessing.table(after, before)
    assert [bool(patch.get_hatch()) for patch in axes.patches] == [False, False, False, False, True, False]
    green = matplotlib.colors.to_rgba("#B5E3D3")
    changed = [patch.get_xy() for patch in axes.patches if patch.get_facecolor() == green]
    assert changed == [(2, 0), (0, 1), (2, 1)]
    assert [text.get_text() for text in axes.texts] == ["3", "20", "0", "3", "", "1", "rooms", "zone", "flag"]


def test_missing_marks_rows_and_names_both_means(axes):
    area, gone = np.array([10.0, 20, 60]), np.array([False, False, True])
    data_preprocessing.missing(np.array([1, 1, 2]), area, gone)
    known, missing, true_mean, mean_left = axes.get_lines()
    assert list(known.get_ydata()) == [10, 20] and list(missing.get_ydata()) == [60]
    assert true_mean.get_ydata()[0] == 30 and mean_left.get_ydata()[0] == 15
    assert axes.get_xlabel() == "rooms" and "area" in axes.get_ylabel()


def test_mean_fill_stacks_the_filled_values_on_the_mean(axes):
    values, gone = np.array([0.0, 10, 20, 30, 40]), np.array([True, False, False, False, True])
    data_preprocessing.mean_fill(values, gone)
    filled, known = axes.containers
    assert max(bar.get_height() for bar in filled) == 3
    assert sum(bar.get_height() for bar in known) == 3
    assert axes.get_title() == "standard deviation: 16 before, 7 after"
    assert "area" in axes.get_xlabel() and axes.get_ylabel() == "houses"
