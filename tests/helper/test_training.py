import copy
import math
import re

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


def test_count_correct():
    logits = torch.tensor([[0.1, 0.9], [0.8, 0.2], [0.5, 0.5]])
    assert count_correct(logits, torch.tensor([1, 1, 0])) == 2
    assert count_correct(logits[:0], torch.tensor([], dtype=torch.int64)) == 0
    assert type(count_correct(logits.half(), torch.tensor([1, 0, 0]))) is int


@pytest.mark.parametrize("dtype", [torch.int64, torch.int32, torch.uint8, torch.bool])
def test_count_correct_takes_every_dtype_of_integers(dtype):
    logits = torch.tensor([[0.1, 0.8, 0.9, 0.2], [0.9, 0.2, 0.1, 0.8]]).T[::2]  # not contiguous
    assert count_correct(logits, torch.tensor([1, 1], dtype=dtype)) == 1


@pytest.mark.parametrize(
    "logits, y", [((3,), (3,)), ((3, 1), (3,)), ((3, 2), (2,)), ((3, 2), (3, 1)), ((3, 2), (3, 2)), ((3, 2, 2), (3,))]
)
def test_count_correct_names_the_shapes(logits, y):
    message = f"(B,) are needed, got {logits} and {y}"
    with pytest.raises(ValueError, match=re.escape(message)):
        count_correct(torch.ones(logits), torch.zeros(y, dtype=torch.int64))


@pytest.mark.parametrize(
    "y, message",
    [
        (torch.tensor([0.0, 1.0]), "must hold integers, got torch.float32"),
        (torch.tensor([1, 2]), "logits have columns 0 to 1, but y names 1 to 2"),
        (torch.tensor([-1, 0]), "logits have columns 0 to 1, but y names -1 to 0"),
    ],
)
def test_count_correct_bad_labels(y, message):
    with pytest.raises(ValueError, match=f"count_correct: .*{message}"):
        count_correct(torch.eye(2), y)


@pytest.mark.parametrize(
    "y", [torch.zeros(6, 1), torch.eye(6, 3), torch.full((6,), 3)], ids=["column", "one-hot", "too large"]
)
def test_wrong_labels_stop_evaluating_and_training_before_a_step_is_taken(y):
    X, model = torch.randn(6, 4), linear()
    before = model.weight.detach().clone()
    with pytest.raises(ValueError, match="count_correct"):
        evaluate_accuracy(model, [(X, y)])
    with pytest.raises(ValueError, match="count_correct"):
        train_epoch(model, [(X, y)], SGD(model.parameters(), 0.1), loss=lambda logits, y: logits.sum())
    assert torch.equal(model.weight, before)


@pytest.mark.parametrize("batch_size", [1, 7, 50, 64])
def test_evaluate_accuracy_equals_the_direct_computation(batch_size):
    X, y = make_data()
    model = linear()
    direct = (model(X).argmax(1) == y).double().mean().item()
    assert evaluate_accuracy(model, tensor_loader((X, y), batch_size)) == pytest.approx(direct, abs=1e-12)


def test_evaluate_accuracy_of_a_function_weighs_examples_and_not_batches():
    batches = [(torch.eye(3), torch.tensor([0, 1, 2])), (torch.eye(3)[:1], torch.tensor([1]))]
    assert evaluate_accuracy(lambda X: X, batches) == 0.75


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
    batches = [(X[i : i + 8], y[i : i + 8]) for i in range(0, 50, 8)]
    for xb, yb in batches:
        logits = theirs(xb)
        loss = F.cross_entropy(logits, yb)
        loss_sum += loss.item() * len(yb)
        correct += (logits.argmax(1) == yb).sum().item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    ours.eval()
    mean_loss, accuracy = train_epoch(ours, batches, SGD(ours.parameters(), 0.3))
    assert ours.training
    assert mean_loss == pytest.approx(loss_sum / 50, abs=1e-6) and accuracy == correct / 50
    torch.testing.assert_close(ours.weight, theirs.weight, atol=1e-7, rtol=0)


def test_reported_loss_is_a_mean_over_examples():
    X, y = make_data(n=10)
    model = linear()
    batches = [(X[:8], y[:8]), (X[8:], y[8:])]
    optimizer = SGD(model.parameters(), 0.0)
    mean_loss, _ = train_epoch(model, batches, optimizer)
    assert mean_loss == pytest.approx(F.cross_entropy(model(X), y).item(), abs=1e-6)


def test_one_loss_per_example_is_refused_and_trains_nothing():
    X, y = make_data(n=10)
    model = linear()
    before = model.weight.detach().clone()
    with pytest.raises(ValueError, match=r"loss must be one number, a mean, but has shape \(10,\)"):
        train_epoch(model, [(X, y)], SGD(model.parameters(), 0.1), loss=nn.CrossEntropyLoss(reduction="none"))
    assert torch.equal(model.weight, before)


