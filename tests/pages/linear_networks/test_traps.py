"""The mistakes that readers of *Linear networks* make, each with the check that notices it; see traps.py."""

import math
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional as F
from traps import Trap, from_page, is_caught, with_bug

from d2lbook_utils import (
    SGD,
    Accumulator,
    count_correct,
    data_directory,
    evaluate_accuracy,
    evaluate_loss,
    linear_regression,
    minibatches,
    sgd,
    squared_loss,
    tensor_loader,
    train_epoch,
)
from d2lbook_utils.data.fashion_mnist import load_fashion_mnist
from d2lbook_utils.nn.init import init_normal
from d2lbook_utils.losses import focal_loss

LINE = torch.tensor([[2.0], [-3.4]]), 4.2


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


# Linear regression ---------------------------------------------------------------------------------------------------

def compares_each_prediction_with_its_own_target(loss):
    y_hat, y = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([1.0, 2.0, 3.0])
    try:
        assert loss(y_hat, y).numel() == 3
    except ValueError as error:
        assert "shape" in str(error)
    assert loss(y_hat, y_hat).shape == (3, 1)


def finds_a_line_off_the_origin(fit):
    X = torch.randn(50, 2, generator=seeded(), dtype=torch.float64)
    w, b = fit(X, X @ torch.tensor([[2.0], [-3.4]]).double() + 4.2)
    assert torch.allclose(w, torch.tensor([[2.0], [-3.4]]).double()) and torch.allclose(b, torch.tensor([4.2]).double())


def survives_a_copied_column(solve):
    x = torch.arange(-5.0, 5.0).reshape(-1, 1)
    X = torch.cat([x, x.roll(3), x], dim=1)
    assert torch.allclose(X @ solve(X, x), x, atol=1e-4)


LEAST_SQUARES = from_page("linear-networks/linear-regression", "fit_least_squares")

LINEAR_REGRESSION = [
    Trap("(n, 1) minus (n,) broadcasts to (n, n)", right=squared_loss, wrong=lambda y_hat, y: (y_hat - y) ** 2 / 2,
         check=compares_each_prediction_with_its_own_target),
    Trap("the column of ones is forgotten", right=LEAST_SQUARES,
         wrong=lambda X, y: (torch.linalg.lstsq(X, y).solution, torch.zeros(1, dtype=y.dtype)), check=finds_a_line_off_the_origin),
    Trap("inv of X'X where lstsq is right", right=lambda X, y: torch.linalg.lstsq(X, y).solution,
         wrong=lambda X, y: torch.linalg.inv(X.T @ X) @ X.T @ y, check=survives_a_copied_column,
         caught_by=(RuntimeError, AssertionError)),
]

# Gradient descent ----------------------------------------------------------------------------------------------------


def goes_down(descend):
    path = descend(lambda w: 2 * w, torch.tensor([1.0]), 0.1, 5)
    assert (path[1:] ** 2 < path[:-1] ** 2).all()


def does_not_depend_on_how_often_the_data_are_repeated(loss):
    x = torch.tensor([1.0, 2.0, 3.0])
    slopes = []
    for data in (x, x.repeat(4)):
        w = torch.tensor(0.5, requires_grad=True)
        loss(w * data, 2 * data).backward()
        slopes.append(w.grad)
    assert torch.isclose(*slopes)


DESCENT = from_page("linear-networks/gradient-descent-basics", "gradient_descent")

GRADIENT_DESCENT = [
    Trap("moving along the gradient instead of against it", right=DESCENT,
         wrong=with_bug(DESCENT, "w - lr", "w + lr"), check=goes_down),
    Trap("the sum of the losses makes the step grow with the batch", right=lambda y_hat, y: squared_loss(y_hat, y).mean(),
         wrong=lambda y_hat, y: squared_loss(y_hat, y).sum(), check=does_not_depend_on_how_often_the_data_are_repeated),
]

# Linear regression from scratch --------------------------------------------------------------------------------------


def reaches_the_noise_floor(code):
    """code: the step, or a dictionary of the parts of the loop that differ."""
    parts = code if isinstance(code, dict) else {"step": code}
    X = torch.randn(1000, 2, generator=seeded())
    y = X @ LINE[0] + LINE[1] + 0.01 * torch.randn(1000, 1, generator=seeded(1))
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
    for copies in (1, 2):           # 5 examples, or the same 5 twice
        w = torch.zeros(1, requires_grad=True)
        x = torch.ones(5).repeat(copies)
        squared_loss(w * x, x).sum().backward()
        sgd([w], 0.1, step_size(10, len(x)))
        steps.append(w.detach().clone())
    assert torch.isclose(*steps)


