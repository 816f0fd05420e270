"""The drawn Fashion-MNIST: fast, repeatable, and as hard as the pages need.

The bands were set from five seeds; they leave room on both sides.
"""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from d2lbook_utils.data.standins import fashion_mnist as standin

T_SHIRT, PULLOVER, COAT, SHIRT, SNEAKER, BOOT = 0, 2, 4, 6, 7, 9


@pytest.fixture(scope="module")
def data():
    """The whole set: images, float32 in [0, 1], and labels, training and test."""
    drawn = *standin.draw(60_000, 0), *standin.draw(10_000, 1)
    X, y, X_test, y_test = map(torch.from_numpy, drawn)
    return X / 255, y.long(), X_test / 255, y_test.long()


def train(model, X, y, *, epochs, optimizer, seed=0):
    torch.manual_seed(seed)
    for layer in model.modules():
        if hasattr(layer, "reset_parameters"):
            layer.reset_parameters()
    optimizer = optimizer(model.parameters())
    for _ in range(epochs):
        for batch in torch.randperm(len(y)).split(256):
            optimizer.zero_grad()
            F.cross_entropy(model(X[batch, None]), y[batch]).backward()
            optimizer.step()
    return model


def sgd(parameters):
    return torch.optim.SGD(parameters, lr=0.1)


def adam(parameters):
    return torch.optim.Adam(parameters, lr=2e-3)


@torch.no_grad()
def predict(model, X):
    return torch.cat([model(part[:, None]).argmax(1) for part in X.split(1000)])


def accuracy(model, X, y):
    return (predict(model, X) == y).float().mean().item()


def fit_linear(data, seed=0):
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    return train(model, *data[:2], epochs=10, optimizer=sgd, seed=seed)


@pytest.fixture(scope="module")
def linear(data):
    return fit_linear(data)


def test_same_bytes_every_time(tmp_path):
    for name in ("first", "second"):
        standin.write(tmp_path / name, n_train=300, n_test=100)
    files = sorted(p for p in (tmp_path / "first").rglob("*") if p.is_file())
    assert [p.name for p in files] == [
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte",
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
    ]
    for path in files:
        twin = tmp_path / "second" / path.relative_to(tmp_path / "first")
        assert path.read_bytes() == twin.read_bytes()


def test_training_and_test_sets_differ(tmp_path):
    standin.write(tmp_path, n_train=100, n_test=100)
    raw = tmp_path / "FashionMNIST" / "raw"
    train, test = ((raw / f"{s}-images-idx3-ubyte").read_bytes() for s in ("train", "t10k"))
    assert len(train) == len(test) and train != test


def test_images_are_drawn_on_black_and_fill_the_frame(data):
    X = data[0]
    assert (X == 0).any(2).any(1).all()
    assert (X.amax((1, 2)) > 0.2).all()
    assert 0.25 < X.mean() < 0.32 and 0.3 < X.std() < 0.4


def test_few_near_duplicates(data):
    """Test images are not copies: root mean square distance to the nearest."""
    X, _, X_test, _ = (part.flatten(1) if part.dim() == 3 else part for part in data)
    distance = torch.cdist(X_test[:500], X[:20_000]).amin(1) / 28
    assert (distance < 0.03).float().mean() < 0.02


def test_a_linear_model_learns_it(data, linear):
    assert 0.78 < accuracy(linear, *data[2:]) < 0.92


def test_an_mlp_does_better(data, linear):
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    train(model, *data[:2], epochs=3, optimizer=adam)
    assert accuracy(model, *data[2:]) > accuracy(linear, *data[2:]) + 0.01


def test_a_convolutional_network_does_better(data, linear):
    model = nn.Sequential(
        nn.Conv2d(1, 16, 5, stride=2, padding=2),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(32 * 7 * 7, 10),
    )
    train(model, *data[:2], epochs=3, optimizer=adam)
    assert accuracy(model, *data[2:]) > accuracy(linear, *data[2:]) + 0.02


def test_shirts_are_hardest(data, linear):
    labels, predicted = data[3], predict(linear, data[2])
    confusion = torch.zeros(10, 10, dtype=torch.int64)
    confusion.index_put_((labels, predicted), torch.tensor(1), accumulate=True)
    assert confusion.diagonal().argmin() == SHIRT
    mistakes = confusion[SHIRT].clone()
    mistakes[SHIRT] = 0
    assert set(mistakes.topk(3).indices.tolist()) == {T_SHIRT, PULLOVER, COAT}
    assert mistakes.topk(3).values.min() > 20


@pytest.mark.parametrize("rows, columns", [(2, 0), (-2, 0), (0, 2), (0, -2)])
def test_shifting_hurts_a_linear_model(data, linear, rows, columns):
    padded = F.pad(data[2], (2, 2, 2, 2))
    shifted = padded[:, 2 - rows : 30 - rows, 2 - columns : 30 - columns]
    assert accuracy(linear, shifted, data[3]) < accuracy(linear, *data[2:]) - 0.15


def test_inverting_destroys_a_linear_model(data, linear):
    assert accuracy(linear, 1 - data[2], data[3]) < 0.3


def shoes(X, y):
    """Sneakers and ankle boots, and whether each is a boot."""
    chosen = (y == SNEAKER) | (y == BOOT)
    return X[chosen], (y[chosen] == BOOT).long()


def height(images):
    return (images > 0).any(2).sum(1)


def test_height_rule_and_what_beats_it(data):
    X, y = shoes(*data[:2])
    X_test, y_test = shoes(*data[2:])

    def rule(k, images, labels):
        return ((height(images) >= k) == labels).float().mean().item()

    best = max(range(1, 29), key=lambda k: rule(k, X, y))
    by_hand = rule(best, X_test, y_test)
    assert 0.75 < by_hand < 0.95
    torch.manual_seed(0)
    few = torch.randperm(len(y))[:100]
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 2))
    optimizer = sgd(model.parameters())
    for _ in range(200):
        optimizer.zero_grad()
        F.cross_entropy(model(X[few]), y[few]).backward()
        optimizer.step()
    assert accuracy(model, X_test, y_test) > by_hand + 0.02


def test_labels_are_mixed_and_balanced():
    images, labels = standin.draw(1000, 5)
    assert images.dtype == labels.dtype == np.uint8
    assert np.bincount(labels).tolist() == [100] * 10
    assert len(set(labels[:50])) > 5
