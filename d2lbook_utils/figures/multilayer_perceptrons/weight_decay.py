"""Drawings of the page *Weight decay*."""

from __future__ import annotations

import torch
from matplotlib.patches import Circle
from matplotlib.ticker import NullLocator

from ...plotting import new_figure
from ..diagram import arrow, number

DATA, ZERO = "C0", "C1"  # the two ends of the tug-of-war


def training(curves):
    """Draw training (dashed) and test loss (solid) of several runs; curves: name -> (training, test)."""
    _, ax = new_figure(figsize=(4.8, 3.6))
    for i, (name, (train, test)) in enumerate(curves.items()):
        ax.plot(test, color=f"C{i}", label=f"{name}, test")
        ax.plot(train, "--", color=f"C{i}", label=f"{name}, training")
    ax.set(xlabel="step", ylabel="loss", yscale="log", ylim=(1e-6, 1e5))
    ax.legend(loc="upper right", ncols=2)


def parts(paths):
    """Draw paths of training in the plane of two lengths: of the part of w that the data see, and of the rest.

    paths: name -> (T, 2); all start at the same point.
    """
    _, ax = new_figure(figsize=(4.4, 3.6))
    for i, (name, path) in enumerate(paths.items()):
        ax.plot(*path.T, "-" if i == 0 else "--", color=f"C{i}", linewidth=2.2, label=name)
        ax.plot(*path[-1], "o", color=f"C{i}", markersize=8, clip_on=False, zorder=3)
    ax.plot(*path[0], "s", color="black", markersize=8, label="start")
    ax.set(
        xlabel="length of the part that the data see",
        ylabel="length of the part they do not see",
        xlim=(0, 1.15 * path[0, 0].item()),
        ylim=(0, 1.15 * path[0, 1].item()),
    )
    ax.legend(loc="lower right")


def ball(weight_decay, H, w_hat, settle):
    """Draw a bowl, the ball in which the settled weights lie, both pulls on them, and the share kept along each axis.

    H: (2, 2) curvatures; w_hat: (2,) lowest point; settle(H, w_hat, weight_decay) -> (2,).
    """
    w = settle(H, w_hat, weight_decay)
    w1, w2 = (number(entry, ".2f") for entry in w)
    _, (above, below) = new_figure(2, 1, figsize=(4.5, 5.9), gridspec_kw={"height_ratios": [3.6, 1]})

    side = torch.linspace(-1.7, 3.5, 141, dtype=H.dtype)
    error = torch.stack(torch.meshgrid(side, side - 1.2, indexing="xy"), dim=-1) - w_hat
    heights = ((error @ H) * error).sum(dim=-1) / 2
    levels = [0.02, 0.1, 0.3, 0.7, 1.3, 2.2, 3.5, 5.5]
    above.contour(side, side - 1.2, heights, levels=levels, colors="0.75", linewidths=0.9)
    here = ((w - w_hat) @ H @ (w - w_hat)).item() / 2
    if here > 1e-9:
        above.contour(side, side - 1.2, heights, levels=[here], colors=DATA, linewidths=2)
    above.add_patch(Circle((0, 0), w.norm().item(), facecolor=ZERO, edgecolor=ZERO, alpha=0.16))
    above.add_patch(Circle((0, 0), w.norm().item(), fill=False, edgecolor=ZERO, linewidth=2))
    strengths = [0, *torch.logspace(-3, 3, 200, dtype=H.dtype).tolist()]
    route = torch.stack([settle(H, w_hat, strength) for strength in strengths])
    above.plot(*route.T, ":", color="0.3", linewidth=1.4)
    if weight_decay:
        pull = 0.75 * w / w.norm()
        for end, color in [(w + pull, DATA), (w - pull, ZERO)]:
            arrow(above, w.tolist(), end.tolist(), color=color, linewidth=2.2, zorder=3)
    above.plot(*w_hat, "*", color=DATA, markersize=15, markeredgecolor="white", label="least squares", zorder=5)
    above.plot(0, 0, "s", color=ZERO, markersize=7, label="zero", zorder=4)
    above.plot(*w, "o", color="black", markersize=8, label="where $\\mathbf{w}$ settles", zorder=4)
    above.set(
        xlabel="$w_1$ (area)",
        ylabel="$w_2$ (rooms)",
        aspect="equal",
        xlim=(-1.7, 3.5),
        ylim=(-2.9, 2.3),
        title=f"$\\lambda$ = {weight_decay:g}:  $w_1$ = {w1}, $w_2$ = {w2}, length {w.norm():.2f}",
    )
    above.grid(False)
    above.legend(loc="lower left")

    stiffness = torch.linalg.eigvalsh(H)
    kept = (stiffness / (stiffness + weight_decay)).tolist()
    names = [f"{name}, s = {s:.1f}" for name, s in zip(["flat", "steep"], stiffness.tolist())]
    below.barh(names, kept, color=DATA)
    below.barh(names, [1 - share for share in kept], left=kept, color=ZERO, alpha=0.25)
    below.set(xlabel="share $s/(s+\\lambda)$ of least squares that is kept", xlim=(0, 1))
    below.grid(False)


