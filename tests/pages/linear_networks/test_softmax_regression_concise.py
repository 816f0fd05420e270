import matplotlib.pyplot as plt
from torch import nn
from traps import Trap, each_is_caught, with_bug

from d2lbook_utils import History
from d2lbook_utils.figures.linear_networks import softmax_regression_concise as draw
from d2lbook_utils.nn.init import init_normal


def test_sweep_draws_the_chosen_rate_on_top_and_names_its_last_loss():
    histories = {}
    for rate, accuracies in {0.1: (0.5, 0.75), 1.0: (0.25, 0.5)}.items():
        histories[rate] = History("train loss", "test accuracy")
        for epoch, accuracy in enumerate(accuracies, 1):
            histories[rate].record(epoch, 1 - accuracy, accuracy)
    draw.sweep(histories, 0.1)
    assert plt.gca().lines[-1].get_xydata().tolist() == [[1, 0.5], [2, 0.75]]
    assert plt.gca().get_title() == "last training loss 0.25"


def reaches_subclasses(initialise):
    class Named(nn.Linear):
        pass

    net = nn.Sequential(nn.Flatten(), Named(100, 100))
    net.apply(initialise)
    assert net[1].weight.std() < 0.02 and net[1].bias.abs().max() == 0


test_trap = each_is_caught(
    Trap(
        "type(m) == nn.Linear misses subclasses",
        right=init_normal,
        wrong=with_bug(init_normal, "isinstance(module, nn.Linear)", "type(module) == nn.Linear"),
        check=reaches_subclasses,
    ),
)
