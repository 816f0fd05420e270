"""Fashion-MNIST: 70,000 grey pictures of ten kinds of garment, 28 x 28 pixels.

Xiao, Rasul, Vollgraf (2017); MIT licence. The SHA-256 sums of the packed files are those that TensorFlow Datasets
lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import torch
import torch.nn.functional as F

from .loader import TensorLoader, is_whole, tensor_loader
from .locate import locate
from .registry import DataFile, DataSet, Download

CLASSES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")


def _part(name: str, packed_sha256: str, sha256: str, size: int) -> Download:
    return Download(
        urls=(
            f"https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/{name}.gz",
            f"https://fashion-mnist.s3.eu-central-1.amazonaws.com/{name}.gz",
        ),
        sha256=packed_sha256,
        files=(DataFile(f"FashionMNIST/raw/{name}", sha256, size),),
    )


DATASET = DataSet(
    title="Fashion-MNIST",
    source="https://github.com/zalandoresearch/fashion-mnist",
    licence="MIT, Zalando SE",
    folder="FashionMNIST/raw",
    downloads=(
        _part(
            "train-images-idx3-ubyte",
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            47_040_016,
        ),
        _part(
            "train-labels-idx1-ubyte",
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            60_008,
        ),
        _part(
            "t10k-images-idx3-ubyte",
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            7_840_016,
        ),
        _part(
            "t10k-labels-idx1-ubyte",
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            10_008,
        ),
    ),
)


def fashion_mnist_dataset(train: bool = True, transform: Callable | None = None):
    """torchvision's FashionMNIST, 60,000 or (train=False) 10,000 examples.

    Args:
        train: the training set, else the test set.
        transform: called with each picture.

    Returns:
        A data set of the real files or of the stand-in; an item is (picture, label), a PIL image or what transform
        makes of it, and an int.

    Raises:
        TypeError: train is neither True nor False.
    """
    from torchvision.datasets import FashionMNIST

    _check_train(train)
    return FashionMNIST(locate("fashion-mnist"), train=train, transform=transform)


def fashion_mnist_tensors(train: bool = True) -> tuple[torch.Tensor, torch.Tensor]:
    """All images and labels, decoded once; every call gives copies.

    Args:
        train: the training set, n = 60,000, else the test set, n = 10,000.

    Returns:
        Images, uint8 (n, 28, 28) in 0..255, and labels, int64 (n,) in 0..9.

    Raises:
        TypeError: train is neither True nor False.
    """
    _check_train(train)
    images, labels = _decoded(locate("fashion-mnist"), train)
    return images.clone(), labels.clone()


def fashion_mnist_labels(indices: Iterable[int]) -> list[str]:
    """Names of classes.

    Args:
        indices: their numbers, 0..9, in a list or a tensor of shape (n,).

    Raises:
        TypeError: indices is an iterator.
        ValueError: a number that is no class.
    """
    if iter(indices) is indices:
        raise TypeError("fashion_mnist_labels: indices must be a list or a tensor, not an iterator that is used up")
    for index in indices:
        if not _is_class(index):
            raise ValueError(
                f"fashion_mnist_labels: {_plain(index)!r} is no class; the classes are 0 to {len(CLASSES) - 1}"
            )
    return [CLASSES[int(index)] for index in indices]


def _plain(index):
    return index.tolist() if hasattr(index, "tolist") else index


def _is_class(index) -> bool:
    return not isinstance(_plain(index), bool) and _plain(index) in range(len(CLASSES))


def load_fashion_mnist(
    batch_size: int,
    *,
    resize: int | tuple[int, int] | None = None,
    generator: torch.Generator | None = None,
) -> tuple[TensorLoader, TensorLoader]:
    """Loaders of the training set (shuffled) and of the test set.

    Batches are images, float32 (B, 1, 28, 28) in [0, 1], and labels, int64 (B,).

    Args:
        batch_size: B.
        resize: the side in pixels, or (height, width), to scale the images to.
        generator: a CPU generator for the order of the training set.

    Raises:
        ValueError: a batch size or resize that does not fit.
    """
    _check_resize(resize)

    def scaled(images, labels):
        X = images.unsqueeze(1).float().div_(255)  # (B, 1, 28, 28) in [0, 1]
        if resize is not None:
            X = F.interpolate(X, resize, mode="bilinear", antialias=True).clamp(0, 1)
        return X, labels

    train_loader, test_loader = (
        tensor_loader(fashion_mnist_tensors(train), batch_size, shuffle=train, generator=generator, transform=scaled)
        for train in (True, False)
    )
    return train_loader, test_loader


def _check_train(train: object) -> None:
    if not isinstance(train, bool):
        raise TypeError(f"fashion_mnist: train={train!r}; expected True (training set) or False (test set)")


def _check_resize(resize: object) -> None:
    sides = resize if isinstance(resize, (tuple, list)) else (resize, resize)
    if resize is not None and not (len(sides) == 2 and all(is_whole(side) and side > 0 for side in sides)):
        raise ValueError(
            f"load_fashion_mnist: resize={resize!r}; expected a side in pixels, "
            "or (height, width), whole numbers of at least 1"
        )


@lru_cache(maxsize=4)
def _decoded(root: Path, train: bool) -> tuple[torch.Tensor, torch.Tensor]:
    from torchvision.datasets import FashionMNIST

    dataset = FashionMNIST(root, train=train)
    return dataset.data, dataset.targets
