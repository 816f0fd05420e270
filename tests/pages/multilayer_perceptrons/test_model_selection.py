import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.colors import to_rgba
from traps import Trap, each_is_caught, with_bug

from d2lbook_utils import k_fold_indices
from d2lbook_utils.figures.multilayer_perceptrons import model_selection as draw


def predict(x, w):
    return sum(w[i] * x**i for i in range(len(w)))


def test_fit_of_degree_shows_the_curve_errors_and_weights():
    fits = {0: torch.tensor([2.0]), 1: torch.tensor([1.0, -300.0])}
    errors = {0: (4.0, 5.0), 1: (3.0, 60.0)}
    draw.fit_of_degree(1, [0, 1], fits, predict, torch.zeros_like, torch.ones(2), torch.ones(2), errors)
    fit, curves, weights = plt.gcf().axes
    u, y = fit.lines[1].get_data()
    assert np.allclose(y, 1 - 300 * np.asarray(u))
    assert [list(line.get_ydata()) for line in curves.lines[:2]] == [[4, 3], [5, 60]]
    assert weights.lines[0].get_xydata().tolist() == [[0, 1], [1, -300]]


def test_u_curve_shows_medians():
    train = torch.tensor([[1.0, 2, 9], [0.1, 0.2, 0.9]])
    test = torch.tensor([[3.0, 4, 5], [30, 40, 500]])
    draw.u_curve([0, 1], train, test)
    assert np.allclose([line.get_ydata() for line in plt.gca().lines], [[2, 0.2], [4, 40]])


def test_four_fits_stand_in_their_places():
    x = torch.tensor([0.2, 0.8])
    draw.four_fits([(f"panel {i}", x, x + i, torch.tensor([float(i)])) for i in range(4)], predict)
    for i, ax in enumerate(plt.gcf().axes):
        assert ax.get_title() == f"panel {i}" and np.allclose(ax.lines[1].get_ydata(), i * np.ones(300))


def test_cloud_of_fits_gives_bias_and_variance_at_the_place():
    curves = torch.tensor([0.1, 0.3])[:, None] * torch.ones(2, 5)
    draw.cloud_of_fits(0, torch.linspace(0, 1, 5), curves, torch.ones(5), 0.3)
    top, bottom = plt.gcf().axes
    assert np.allclose(top.lines[-2].get_ydata(), 0.2)
    assert bottom.get_title() == "here: bias −0.80, variance 0.020"
    arrow = bottom.texts[0]
    assert np.allclose(sorted([arrow.xy[0], arrow.xyann[0]]), [0.2, 1])


def test_error_parts_lie_on_each_other():
    draw.error_parts([0, 1], torch.tensor([0.5, 0.1]), torch.tensor([0.1, 0.4]), 0.25, [0.8, 0.7])
    tops = [layer.get_paths()[0].vertices[:, 1].max() for layer in plt.gca().collections]
    assert np.allclose(tops, [0.25, 0.75, 0.85])


def test_k_fold_colours_each_example_once():
    draw.k_fold([(torch.tensor([0, 1]), torch.tensor([2])), (torch.tensor([2]), torch.tensor([0, 1]))])
    held = [patch.get_xy() for patch in plt.gca().patches if patch.get_facecolor() == to_rgba("C1")]
    assert len(plt.gca().patches) == 6 and held == [(0, 0), (1, -1), (2, -1)]
    assert [text.get_text() for text in plt.gca().texts][:3] == ["2", "0", "1"]


def test_fold_errors_circle_the_lowest_mean():
    draw.fold_errors([1, 2], torch.tensor([[0.1, 0.9], [0.3, 0.5]]), torch.tensor([0.45, 0.44]))
    *_, mean, _, circle = plt.gca().lines
    assert np.allclose(mean.get_ydata(), [0.5, 0.4]) and np.allclose(circle.get_xydata(), [[2, 0.4]])


def validates_every_example_once(folds):
    assert sorted(torch.cat([valid for _, valid in folds(11, 3)]).tolist()) == list(range(11))


def never_validates_on_training_rows(folds):
    assert all(not set(train.tolist()) & set(valid.tolist()) for train, valid in folds(11, 3))


test_trap = each_is_caught(
    Trap(
        "the remainder of n / k is dropped",
        right=k_fold_indices,
        wrong=with_bug(
            k_fold_indices,
            "torch.randperm(n, generator=generator).tensor_split(k)",
            "torch.randperm(n, generator=generator)[:n // k * k].tensor_split(k)",
        ),
        check=validates_every_example_once,
    ),
    Trap(
        "the validation fold stays in the training set",
        right=k_fold_indices,
        wrong=with_bug(k_fold_indices, "folds[:i] + folds[i + 1 :]", "folds"),
        check=never_validates_on_training_rows,
    ),
)
