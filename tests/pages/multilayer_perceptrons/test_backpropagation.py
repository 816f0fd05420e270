import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import to_rgba
from torch.nn import functional as F
from traps import Trap, each_is_caught, from_page, with_bug

from d2lbook_utils.figures.multilayer_perceptrons import backpropagation as draw

MINUS = "\N{MINUS SIGN}"
W1, W2 = torch.tensor([[1.0, 1.0], [-2.0, 0.0], [0.0, 1.0]]), torch.tensor([[1.0, 2.0, -1.0], [0.0, -1.0, 2.0]])
VALUES = {
    "x": torch.tensor([2.0, 1.0]),
    "W1": W1,
    "z": torch.tensor([3.0, -4.0, 1.0]),
    "h": torch.tensor([3.0, 0.0, 1.0]),
    "W2": W2,
    "o": torch.tensor([2.0, 2.0]),
    "y": torch.tensor([1.0, 4.0]),
    "L": torch.tensor(2.5),
    "s": torch.tensor(0.9),
    "J": torch.tensor(3.4),
}
GRADIENTS = {
    name: 100 + torch.arange(float(value.numel())).reshape(value.shape) for name, value in VALUES.items() if name != "y"
}
SIZES = {name: value.numel() for name, value in VALUES.items()}


def numbers():
    texts = [text.get_text() for text in plt.gca().texts]
    return [float(text.replace(MINUS, "-")) for text in texts if text.strip(MINUS)[:1].isdigit()]


def orange_arrows():
    arrows = [text.arrow_patch for text in plt.gca().texts if getattr(text, "arrow_patch", None)]
    return sum(arrow.get_edgecolor() == to_rgba("C1") for arrow in arrows)


@pytest.mark.parametrize(
    "step, values, gradients, arrows",
    [
        (0, SIZES["x"] + SIZES["y"] + SIZES["W1"] + SIZES["W2"], 0, 0),
        (5, sum(SIZES.values()), 0, 0),
        (8, sum(SIZES.values()), 5, 3),  # J, L, s and the two of o
        (11, sum(SIZES.values()), sum(SIZES.values()) - SIZES["y"], 10),  # all but y -> L
    ],
)
def test_graph_fills_in_all_values_first_and_then_all_gradients(step, values, gradients, arrows):
    draw.graph_at_step(step, VALUES, GRADIENTS)
    assert len([n for n in numbers() if n < 100]) == values and len([n for n in numbers() if n >= 100]) == gradients
    assert orange_arrows() == arrows


@pytest.mark.parametrize(
    "name, shapes, marked",
    [
        ("forward, layer 1", ["(B, d)", "(d, h)", "(B, h)"], 6 + 6 + 1),
        ("back to W2", ["(h, B)", "(B, q)", "(h, q)"], 4 + 4 + 1),
        ("back to H", ["(B, q)", "(q, h)", "(B, h)"], 3 + 3 + 1),
        ("back to Z", ["(B, h)", "(B, h)", "(B, h)"], 3),
        ("back to W1", ["(d, B)", "(B, h)", "(d, h)"], 4 + 4 + 1),
    ],
)
def test_product_marks_the_row_and_the_column_of_one_entry(name, shapes, marked):
    sizes = {"B": 4, "d": 6, "h": 5, "q": 3}
    draw.product(name, sizes)
    ax = plt.gca()
    assert [text.get_text() for text in ax.texts if text.get_text().startswith("(")] == shapes
    assert len(ax.patches) == sum(sizes[shape[1]] * sizes[shape[4]] for shape in shapes)
    assert sum(patch.get_facecolor() in (to_rgba("C0"), to_rgba("C1")) for patch in ax.patches) == marked


MLP, LINEAR, RELU, LOSS, PENALTY = from_page(
    "multilayer-perceptrons/backpropagation", "MLP", "Linear", "ReLU", "SoftmaxCrossEntropy", "Penalty"
)


def has_autograds_gradients(parts):
    """parts: layers that replace the page's Linear, ReLU, SoftmaxCrossEntropy and Penalty."""
    parts = {"Linear": LINEAR, "ReLU": RELU, "SoftmaxCrossEntropy": LOSS, "Penalty": PENALTY, **parts}
    MLP.__init__.__globals__.update(parts)
    torch.manual_seed(0)
    net = MLP(4, 5, 3, weight_decay=0.1)
    X, y = torch.randn(6, 4), torch.arange(6) % 3
    twins = [p.clone().requires_grad_() for p in net.params]
    net.objective(X, y)
    net.backward()
    W1, b1, W2, b2 = twins
    loss = F.cross_entropy(torch.relu(X @ W1 + b1) @ W2 + b2, y) + 0.05 * ((W1**2).sum() + (W2**2).sum())
    loss.backward()
    for param, twin in zip(net.params, twins):
        assert param.grad.shape == twin.shape and torch.allclose(param.grad, twin.grad, atol=1e-5)


def broken(name, right, wrong, part, caught_by=AssertionError):
    bug = {part.__name__: with_bug(part, right, wrong)}
    return Trap(name, right={}, wrong=bug, check=has_autograds_gradients, caught_by=caught_by)


test_trap = each_is_caught(
    broken("the penalty's gradient forgotten", "self.weight_decay * W)", "0 * W)", PENALTY),
    broken("sum for mean over the batch", " / len(self.y)", "", LOSS),
    broken(
        "W not transposed on the way back",
        "delta @ self.W.T",
        "delta @ self.W",
        LINEAR,
        caught_by=(RuntimeError, AssertionError),
    ),
    broken(
        "the bias gradient not summed over the rows",
        "delta.sum(dim=0)",
        "delta[0]",
        LINEAR,
        caught_by=(RuntimeError, AssertionError),
    ),
    broken(
        "a bias gradient of shape (1, q)",
        "delta.sum(dim=0)",
        "delta.sum(dim=0, keepdim=True)",
        LINEAR,
        caught_by=RuntimeError,
    ),
    broken("the slope of ReLU forgotten", "delta * (self.H > 0)", "delta", RELU),
)
