import matplotlib.pyplot as plt
import pytest

from d2lbook_utils.figures.preliminaries import automatic_differentiation as draw

VALUES = dict(x1=2, x2=1, w1=3, w2=-1, y=2, p1=6, p2=-1, a=5, b=3, z=9)
GRADIENTS = dict(z=101, b=102, a=103, y=104, p1=105, p2=106, w1=107, x1=108, w2=109, x2=110)


def texts(step):
    draw.graph_at_step(step, VALUES, GRADIENTS)
    return [text.get_text() for text in plt.gca().texts if text.get_text()]


@pytest.mark.parametrize(
    "step, values, gradients",
    [
        (0, 5, set()),
        (1, 7, set()),
        (4, 10, set()),
        (5, 10, {101}),
        (6, 10, {101, 102}),
        (8, 10, {101, 102, 103, 105, 106}),
        (9, 10, set(GRADIENTS.values())),
    ],
)
def test_values_fill_in_row_by_row_and_then_gradients_from_the_end(step, values, gradients):
    numbers = [
        int(text.replace("\N{MINUS SIGN}", "-")) for text in texts(step) if text[-1].isdigit() and text[0] != "×"
    ]
    assert len([number for number in numbers if number < 100]) == values
    assert {number for number in numbers if number > 100} == gradients


def test_last_step_shows_every_slope():
    slopes = [text for text in texts(9) if text.startswith("×")]
    assert sorted(slopes) == ["×1", "×1", "×1", "×1", "×2", "×3", "×6", "×−1", "×−1"]


def test_cost_is_in_milliseconds():
    draw.cost([1, 10], [0.002, 0.001], [0.001, 0.004])
    assert [list(line.get_ydata()) for line in plt.gca().lines] == [[2, 1], [1, 4]]
