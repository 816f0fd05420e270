"""Drawings of the page *The Fashion-MNIST data set*."""

from __future__ import annotations

import matplotlib.pyplot as plt
import torch
from torch.nn import functional as F


def resized(image, side):
    """Draw an image (28, 28) scaled to the given side, with its size in the title."""
    small = F.interpolate(image[None, None] / 255, side, mode="bilinear", antialias=True)[0, 0]
    figure = plt.gcf()
    figure.set_size_inches(3.4, 3.6)
    axes = plt.gca()
    axes.imshow(small.numpy(), cmap="gray", vmin=0, vmax=1)
    axes.set_title(f"{side} x {side} = {side * side} numbers")
    axes.axis("off")


def pixel_histogram(images):
    """Draw how many pixels of uint8 images have each grey value, on a logarithmic scale."""
    counts = torch.bincount(images.flatten().int(), minlength=256)
    axes = plt.gca()
    axes.bar(range(256), counts.numpy(), width=1.0)
    axes.set(xlabel="grey value", ylabel="number of pixels", yscale="log")


def times(seconds):
    """Draw one horizontal bar for each name in {name: seconds an epoch}, with the number at its end."""
    axes = plt.gca()
    bars = axes.barh(list(seconds), list(seconds.values()))
    axes.bar_label(bars, fmt="%.2f s", padding=3)
    axes.set(xlabel="seconds for one pass over 60,000 images", xlim=(0, 1.25 * max(seconds.values())))
    axes.invert_yaxis()
    axes.grid(False)
