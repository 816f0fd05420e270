import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils.figures.preliminaries import matrix_calculus as draw


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_local_map_draws_the_grid_and_the_parallelogram():
    matrix = torch.tensor([[2.0, -1.0], [1.0, 1.0]], dtype=torch.float64)
    draw.local_map(lambda x: torch.stack([x[0]**2 - x[1], x[0] * x[1]]), matrix, [1.0, 1.0], 0.5)
    left, right = plt.gcf().axes
    assert (left.get_xlabel(), left.get_ylabel(), right.get_xlabel(), right.get_ylabel()) == ("$x_1$", "$x_2$", "$y_1$", "$y_2$")
    assert len(left.lines) == 11 and len(right.lines) == 12  # 5 + 5 grid lines, the point, and the dashed outline
    dashed, = (line for line in right.lines if line.get_linestyle() == "--")
    corner = torch.tensor([0.0, 1.0], dtype=torch.float64) + matrix @ torch.tensor([-0.25, -0.25], dtype=torch.float64)
    assert dashed.get_xydata()[0].tolist() == pytest.approx(corner.tolist())
    assert right.lines[-1].get_xydata().tolist() == [[0.0, 1.0]]


def test_shape_table_names_nine_shapes_and_draws_each_slice():
    plt.figure()
    draw.shape_table()
    shapes = [text for text in texts(plt.gca()) if text.startswith("(")]
    assert shapes == ["(1)", "(1, n)", "(p, q)", "(m, 1)", "(m, n)", "(m, p, q)", "(k, l)", "(k, l, n)", "(k, l, p, q)"]
    assert len(plt.gca().patches) == 6 + 3 + 4 + 6


@pytest.mark.parametrize("stage, shapes, cost", [
    ("left 0", ["(1, 6)", "(6, 6)", "(6, 8)"], 0), ("left 1", ["(1, 6)", "(6, 8)"], 36), ("left 2", ["(1, 8)"], 84),
    ("right 1", ["(1, 6)", "(6, 8)"], 288), ("right 2", ["(1, 8)"], 336)])
def test_chain_shows_the_shapes_left_and_the_cost(stage, shapes, cost):
    plt.figure()
    draw.chain(stage, [1, 6, 6, 8])
    assert [text for text in texts(plt.gca()) if text.startswith("(")] == shapes
    assert len(plt.gca().patches) == len(shapes)
    assert plt.gca().get_title() == f"multiplications so far: {cost}"
