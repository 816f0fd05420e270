"""Fashion-MNIST's interface, the same for the real files and the stand-in."""

import os

import pytest
import torch
from torchvision.datasets import FashionMNIST
from torchvision.transforms import v2

from d2lbook_utils.data import (
    data_directory,
    fashion_mnist,
    fashion_mnist_dataset,
    fashion_mnist_labels,
    fashion_mnist_tensors,
    load_fashion_mnist,
    locate,
)
from d2lbook_utils.data.downloads import is_complete


@pytest.fixture(scope="module", params=["real", "standin"])
def source(request, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locate, "_found", {})
        if request.param == "real" and not is_complete("fashion-mnist", data_directory()):
            pytest.skip("the real Fashion-MNIST is not in D2LBOOK_DATA")
        if request.param == "standin":
            directory = tmp_path_factory.mktemp("data")
            patch.setenv("D2LBOOK_DATA", str(directory))
            patch.setattr(locate, "_homes", lambda: [directory])
        patch.setenv("D2LBOOK_SOURCE", request.param)
        yield request.param


@pytest.mark.parametrize("train, n", [(True, 60_000), (False, 10_000)])
def test_tensors(source, train, n):
    images, labels = fashion_mnist_tensors(train)
    assert images.shape == (n, 28, 28) and images.dtype == torch.uint8
    assert labels.shape == (n,) and labels.dtype == torch.int64
    assert labels.bincount().tolist() == [n // 10] * 10
    assert labels[:100].unique().numel() > 5  # mixed, not sorted by class
    assert images.min() == 0 and images.max() == 255
    assert 0.2 < images.float().mean() / 255 < 0.4
    assert 0.3 < (images > 0).float().mean() < 0.7


def test_tensors_are_decoded_once_and_safe_to_change(source, monkeypatch):
    images, _ = fashion_mnist_tensors(False)
    images.zero_()
    monkeypatch.setattr(FashionMNIST, "__init__", None)  # decoding again would fail
    assert fashion_mnist_tensors(False)[0].max() == 255


def test_dataset(source):
    train, test = fashion_mnist_dataset(), fashion_mnist_dataset(train=False)
    assert type(train) is type(test) is FashionMNIST
    assert (len(train), len(test)) == (60_000, 10_000)
    image, label = test[0]
    assert image.size == (28, 28) and image.mode == "L" and type(label) is int
    assert list(fashion_mnist.CLASSES) == test.classes
    images, labels = fashion_mnist_tensors(False)
    assert torch.equal(test.data, images) and torch.equal(test.targets, labels)


def test_dataset_with_a_transform(source):
    to_tensor = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])
    image, _ = fashion_mnist_dataset(False, transform=to_tensor)[3]
    assert image.shape == (1, 28, 28) and image.dtype == torch.float32
    assert image.min() >= 0 and 0 < image.max() <= 1


def test_loaders(source):
    train, test = load_fashion_mnist(256)
    assert (len(train), len(test)) == (235, 40)
    images, labels = fashion_mnist_tensors(False)
    start = 0
    for X, y in test:
        assert X.shape == (len(y), 1, 28, 28) and X.dtype == torch.float32
        assert torch.equal(X[:, 0], images[start : start + len(y)] / 255)
        assert torch.equal(y, labels[start : start + len(y)])
        start += len(y)
    assert start == 10_000 and len(y) == 10_000 % 256
    counts = sum(y.bincount(minlength=10) for _, y in train)
    assert counts.tolist() == [6000] * 10
    first, second = (next(iter(train))[1] for _ in range(2))
    assert not torch.equal(first, second)


def test_generator_fixes_the_training_order(source):
    orders = []
    for _ in range(2):
        generator = torch.Generator().manual_seed(3)
        train, _ = load_fashion_mnist(64, generator=generator)
        orders.append(next(iter(train))[1])
    assert torch.equal(*orders)


@pytest.mark.parametrize(
    "resize, shape", [(1, (1, 1)), (14, (14, 14)), (56, (56, 56)), ((20, 30), (20, 30)), ([3, 1], (3, 1))]
)
def test_resize_agrees_with_torchvision(source, resize, shape):
    _, test = load_fashion_mnist(8, resize=resize)
    X, _ = next(iter(test))
    assert X.shape == (8, 1, *shape) and X.min() >= 0 and X.max() <= 1
    images, _ = fashion_mnist_tensors(False)
    expected = v2.functional.resize(images[:8, None] / 255, list(shape), antialias=True)
    assert torch.allclose(X, expected, atol=1e-5)


@pytest.mark.parametrize("resize", [0, -3, 2.5, (28,), (28, 0), (0, 28), (1, 2, 3), "28", True, (28, True)])
def test_bad_resize(source, resize):
    with pytest.raises(ValueError, match="load_fashion_mnist: resize="):
        load_fashion_mnist(8, resize=resize)


def test_bad_batch_size(source):
    with pytest.raises(ValueError, match="batch_size=0"):
        load_fashion_mnist(0)


def test_real_pixels(source):
    """The mean and standard deviation that are published for the real set."""
    if source == "standin":
        pytest.skip("about the real files")
    pixels = fashion_mnist_tensors()[0].double() / 255
    assert abs(pixels.mean() - 0.2860) < 5e-5 and abs(pixels.std() - 0.3530) < 5e-5
    assert fashion_mnist_tensors()[1][0] == 9


def test_nothing_is_written_beside_real_files(source):
    if source == "standin":
        pytest.skip("about the real files")
    directory = data_directory()
    before = sorted(os.walk(directory / "FashionMNIST"))
    load_fashion_mnist(256)
    assert sorted(os.walk(directory / "FashionMNIST")) == before


def test_labels():
    assert fashion_mnist_labels([0, 9]) == ["T-shirt/top", "Ankle boot"]
    assert fashion_mnist_labels(torch.tensor([6, 1])) == ["Shirt", "Trouser"]
    assert fashion_mnist_labels([]) == []
    assert fashion_mnist_labels(range(10)) == list(fashion_mnist.CLASSES)
    with pytest.raises(TypeError, match="iterator"):
        fashion_mnist_labels(iter(range(10)))


@pytest.mark.parametrize(
    "wrong, shown",
    [
        ([0, -1], "-1"),
        ([0, 10], "10"),
        ([1.9], "1.9"),
        (torch.tensor([0.1]), r"0\.1\d*"),
        ([True], "True"),
        (torch.tensor([False]), "False"),
        (torch.tensor([[1], [0]]), r"\[1\]"),
        (["1"], "'1'"),
        ([None], "None"),
    ],
)
def test_labels_that_are_no_classes(wrong, shown):
    with pytest.raises(ValueError, match=f"^fashion_mnist_labels: {shown} is no class; the classes are 0 to 9$"):
        fashion_mnist_labels(wrong)


@pytest.mark.parametrize("function", [fashion_mnist_dataset, fashion_mnist_tensors])
@pytest.mark.parametrize("train", ["test", 0, None])
def test_train_is_true_or_false(function, train):
    with pytest.raises(TypeError, match=r"train=.*; expected True \(training set\) or False \(test set\)"):
        function(train)