def covers_every_example(batches):
    X = torch.arange(25).reshape(25, 1)
    assert sorted(torch.cat([x for x, in batches(10, X)]).flatten().tolist()) == list(range(25))


SCRATCH = [
    Trap("gradients not cleared", right=sgd, wrong=with_bug(sgd, "param.grad.zero_()", "pass"), check=reaches_the_noise_floor),
    Trap("zeros_ for zero_", right=sgd, wrong=with_bug(sgd, "zero_()", "zeros_()"), check=reaches_the_noise_floor,
         caught_by=AttributeError),
    Trap("step uphill", right=sgd, wrong=with_bug(sgd, "-= lr", "+= lr"), check=reaches_the_noise_floor),
    Trap("update without no_grad", right=sgd, wrong=with_bug(sgd, "torch.no_grad()", "torch.enable_grad()"),
         check=reaches_the_noise_floor, caught_by=RuntimeError),
    Trap("flat targets and a loss that broadcasts", right={},
         wrong={"targets": torch.flatten, "loss": lambda y_hat, y: (y_hat - y) ** 2 / 2}, check=reaches_the_noise_floor),
    Trap("divided by the nominal batch size", right=lambda nominal, actual: actual, wrong=lambda nominal, actual: nominal,
         check=gives_a_short_batch_its_full_step),
    Trap("the short last batch is lost", right=minibatches,
         wrong=with_bug(minibatches, "range(0, lengths[0], batch_size)", "range(0, lengths[0] - batch_size + 1, batch_size)"),
         check=covers_every_example),
    Trap("indices[i, j] for indices[i:j]", right=minibatches,
         wrong=with_bug(minibatches, "order[start:start + batch_size]", "order[start, start + batch_size]"),
         check=covers_every_example, caught_by=IndexError),
    Trap("inputs and targets shuffled apart", right=minibatches,
         wrong=with_bug(minibatches, "tensor[indices] for", "tensor[torch.randperm(lengths[0])[:len(indices)]] for"),
         check=lambda batches: reaches_the_noise_floor({"batches": batches})),
    Trap("requires_grad=true", right=lambda: eval("torch.zeros(1, requires_grad=True)"),
         wrong=lambda: eval("torch.zeros(1, requires_grad=true)"), check=lambda make: make(), caught_by=NameError),
]

# Linear regression, concise ------------------------------------------------------------------------------------------


def keeps_the_path_of_the_scratch_version(rate):
    """rate: what the learning rate is multiplied by when nn.MSELoss replaces half the squared error."""
    X = torch.randn(20, 2, generator=seeded(), dtype=torch.float64)
    y = X @ LINE[0].double()
    ours = torch.zeros(2, 1, dtype=torch.float64, requires_grad=True)
    net = nn.Linear(2, 1, bias=False, dtype=torch.float64)
    nn.init.zeros_(net.weight)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1 * rate)
    for _ in range(5):
        squared_loss(X @ ours, y).sum().backward()
        sgd([ours], 0.1, 20)
        optimizer.zero_grad()
        nn.MSELoss()(net(X), y).backward()
        optimizer.step()
    assert torch.allclose(ours, net.weight.T)


def is_the_mean_over_unequal_batches(evaluate):
    X, y = torch.zeros(10, 1), torch.arange(10.0).reshape(10, 1)
    loader = tensor_loader((X, y), 4, shuffle=False)
    assert evaluate(lambda X: X, loader, nn.MSELoss()) == pytest.approx((y ** 2).mean().item())


def draws_small_weights(initialise):
    layer = nn.Linear(100, 100)
    initialise(layer)
    assert 0.008 < layer.weight.std() < 0.012


CONCISE = [
    Trap("MSELoss with the learning rate of half the squared error", right=0.5, wrong=1.0,
         check=keeps_the_path_of_the_scratch_version),
    Trap("mean of the means of unequal batches", right=evaluate_loss,
         wrong=with_bug(evaluate_loss, "* len(y), examples=len(y)", ", examples=1"), check=is_the_mean_over_unequal_batches),
    Trap("Tensor.normal without underscore", right=lambda layer: nn.init.normal_(layer.weight, 0, 0.01),
         wrong=lambda layer: layer.weight.data.normal(0, 0.01), check=draws_small_weights, caught_by=AttributeError),
]

# Softmax regression --------------------------------------------------------------------------------------------------

SOFTMAX, LOG_SOFTMAX = from_page("linear-networks/softmax-regression", "softmax_stable", "log_softmax")


