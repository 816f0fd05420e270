"""The mistakes that readers of *Multilayer perceptrons* make, each with the check that notices it; see traps.py."""

import hashlib
import io
import math
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from torch import nn
from torch.nn import functional as F
from traps import Trap, from_page, is_caught, with_bug

from d2lbook_utils import EarlyStopping, clip_gradients, dropout_layer, evaluate_accuracy, k_fold_indices
from d2lbook_utils.data import extract
from d2lbook_utils.losses import l2_penalty, log_rmse


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


# The perceptron ------------------------------------------------------------------------------------------------------

PERCEPTRON = from_page("multilayer-perceptrons/perceptron", "perceptron")
LINE = torch.tensor([[2.0, 1.0], [-1.0, -2.0], [1.0, 2.0], [-2.0, -1.5]]), torch.tensor([1.0, -1.0, 1.0, -1.0])


def separates(perceptron):
    X, y = LINE
    w, b, updates = perceptron(X, y, 50)
    assert 0 < len(updates) < 10 and (y * (X @ w + b) > 0).all()


def gives_up_on_xor(perceptron):
    X = torch.tensor([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
    w, b, updates = perceptron(X, torch.tensor([-1.0, 1.0, 1.0, -1.0]), 3)
    assert len(updates) <= 12


def endless(X, y, max_epochs):
    """Until all are right, with a brake for this test."""
    w, b, updates = PERCEPTRON(X, y, 100)
    return w, b, updates


def bounds_the_updates(margin):
    X, y = torch.tensor([[1.0, 0.05], [-1.0, 0.05]]), torch.tensor([1.0, -1.0])
    X, y = torch.cat([X, 0.1 * X, LINE[0]]), torch.cat([y, y, LINE[1]])
    w = torch.tensor([30.0, 0.0, 0.0])                # separates; its length is not 1
    assert len(PERCEPTRON(X, y, 100)[2]) <= ((X**2).sum(dim=1).max() + 1) / margin(X, y, w) ** 2


def margin(X, y, w):
    w = w / w.norm()
    return (y * (X @ w[:-1] + w[-1])).min()


PERCEPTRONS = [
    Trap("< 0 for <= 0: never leaves the start", right=PERCEPTRON, wrong=with_bug(PERCEPTRON, "<= 0", "< 0"), check=separates),
    Trap("a wrong answer has the same sign", right=PERCEPTRON, wrong=with_bug(PERCEPTRON, "<= 0", ">= 0"), check=separates),
    Trap("until all are right loops forever on XOR", right=PERCEPTRON, wrong=endless, check=gives_up_on_xor),
    Trap("margin of a line that was not normalised", right=margin, wrong=with_bug(margin, "w / w.norm()", "w"),
         check=bounds_the_updates),
]

# Multilayer perceptrons ----------------------------------------------------------------------------------------------


def bends(net):
    X = torch.randn(100, 3, generator=seeded())
    assert not torch.allclose(net(X) + net(-X), 2 * net(torch.zeros(1, 3)), atol=1e-4)


def mlp(*between, end=()):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 8), *between, nn.Linear(8, 2), *end)


def can_say_anything(net):
    assert (net(torch.randn(100, 3, generator=seeded())) < 0).any()


def uses_its_input(probability):
    o = torch.tensor([[-2.0], [3.0]])
    assert probability(o)[0] < 0.2 and probability(o)[1] > 0.9


def learns(make):
    W = make()
    before = W.detach().clone()
    optimizer = torch.optim.SGD([W], lr=0.1)
    F.cross_entropy(torch.randn(20, 6, generator=seeded()) @ W, torch.arange(20) % 3).backward()
    optimizer.step()
    assert not torch.equal(W, before)


def keeps_hidden_units_apart(start):
    X, y = torch.randn(60, 5, generator=seeded()), torch.arange(60) % 3
    W1, W2 = start()
    params = [W1.requires_grad_(), W2.requires_grad_()]
    for _ in range(20):
        gradients = torch.autograd.grad(F.cross_entropy(torch.relu(X @ W1) @ W2, y), params)
        with torch.no_grad():
            for param, gradient in zip(params, gradients):
                param -= 0.5 * gradient
    assert torch.linalg.matrix_rank(W1.detach(), atol=1e-4) > 1


