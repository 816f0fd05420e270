import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils.figures.preliminaries import matrix_calculus as draw


def shapes():
    return [text.get_text() for text in plt.gca().texts if text.get_text().startswith("(")]


def test_local_map_draws_the_image_of_the_grid_and_the_parallelogram():
    matrix = torch.tensor([[2.0, -1.0], [1.0, 1.0]], dtype=torch.float64)
    draw.local_map(lambda x: torch.stack([x[0] ** 2 - x[1], x[0] * x[1]]), matrix, [1.0, 1.0], 0.5)
    _, right = plt.gcf().axes
    (dashed,) = (line for line in right.lines if line.get_linestyle() == "--")
    corner = torch.tensor([0.0, 1.0], dtype=torch.float64) + matrix @ torch.tensor([-0.25, -0.25], dtype=torch.float64)
    assert dashed.get_xydata()[0].tolist() == pytest.approx(corner.tolist())
    assert right.lines[-1].get_xydata().tolist() == [[0.0, 1.0]]


def test_shape_table_draws_each_slice():
    draw.shape_table()
    assert len(shapes()) == 9 and len(plt.gca().patches) == 6 + 3 + 4 + 6


@pytest.mark.parametrize(
    "stage, expected, cost",
    [
        ("left 0", ["(1, 6)", "(6, 6)", "(6, 8)"], 0),
        ("left 1", ["(1, 6)", "(6, 8)"], 36),
        ("left 2", ["(1, 8)"], 84),
        ("right 1", ["(1, 6)", "(6, 8)"], 288),
        ("right 2", ["(1, 8)"], 336),
    ],
)
def test_chain_shows_the_shapes_left_and_the_cost(stage, expected, cost):
    draw.chain(stage, [1, 6, 6, 8])
    assert shapes() == expected and len(plt.gca().patches) == len(expected)
    assert plt.gca().get_title() == f"multiplications so far: {cost}"
