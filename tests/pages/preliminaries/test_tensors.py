import matplotlib
import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils.figures.preliminaries import tensors


@pytest.fixture
def axes():
    yield plt.figure().gca()
    plt.close("all")


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_reading_shows_the_strip_and_the_numbers_that_the_strides_reach(axes):
    x = torch.arange(12).reshape(3, 4)
    tensors.reading(x.T[:2], (1, 2))
    shown = texts(axes)
    assert shown[:12] == [str(place) for place in range(12)]
    assert shown[12:18] == [str(number) for number in x.T[:2].flatten().tolist()]
    assert "shape (2, 3), strides (1, 4)" in shown
    assert axes.get_title() == "entry [1, 2] is in cell 0 + 1·1 + 2·4 = 9"


def test_reading_frames_the_same_cell_in_the_strip_and_in_the_table(axes):
    tensors.reading(torch.arange(12).reshape(3, 4)[1:, 1:3], (0, 1))
    frames = [patch.get_xy() for patch in axes.patches if patch.get_linewidth() == 3]
    assert frames == [(6, 0), (6.0, 1.9)]


@pytest.mark.parametrize("dim, added", [(0, 2), (1, 3), (2, 4)])
def test_sum_colours_the_cubes_that_one_sum_adds_and_their_sum(axes, dim, added):
    tensors.axis_sum((2, 3, 4), dim)
    orange = matplotlib.colors.to_rgba("#E69F00")
    faces = [patch for patch in axes.patches if patch.get_facecolor() == orange]
    assert len(faces) == 3 * (added + 1)
    shape = [2, 3, 4]
    del shape[dim]
    assert f"becomes {tuple(shape)}" in axes.get_title()
    assert {"axis 0: 2", "axis 1: 3", "axis 2: 4"} <= set(texts(axes))


def test_broadcast_draws_both_stretched_and_their_sum(axes):
    tensors.broadcast((3, 1), (2,))
    numbers = [int(text) for text in texts(axes) if text.isdigit()]
    assert numbers == [0, 0, 10, 10, 20, 20] + [0, 1] * 3 + [0, 1, 10, 11, 20, 21]
    pale = [patch for patch in axes.patches if patch.get_alpha() == 0.15]
    assert len(pale) == 3 + 4  # one column of the first, two rows of the second
    assert axes.get_title() == "(3, 1) + (2,): shape (3, 2)"


def test_broadcast_says_when_shapes_do_not_fit(axes):
    tensors.broadcast((3, 2), (3,))
    assert "do not fit" in texts(axes)
    assert axes.get_title() == "(3, 2) + (3,): error"
