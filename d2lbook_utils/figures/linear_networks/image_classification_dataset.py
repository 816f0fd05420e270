"""Drawings of the page *The Fashion-MNIST data set*."""

from __future__ import annotations

import torch
from torch.nn import functional as F

from ...plotting import new_figure


def resized(image, side):
    """Draw an image (28, 28) scaled to the given side, with its size in the title."""
    small = F.interpolate(image[None, None] / 255, side, mode="bilinear", antialias=True)[0, 0]
    _, ax = new_figure(figsize=(3.4, 3.6))
    ax.imshow(small.numpy(), cmap="gray", vmin=0, vmax=1)
    ax.set_title(f"{side} x {side} = {side * side} numbers")
    ax.axis("off")


def pixel_histogram(images):
    """Draw how many pixels of uint8 images have each grey value, on a logarithmic scale."""
    counts = torch.bincount(images.flatten().int(), minlength=256)
    _, ax = new_figure(figsize=(5, 2.6))
    ax.bar(range(256), counts.numpy(), width=1.0)
    ax.set(xlabel="grey value", ylabel="number of pixels", yscale="log")


def times(seconds):
    """Draw one horizontal bar for each name in {name: seconds an epoch}, with the number at its end."""
    _, ax = new_figure(figsize=(6, 2.6))
    bars = ax.barh(list(seconds), list(seconds.values()))
    ax.bar_label(bars, fmt="%.2f s", padding=3)
    ax.set(xlabel="seconds for one pass over 60,000 images", xlim=(0, 1.25 * max(seconds.values())))
    ax.invert_yaxis()
    ax.grid(False)
