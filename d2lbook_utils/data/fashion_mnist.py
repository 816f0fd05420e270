"""Fashion-MNIST: 70,000 grey pictures of ten kinds of garment, 28 x 28 pixels.

Xiao, Rasul, Vollgraf (2017); MIT licence. The SHA-256 sums of the packed files
are those that TensorFlow Datasets lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import torch
import torch.nn.functional as F

from .loader import TensorLoader, tensor_loader
from .locate import locate

CLASSES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
    "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
)


def fashion_mnist_dataset(train: bool = True, transform: Callable | None = None):
    """torchvision's FashionMNIST, 60,000 or (train=False) 10,000 examples.

    An item is (picture, label): a PIL image, or what transform makes of it,
    and an int. The files are the real ones or the stand-in.
    """
    from torchvision.datasets import FashionMNIST

    return FashionMNIST(_root(), train=train, transform=transform)


def fashion_mnist_tensors(train: bool = True) -> tuple[torch.Tensor, torch.Tensor]:
    """All images, uint8 (n, 28, 28) in 0..255, and labels, int64 (n,) in 0..9.

    n is 60,000 or (train=False) 10,000. Decoded once; every call gives copies.
    """
    images, labels = _decoded(_root(), train)
    return images.clone(), labels.clone()


def fashion_mnist_labels(indices: Iterable[int]) -> list[str]:
    """Names of the classes with the given numbers, 0..9.

    Raises ValueError for another number.
    """
    numbers = [int(index) for index in indices]
    for number in numbers:
        if not 0 <= number < len(CLASSES):
            raise ValueError(
                f"fashion_mnist_labels: {number} is no class; the "
                f"classes are 0 to {len(CLASSES) - 1}"
            )
    return [CLASSES[number] for number in numbers]


class ImageLoader:
    """A loader whose uint8 images (B, h, w) come as float32 (B, 1, h, w)."""

    def __init__(self, loader: TensorLoader, resize=None):
        self.loader, self.resize = loader, resize

    def __len__(self) -> int:
        return len(self.loader)

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        for images, labels in self.loader:
            images = images.unsqueeze(1) / 255  # (B, 1, h, w) in [0, 1]
            if self.resize is not None:
                images = F.interpolate(
                    images, self.resize, mode="bilinear", antialias=True
                ).clamp(0, 1)
            yield images, labels


def load_fashion_mnist(
    batch_size: int,
    *,
    resize: int | tuple[int, int] | None = None,
    generator: torch.Generator | None = None,
) -> tuple[ImageLoader, ImageLoader]:
    """Loaders of the training set (shuffled) and of the test set.

    Batches are images, float32 (B, 1, 28, 28) in [0, 1], and labels, int64 (B,).
    resize: the side in pixels, or (height, width), to scale the images to.
    generator: a CPU generator for the order of the training set.
    Raises ValueError for a batch size or resize that does not fit.
    """
    _check_resize(resize)
    loaders = []
    for train in (True, False):
        tensors = fashion_mnist_tensors(train)
        loader = tensor_loader(
            tensors, batch_size, shuffle=train, generator=generator
        )
        loaders.append(ImageLoader(loader, resize))
    return tuple(loaders)


def _check_resize(resize) -> None:
    sides = resize if isinstance(resize, (tuple, list)) else (resize, resize)
    whole = len(sides) == 2 and all(isinstance(s, int) and s > 0 for s in sides)
    if resize is not None and not whole:
        raise ValueError(
            f"load_fashion_mnist: resize={resize!r}; expected a side in pixels, "
            "or (height, width), whole numbers of at least 1"
        )


def _root() -> Path:
    from .standins.fashion_mnist import VERSION, write

    return locate("fashion-mnist", VERSION, write)


@lru_cache(maxsize=4)
def _decoded(root: Path, train: bool) -> tuple[torch.Tensor, torch.Tensor]:
    from torchvision.datasets import FashionMNIST

    dataset = FashionMNIST(root, train=train)
    return dataset.data, dataset.targets
