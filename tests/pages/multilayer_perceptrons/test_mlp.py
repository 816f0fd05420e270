import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from d2lbook_utils.figures.multilayer_perceptrons import mlp as draw

MINUS = "\N{MINUS SIGN}"
W1, b1 = torch.tensor([[1.0, -1.0], [-1.0, 1.0]]), torch.zeros(2)
W2, b2 = torch.tensor([[1.0], [1.0]]), torch.tensor([-1.0])


@pytest.mark.parametrize(
    "x, inside, verdict",
    [
        ([1.0, -1.0], ["+1", f"{MINUS}1", "2", "0", "1"], "output +1: edge"),
        ([1.0, 1.0], ["+1", "+1", "0", "0", f"{MINUS}1"], f"output {MINUS}1: no edge"),
    ],
)
def test_network_shows_weights_biases_and_the_values_of_the_input(x, inside, verdict):
    draw.network(W1, b1, W2, b2, torch.tensor(x))
    texts = [text.get_text() for text in plt.gca().texts]
    assert texts[:6] == ["+1", f"{MINUS}1", f"{MINUS}1", "+1", "+1", "+1"]
    assert [text for text in texts[6:] if text.startswith("bias")] == ["bias 0", "bias 0", f"bias {MINUS}1"]
    assert [text for text in texts[6:] if not text.startswith(("bias", "input", "hidden", "output"))] == inside
    assert plt.gca().get_title() == verdict
    assert (plt.gca().patches[1].get_facecolor()[0] < 0.5) == (x[1] < 0)  # a dark pixel


def test_only_the_bent_line_of_the_hidden_space_has_a_cut():
    draw.hidden_space(1.0)
    line, _, _ = plt.gca().lines
    assert np.allclose(line.get_xdata(), -line.get_ydata()) and "no cut" in plt.gca().get_title()
    draw.hidden_space(0.0)
    line, flat, edges, cut = plt.gca().lines
    assert np.allclose(line.get_xdata() * line.get_ydata(), 0) and (line.get_xydata() >= 0).all()
    level = cut.get_xydata().sum(axis=1)
    assert np.allclose(level, 1) and (edges.get_xydata().sum(axis=1) > 1).all() and (flat.get_xydata() == 0).all()


def test_hinges_tell_the_number_and_the_error():
    x = torch.linspace(0, 1, 5)
    draw.hinges(x, x**2, x, torch.tensor([0.0, 1.0]), torch.tensor([0.0, 1.0]))
    assert plt.gca().get_title() == "1 hinges: largest error 0.2500"


def test_folds_mark_each_place_where_the_cut_goes_through():
    x = torch.linspace(0, 1, 65, dtype=torch.float64)
    y = 1 - (2 * (2 * x % 1) - 1).abs()
    draw.folds(x, y, 2)
    graph, strip = plt.gcf().axes
    cuts = graph.lines[-1].get_xdata()
    assert np.allclose(cuts, [1 / 8, 3 / 8, 5 / 8, 7 / 8]) and np.allclose(np.interp(cuts, x, y), 0.5)
    side = strip.images[0].get_array()[0]
    assert side[32] == 0 and side[16] == 1