def predicts_the_same_twice(evaluate):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(5, 50), nn.Dropout(0.9), nn.Linear(50, 3))
    X = torch.randn(200, 5, generator=seeded())
    results = {evaluate(net, [(X, torch.arange(200) % 3)]) for _ in range(5)}
    assert len(results) == 1


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(3))

    def forward(self, X):
        return self.scale * X


class Unregistered(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = torch.ones(3, requires_grad=True)

    forward = Scaled.forward


class InAList(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [Scaled()]

    def forward(self, X):
        return self.layers[0](X)


def shows_all_its_parameters(module):
    net = module()
    net(torch.ones(2, 3)).sum().backward()
    assert sum(p.numel() for p in net.parameters()) == 3 and len(net.state_dict()) == 1


MLPS = [
    Trap("no activation between the layers", right=mlp(nn.ReLU()), wrong=mlp(), check=bends),
    Trap("ReLU on the output", right=mlp(nn.ReLU()), wrong=mlp(nn.ReLU(), end=[nn.ReLU()]), check=can_say_anything),
    Trap("softmax of a single output is always 1", right=torch.sigmoid, wrong=lambda o: o.softmax(dim=1), check=uses_its_input),
    Trap("a scaled tensor is no leaf", right=lambda: nn.Parameter(0.01 * torch.randn(6, 3)),
         wrong=lambda: torch.randn(6, 3, requires_grad=True) * 0.01, check=learns, caught_by=ValueError),
    Trap("torch.radn", right=lambda: torch.randn(6, 3).requires_grad_(), wrong=lambda: torch.radn(6, 3).requires_grad_(),
         check=learns, caught_by=AttributeError),
    Trap("all weights zero", right=lambda: (torch.randn(5, 4, generator=seeded()), torch.randn(4, 3, generator=seeded(1))),
         wrong=lambda: (torch.zeros(5, 4), torch.zeros(4, 3)), check=keeps_hidden_units_apart),
    Trap("all weights equal", right=lambda: (torch.randn(5, 4, generator=seeded()), torch.randn(4, 3, generator=seeded(1))),
         wrong=lambda: (torch.full((5, 4), 0.1), torch.full((4, 3), 0.1)), check=keeps_hidden_units_apart),
    Trap("evaluated in training mode", right=evaluate_accuracy, wrong=with_bug(evaluate_accuracy, "model.eval()", "model.train()"),
         check=predicts_the_same_twice),
    Trap("an unregistered tensor", right=Scaled, wrong=Unregistered, check=shows_all_its_parameters),
    Trap("modules in a plain list", right=Scaled, wrong=InAList, check=shows_all_its_parameters),
]

# Model selection -----------------------------------------------------------------------------------------------------


def validates_every_example_once(folds):
    assert sorted(torch.cat([valid for _, valid in folds(11, 3)]).tolist()) == list(range(11))


def never_validates_on_training_rows(folds):
    assert all(not set(train.tolist()) & set(valid.tolist()) for train, valid in folds(11, 3))


def does_not_leak(prepare):
    """prepare(train, valid): the validation rows as the model will see them."""
    train, valid = torch.arange(10.0), torch.tensor([3.0, 8.0])
    other = torch.tensor([3.0, 800.0])
    assert torch.equal(prepare(train, valid)[0], prepare(train, other)[0])


def is_honest_about_chance(report):
    """report(scores on one half, scores on the other half): the accuracy of the best of many coins."""
    hits = torch.randint(0, 2, (2, 1000, 100), generator=seeded()).double().mean(dim=2)
    assert abs(report(*hits) - 0.5) < 0.12


def first_half_twice(chosen_on, fresh):
    return chosen_on.max().item()


def chosen_then_tested(chosen_on, fresh):
    return fresh[chosen_on.argmax()].item()


SELECTION = [
    Trap("the remainder of n / k is dropped", right=k_fold_indices,
         wrong=with_bug(k_fold_indices, "torch.randperm(n, generator=generator).tensor_split(k)",
                        "torch.randperm(n, generator=generator)[:n // k * k].tensor_split(k)"), check=validates_every_example_once),
    Trap("the validation fold stays in the training set", right=k_fold_indices,
         wrong=with_bug(k_fold_indices, "folds[:i] + folds[i + 1:]", "folds"), check=never_validates_on_training_rows),
    Trap("preprocessing fitted on all folds", right=lambda train, valid: (valid - train.mean()) / train.std(),
         wrong=lambda train, valid: (valid - torch.cat([train, valid]).mean()) / torch.cat([train, valid]).std(),
         check=does_not_leak),
    Trap("chosen and reported on the same scores", right=chosen_then_tested, wrong=first_half_twice, check=is_honest_about_chance),
]

# Weight decay --------------------------------------------------------------------------------------------------------


def equals_the_optimizers_weight_decay(penalised):
    """penalised(losses (B,), w, strength): what backward is called on."""
    X, y = torch.randn(8, 3, generator=seeded()), torch.randn(8, generator=seeded(1))
    ours, theirs = (torch.tensor([1.0, 2.0, -3.0], requires_grad=True) for _ in range(2))
    penalised((X @ ours - y) ** 2 / 2, ours, 0.3).backward()
    ((X @ theirs - y) ** 2 / 2).mean().backward()
    with torch.no_grad():
        ours -= 0.1 * ours.grad
    torch.optim.SGD([theirs], lr=0.1, weight_decay=0.3).step()
    assert torch.allclose(ours, theirs)


def with_penalty(penalty):
    return lambda losses, w, strength: losses.mean() + strength * penalty(w)


def reads_its_argument(penalty):
    globals_like = torch.full((5,), 100.0)
    assert penalty(torch.ones(3)).item() == pytest.approx(1.5) and globals_like.sum() == 500


def careless_penalty(v, w=torch.full((5,), 100.0)):
    return (w**2).sum() / 2


def shrinks_weights_without_a_gradient(optimizer):
    w = torch.ones(2, requires_grad=True)
    w.grad = torch.tensor([1.0, 100.0])
    optimizer([w]).step()
    plain = torch.ones(2, requires_grad=True)
    plain.grad = w.grad.clone()
    torch.optim.Adam([plain], lr=0.1).step()
    assert torch.allclose(w, plain - 0.1 * 0.1, atol=1e-4)


def leaves_the_bias_alone(groups):
    layer = nn.Linear(3, 2)
    nn.init.ones_(layer.bias)
    for param in layer.parameters():
        param.grad = torch.zeros_like(param)
    torch.optim.SGD(groups(layer), lr=0.1).step()
    assert (layer.bias == 1).all()


DECAY = [
    Trap("a penalty on the length, not on its square", right=with_penalty(l2_penalty), wrong=with_penalty(lambda w: w.norm()),
         check=equals_the_optimizers_weight_decay),
    Trap("the half forgotten in the penalty", right=with_penalty(l2_penalty), wrong=with_penalty(lambda w: (w**2).sum()),
         check=equals_the_optimizers_weight_decay),
    Trap("an L1 penalty called L2", right=with_penalty(l2_penalty), wrong=with_penalty(lambda w: w.abs().sum()),
         check=equals_the_optimizers_weight_decay),
    Trap("the penalty added to every example of a summed loss", right=with_penalty(l2_penalty),
         wrong=lambda losses, w, strength: (losses + strength * l2_penalty(w)).sum(), check=equals_the_optimizers_weight_decay),
    Trap("a penalty that uses a global w", right=l2_penalty, wrong=careless_penalty, check=reads_its_argument),
    Trap("Adam with weight_decay for AdamW", right=lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.1),
         wrong=lambda p: torch.optim.Adam(p, lr=0.1, weight_decay=0.1), check=shrinks_weights_without_a_gradient),
    Trap("the bias decays too", right=lambda layer: [{"params": layer.weight, "weight_decay": 1.0}, {"params": layer.bias}],
         wrong=lambda layer: [{"params": layer.parameters(), "weight_decay": 1.0}], check=leaves_the_bias_alone),
]

# Dropout -------------------------------------------------------------------------------------------------------------


def keeps_the_mean(dropout):
    torch.manual_seed(0)
    for p in (0.2, 0.5):
        assert abs(dropout(torch.ones(100_000), p).mean() - 1) < 0.02


def drops_nothing_at_0_and_all_at_1(dropout):
    X = torch.ones(1000, requires_grad=True)
    assert torch.equal(dropout(X, 0.0), X) and torch.equal(dropout(X, 1.0), torch.zeros(1000))
    dropout(X, 1.0).sum().backward()
    assert torch.equal(X.grad, torch.zeros(1000))


class Net(nn.Module):
    def forward(self, X):
        return F.dropout(X, 0.5, training=self.training)


class AlwaysDropping(nn.Module):
    def forward(self, X):
        return F.dropout(X, 0.5)


class SwitchedByHand(nn.Module):
    """Sets self.training once and expects it to stay."""

    def __init__(self):
        super().__init__()
        self.training = False

    def forward(self, X):
        return F.dropout(X, 0.5, training=self.training)


class Misspelt(nn.Module):
    def _init_(self):
        self.layer = nn.Identity()

    def forward(self, X):
        return self.layer(X)


def is_the_identity_at_test_time(module):
    X, net = torch.ones(1000), module()
    assert torch.equal(net.eval()(X), X)


def drops_while_training(module):
    net = module()
    assert (net.train()(torch.ones(1000)) == 0).any()
    net.eval()
    assert (net(torch.ones(1000)) == 1).all()


def stays_off_during_training(module):
    """The wish of somebody who switches dropout off by hand."""
    net = module()
    net.train()
    assert (net(torch.ones(1000)) == 1).all()


def gives_logits_that_training_and_testing_share(net):
    torch.manual_seed(0)
    assert (net.train()(torch.randn(200, 3, generator=seeded())) != 0).all()


DROPOUT = [
    Trap("a dropout mask from randn", right=dropout_layer, wrong=with_bug(dropout_layer, "torch.rand(", "torch.randn("),
         check=keeps_the_mean),
    Trap("survivors not rescaled by 1 / (1 - p)", right=dropout_layer, wrong=with_bug(dropout_layer, " / (1 - p)", ""),
         check=keeps_the_mean),
    Trap("p taken for the probability to keep", right=dropout_layer, wrong=with_bug(dropout_layer, ">= p", "< p"),
         check=keeps_the_mean),
    Trap("0 / 0 at p = 1", right=dropout_layer, wrong=with_bug(dropout_layer, "if p == 1:", "if False:"),
         check=drops_nothing_at_0_and_all_at_1),
    Trap("drops at p = 0", right=dropout_layer,
         wrong=with_bug(dropout_layer, "torch.rand(X.shape, device=X.device) >= p",
                        "torch.randint(10, X.shape) > 10 * p"), check=drops_nothing_at_0_and_all_at_1),
    Trap("F.dropout without training=self.training", right=Net, wrong=AlwaysDropping, check=is_the_identity_at_test_time),
    Trap("self.training set by hand", right=nn.Identity, wrong=SwitchedByHand, check=stays_off_during_training),
    Trap("_init_ for __init__", right=Net, wrong=Misspelt, check=drops_while_training, caught_by=AttributeError),
    Trap("dropout on the output layer", right=mlp(nn.ReLU(), nn.Dropout(0.5)),
         wrong=mlp(nn.ReLU(), end=[nn.Dropout(0.5)]), check=gives_logits_that_training_and_testing_share),
]

# Early stopping ------------------------------------------------------------------------------------------------------


def stops_on_a_plateau(stopping):
    guard = stopping(patience=2)
    assert [guard.step(value) for value in (1.0, 1.0, 1.0)] == [False, False, True]


def does_not_trust_nan(stopping):
    guard = stopping(patience=1)
    guard.step(1.0)
    assert guard.step(math.nan) and guard.best == 1.0


def restores_the_best_not_the_last(stopping):
    layer, guard = nn.Linear(1, 1), stopping(patience=5)
    for value in (1.0, 2.0):
        nn.init.constant_(layer.weight, value)
        guard.step(value, layer)
    guard.restore(layer)
    assert layer.weight.item() == 1.0


STOPPING = [
    Trap("a tie counted as an improvement", right=EarlyStopping,
         wrong=with_bug(EarlyStopping, "value < self.best", "value <= self.best"), check=stops_on_a_plateau),
    Trap("NaN counted as an improvement", right=EarlyStopping,
         wrong=with_bug(EarlyStopping, "value < self.best - self.min_delta", "not value >= self.best"), check=does_not_trust_nan),
    Trap("the best parameters kept without a copy", right=EarlyStopping,
         wrong=with_bug(EarlyStopping, "copy.deepcopy(model.state_dict())", "model.state_dict()"),
         check=restores_the_best_not_the_last),
]

# Forward and backward propagation ------------------------------------------------------------------------------------

PAGE_MLP, PAGE_LINEAR, PAGE_RELU, PAGE_LOSS, PAGE_PENALTY = from_page(
    "multilayer-perceptrons/backpropagation", "MLP", "Linear", "ReLU", "SoftmaxCrossEntropy", "Penalty")


def has_autograds_gradients(parts):
    """parts: layers that replace the page's Linear, ReLU, SoftmaxCrossEntropy and Penalty."""
    parts = {"Linear": PAGE_LINEAR, "ReLU": PAGE_RELU, "SoftmaxCrossEntropy": PAGE_LOSS, "Penalty": PAGE_PENALTY, **parts}
    PAGE_MLP.__init__.__globals__.update(parts)
    torch.manual_seed(0)
    net = PAGE_MLP(4, 5, 3, weight_decay=0.1)
    X, y = torch.randn(6, 4), torch.arange(6) % 3
    twins = [p.clone().requires_grad_() for p in net.params]
    net.objective(X, y)
    net.backward()
    W1, b1, W2, b2 = twins
    loss = F.cross_entropy(torch.relu(X @ W1 + b1) @ W2 + b2, y) + 0.05 * ((W1**2).sum() + (W2**2).sum())
    loss.backward()
    for param, twin in zip(net.params, twins):
        assert param.grad.shape == twin.shape and torch.allclose(param.grad, twin.grad, atol=1e-5)


def broken(name, definition, right, wrong):
    return {name: with_bug(definition, right, wrong)}


def is_safe_before_a_layer_that_keeps_its_input(activation):
    x = torch.randn(5, generator=seeded()).requires_grad_()
    squares = (x + 0) ** 2                 # keeps its input for the backward pass
    kept = x * 2
    y = kept ** 2
    activation(kept)
    (y + squares).sum().backward()


BACKPROPAGATION = [
    Trap("the penalty's gradient forgotten", right={}, check=has_autograds_gradients,
         wrong=broken("Penalty", PAGE_PENALTY, "self.weight_decay * W)", "0 * W)")),
    Trap("sum for mean over the batch", right={}, check=has_autograds_gradients,
         wrong=broken("SoftmaxCrossEntropy", PAGE_LOSS, " / len(self.y)", "")),
    Trap("W not transposed on the way back", right={}, check=has_autograds_gradients, caught_by=(RuntimeError, AssertionError),
         wrong=broken("Linear", PAGE_LINEAR, "delta @ self.W.T", "delta @ self.W")),
    Trap("the bias gradient not summed over the rows", right={}, check=has_autograds_gradients,
         caught_by=(RuntimeError, AssertionError), wrong=broken("Linear", PAGE_LINEAR, "delta.sum(dim=0)", "delta[0]")),
    Trap("a bias gradient of shape (1, q)", right={}, check=has_autograds_gradients, caught_by=RuntimeError,
         wrong=broken("Linear", PAGE_LINEAR, "delta.sum(dim=0)", "delta.sum(dim=0, keepdim=True)")),
    Trap("the slope of ReLU forgotten", right={}, check=has_autograds_gradients,
         wrong=broken("ReLU", PAGE_RELU, "delta * (self.H > 0)", "delta")),
    Trap("an in-place ReLU on what another layer kept", right=torch.relu, wrong=torch.relu_,
         check=is_safe_before_a_layer_that_keeps_its_input, caught_by=RuntimeError),
]

# Numerical stability, initialisation ---------------------------------------------------------------------------------


def is_the_jacobian_of_a_sigmoid_layer(jacobian):
    W, h = torch.randn(3, 4, generator=seeded()), torch.randn(4, generator=seeded(1))
    expected = torch.autograd.functional.jacobian(lambda h: torch.sigmoid(W @ h), h)
    assert torch.allclose(jacobian(W, h), expected, atol=1e-6)


def slope(z):
    return torch.sigmoid(z) * (1 - torch.sigmoid(z))


def keeps_the_direction(clip):
    params = [torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)]
    params[0].grad, params[1].grad = torch.tensor([3.0, 0.1]), torch.tensor([-8.0])
    before = torch.cat([p.grad for p in params])
    clip(params, 1.0)
    after = torch.cat([p.grad for p in params])
    assert torch.allclose(after, before / before.norm(), atol=1e-5)


