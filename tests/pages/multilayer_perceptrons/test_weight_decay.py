import matplotlib.pyplot as plt
import numpy as np
import torch

from d2lbook_utils.figures.multilayer_perceptrons import weight_decay as draw


def settle(H, w_hat, weight_decay):
    return torch.linalg.solve(H + weight_decay * torch.eye(2, dtype=H.dtype), H @ w_hat)


def test_training_pairs_runs_by_colour():
    draw.training({"none": ([1.0, 0.1], [2.0, 3.0]), "decay": ([4.0, 5.0], [6.0, 7.0])})
    lines = plt.gca().lines
    assert [list(line.get_ydata()) for line in lines] == [[2, 3], [1, 0.1], [6, 7], [4, 5]]
    assert [line.get_color() for line in lines] == ["C0", "C0", "C1", "C1"]
    assert lines[1].get_label() == "none, training" and lines[1].get_linestyle() == "--"


def test_parts_show_paths_from_one_start():
    free, decayed = torch.tensor([[4.0, 13], [0, 13]]), torch.tensor([[4.0, 13], [0, 0.4]])
    draw.parts({"free": free, "decayed": decayed})
    axes = plt.gca()
    curve, end, other, other_end, start = axes.lines
    assert np.allclose(curve.get_xydata(), free) and np.allclose(other.get_xydata(), decayed)
    assert np.allclose(end.get_xydata(), [[0, 13]]) and np.allclose(other_end.get_xydata(), [[0, 0.4]])
    assert np.allclose(start.get_xydata(), [[4, 13]]) and axes.get_ylim()[0] == 0 and axes.get_ylim()[1] > 13


def test_ball_touches_the_contour_where_the_weights_settle():
    H, w_hat = torch.tensor([[1.0, 0.8], [0.8, 1.0]], dtype=torch.float64), torch.tensor([2.0, -1.0], dtype=torch.float64)
    draw.ball(0.5, H, w_hat, settle)
    above, below = plt.gcf().axes
    w = settle(H, w_hat, 0.5)
    star, zero, settled = above.lines[-3:]
    assert np.allclose(star.get_xydata(), [[2, -1]]) and np.allclose(zero.get_xydata(), [[0, 0]]) and np.allclose(settled.get_xydata(), [w.numpy()])
    circle = above.patches[-1]
    assert np.isclose(circle.radius, w.norm().item())
    towards_data, towards_zero = [np.subtract(arrow.xy, w.numpy()) for arrow in above.texts]
    assert np.allclose(towards_data, -towards_zero)
    pull = H @ (w_hat - w)  # of the data, opposite to that of zero
    assert np.allclose(towards_data / np.linalg.norm(towards_data), (pull / pull.norm()).numpy())
    assert np.allclose([bar.get_width() for bar in below.patches[:2]], [0.2 / 0.7, 1.8 / 2.3])
    assert f"length {w.norm():.2f}" in above.get_title()


def test_ball_without_decay_has_no_arrows():
    H, w_hat = torch.eye(2, dtype=torch.float64), torch.tensor([2.0, -1.0], dtype=torch.float64)
    draw.ball(0, H, w_hat, settle)
    above, below = plt.gcf().axes
    assert not above.texts and [bar.get_width() for bar in below.patches] == [1, 1, 0, 0]


def test_ridge_splits_the_error_of_each_direction():
    stiffness = torch.tensor([0.1, 1.0])
    draw.ridge(0.1, [0.0, 0.1, 1.0], [3.0, 1.0, 2.0], [0.1, 0.2, 0.3], [2.0, 1.0, 0.5], stiffness, 0.02, 0.01)
    top, middle, bottom = plt.gcf().axes
    test, train, length, mark = top.lines
    assert list(test.get_ydata()) == [3, 1, 2] and list(train.get_ydata()) == [0.1, 0.2, 0.3] and list(length.get_ydata()) == [2, 1, 0.5]
    assert mark.get_xdata()[0] == 0.1 and test.get_xdata()[1] == 0.1
    assert [text.get_text() for text in top.get_xticklabels()] == ["0", "0.1", "1"]
    kept = np.array([0.5, 1 / 1.1])
    assert np.allclose([bar.get_height() for bar in middle.patches], kept)
    assert np.allclose([bar.get_height() for bar in bottom.patches[:2]], kept**2 * [0.1, 0.01])
    assert np.allclose([bar.get_height() for bar in bottom.patches[2:]], (1 - kept)**2 * 0.02)
    assert np.isclose(bottom.patches[2].get_y(), bottom.patches[0].get_height())


def test_coefficients_l2_above_l1_below():
    draw.coefficients([0.0, 1.0], torch.tensor([[2.0, 1], [1, 0.5]]), torch.tensor([[2.0, 1], [1, 0]]))
    above, below = plt.gcf().axes
    assert [list(line.get_ydata()) for line in above.lines[:2]] == [[2, 1], [1, 0.5]]
    assert [list(line.get_ydata()) for line in below.lines[:2]] == [[2, 1], [1, 0]]
    assert below.get_xlabel() == "$\\lambda$" and above.get_title().startswith("L2")
