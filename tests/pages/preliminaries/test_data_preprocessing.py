import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import to_rgba

from d2lbook_utils.figures.preliminaries import data_preprocessing as draw


def test_table_hatches_empty_cells_and_colours_changed_ones():
    before = pd.DataFrame({"rooms": [3.0, np.nan], "zone": ["20", "60"]})
    after = pd.DataFrame({"rooms": [3.0, 3.0], "zone": ["20", None], "flag": [0.0, 12.34]})
    draw.table(after, before)
    ax = plt.gca()
    assert [patch.get_xy() for patch in ax.patches if patch.get_hatch()] == [(1, 1)]
    changed = [patch.get_xy() for patch in ax.patches if patch.get_facecolor() == to_rgba("#B5E3D3")]
    assert changed == [(2, 0), (0, 1), (2, 1)]
    assert [text.get_text() for text in ax.texts[:6]] == ["3", "20", "0", "3", "", "12"]


def test_missing_areas_give_the_mean_of_all_and_of_what_is_left():
    draw.missing_areas(np.array([1, 1, 2]), np.array([10.0, 20, 60]), np.array([False, False, True]))
    known, missing, mean, mean_left = plt.gca().get_lines()
    assert list(known.get_ydata()) == [10, 20] and list(missing.get_ydata()) == [60]
    assert mean.get_ydata()[0] == 30 and mean_left.get_ydata()[0] == 15


def test_mean_fill_stacks_the_filled_values_on_the_mean():
    draw.mean_fill(np.array([0.0, 10, 20, 30, 40]), np.array([True, False, False, False, True]))
    filled, known = plt.gca().containers
    assert max(bar.get_height() for bar in filled) == 3 == sum(bar.get_height() for bar in known)
    assert plt.gca().get_title() == "standard deviation: 16 before, 7 after"