def leaves_short_gradients_alone(clip):
    param = torch.zeros(2, requires_grad=True)
    for gradient in (torch.zeros(2), torch.tensor([0.3, 0.4])):
        param.grad = gradient.clone()
        clip([param], 1.0)
        assert torch.equal(param.grad, gradient)


def clip_by_value(params, limit):
    nn.utils.clip_grad_value_(params, limit)


def keeps_the_variance(initialise):
    """initialise(W): fills our own matrix W of shape (fan_in, fan_out) for X @ W."""
    torch.manual_seed(0)
    X, W = torch.randn(500, 200), torch.empty(200, 1000)
    initialise(W)
    assert 0.9 < (torch.relu(X @ W) ** 2).mean() < 1.1


def has_mean_zero(initialise):
    torch.manual_seed(0)
    W = torch.empty(200, 200)
    initialise(W)
    assert abs(W.mean()) < 1e-3 and 0.004 < W.std() < 0.02


def is_xavier(initialise):
    torch.manual_seed(0)
    W = torch.empty(300, 100)
    initialise(W)
    assert W.std().item() == pytest.approx((2 / 400) ** 0.5, rel=0.03)


def xavier_then_small(W):
    nn.init.xavier_normal_(W)
    nn.init.normal_(W, std=0.01)


