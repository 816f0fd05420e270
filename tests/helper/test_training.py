import copy
import math

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from d2lbook_utils import SGD, count_correct, evaluate_accuracy, tensor_loader, train_classifier, train_epoch


def make_data(n=50, d=4, q=3):
    generator = torch.Generator().manual_seed(0)
    X = torch.randn(n, d, generator=generator)
    return X, (X @ torch.randn(d, q, generator=generator)).argmax(1)


def linear(d=4, q=3):
    torch.manual_seed(1)
    return nn.Linear(d, q)


class Recorder:
    def __init__(self):
        self.added = []

    def add(self, x, y):
        self.added.append((x, y))


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16])
def test_sgd_step_equals_torch(dtype):
    ours = torch.tensor([1.0, -2.0, 3.0], dtype=dtype, requires_grad=True)
    theirs = ours.detach().clone().requires_grad_()
    for param, optimizer in [(ours, SGD([ours], 0.1)), (theirs, torch.optim.SGD([theirs], 0.1))]:
        for _ in range(3):
            optimizer.zero_grad()
            (param**2).sum().backward()
            optimizer.step()
    assert torch.equal(ours, theirs) and ours.is_leaf and ours.requires_grad


def test_sgd_leaves_unused_parameters_alone():
    used, unused = torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True)
    optimizer = SGD(iter([used, unused]), 0.5)
    used.sum().backward()
    optimizer.step()
    assert (used.item(), unused.item()) == (0.5, 1.0)
    optimizer.zero_grad()
    assert used.grad is None


@pytest.mark.parametrize("params, lr, message", [([], 0.1, "no parameters"), ([torch.ones(1)], -1, "lr must be 0 or more"), ([torch.ones(1)], math.nan, "lr must be")])
def test_sgd_bad_input(params, lr, message):
    with pytest.raises(ValueError, match=message):
        SGD(params, lr)


def test_count_correct():
    logits = torch.tensor([[0.1, 0.9], [0.8, 0.2], [0.5, 0.5]])
    assert count_correct(logits, torch.tensor([1, 1, 0])) == 2
    assert count_correct(logits[:0], torch.tensor([], dtype=torch.int64)) == 0
    assert type(count_correct(logits.half(), torch.tensor([1, 0, 0]))) is int


@pytest.mark.parametrize("logits, y", [(torch.ones(3), torch.ones(3)), (torch.ones(3, 1), torch.ones(3)), (torch.ones(3, 2), torch.ones(2))])
def test_count_correct_names_the_shapes(logits, y):
    with pytest.raises(ValueError, match=r"count_correct: .*got \(3"):
        count_correct(logits, y)


@pytest.mark.parametrize("batch_size", [1, 7, 50, 64])
def test_evaluate_accuracy_equals_the_direct_computation(batch_size):
    X, y = make_data()
    model = linear()
    direct = (model(X).argmax(1) == y).double().mean().item()
    assert evaluate_accuracy(model, tensor_loader((X, y), batch_size)) == pytest.approx(direct, abs=1e-12)


def test_evaluate_accuracy_switches_dropout_off_and_records_no_graph():
    X, y = make_data()
    outputs = []
    model = nn.Sequential(nn.Dropout(0.5), linear())
    model.register_forward_hook(lambda *args: outputs.append(args[-1]))
    model.train()
    evaluate_accuracy(model, [(X, y)])
    assert not model.training and not outputs[0].requires_grad


def test_train_epoch_equals_the_library_loop():
    X, y = make_data()
    ours, theirs = linear(), linear()
    loss_sum = correct = 0.0
    optimizer = torch.optim.SGD(theirs.parameters(), lr=0.3)
    batches = [(X[i:i + 8], y[i:i + 8]) for i in range(0, 50, 8)]
    for xb, yb in batches:
        logits = theirs(xb)
        loss = F.cross_entropy(logits, yb)
        loss_sum += loss.item() * len(yb)
        correct += (logits.argmax(1) == yb).sum().item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    mean_loss, accuracy = train_epoch(ours, batches, F.cross_entropy, SGD(ours.parameters(), 0.3))
    assert mean_loss == pytest.approx(loss_sum / 50, abs=1e-6) and accuracy == correct / 50
    torch.testing.assert_close(ours.weight, theirs.weight, atol=1e-7, rtol=0)


@pytest.mark.parametrize("reduction", ["mean", "none"])
def test_reported_loss_is_a_mean_over_examples(reduction):
    X, y = make_data(n=10)
    model = linear()
    batches = [(X[:8], y[:8]), (X[8:], y[8:])]
    mean_loss, _ = train_epoch(model, batches, lambda o, t: F.cross_entropy(o, t, reduction=reduction), SGD(model.parameters(), 0.0))
    assert mean_loss == pytest.approx(F.cross_entropy(model(X), y).item(), abs=1e-6)


def test_plain_functions_are_models():
    X, y = make_data()
    W = torch.zeros(4, 3, requires_grad=True)
    mean_loss, _ = train_epoch(lambda X: X @ W, [(X, y)], F.cross_entropy, SGD([W], 0.5))
    assert mean_loss == pytest.approx(math.log(3), abs=1e-6) and W.abs().sum() > 0


def test_empty_loaders():
    model = linear()
    with pytest.raises(ValueError, match="train_epoch: the loader is empty"):
        train_epoch(model, [], F.cross_entropy, SGD(model.parameters(), 0.1))
    with pytest.raises(ValueError, match="evaluate_accuracy: the loader is empty"):
        evaluate_accuracy(model, [])


def test_train_classifier_learns_records_and_draws():
    X, y = make_data()
    model, board = linear(), Recorder()
    history = train_classifier(model, tensor_loader((X, y), 10), [(X, y)], SGD(model.parameters(), 0.5), epochs=8, animator=board)
    assert history.epochs == list(range(1, 9)) and history.stopped is None
    assert history["train loss"][-1] < history["train loss"][0]
    assert history["test accuracy"][-1] == evaluate_accuracy(model, [(X, y)]) > 0.9
    assert [x for x, _ in board.added] == history.epochs
    assert board.added[2][1] == tuple(history[name][2] for name in ("train loss", "train accuracy", "test accuracy"))


def test_nan_loss_stops_training_and_keeps_history(capsys):
    X, y = make_data()
    model = linear()
    losses = iter([0.5, 0.4, math.nan])
    weights = []

    def loss(logits, y):
        weights.append(copy.deepcopy(model.weight.detach()))
        return F.cross_entropy(logits, y) * 0 + next(losses)

    history = train_classifier(model, [(X, y)], [(X, y)], SGD(model.parameters(), 0.1), epochs=5, loss=loss)
    assert history.epochs == [1, 2] and history["train loss"] == pytest.approx([0.5, 0.4])
    assert "epoch 3" in history.stopped and "nan" in history.stopped
    assert "training stopped in epoch 3: the loss is nan; try a smaller learning rate" in capsys.readouterr().out
    assert torch.equal(model.weight, weights[-1])


def test_train_classifier_bad_epochs():
    model = linear()
    with pytest.raises(ValueError, match="train_classifier: epochs is 0"):
        train_classifier(model, [], [], SGD(model.parameters(), 0.1), epochs=0)


def test_device_moves_model_and_batches():
    X, y = make_data()
    model = linear()
    train_classifier(model, [(X, y)], [(X, y)], SGD(model.parameters(), 0.1), epochs=1, device="cpu")
    with pytest.raises(RuntimeError):
        train_epoch(model, [(X, y)], F.cross_entropy, SGD(model.parameters(), 0.1), device="meta")
