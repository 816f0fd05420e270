import matplotlib.pyplot as plt
import numpy as np
import torch

from d2lbook_utils.figures.multilayer_perceptrons import model_selection as draw


def predict(x, w):
    return sum(w[i] * x**i for i in range(len(w)))


def test_degree_shows_fit_errors_and_weights():
    fits = {0: torch.tensor([2.0]), 1: torch.tensor([1.0, -300.0])}
    errors = {0: (4.0, 5.0), 1: (3.0, 60.0)}
    draw.degree(1, [0, 1], fits, predict, lambda u: 0 * u, torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]), errors)
    fit, curves, weights = plt.gcf().axes
    u, y = fit.lines[1].get_data()
    assert np.allclose(y, 1 - 300 * np.asarray(u)) and fit.lines[2].get_xydata().tolist() == [[1, 3], [2, 4]]
    assert fit.get_title() == "degree 1: training error 3, test error 60"
    assert list(curves.lines[0].get_ydata()) == [4, 3] and list(curves.lines[1].get_ydata()) == [5, 60]
    assert curves.lines[2].get_xdata()[0] == 1 and curves.get_yscale() == "log"
    assert weights.lines[0].get_xydata().tolist() == [[0, 1], [1, -300]] and weights.get_yscale() == "symlog"


def test_u_curve_shows_medians():
    train, test = torch.tensor([[1.0, 2, 9], [0.1, 0.2, 0.9]]), torch.tensor([[3.0, 4, 5], [30, 40, 500]])
    draw.u_curve([0, 1], train, test)
    axes = plt.gca()
    assert np.allclose([line.get_ydata() for line in axes.lines], [[2, 0.2], [4, 40]])
    assert len(axes.collections) == 2 and [t.get_text() for t in axes.texts] == ["underfitting", "overfitting"]


def test_four_fits_stand_in_their_places():
    x = torch.tensor([0.2, 0.8])
    draw.four_fits([(f"panel {i}", x, x + i, torch.tensor([float(i)])) for i in range(4)], predict)
    panels = plt.gcf().axes
    assert [axes.get_title() for axes in panels] == [f"panel {i}" for i in range(4)]
    assert all(np.allclose(axes.lines[1].get_ydata(), i * np.ones(300)) for i, axes in enumerate(panels))
    assert np.allclose(panels[3].lines[0].get_ydata(), x + 3) and plt.gcf().get_supxlabel() == "x"


def test_sample_size_marks_n_on_the_learning_curves():
    x = torch.tensor([0.1, 0.5])
    draw.sample_size(2, [2, 20], x, 3 * x, torch.tensor([0.0, 3.0]), predict, torch.zeros_like, [0.1, 0.2], [9.0, 0.3], 0.25)
    top, bottom = plt.gcf().axes
    assert np.allclose(top.lines[1].get_xydata(), torch.stack([x, 3 * x], dim=1))
    train, test, floor, mark = bottom.lines
    assert list(train.get_ydata()) == [0.1, 0.2] and list(test.get_ydata()) == [9, 0.3]
    assert set(floor.get_ydata()) == {0.25} and set(mark.get_xdata()) == {2}


def test_cloud_gives_bias_and_variance_at_the_place():
    grid = torch.linspace(0, 1, 5)
    curves = torch.tensor([0.1, 0.3])[:, None] * torch.ones(2, 5)
    draw.cloud(0, grid, curves, torch.ones(5), 0.3)
    top, bottom = plt.gcf().axes
    assert np.allclose(top.lines[-2].get_ydata(), 0.2) and top.lines[-1].get_xdata()[0] == 0.25
    assert bottom.get_title() == "here: bias -0.80, variance 0.020"
    arrow = bottom.texts[0]
    assert np.allclose([arrow.xy[0], arrow.xyann[0]], [1, 0.2])


def test_parts_lie_on_each_other():
    draw.parts([0, 1], torch.tensor([0.5, 0.1]), torch.tensor([0.1, 0.4]), 0.25, [0.8, 0.7])
    tops = [layer.get_paths()[0].vertices[:, 1].max() for layer in plt.gca().collections]
    assert np.allclose(tops, [0.25, 0.75, 0.85]) and list(plt.gca().lines[0].get_ydata()) == [0.8, 0.7]


def test_k_fold_colours_each_example_once():
    folds = [(torch.tensor([0, 1]), torch.tensor([2])), (torch.tensor([2]), torch.tensor([0, 1]))]
    draw.k_fold(folds)
    orange = plt.matplotlib.colors.to_rgba("C1")
    held = [(p.get_x(), p.get_y()) for p in plt.gca().patches if p.get_facecolor() == orange]
    assert len(plt.gca().patches) == 6 and held == [(0, 0), (1, -1), (2, -1)]
    texts = [t.get_text() for t in plt.gca().texts]
    assert texts[:3] == ["2", "0", "1"] and {"fold 2", "error 1", "mean"} <= set(texts)


def test_scores_circle_the_lowest_mean():
    draw.scores([1, 2], torch.tensor([[0.1, 0.9], [0.3, 0.5]]), torch.tensor([0.45, 0.44]))
    *_, mean, truth, circle = plt.gca().lines
    assert np.allclose(mean.get_ydata(), [0.5, 0.4]) and np.allclose(truth.get_ydata(), [0.45, 0.44])
    assert np.allclose(circle.get_xydata(), [[2, 0.4]])


def test_learning_curves_pair_colours_and_line_styles():
    draw.learning_curves([20, 50], {1: torch.tensor([[1.0, 2], [4, 3]]), 3: torch.tensor([[5.0, 6], [8, 7]])})
    lines = plt.gca().lines
    assert [list(line.get_ydata()) for line in lines] == [[1, 2], [4, 3], [5, 6], [8, 7]]
    assert [(line.get_color(), line.get_linestyle()) for line in lines] == [("C0", "-"), ("C0", "--"), ("C1", "-"), ("C1", "--")]
    assert lines[3].get_label() == "degree 3, test"