def makes_every_row_a_distribution(softmax):
    p = softmax(torch.randn(4, 3, generator=seeded()))
    assert torch.allclose(p.sum(dim=1), torch.ones(4)) and (p > 0).all()


def survives_large_scores(softmax):
    assert torch.allclose(softmax(torch.tensor([[1e4, 0.0]])), torch.tensor([[1.0, 0.0]]))


def keeps_the_distance_of_unlikely_classes(log_softmax):
    assert torch.allclose(log_softmax(torch.tensor([[0.0, -200.0]])), torch.tensor([[0.0, -200.0]]))


def is_the_divergence_of_q_from_p(divergence):
    p, q = torch.tensor([0.5, 0.25, 0.25]), torch.full((3,), 1 / 3)
    assert divergence(p, q).item() == pytest.approx((p * (p / q).log()).sum().item(), abs=1e-6)


def sees_that_scale_matters(claim):
    """claim(o): the softmax according to somebody's picture of it."""
    o = torch.tensor([1.0, 2.0, 3.0])
    assert torch.allclose(claim(10 * o), torch.softmax(10 * o, 0)) and torch.allclose(claim(o + 5), torch.softmax(o + 5, 0))


SOFTMAX_REGRESSION = [
    Trap("softmax over the examples, dim=0", right=SOFTMAX, wrong=with_bug(SOFTMAX, "dim=-1", "dim=0"),
         check=makes_every_row_a_distribution),
    Trap("softmax without subtracting the maximum", right=SOFTMAX,
         wrong=with_bug(SOFTMAX, "logits - logits.amax(dim=-1, keepdim=True)", "logits"), check=survives_large_scores),
    Trap("log of softmax for log_softmax", right=LOG_SOFTMAX, wrong=lambda O: SOFTMAX(O).log(),
         check=keeps_the_distance_of_unlikely_classes),
    Trap("kl_div with its arguments swapped", right=lambda p, q: F.kl_div(q.log(), p, reduction="sum"),
         wrong=lambda p, q: F.kl_div(p.log(), q, reduction="sum"), check=is_the_divergence_of_q_from_p),
    Trap("kl_div without the logarithm", right=lambda p, q: F.kl_div(q.log(), p, reduction="sum"),
         wrong=lambda p, q: F.kl_div(q, p, reduction="sum"), check=is_the_divergence_of_q_from_p),
    Trap("softmax keeps only proportions", right=lambda o: o.exp() / o.exp().sum(), wrong=lambda o: o / o.sum(),
         check=sees_that_scale_matters),
]

# Loss functions ------------------------------------------------------------------------------------------------------

HUBER, BCE = from_page("linear-networks/loss-functions", "huber_loss", "bce_with_logits")


def is_huber(loss):
    r = torch.tensor([-200.0, -3.0, -0.5, 0.0, 2.0, 2.5], requires_grad=True)
    expected = F.huber_loss(r, torch.zeros(6), delta=2.0, reduction="none")
    slope, = torch.autograd.grad(expected.sum(), r)
    assert torch.allclose(loss(r, 2.0), expected)
    assert torch.allclose(torch.autograd.grad(loss(r, 2.0).sum(), r)[0], slope)


def can_be_nearly_zero(loss):
    O = torch.zeros(1, 10)
    O[0, 3] = 20
    assert loss(O, torch.tensor([3])) < 0.01


def is_right_far_out(loss):
    assert torch.allclose(loss(torch.tensor([-200.0, 200.0, 0.0]), torch.tensor([1.0, 1.0, 1.0])),
                          torch.tensor([200.0, 0.0, math.log(2)]))


def takes(target):
    def check(prepare):
        assert F.cross_entropy(torch.zeros(3, 4), prepare(target)).item() == pytest.approx(math.log(4))
    return check


def pulls_easy_examples_less(loss):
    easy, hard = loss(torch.tensor([3.0, -3.0]), torch.tensor([1.0, 1.0]))
    assert hard / easy > 10 * F.softplus(torch.tensor(3.0)) / F.softplus(torch.tensor(-3.0))