def test_plain_functions_are_models():
    X, y = make_data()
    W = torch.zeros(4, 3, requires_grad=True)
    mean_loss, _ = train_epoch(lambda X: X @ W, [(X, y)], SGD([W], 0.5))
    assert mean_loss == pytest.approx(math.log(3), abs=1e-6) and W.abs().sum() > 0


def test_empty_loaders():
    model = linear()
    with pytest.raises(ValueError, match="train_epoch: the loader is empty"):
        train_epoch(model, [], SGD(model.parameters(), 0.1))
    with pytest.raises(ValueError, match="evaluate_accuracy: the loader is empty"):
        evaluate_accuracy(model, [])


def test_train_classifier_learns_and_records():
    X, y = make_data()
    model = linear()
    history = train_classifier(model, tensor_loader((X, y), 10), [(X, y)], SGD(model.parameters(), 0.5), epochs=8)
    assert history.epochs == list(range(1, 9)) and history.stopped is None
    assert list(history.values) == ["train loss", "train accuracy", "test accuracy"]
    assert history["train loss"][-1] < history["train loss"][0]
    assert history["test accuracy"][-1] == evaluate_accuracy(model, [(X, y)]) > 0.9


def test_train_classifier_trains_on_one_loader_and_tests_on_the_other():
    X, y = make_data()
    model, twin = linear(), linear()
    optimizer, twins = SGD(model.parameters(), 0.5), SGD(twin.parameters(), 0.5)
    history = train_classifier(model, [(X[:40], y[:40])], [(X[40:], y[40:])], optimizer, epochs=2)
    for epoch in range(2):
        assert train_epoch(twin, [(X[:40], y[:40])], twins) == (
            history["train loss"][epoch],
            history["train accuracy"][epoch],
        )
        assert evaluate_accuracy(twin, [(X[40:], y[40:])]) == history["test accuracy"][epoch]


def test_each_epoch_is_called_with_what_was_recorded():
    X, y = make_data()
    model, seen = linear(), []
    history = train_classifier(
        model,
        [(X, y)],
        [(X, y)],
        SGD(model.parameters(), 0.1),
        epochs=3,
        each_epoch=lambda history: seen.append((history, len(history["test accuracy"]))),
    )
    assert seen == [(history, 1), (history, 2), (history, 3)]


def test_each_epoch_can_be_a_schedule():
    X, y = make_data()
    model, rates = linear(), []
    optimizer = torch.optim.SGD(model.parameters(), lr=0.4)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, gamma=0.5)
    loss = lambda logits, y: rates.append(scheduler.get_last_lr()[0]) or F.cross_entropy(logits, y)
    train_classifier(
        model, [(X, y)], [(X, y)], optimizer, epochs=3, loss=loss, each_epoch=lambda history: scheduler.step()
    )
    assert rates == [0.4, 0.2, 0.1]


@pytest.mark.parametrize("answer, epochs", [(True, 2), (False, 5), (None, 5), (1, 5), ("stop", 5)])
def test_only_true_ends_training(answer, epochs):
    X, y = make_data()
    model = linear()
    history = train_classifier(
        model,
        [(X, y)],
        [(X, y)],
        SGD(model.parameters(), 0.1),
        epochs=5,
        each_epoch=lambda history: answer if len(history.epochs) == 2 else None,
    )
    assert history.epochs == list(range(1, epochs + 1)) and history.stopped is None


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


class Moved:
    """Stands for a tensor: it notes where it is sent, and holds what the model and the labels need."""

    def __init__(self, tensor):
        self.tensor, self.sent = tensor, []

    def to(self, device):
        self.sent.append(device)
        return self.tensor


def test_batches_are_moved_to_the_device():
    model = linear()
    optimizer = SGD(model.parameters(), 0.1)
    pairs = [tuple(map(Moved, make_data(n=6))) for _ in range(4)]
    evaluate_accuracy(model, pairs[:1], "cpu")
    train_epoch(model, pairs[1:2], optimizer, device="cpu")
    train_classifier(model, pairs[2:3], pairs[3:], optimizer, epochs=1, device="cpu")
    assert all(half.sent == ["cpu"] for pair in pairs for half in pair)


def test_without_a_device_batches_are_not_moved():
    class Fixed(torch.Tensor):
        def to(self, *args, **kwargs):
            raise AssertionError("moved")

    X, y = (part.as_subclass(Fixed) for part in make_data())
    model = linear()
    train_classifier(model, [(X, y)], [(X, y)], SGD(model.parameters(), 0.1), epochs=1)