STABILITY = [
    Trap("the anti-diagonal for diag", right=lambda W, h: torch.diag(slope(W @ h)) @ W,
         wrong=lambda W, h: torch.diag(slope(W @ h)).flip(1) @ W, check=is_the_jacobian_of_a_sigmoid_layer),
    Trap("W transposed in dh'/dh", right=lambda W, h: torch.diag(slope(W @ h)) @ W,
         wrong=lambda W, h: W.T @ torch.diag(slope(W @ h)), check=is_the_jacobian_of_a_sigmoid_layer,
         caught_by=(RuntimeError, AssertionError)),
    Trap("clipping by value turns the gradient", right=clip_gradients, wrong=clip_by_value, check=keeps_the_direction),
    Trap("every parameter clipped on its own", right=clip_gradients,
         wrong=lambda params, limit: [clip_gradients([p], limit) for p in params], check=keeps_the_direction),
    Trap("short gradients stretched to max_norm", right=clip_gradients, wrong=with_bug(clip_gradients, "if norm > max_norm:", "if True:"),
         check=leaves_short_gradients_alone),
    Trap("fans swapped for a matrix of shape (in, out)", right=lambda W: nn.init.kaiming_normal_(W.T, nonlinearity="relu"),
         wrong=lambda W: nn.init.kaiming_normal_(W, nonlinearity="relu"), check=keeps_the_variance),
    Trap("fan_out where the formula says n_in", right=lambda W: nn.init.kaiming_normal_(W.T, mode="fan_in"),
         wrong=lambda W: nn.init.kaiming_normal_(W.T, mode="fan_out"), check=keeps_the_variance),
    Trap("uniform_(0, 0.01) is all positive", right=lambda W: nn.init.uniform_(W, -0.01, 0.01),
         wrong=lambda W: nn.init.uniform_(W, 0, 0.01), check=has_mean_zero),
    Trap("only the last of two initialisers counts", right=nn.init.xavier_normal_, wrong=xavier_then_small, check=is_xavier),
    Trap("std for variance", right=lambda W: W.normal_(0, (2 / 400) ** 0.5), wrong=lambda W: W.normal_(0, 2 / 400), check=is_xavier),
]

