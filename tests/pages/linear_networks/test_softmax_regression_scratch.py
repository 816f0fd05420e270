import matplotlib.pyplot as plt
import pytest
import torch
from torch import nn
from torch.nn import functional as F
from traps import Trap, each_is_caught, from_page, with_bug

from d2lbook_utils import SGD, Accumulator, count_correct, evaluate_accuracy, tensor_loader, train_epoch
from d2lbook_utils.figures.linear_networks import softmax_regression_scratch as draw

SOFTMAX, CROSS_ENTROPY = from_page("linear-networks/softmax-regression-scratch", "softmax", "cross_entropy")


def test_confusion_writes_counts_above_ten_with_the_truth_in_rows():
    draw.confusion(torch.tensor([[90, 11], [10, 80]]), ["cat", "dog"])
    ax = plt.gca()
    counts = {text.get_position(): text.get_text() for text in ax.texts}
    assert counts == {(0, 0): "90", (1, 0): "11", (1, 1): "80"}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "true")


def test_shift_moves_the_images_and_the_mark():
    images = torch.zeros(4, 1, 5, 5)
    images[:, :, :, 1] = 1
    draw.shift(images, {0: 0.8, 1: 0.7, 2: 0.4}, 2)
    *pictures, curve = plt.gcf().axes
    assert [ax.images[0].get_array()[0].argmax() for ax in pictures] == [3] * 4
    assert curve.lines[1].get_xydata().tolist() == [[2, 0.4]]


def makes_every_row_a_distribution(softmax):
    p = softmax(torch.randn(4, 3, generator=torch.Generator().manual_seed(0)))
    assert torch.allclose(p.sum(dim=1), torch.ones(4)) and (p > 0).all()


def blobs(n=100):
    X = torch.randn(n, 4, generator=torch.Generator().manual_seed(0))
    return X, (X @ torch.randn(4, 3, generator=torch.Generator().manual_seed(1))).argmax(dim=1)


def reports_the_mean_loss(epoch):
    X, y = blobs()
    model = nn.Linear(4, 3)
    expected = F.cross_entropy(model(X), y).item()
    optimizer = SGD(model.parameters(), 0.0)
    loss, _ = epoch(model, tensor_loader((X, y), 32), optimizer=optimizer, loss=F.cross_entropy)
    assert loss == pytest.approx(expected, rel=1e-5)


def takes_the_steps_of_plain_sgd(epoch):
    X, y = blobs()
    W, V = torch.zeros(4, 3, requires_grad=True), torch.zeros(4, 3, requires_grad=True)
    loader = tensor_loader((X, y), 25, shuffle=False)
    epoch(lambda X: X @ W, loader, optimizer=SGD([W], 0.5), loss=F.cross_entropy)
    for X_batch, y_batch in loader:
        (gradient,) = torch.autograd.grad(F.cross_entropy(X_batch @ V, y_batch), V)
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
    y = torch.tensor([0, 1, 2, 0, 0])  # the last is wrong
    assert evaluate(lambda X: X, tensor_loader((X, y), 4, shuffle=False)) == pytest.approx(0.8)


def refuses_a_single_output(count):
    with pytest.raises(ValueError):
        count(torch.tensor([[2.0], [-1.0]]), torch.tensor([0, 0]))


def survives_a_logit_of_1000(loss):
    assert loss(torch.tensor([[1000.0, 0.0]]), torch.tensor([1])).item() == pytest.approx(1000)


test_trap = each_is_caught(
    Trap(
        "keepdim forgotten in softmax",
        right=SOFTMAX,
        wrong=with_bug(SOFTMAX, ", keepdim=True", ""),
        check=makes_every_row_a_distribution,
        caught_by=(RuntimeError, AssertionError),
    ),
    Trap(
        "softmax on dim 0 of a batch",
        right=SOFTMAX,
        wrong=with_bug(SOFTMAX, "dim=1", "dim=0"),
        check=makes_every_row_a_distribution,
    ),
    Trap(
        "-log 0 is infinite",
        right=CROSS_ENTROPY,
        wrong=lambda O, y: F.nll_loss(SOFTMAX(O).log(), y),
        check=survives_a_logit_of_1000,
    ),
    Trap(
        "loss under-reported by the batch size",
        right=train_epoch,
        wrong=with_bug(train_epoch, "loss=mean_loss.item() * len(y)", "loss=mean_loss.item()"),
        check=reports_the_mean_loss,
    ),
    Trap(
        "zero_grad forgotten in the training loop",
        right=train_epoch,
        wrong=with_bug(train_epoch, "optimizer.zero_grad()", "pass"),
        check=takes_the_steps_of_plain_sgd,
    ),
    Trap(
        "gradients cleared between backward and step",
        right=train_epoch,
        wrong=with_bug(train_epoch, "optimizer.step()", "optimizer.zero_grad(); optimizer.step()"),
        check=takes_the_steps_of_plain_sgd,
    ),
    Trap(
        "tensors accumulated instead of numbers",
        right=Accumulator,
        wrong=with_bug(Accumulator, "float(amount)", "amount"),
        check=keeps_no_graphs,
    ),
    Trap(
        "evaluated without no_grad",
        right=evaluate_accuracy,
        wrong=with_bug(evaluate_accuracy, "torch.no_grad()", "torch.enable_grad()"),
        check=records_no_gradients,
    ),
    Trap(
        "the short last batch weighted like a full one",
        right=evaluate_accuracy,
        wrong=with_bug(
            evaluate_accuracy,
            "correct=count_correct(model(X), y), examples=len(y)",
            "correct=count_correct(model(X), y) / len(y), examples=1",
        ),
        check=weighs_a_short_batch_by_its_size,
    ),
    Trap(
        "argmax of a single output",
        right=count_correct,
        wrong=lambda O, y: int((O.argmax(dim=1) == y).sum()),
        check=refuses_a_single_output,
        caught_by=pytest.fail.Exception,
    ),
)
