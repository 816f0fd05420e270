import matplotlib.pyplot as plt
import numpy as np
import torch

from d2lbook_utils.figures.linear_networks import linear_regression_scratch as scratch


def test_cloud_has_a_panel_for_each_feature():
    X, y = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[5.0], [6.0]])
    scratch.cloud(X, y)
    for j, ax in enumerate(plt.gcf().axes):
        assert ax.lines[0].get_xydata().tolist() == [[X[0, j], 5], [X[1, j], 6]]
        assert (ax.get_xlabel(), ax.get_ylabel()) == (f"feature {j + 1}", "target y")


def test_batches_number_each_example_by_its_place_in_the_order():
    scratch.batches([torch.arange(5), torch.tensor([4, 3, 2, 1, 0])], 2)
    ax = plt.gca()
    assert ax.images[0].get_array().tolist() == [[0, 0, 1, 1, 2], [2, 1, 1, 0, 0]]
    assert [text.get_text() for text in ax.texts] == list("1122332211")
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["1", "2"]


def test_line_is_the_model_at_feature_1_equal_to_0():
    path = [(torch.zeros(2, 1), torch.zeros(1)), (torch.tensor([[7.0], [-2.0]]), torch.tensor([4.0]))]
    scratch.line(torch.zeros(3, 2), torch.ones(3, 1), path, [8.0, 2.0], [8.0, 3.0], 1)
    top, bottom = plt.gcf().axes
    x, y = top.lines[1].get_data()
    assert np.allclose(y, 4 - 2 * np.asarray(x))
    assert [line.get_ydata()[-1] for line in bottom.lines] == [2, 3, 2] and bottom.lines[2].get_xdata()[0] == 1
    assert bottom.get_yscale() == "log" and "$w_1$ = 7.00" in top.get_title()


def test_floor_is_a_level_line():
    scratch.floor([3.0, 0.5], 0.25)
    ax = plt.gca()
    assert ax.lines[0].get_ydata().tolist() == [3, 0.5] and set(ax.lines[1].get_ydata()) == {0.25}
    assert ax.get_title() == "last loss 5.0e-01"


def test_slips_are_named_and_differ_in_style():
    scratch.slips({"correct": [2.0, 1.0], "uphill": [2.0, 4.0]}, 0.5)
    ax = plt.gca()
    assert [text.get_text() for text in ax.get_legend().texts] == ["correct", "uphill", "noise floor"]
    assert ax.lines[1].get_ydata().tolist() == [2, 4] and ax.lines[0].get_linestyle() != ax.lines[1].get_linestyle()
