import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import to_rgba
from traps import from_page

from d2lbook_utils.figures.preliminaries import tensors as draw


def texts():
    return [text.get_text() for text in plt.gca().texts]


def test_reading_shows_the_strip_and_the_numbers_that_the_strides_reach():
    x = torch.arange(12).reshape(3, 4)
    draw.reading(x.T[:2], (1, 2))
    assert texts()[:12] == [str(place) for place in range(12)]
    assert texts()[12:18] == [str(number) for number in x.T[:2].flatten().tolist()]
    assert plt.gca().get_title() == "entry [1, 2] is in cell 0 + 1·1 + 2·4 = 9"


def test_reading_frames_the_same_cell_in_the_strip_and_in_the_table():
    draw.reading(torch.arange(12).reshape(3, 4)[1:, 1:3], (0, 1))
    assert [patch.get_xy() for patch in plt.gca().patches if patch.get_linewidth() == 3] == [(6, 0), (6.0, 1.9)]


@pytest.mark.parametrize("dim, added", [(0, 2), (1, 3), (2, 4)])
def test_sum_colours_the_cubes_that_one_sum_adds_and_their_sum(dim, added):
    draw.axis_sum((2, 3, 4), dim)
    faces = [patch for patch in plt.gca().patches if patch.get_facecolor() == to_rgba("#E69F00")]
    assert len(faces) == 3 * (added + 1)
    shape = [2, 3, 4]
    del shape[dim]
    assert f"becomes {tuple(shape)}" in plt.gca().get_title()


def test_broadcast_draws_both_stretched_and_their_sum():
    draw.broadcast((3, 1), (2,))
    numbers = [int(text) for text in texts() if text.isdigit()]
    assert numbers == [0, 0, 10, 10, 20, 20] + [0, 1] * 3 + [0, 1, 10, 11, 20, 21]
    pale = [patch for patch in plt.gca().patches if patch.get_facecolor()[3] == 0.15]
    assert len(pale) == 3 + 4  # one column of the first, two rows of the second
    assert plt.gca().get_title() == "(3, 1) + (2,): shape (3, 2)"


def test_broadcast_says_when_shapes_do_not_fit():
    draw.broadcast((3, 2), (3,))
    assert "do not fit" in texts()


STRIDES_OF, BROADCAST_SHAPE = from_page("preliminaries/tensors", "strides_of", "broadcast_shape")


def random_shapes(count):
    generator = torch.Generator().manual_seed(0)
    for _ in range(count):
        axes = torch.randint(0, 5, (), generator=generator)
        yield tuple(torch.randint(0, 4, (int(axes),), generator=generator).tolist())


def test_strides_are_those_of_a_fresh_tensor():
    assert all(STRIDES_OF(shape) == torch.empty(shape).stride() for shape in random_shapes(200))


def test_broadcasting_follows_pytorch_also_for_empty_tensors_and_numbers():
    outcomes = []
    for first, second in zip(random_shapes(200), reversed(list(random_shapes(200)))):
        try:
            expected = tuple(torch.broadcast_shapes(first, second))
        except RuntimeError:
            expected = None
        try:
            assert BROADCAST_SHAPE(first, second) == expected
        except ValueError:
            assert expected is None
        outcomes.append(expected)
    assert 20 < outcomes.count(None) < 180
