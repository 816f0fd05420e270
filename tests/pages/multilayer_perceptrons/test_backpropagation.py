import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import to_rgba

from d2lbook_utils.figures.multilayer_perceptrons import backpropagation as draw

MINUS = "\N{MINUS SIGN}"
x, y = torch.tensor([2.0, 1.0]), torch.tensor([1.0, 4.0])
W1 = torch.tensor([[1.0, 1.0], [-2.0, 0.0], [0.0, 1.0]])
W2 = torch.tensor([[1.0, 2.0, -1.0], [0.0, -1.0, 2.0]])
VALUES = dict(x=x, W1=W1, z=W1 @ x, h=(W1 @ x).clamp(min=0), W2=W2, o=torch.tensor([2.0, 2.0]), L=torch.tensor(2.5), s=torch.tensor(0.9),
              J=torch.tensor(3.4), y=y)
GRADIENTS = {name: 100 + torch.arange(float(value.numel())).reshape(value.shape) for name, value in VALUES.items() if name != "y"}


def numbers():
    return [float(text.get_text().replace(MINUS, "-")) for text in plt.gca().texts if text.get_text().strip(MINUS)[:1].isdigit()]


def orange_arrows():
    return sum(1 for text in plt.gca().texts if getattr(text, "arrow_patch", None) and text.arrow_patch.get_edgecolor() == to_rgba("C1"))


def test_graph_starts_with_what_is_given():
    draw.step(0, VALUES, GRADIENTS)
    assert sorted(numbers()) == sorted([*x.tolist(), *y.tolist(), *W1.flatten().tolist(), *W2.flatten().tolist()])
    assert orange_arrows() == 0 and plt.gca().get_title().startswith("given")


def test_graph_fills_in_all_values_first_and_then_all_gradients():
    count = [value.numel() for value in VALUES.values()]
    draw.step(5, VALUES, GRADIENTS)
    assert len(numbers()) == sum(count) and max(numbers()) < 100 and plt.gca().get_title().startswith("forward")
    plt.figure()
    draw.step(8, VALUES, GRADIENTS)
    assert sorted(n for n in numbers() if n >= 100) == [100, 100, 100, 100, 101]       # J, L, s and the two of o
    assert orange_arrows() == 3
    plt.figure()
    draw.step(draw.STEPS[-1], VALUES, GRADIENTS)
    assert len([n for n in numbers() if n >= 100]) == sum(count) - y.numel()
    assert orange_arrows() == 10 and plt.gca().get_title().startswith("backward")       # all but y -> L


def test_a_number_stands_under_its_formula_in_its_own_cell():
    draw.graph({"a": (1.0, 1.0)}, {"a": "name"}, [], {"a": torch.tensor([1.5, -2.0])}, {"a": torch.tensor([7.0, 8.0])})
    places = {text.get_text(): text.get_position() for text in plt.gca().texts}
    assert list(places) == ["name", "1.5", f"{MINUS}2", "7", "8"]
    assert places["1.5"][0] < places[f"{MINUS}2"][0] and places["name"][1] > places["1.5"][1] > places["7"][1]


@pytest.mark.parametrize("name, shapes, marked", [
    ("forward, layer 1", ["(B, d)", "(d, h)", "(B, h)"], 6 + 6 + 1), ("back to W2", ["(h, B)", "(B, q)", "(h, q)"], 4 + 4 + 1),
    ("back to H", ["(B, q)", "(q, h)", "(B, h)"], 3 + 3 + 1), ("back to Z", ["(B, h)", "(B, h)", "(B, h)"], 3),
    ("back to W1", ["(d, B)", "(B, h)", "(d, h)"], 4 + 4 + 1)])
def test_product_marks_the_row_and_the_column_of_one_entry(name, shapes, marked):
    sizes = dict(B=4, d=6, h=5, q=3)
    draw.product(name, sizes)
    assert [text.get_text() for text in plt.gca().texts if text.get_text().startswith("(")] == shapes
    patches = plt.gca().patches
    assert len(patches) == sum(sizes[shape[1]] * sizes[shape[4]] for shape in shapes)
    assert sum(patch.get_facecolor() in (to_rgba("C0"), to_rgba("C1")) for patch in patches) == marked
    assert plt.gca().get_title() == name


def test_memory_has_two_bars_a_case():
    draw.memory(["B = 1", "B = 2"], [1.0, 1.0], [0.25, 0.5])
    axes = plt.gca()
    assert [bar.get_width() for bar in axes.patches] == [1.0, 0.25, 1.0, 0.5] and axes.get_xlabel() == "megabytes"
    assert [text.get_text() for text in axes.texts] == ["1.00", "0.25", "1.00", "0.50"]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["B = 1", "B = 2"] and axes.yaxis_inverted()
