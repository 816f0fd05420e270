import matplotlib.pyplot as plt
import numpy as np
import torch
from traps import Trap, each_is_caught, with_bug

from d2lbook_utils import linear_regression, minibatches, sgd, squared_loss
from d2lbook_utils.figures.linear_networks import linear_regression_scratch as draw


def test_batches_number_each_example_by_its_place_in_the_order():
    draw.batches([torch.arange(5), torch.tensor([4, 3, 2, 1, 0])], 2)
    assert plt.gca().images[0].get_array().tolist() == [[0, 0, 1, 1, 2], [2, 1, 1, 0, 0]]
    assert [text.get_text() for text in plt.gca().texts] == list("1122332211")


def test_line_is_the_model_at_feature_1_equal_to_0():
    path = [(torch.zeros(2, 1), torch.zeros(1)), (torch.tensor([[7.0], [-2.0]]), torch.tensor([4.0]))]
    draw.line(torch.zeros(3, 2), torch.ones(3, 1), path, [8.0, 2.0], [8.0, 3.0], 1)
    top, bottom = plt.gcf().axes
    x, y = top.lines[1].get_data()
    assert np.allclose(y, 4 - 2 * np.asarray(x))
    assert bottom.lines[2].get_xydata().tolist() == [[1, 2]]


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def reaches_the_noise_floor(code):
    """code: the step, or a dictionary of the parts of the loop that differ."""
    parts = code if isinstance(code, dict) else {"step": code}
    X = torch.randn(1000, 2, generator=seeded())
    y = X @ torch.tensor([[2.0], [-3.4]]) + 4.2 + 0.01 * torch.randn(1000, 1, generator=seeded(1))
    y = parts.get("targets", lambda y: y)(y)
    w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    order = seeded(2)
    for _ in range(3):
        for X_batch, y_batch in parts.get("batches", minibatches)(10, X, y, generator=order):
            parts.get("loss", squared_loss)(linear_regression(X_batch, w, b), y_batch).sum().backward()
            parts.get("step", sgd)([w, b], 0.03, len(y_batch))
    with torch.no_grad():
        assert squared_loss(linear_regression(X, w, b), y.reshape(-1, 1)).mean() < 1e-4


def gives_a_short_batch_its_full_step(step_size):
    """step_size(nominal, actual): what the sum of the gradients is divided by."""
    steps = []
    for copies in (1, 2):  # 5 examples, or the same 5 twice
        w = torch.zeros(1, requires_grad=True)
        x = torch.ones(5).repeat(copies)
        squared_loss(w * x, x).sum().backward()
        sgd([w], 0.1, step_size(10, len(x)))
        steps.append(w.detach().clone())
    assert torch.isclose(*steps)


def covers_every_example(batches):
    X = torch.arange(25).reshape(25, 1)
    assert sorted(torch.cat([x for (x,) in batches(10, X)]).flatten().tolist()) == list(range(25))


test_trap = each_is_caught(
    Trap(
        "gradients not cleared",
        right=sgd,
        wrong=with_bug(sgd, "param.grad.zero_()", "pass"),
        check=reaches_the_noise_floor,
    ),
    Trap(
        "zeros_ for zero_",
        right=sgd,
        wrong=with_bug(sgd, "zero_()", "zeros_()"),
        check=reaches_the_noise_floor,
        caught_by=AttributeError,
    ),
    Trap("step uphill", right=sgd, wrong=with_bug(sgd, "-= lr", "+= lr"), check=reaches_the_noise_floor),
    Trap(
        "update without no_grad",
        right=sgd,
        wrong=with_bug(sgd, "torch.no_grad()", "torch.enable_grad()"),
        check=reaches_the_noise_floor,
        caught_by=RuntimeError,
    ),
    Trap(
        "flat targets and a loss that broadcasts",
        right={},
        wrong={"targets": torch.flatten, "loss": lambda y_hat, y: (y_hat - y) ** 2 / 2},
        check=reaches_the_noise_floor,
    ),
    Trap(
        "divided by the nominal batch size",
        right=lambda nominal, actual: actual,
        wrong=lambda nominal, actual: nominal,
        check=gives_a_short_batch_its_full_step,
    ),
    Trap(
        "the short last batch is lost",
        right=minibatches,
        wrong=with_bug(minibatches, "range(0, n, batch_size)", "range(0, n - batch_size + 1, batch_size)"),
        check=covers_every_example,
    ),
    Trap(
        "indices[i, j] for indices[i:j]",
        right=minibatches,
        wrong=with_bug(minibatches, "order[start : start + batch_size]", "order[start, start + batch_size]"),
        check=covers_every_example,
        caught_by=IndexError,
    ),
    Trap(
        "inputs and targets shuffled apart",
        right=minibatches,
        wrong=with_bug(minibatches, "tensor[indices] for", "tensor[torch.randperm(n)[:len(indices)]] for"),
        check=lambda batches: reaches_the_noise_floor({"batches": batches}),
    ),
)