LOSSES = [
    Trap("Huber taken for hinge", right=HUBER, wrong=lambda r, delta: (delta - r).clamp(min=0), check=is_huber),
    Trap("Huber without the constant that joins its pieces", right=HUBER,
         wrong=with_bug(HUBER, " - delta**2 / 2", ""), check=is_huber),
    Trap("smooth L1 taken for Huber", right=HUBER, wrong=lambda r, beta: F.smooth_l1_loss(r, 0 * r, beta=beta, reduction="none"),
         check=is_huber),
    Trap("cross-entropy of softmax outputs", right=F.cross_entropy, wrong=lambda O, y: F.cross_entropy(O.softmax(1), y),
         check=can_be_nearly_zero),
    Trap("BCE of a sigmoid that has saturated", right=BCE,
         wrong=lambda o, y: F.binary_cross_entropy(torch.sigmoid(o), y, reduction="none"), check=is_right_far_out),
    Trap("BCE on outputs that are no probabilities", right=BCE,
         wrong=lambda o, y: F.binary_cross_entropy(o, y, reduction="none"), check=is_right_far_out, caught_by=RuntimeError),
    Trap("class numbers in int32", right=lambda y: y.long(), wrong=lambda y: y, check=takes(torch.tensor([0, 1, 3], dtype=torch.int32)),
         caught_by=RuntimeError),
    Trap("class numbers as floats", right=lambda y: y.long(), wrong=lambda y: y, check=takes(torch.tensor([0.0, 1.0, 3.0])),
         caught_by=RuntimeError),
    Trap("one-hot targets as integers", right=lambda Y: Y.float(), wrong=lambda Y: Y,
         check=takes(F.one_hot(torch.tensor([0, 1, 3]), 4)), caught_by=RuntimeError),
    Trap("a class number beyond the last", right=lambda y: y - 1, wrong=lambda y: y, check=takes(torch.tensor([1, 2, 4])),
         caught_by=IndexError),
    Trap("integer targets for BCE", right=lambda y: y.float(), wrong=lambda y: y,
         check=lambda prepare: F.binary_cross_entropy_with_logits(torch.zeros(2), prepare(torch.tensor([0, 1]))),
         caught_by=RuntimeError),
    Trap("focal loss with p_t and 1 - p_t exchanged", right=focal_loss,
         wrong=with_bug(focal_loss, "F.logsigmoid(-margin))", "F.logsigmoid(margin))"), check=pulls_easy_examples_less),
]

# The Fashion-MNIST data set ------------------------------------------------------------------------------------------


def does_not_look_at_the_test_set(standardise):
    train, test = torch.randn(100, generator=seeded()), torch.tensor([5.0, 7.0, 9.0])
    more = torch.cat([test, torch.tensor([1000.0])])
    assert torch.allclose(standardise(train, test), standardise(train, more)[:3])


def does_not_depend_on_the_working_directory(folder):
    assert folder().is_absolute()


def leaves_the_test_set_in_order(load):
    _, test = load(1000)
    first = [next(iter(test))[1] for _ in range(2)]
    assert torch.equal(*first)


DATA = [
    Trap("test images normalised with their own statistics", right=lambda train, test: (test - train.mean()) / train.std(),
         wrong=lambda train, test: (test - test.mean()) / test.std(), check=does_not_look_at_the_test_set),
    Trap("a data folder relative to the working directory", right=data_directory,
         wrong=lambda: Path("../data"), check=does_not_depend_on_the_working_directory),
    Trap("the test set shuffled", right=load_fashion_mnist,
         wrong=with_bug(load_fashion_mnist, "shuffle=train", "shuffle=True"), check=leaves_the_test_set_in_order),
]

# Softmax regression from scratch, and concise ------------------------------------------------------------------------

NAIVE_SOFTMAX, CROSS_ENTROPY = from_page("linear-networks/softmax-regression-scratch", "softmax", "cross_entropy")


def blobs(n=100):
    X = torch.randn(n, 4, generator=seeded())
    return X, (X @ torch.randn(4, 3, generator=seeded(1))).argmax(dim=1)


def reports_the_mean_loss(epoch):
    X, y = blobs()
    model = nn.Linear(4, 3)
    expected = F.cross_entropy(model(X), y).item()
    loss, _ = epoch(model, tensor_loader((X, y), 32), SGD(model.parameters(), 0.0))
    assert loss == pytest.approx(expected, rel=1e-5)


def takes_the_steps_of_plain_sgd(epoch):
    X, y = blobs()
    W, V = torch.zeros(4, 3, requires_grad=True), torch.zeros(4, 3, requires_grad=True)
    epoch(lambda X: X @ W, tensor_loader((X, y), 25, shuffle=False), SGD([W], 0.5))
    for X_batch, y_batch in tensor_loader((X, y), 25, shuffle=False):
        gradient, = torch.autograd.grad(F.cross_entropy(X_batch @ V, y_batch), V)
        V = (V - 0.5 * gradient).detach().requires_grad_()
    assert torch.allclose(W, V, atol=1e-6)


