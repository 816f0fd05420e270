import math

import matplotlib.pyplot as plt
import pytest
import torch
from torch import nn
from traps import Trap, each_is_caught, with_bug

from d2lbook_utils import EarlyStopping
from d2lbook_utils.figures.multilayer_perceptrons import generalization_in_deep_networks as draw


@pytest.mark.parametrize("stop, shaded", [(3, 1), (None, 0)])
def test_stopping_shades_what_comes_after_the_stop(stop, shaded):
    draw.stopping(1, [3.0, 2, 1, 0], [3.0, 2, 2.5, 3], [0.1] * 4, [0.2] * 4, [0.3] * 4, 2, stop)
    top, bottom = plt.gcf().axes
    assert top.lines[2].get_xydata().tolist() == [[2, 2]]
    assert len(top.patches) == len(bottom.patches) == shaded and all(patch.get_x() == stop for patch in top.patches)


def test_fits_mark_the_error_of_their_number():
    grid, x, y = torch.linspace(0, 1, 5), torch.tensor([0.2, 0.8]), torch.tensor([1.0, -1.0])
    draw.fit_after_steps(10, [1, 10, 100], grid, grid, grid, x, y, [0.3, 0.1, 0.2])
    assert plt.gcf().axes[1].lines[1].get_xydata().tolist() == [[10, 0.1]]
    draw.fit_with_features(4, [1, 4, 9], grid, grid, grid, x, y, [0.3, 0.1, 0.2], [1.0, 5.0, 2.0])
    _, middle, bottom = plt.gcf().axes
    for ax, value in [(middle, 0.1), (bottom, 5.0)]:
        _, mark, threshold = ax.lines
        assert mark.get_xydata().tolist() == [[4, value]] and threshold.get_xdata()[0] == len(x)


def stops_on_a_plateau(stopping):
    guard = stopping(patience=2)
    assert [guard.step(value) for value in (1.0, 1.0, 1.0)] == [False, False, True]


def does_not_trust_nan(stopping):
    guard = stopping(patience=1)
    guard.step(1.0)
    assert guard.step(math.nan) and guard.best == 1.0


def restores_the_best_not_the_last(stopping):
    layer, guard = nn.Linear(1, 1), stopping(patience=5)
    for value in (1.0, 2.0):
        nn.init.constant_(layer.weight, value)
        guard.step(value, layer)
    guard.restore(layer)
    assert layer.weight.item() == 1.0


def broken(name, right, wrong, check):
    return Trap(name, right=EarlyStopping, wrong=with_bug(EarlyStopping, right, wrong), check=check)


test_trap = each_is_caught(
    broken("a tie counted as an improvement", "value < self.best", "value <= self.best", stops_on_a_plateau),
    broken(
        "NaN counted as an improvement",
        "value < self.best - self.min_delta",
        "not value >= self.best",
        does_not_trust_nan,
    ),
    broken(
        "the best parameters kept without a copy",
        "copy.deepcopy(model.state_dict())",
        "model.state_dict()",
        restores_the_best_not_the_last,
    ),
)
