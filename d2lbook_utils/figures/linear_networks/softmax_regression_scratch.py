"""Drawings of the page *Softmax regression from scratch*."""

from __future__ import annotations

import torch

from ...plotting import new_figure


def weight_templates(templates, names, scale):
    """Draw weight templates (10, 28, 28) in two rows, grey = 0, with one brightness scale for all."""
    _, axes = new_figure(2, 5, figsize=(6.5, 3.1))
    for template, name, ax in zip(templates, names, axes.flat):
        ax.imshow(template.numpy(), cmap="gray", vmin=-scale, vmax=scale)
        ax.set_title(name, fontsize=9)
        ax.axis("off")


def confusion(counts, names):
    """Draw a confusion matrix (q, q) with the class names and the count in every cell that holds more than 10."""
    _, ax = new_figure(figsize=(6.5, 5.6))
    ax.imshow(counts.numpy(), cmap="Blues", vmax=counts.max().item())
    for row, col in (counts > 10).nonzero().tolist():
        ink = "white" if counts[row, col] > counts.max() / 2 else "black"
        ax.text(col, row, int(counts[row, col]), ha="center", va="center", fontsize=9, color=ink)
    ticks = range(len(names))
    ax.set_xticks(ticks, names, rotation=45, ha="right")
    ax.set_yticks(ticks, names)
    ax.set(xlabel="predicted", ylabel="true")
    ax.grid(False)


def reliability(confidence, accuracy):
    """Draw the share of correct predictions against the mean confidence of each bin, and the diagonal."""
    _, ax = new_figure(figsize=(4.2, 3.6))
    ax.plot([0, 1], [0, 1], "--")
    ax.plot(torch.tensor(confidence), torch.tensor(accuracy), "o-")
    ax.set(xlabel="mean confidence of the bin", ylabel="share correct", xlim=(0, 1), ylim=(0, 1))


def shift(images, accuracy, pixels):
    """Draw four images (4, 1, H, W) moved right by some pixels, and the accuracy {shift: value} with a mark there."""
    figure, axes = new_figure(2, 4, figsize=(5.5, 3.6), height_ratios=[1, 1.6])
    for image, above, below in zip(torch.roll(images, pixels, dims=3), *axes):
        above.imshow(image[0].numpy(), cmap="gray", vmin=0, vmax=1)
        above.axis("off")
        below.remove()
    ax = figure.add_subplot(axes[0, 0].get_gridspec()[1, :])
    ax.plot(list(accuracy), list(accuracy.values()), "o-", color="0.6")
    ax.plot(pixels, accuracy[pixels], "o", markersize=10)
    ax.set(xlabel="shift to the right (pixels)", ylabel="test accuracy", ylim=(0, 1), xticks=list(accuracy))