def ridge(weight_decay, strengths, test, train, length, stiffness, prior_variance, noise_variance):
    """Draw the U-curve with a mark at one strength, and for every eigen-direction the share kept and the error's parts.

    strengths: (m,), the first is 0; test, train, length: (m,) mean losses and lengths of w;
    stiffness: (d,) eigenvalues, rising; prior_variance: of a true weight; noise_variance: sigma^2 / n.
    """
    _, (top, middle, bottom) = new_figure(3, 1, figsize=(4.8, 7), gridspec_kw={"height_ratios": [1.35, 0.8, 1]})
    places = [strengths[1] / 3, *strengths[1:]]  # 0 has no place on a logarithmic axis
    top.plot(places, test, "o-", color="C1", markersize=5, label="test loss")
    top.plot(places, train, "s--", color="C0", markersize=5, label="training loss")
    top.plot(places, length, "^:", color="0.4", markersize=5, label="length of $\\mathbf{w}$")
    top.axvline(places[strengths.index(weight_decay)], color="0.3", linewidth=1.2)
    ticks = [strength for strength in (0.01, 0.1, 1, 10) if strengths[1] <= strength <= strengths[-1]]
    top.set(xlabel="weight decay $\\lambda$", ylabel="loss, length", xscale="log", ylim=(0, None))
    top.set_xticks([places[0], *ticks], ["0", *(f"{tick:g}" for tick in ticks)])
    top.xaxis.set_minor_locator(NullLocator())
    top.legend(loc="upper right")

    directions = range(1, len(stiffness) + 1)
    kept = stiffness / (stiffness + weight_decay)
    middle.bar(directions, kept.tolist(), color="C2", width=0.8)
    middle.set(ylabel="share kept", ylim=(0, 1.05), title=f"$\\lambda$ = {weight_decay:g}", xticks=[])
    noise = (kept**2 * noise_variance / stiffness).tolist()
    lost = ((1 - kept) ** 2 * prior_variance).tolist()
    bottom.bar(directions, noise, color="C0", width=0.8, label="noise let in")
    bottom.bar(directions, lost, bottom=noise, color="C1", width=0.8, label="truth shrunk away")
    bottom.set(
        xlabel=f"eigen-direction, from flat to steep (s = {stiffness[0]:.2f} to {stiffness[-1]:.1f})",
        ylabel="squared error",
        ylim=(0, 4 * prior_variance),
        title=f"higher than {4 * prior_variance:g} is cut off",
    )
    bottom.legend(loc="upper right")


def coefficients(strengths, shrunk, cut):
    """Draw how coefficients fall with the strength of the penalty, L2 above and L1 below; shrunk, cut: (m, d)."""
    _, (above, below) = new_figure(2, 1, figsize=(4.6, 4.6), sharex=True)
    for ax, values, name in [(above, shrunk, "L2: shrunk, never 0"), (below, cut, "L1: one after the other is 0")]:
        ax.plot(strengths, values, color="C0", linewidth=1.4)
        ax.axhline(0, color="0.4", linewidth=0.8)
        ax.set(ylabel="coefficient", title=name)
    below.set(xlabel="$\\lambda$")
