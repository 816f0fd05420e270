import matplotlib.pyplot as plt
import numpy as np
import torch

from d2lbook_utils.figures.linear_networks import linear_regression_concise as concise


def test_two_losses_and_their_ratio():
    concise.two_losses([4.0, 1.0], [8.0, 0.5])
    top, bottom = plt.gcf().axes
    assert [line.get_ydata().tolist() for line in top.lines] == [[4, 1], [8, 0.5]]
    level, ratio = bottom.lines
    assert set(level.get_ydata()) == {2} and np.allclose(ratio.get_ydata(), [2, 0.5])
    assert (bottom.get_xlabel(), bottom.get_ylabel()) == ("step", "library / scratch")


def test_predictions_stand_over_the_truth_with_the_error_in_the_title():
    concise.predictions(torch.tensor([[103.0], [116.0]]), torch.tensor([[100.0], [120.0]]))
    ax = plt.gca()
    diagonal, points = ax.lines
    assert np.array_equal(*diagonal.get_data()) and points.get_xydata().tolist() == [[100, 103], [120, 116]]
    assert ax.get_title() == "RMSE 3.5 dB" and ax.get_xlabel() == "true level (dB)"
