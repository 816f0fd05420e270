import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.patches import Circle, Rectangle

from d2lbook_utils.figures.multilayer_perceptrons import mlp

MINUS = "\N{MINUS SIGN}"
W1, b1 = torch.tensor([[1.0, -1.0], [-1.0, 1.0]]), torch.zeros(2)
W2, b2 = torch.tensor([[1.0], [1.0]]), torch.tensor([-1.0])


def words():
    return [text.get_text() for text in plt.gca().texts]


@pytest.mark.parametrize("x, inside, verdict", [([1.0, -1.0], ["+1", f"{MINUS}1", "2", "0", "1"], "output +1: edge"),
                                                ([1.0, 1.0], ["+1", "+1", "0", "0", f"{MINUS}1"], f"output {MINUS}1: no edge")])
def test_network_shows_weights_biases_and_the_values_of_the_input(x, inside, verdict):
    mlp.network(W1, b1, W2, b2, torch.tensor(x))
    edges, rest = words()[:6], words()[6:]
    assert edges == ["+1", f"{MINUS}1", f"{MINUS}1", "+1", "+1", "+1"]
    assert [word for word in rest if not word.startswith(("bias", "input", "hidden", "output"))] == inside
    assert [word for word in rest if word.startswith("bias")] == ["bias 0", "bias 0", f"bias {MINUS}1"]
    assert plt.gca().get_title() == verdict
    patches = plt.gca().patches
    assert [type(patch) for patch in patches] == [Rectangle] * 2 + [Circle] * 3
    dark = patches[1].get_facecolor()[0] < 0.5
    assert dark == (x[1] < 0)


def test_hidden_line_bends_and_only_the_bent_one_has_a_cut():
    mlp.hidden(1.0)
    line, flat, edges = plt.gca().lines
    assert np.allclose(line.get_xdata(), -line.get_ydata()) and "no cut" in plt.gca().get_title()
    plt.figure()
    mlp.hidden(0.0)
    line, flat, edges, cut = plt.gca().lines
    assert np.allclose(line.get_xdata() * line.get_ydata(), 0) and (line.get_xydata() >= 0).all()
    level = cut.get_xydata().sum(axis=1)
    assert np.allclose(level, 1) and (edges.get_xydata().sum(axis=1) > 1).all() and flat.get_xydata().tolist() == [[0, 0]]


def test_repairs_have_one_panel_a_case_with_data_and_both_models():
    x = torch.linspace(1, 10, 5)
    case = (("income", "share that repays"), "log", [2.0, 3.0], [0.25, 0.5], x, {"raw": x / 10, "log income": x.log10()})
    mlp.repairs([case, (("T", "share ill"), "linear", *case[2:])])
    top, bottom = plt.gcf().axes
    assert (top.get_xlabel(), top.get_xscale(), bottom.get_xlabel(), bottom.get_xscale()) == ("income", "log", "T", "linear")
    data, raw, good = top.lines
    assert data.get_xydata().tolist() == [[2, 0.25], [3, 0.5]]
    assert np.allclose(raw.get_ydata(), x / 10) and np.allclose(good.get_ydata(), x.log10()) and good.get_label() == "log income"


def test_activation_names_the_range_of_its_slopes():
    x = torch.linspace(-1, 1, 5)
    mlp.activation(x, x**2, 2 * x, "square")
    assert plt.gca().get_title() == "square: slopes from -2.00 to 2.00"
    labels = {line.get_label(): line for line in plt.gca().lines}
    assert np.allclose(labels["value"].get_ydata(), x**2) and np.allclose(labels["slope"].get_ydata(), 2 * x)


def test_hinges_tell_the_number_and_the_error():
    x = torch.linspace(0, 1, 5)
    mlp.hinges(x, x**2, x, torch.tensor([0.0, 1.0]), torch.tensor([0.0, 1.0]))
    assert plt.gca().get_title() == "1 hinges: largest error 0.2500"
    assert plt.gca().lines[2].get_xydata().tolist() == [[0, 0], [1, 1]]


def test_folds_mark_each_place_where_the_cut_goes_through():
    x = torch.linspace(0, 1, 65, dtype=torch.float64)
    y = 1 - (2 * (2 * x % 1) - 1).abs()
    mlp.folds(x, y, 2)
    graph, strip = plt.gcf().axes
    cuts = graph.lines[-1].get_xdata()
    assert np.allclose(cuts, [1 / 8, 3 / 8, 5 / 8, 7 / 8]) and "4 pieces" in graph.get_title()
    assert np.allclose(np.interp(cuts, x, y), 0.5) and strip.get_xlabel() == "place on the strip"
    side = strip.images[0].get_array()[0]
    assert side[32] == 0 and side[16] == 1