def keeps_no_graphs(accumulator):
    sums = accumulator("loss")
    sums.add(loss=torch.ones(1, requires_grad=True).sum())
    assert not torch.is_tensor(sums["loss"])


def records_no_gradients(evaluate):
    seen = []

    def model(X):
        seen.append(torch.is_grad_enabled())
        return X

    evaluate(model, [(torch.eye(3), torch.arange(3))])
    assert seen == [False]


def weighs_a_short_batch_by_its_size(evaluate):
    X = torch.eye(3)[torch.tensor([0, 1, 2, 0, 1])]
    y = torch.tensor([0, 1, 2, 0, 0])                  # the last is wrong
    assert evaluate(lambda X: X, tensor_loader((X, y), 4, shuffle=False)) == pytest.approx(0.8)


def refuses_a_single_output(count):
    with pytest.raises(ValueError):
        count(torch.tensor([[2.0], [-1.0]]), torch.tensor([0, 0]))


def survives_a_logit_of_1000(loss):
    assert loss(torch.tensor([[1000.0, 0.0]]), torch.tensor([1])).item() == pytest.approx(1000)


def flattens_each_image(model):
    W = torch.zeros(784, 10)
    assert model(torch.zeros(5, 1, 28, 28), W).shape == (5, 10)


def reaches_subclasses(initialise):
    class Named(nn.Linear):
        pass

    net = nn.Sequential(nn.Flatten(), Named(100, 100))
    net.apply(initialise)
    assert net[1].weight.std() < 0.02 and net[1].bias.abs().max() == 0


TRAINING = [
    Trap("keepdim forgotten in softmax", right=NAIVE_SOFTMAX, wrong=with_bug(NAIVE_SOFTMAX, ", keepdim=True", ""),
         check=makes_every_row_a_distribution, caught_by=(RuntimeError, AssertionError)),
    Trap("softmax on dim 0 of a batch", right=NAIVE_SOFTMAX, wrong=with_bug(NAIVE_SOFTMAX, "dim=1", "dim=0"),
         check=makes_every_row_a_distribution),
    Trap("-log 0 is infinite", right=CROSS_ENTROPY, wrong=lambda O, y: F.nll_loss(NAIVE_SOFTMAX(O).log(), y),
         check=survives_a_logit_of_1000),
    Trap("reshape(-1, W.shape[0], W)", right=lambda X, W: X.reshape(-1, W.shape[0]) @ W,
         wrong=lambda X, W: X.reshape(-1, W.shape[0], W), check=flattens_each_image, caught_by=TypeError),
    Trap("loss under-reported by the batch size", right=train_epoch, wrong=with_bug(train_epoch, "mean_loss.item() * len(y)", "mean_loss.item()"),
         check=reports_the_mean_loss),
    Trap("zero_grad forgotten in the training loop", right=train_epoch,
         wrong=with_bug(train_epoch, "optimizer.zero_grad()", "pass"), check=takes_the_steps_of_plain_sgd),
    Trap("gradients cleared between backward and step", right=train_epoch,
         wrong=with_bug(train_epoch, "optimizer.step()", "optimizer.zero_grad(); optimizer.step()"), check=takes_the_steps_of_plain_sgd),
    Trap("tensors accumulated instead of numbers", right=Accumulator, wrong=with_bug(Accumulator, "float(amount)", "amount"),
         check=keeps_no_graphs),
    Trap("evaluated without no_grad", right=evaluate_accuracy,
         wrong=with_bug(evaluate_accuracy, "torch.no_grad()", "torch.enable_grad()"), check=records_no_gradients),
    Trap("the short last batch weighted like a full one", right=evaluate_accuracy,
         wrong=with_bug(evaluate_accuracy, "correct=count_correct(model(X), y), examples=len(y)",
                        "correct=count_correct(model(X), y) / len(y), examples=1"), check=weighs_a_short_batch_by_its_size),
    Trap("argmax of a single output", right=count_correct, wrong=lambda O, y: int((O.argmax(dim=1) == y).sum()),
         check=refuses_a_single_output, caught_by=pytest.fail.Exception),
    Trap("type(m) == nn.Linear misses subclasses", right=init_normal,
         wrong=with_bug(init_normal, "isinstance(module, nn.Linear)", "type(module) == nn.Linear"), check=reaches_subclasses),
]

TRAPS = [*LINEAR_REGRESSION, *GRADIENT_DESCENT, *SCRATCH, *CONCISE, *SOFTMAX_REGRESSION, *LOSSES, *DATA, *TRAINING]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_trap(trap):
    is_caught(trap)
