import matplotlib.pyplot as plt
import numpy as np
import torch
from traps import Trap, each_is_caught, from_page, with_bug

from d2lbook_utils import dropout_layer
from d2lbook_utils.figures.multilayer_perceptrons import dropout as draw


def test_layer_counts_survivors_and_shows_the_mean():
    draw.layer(torch.tensor([2.0, 0.0, 6.0, 0.0]).repeat(25), 0.5)
    units, histogram = plt.gcf().axes
    discs, crosses = units.collections
    assert len(discs.get_offsets()) == len(crosses.get_offsets()) == 30
    assert units.get_title() == "p = 0.5: 30 of 60 units survive"
    heights = {round(bar.get_x() + bar.get_width() / 2, 2): bar.get_height() for bar in histogram.patches}
    assert np.isclose(heights[0], 0.5) and np.isclose(heights[2], 0.25) and np.isclose(heights[6], 0.25)
    assert histogram.lines[0].get_xdata()[0] == 2


def test_bowl_marks_the_line_of_best_weights():
    draw.bowl(lambda w1, w2, p: (w1 + w2 - 1) ** 2, 0.0, None)
    line = plt.gca().lines[0]
    assert np.allclose(line.get_xdata() + line.get_ydata(), 1)


def test_dropped_units_have_no_edges():
    masks = torch.tensor([True, False, True]), torch.tensor([False, True])
    draw.network(masks, "step 1")
    ax = plt.gca()
    dashed = [circle.center for circle in ax.patches if circle.get_linestyle() == "--"]
    ends = [tuple(end) for line in ax.lines for end in line.get_xydata()]
    assert len(dashed) == 2 and not set(dashed) & set(ends)
    assert len(ax.lines) == 4 * 2 + 2 * 1 + 1 * 3
    assert ax.get_title() == "step 1: 2 of 3 and 1 of 2 hidden units"


def test_fates_show_the_chosen_epoch():
    accuracy = {"without": [0.2, 0.6], "with": [0.1, 0.7]}
    fates = {
        "without": torch.tensor([[0.5, 0.25, 0.25], [0.25, 0.75, 0.0]]),
        "with": torch.tensor([[0.5, 0.0, 0.5], [1.0, 0.0, 0.0]]),
    }
    draw.label_fates([5, 10], accuracy, fates, 10)
    curves, bars = plt.gcf().axes
    marks = [line.get_xydata().tolist() for line in curves.lines if line.get_marker() == "o"]
    assert marks == [[[10, 0.6]], [[10, 0.7]]]
    ends = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in bars.patches]
    assert np.allclose(ends, [(0, 0.25), (0.25, 1), (1, 1), (0, 1), (1, 1), (1, 1)])


def test_fan_is_two_standard_deviations_wide():
    passes = torch.tensor([[1.0, 2.0], [1.0, 4.0], [1.0, 6.0]])
    draw.fan(torch.tensor([0.5]), torch.tensor([3.0]), torch.tensor([0.0, 1.0]), passes)
    (mean,) = (line for line in plt.gca().lines if line.get_label() == "mean of the passes")
    band = plt.gca().collections[0].get_paths()[0].vertices[:, 1]
    assert mean.get_ydata().tolist() == [1, 4] and np.isclose(band.max(), 8) and np.isclose(band.min(), 0)


def keeps_the_mean(dropout):
    torch.manual_seed(0)
    for p in (0.2, 0.5):
        assert abs(dropout(torch.ones(100_000), p).mean() - 1) < 0.02


def drops_nothing_at_0_and_all_at_1(dropout):
    X = torch.ones(1000, requires_grad=True)
    assert torch.equal(dropout(X, 0.0), X) and torch.equal(dropout(X, 1.0), torch.zeros(1000))
    dropout(X, 1.0).sum().backward()
    assert torch.equal(X.grad, torch.zeros(1000))


def predicts_with_all_units(network):
    model, X = network(4, 3, 50, 50, 0.5, 0.5).eval(), torch.rand(10, 4)
    assert torch.equal(model(X), model(X))


def drops_in_training(network):
    model, X = network(4, 3, 50, 50, 0.5, 0.5), torch.rand(10, 4)
    assert not torch.equal(model(X), model(X)), "a new model is in training mode"


def erases_no_answer(network):
    model, X = network(4, 3, 50, 50, 0.5, 0.5), torch.rand(100, 4)
    assert (model(X) != 0).all()


def broken(name, right, wrong, check):
    return Trap(name, right=dropout_layer, wrong=with_bug(dropout_layer, right, wrong), check=check)


NETWORK = from_page("multilayer-perceptrons/dropout", "DropoutMLP")


def broken_network(name, right, wrong, check):
    return Trap(name, right=NETWORK, wrong=with_bug(NETWORK, right, wrong), check=check)


test_trap = each_is_caught(
    broken("a dropout mask from randn", "torch.rand(", "torch.randn(", keeps_the_mean),
    broken("survivors not rescaled by 1 / (1 - p)", " / (1 - p)", "", keeps_the_mean),
    broken("p taken for the probability to keep", ">= p", "< p", keeps_the_mean),
    broken("0 / 0 at p = 1", "if p == 1:", "if False:", drops_nothing_at_0_and_all_at_1),
    broken(
        "drops at p = 0",
        "torch.rand(X.shape, device=X.device) >= p",
        "torch.randint(10, X.shape) > 10 * p",
        drops_nothing_at_0_and_all_at_1,
    ),
    broken_network(
        "F.dropout without training=self.training",
        "        if self.training:\n            H1 = dropout_layer(H1, self.p1)",
        "        H1 = F.dropout(H1, self.p1)",
        predicts_with_all_units,
    ),
    broken_network(
        "self.training = False in __init__",
        "super().__init__()",
        "super().__init__(); self.training = False",
        drops_in_training,
    ),
    broken_network(
        "dropout on the output",
        "return self.lin3(H2)",
        "return dropout_layer(self.lin3(H2), self.p2)",
        erases_no_answer,
    ),
)
