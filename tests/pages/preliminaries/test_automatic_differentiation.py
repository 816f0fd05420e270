import matplotlib.pyplot as plt
import pytest

from d2lbook_utils.figures.preliminaries import automatic_differentiation as draw

VALUES = dict(x1=2, x2=1, w1=3, w2=-1, y=2, p1=6, p2=-1, a=5, b=3, z=9)
GRADIENTS = dict(z=1, b=16, a=17, y=-18, p1=19, p2=20, w1=21, x1=22, w2=23, x2=-24)


def graph_texts(step):
    plt.figure()
    draw.graph(step, VALUES, GRADIENTS)
    return [text.get_text() for text in plt.gca().texts if text.get_text()]


@pytest.mark.parametrize("step, filled, title", [
    (0, 5, "start: the inputs"), (1, 7, "forward: compute the values"), (4, 10, "forward: compute the values"),
    (9, 10, "backward: multiply by the slopes")])
def test_boxes_fill_with_values_row_by_row(step, filled, title):
    boxes = [text for text in graph_texts(step) if text.startswith("$")]
    assert len(boxes) == 10
    assert sum("\n" in text for text in boxes) == filled
    assert plt.gca().get_title() == title


@pytest.mark.parametrize("step, gradients", [(4, set()), (5, {"1"}), (6, {"1", "16"}), (8, {"1", "16", "17", "19", "20"})])
def test_gradients_appear_from_the_end(step, gradients):
    numbers = {text for text in graph_texts(step) if text.lstrip("−").isdigit()}
    assert numbers == gradients


def test_last_step_shows_every_gradient_and_slope():
    texts = graph_texts(9)
    assert {"21", "22", "23", "−24", "−18"} <= set(texts)
    assert sorted(text for text in texts if text.startswith("×")) == ["×1", "×1", "×1", "×1", "×2", "×3", "×6", "×−1", "×−1"]
    assert "$w_2$\n−1" in texts and "$z=b^2$\n9" in texts


def test_cost_has_two_labelled_curves_in_milliseconds():
    plt.figure()
    draw.cost([1, 10], [0.002, 0.001], [0.001, 0.004])
    axes = plt.gca()
    assert [line.get_ydata().tolist() if hasattr(line.get_ydata(), "tolist") else list(line.get_ydata()) for line in axes.lines] == [[2, 1], [1, 4]]
    assert (axes.get_xscale(), axes.get_yscale(), axes.get_ylabel()) == ("log", "log", "milliseconds")
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["reverse (jacrev)", "forward (jacfwd)"]