# Distribution shift --------------------------------------------------------------------------------------------------

LABEL_SHIFT = from_page("multilayer-perceptrons/distribution-shift", "estimate_label_shift")


def has_mean_one(weights):
    """weights(logits, n_q, n_p): importance weights of source examples when both domains are alike."""
    n_q, n_p = 3000, 1000
    log_odds = torch.full((n_q,), math.log(n_p / n_q))      # what a domain classifier finds: the counts
    assert weights(log_odds, n_q, n_p).mean().item() == pytest.approx(1, rel=0.05)


def recovers_the_frequencies(estimate):
    confusion = torch.tensor([[80.0, 20.0, 0.0], [10.0, 270.0, 20.0], [5.0, 15.0, 80.0]])
    truth = torch.tensor([0.5, 0.2, 0.3])
    rates = confusion / confusion.sum(dim=1, keepdim=True)
    assert torch.allclose(estimate(confusion, truth @ rates), truth, atol=1e-5)


def sees_real_confusion(confusion_of):
    """confusion_of(training labels, held-out labels, predictions for both): share of held-out mistakes expected."""
    trained, held_out = torch.zeros(100), torch.zeros(100)
    guesses = torch.zeros(100), (torch.arange(100) < 30).float()       # memorised, then 30 % wrong
    assert abs(confusion_of((trained, guesses[0]), (held_out, guesses[1])) - 0.3) < 1e-6


