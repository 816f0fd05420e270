"""Drawings of the page *Linear regression, concise*."""

from __future__ import annotations

import torch

from ...plotting import new_figure


def two_losses(scratch, library):
    """Draw two runs' losses, each as its program prints it, and below the second divided by the first."""
    _, (top, bottom) = new_figure(2, 1, figsize=(4.4, 4.8), sharex=True)
    top.plot(scratch, label="from scratch, half squares")
    top.plot(library, "--", label="library, squares")
    top.set(ylabel="printed loss", yscale="log", ylim=(1e-5, 1000))
    top.legend()
    ratio = torch.tensor(library) / torch.tensor(scratch)
    bottom.axhline(2, color="0.7", linewidth=1)
    bottom.plot(ratio, color="C2")
    bottom.text(len(ratio), 2.4, "2", ha="right", va="bottom")
    bottom.set(xlabel="step", ylabel="library / scratch", yscale="log", ylim=(3e-5, 3e3))


def predictions(predicted, true):
    """Draw predicted against true targets, both in dB, the diagonal, and the root of the mean squared error."""
    _, ax = new_figure(figsize=(4.2, 3.9))
    low, high = true.min().item() - 2, true.max().item() + 2
    ax.plot([low, high], [low, high], "--", color="0.5", label="perfect")
    ax.plot(true.flatten(), predicted.flatten(), ".", label="validation rows")
    ax.set(
        xlabel="true level (dB)",
        ylabel="predicted level (dB)",
        ylim=(min(low, predicted.min().item() - 2), high),
        title=f"RMSE {(predicted - true).square().mean().sqrt().item():.1f} dB",
    )
    ax.legend()