SHIFT = [
    Trap("weights without the ratio of the counts", right=lambda o, n_q, n_p: o.exp() * n_q / n_p,
         wrong=lambda o, n_q, n_p: o.exp(), check=has_mean_one),
    Trap("the confusion matrix not transposed", right=LABEL_SHIFT, wrong=with_bug(LABEL_SHIFT, "rates.T", "rates"),
         check=recovers_the_frequencies),
    Trap("columns normalised instead of rows", right=LABEL_SHIFT, wrong=with_bug(LABEL_SHIFT, "dim=1", "dim=0"),
         check=recovers_the_frequencies),
    Trap("the confusion matrix measured on the training set", right=lambda train, held: (held[0] != held[1]).float().mean(),
         wrong=lambda train, held: (train[0] != train[1]).float().mean(), check=sees_real_confusion),
]

# Predicting house prices ---------------------------------------------------------------------------------------------

NAME_LEVELS, PREPARE, TRAIN_NET, CHECK_SUBMISSION = from_page(
    "multilayer-perceptrons/house-prices", "name_levels", "prepare_features", "train_net", "check_submission")


def houses(n=6, **extra):
    return pd.DataFrame({"Id": range(1, n + 1), "MSSubClass": [20, 60] * (n // 2), "Area": np.arange(n) * 100.0,
                         "Alley": (["Pave", None, "Grvl"] * n)[:n], **extra})


def keeps_test_rows_out_of_the_statistics(prepare):
    train, test = houses(SalePrice=1.0), houses()
    strange = test.assign(Area=1e6)
    assert torch.equal(prepare(*NAME_LEVELS(train, test))[0], prepare(*NAME_LEVELS(train, strange))[0])


def gives_both_tables_the_same_columns(levels):
    train, test = houses(SalePrice=1.0), houses().assign(Alley="Pave")
    X, X_test = PREPARE(*levels(train, test))
    assert X.shape[1] == X_test.shape[1] and X.isfinite().all()


def treats_codes_as_categories(levels):
    train, _ = levels(houses(SalePrice=1.0), houses())
    assert "MSSubClass" not in train.select_dtypes("number") and "Id" not in train


def is_the_rmse_of_logs(measure):
    predictions, targets = torch.tensor([110.0, 180.0]), torch.tensor([100.0, 200.0])
    assert measure(predictions, targets).item() == pytest.approx(
        math.sqrt((math.log(1.1) ** 2 + math.log(0.9) ** 2) / 2), rel=1e-5)


def names_its_options(train):
    net, X, y = nn.Linear(2, 1), torch.randn(8, 2), torch.randn(8)
    with pytest.raises(TypeError):
        train(net, X, y, 1, 0.0, 5.0)                  # epochs, lr and weight_decay: in which order?
    train(net, X, y, epochs=1, lr=0.1)


def fits_the_targets(train):
    torch.manual_seed(0)
    net, X = nn.Linear(2, 1), torch.randn(64, 2)
    y = X @ torch.tensor([1.0, -2.0]) + 3
    train(net, X, y, epochs=100, lr=0.1)
    assert F.mse_loss(net(X)[:, 0], y) < 0.1


def scores_every_fold(scores):
    assert len(scores([1.0, 2.0, 3.0])) == 3


def each_fold(folds):
    results = []
    for fold in folds:
        results.append(fold)
    return results


def dedented(folds):
    results = []
    for fold in folds:
        result = fold
    results.append(result)
    return results


def compares(loss):
    assert loss(torch.ones(2), torch.zeros(2)).item() == 1


def drops_the_id(features):
    assert "Id" not in features(houses())


def is_a_valid_submission(write):
    test = pd.DataFrame({"Id": range(1461, 2920)})
    train = pd.DataFrame({"SalePrice": [163_000.0]})
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "submission.csv"
        write(test, np.full(1459, 163_000.0), path)
        CHECK_SUBMISSION(path, test, train)


def write_submission(test, prices, path):
    pd.DataFrame({"Id": test["Id"], "SalePrice": prices}).to_csv(path, index=False)


def stays_inside(unpack):
    with tempfile.TemporaryDirectory() as home:
        archive, target = Path(home) / "data.tar", Path(home) / "inside" / "data"
        with tarfile.open(archive, "w") as file:
            member = tarfile.TarInfo("../outside.txt")
            member.size = 4
            file.addfile(member, io.BytesIO(b"evil"))
        target.mkdir(parents=True)
        try:
            unpack(archive, target)
        except (ValueError, tarfile.TarError):
            pass
        assert not (Path(home) / "inside" / "outside.txt").exists()


def unchecked(archive, target):
    with tarfile.open(archive) as file:
        member = file.getmembers()[0]
        (target / member.name).write_bytes(file.extractfile(member).read())


def refuses_an_error_page(store):
    expected = hashlib.sha256(b"Id,SalePrice").hexdigest()
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "train.csv"
        try:
            store(b"<html>404</html>", expected, path)
        except ValueError:
            pass
        assert not path.exists()


def store_checked(content, sha256, path):
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError("the file is not the expected one")
    path.write_bytes(content)


HOUSES = [
    Trap("standardised with the test rows", right=PREPARE,
         wrong=with_bug(PREPARE, "mean, std = train[numbers].mean(), train[numbers].std()",
                        "mean, std = pd.concat([train, test])[numbers].mean(), train[numbers].std()"),
         check=keeps_test_rows_out_of_the_statistics),
    Trap("one-hot columns fitted on each table", right=NAME_LEVELS,
         wrong=with_bug(NAME_LEVELS, "pd.Categorical(known, levels)", "words"), check=gives_both_tables_the_same_columns),
    Trap("codes taken for numbers", right=NAME_LEVELS, wrong=with_bug(NAME_LEVELS, '.astype({"MSSubClass": str})', ""),
         check=treats_codes_as_categories),
    Trap("the running number as a feature", right=NAME_LEVELS, wrong=with_bug(NAME_LEVELS, '["Id", "SalePrice"]', '["SalePrice"]'),
         check=treats_codes_as_categories),
    Trap("the log of the RMSE for the RMSE of the logs", right=log_rmse,
         wrong=lambda predictions, targets: F.mse_loss(predictions, targets).sqrt().log(), check=is_the_rmse_of_logs),
    Trap("learning rate and weight decay swapped by position", right=TRAIN_NET,
         wrong=with_bug(TRAIN_NET, "X, y, *, epochs", "X, y, epochs"), check=names_its_options,
         caught_by=pytest.fail.Exception),
    Trap("outputs (B, 1) against targets (B,)", right=TRAIN_NET, wrong=with_bug(TRAIN_NET, ".squeeze(1)", ""), check=fits_the_targets),
    Trap("the per-fold line dedented out of the loop", right=each_fold, wrong=dedented, check=scores_every_fold),
    Trap("nn.MSELoss without brackets", right=nn.MSELoss(), wrong=nn.MSELoss, check=compares, caught_by=(AttributeError, RuntimeError)),
    Trap("table[:, 1:] without iloc", right=lambda table: table.iloc[:, 1:], wrong=lambda table: table[:, 1:], check=drops_the_id,
         caught_by=(TypeError, KeyError, pd.errors.InvalidIndexError)),
    Trap("predictions of shape (n, 1) in the submission", right=write_submission,
         wrong=lambda test, prices, path: write_submission(test, list(prices.reshape(-1, 1)), path), check=is_a_valid_submission,
         caught_by=Exception),
    Trap("the index written as a column", right=write_submission,
         wrong=with_bug(write_submission, ", index=False", ""), check=is_a_valid_submission),
    Trap("an archive unpacked unchecked", right=extract, wrong=unchecked, check=stays_inside),
    Trap("an error page stored as data", right=store_checked, wrong=lambda content, sha256, path: path.write_bytes(content),
         check=refuses_an_error_page),
]

TRAPS = [*PERCEPTRONS, *MLPS, *SELECTION, *DECAY, *DROPOUT, *STOPPING, *BACKPROPAGATION, *STABILITY, *SHIFT, *HOUSES]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_trap(trap):
    is_caught(trap)
