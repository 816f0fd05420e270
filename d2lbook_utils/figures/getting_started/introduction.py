"""Drawings of the page *A first look at deep learning*."""

from __future__ import annotations

import torch
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.gridspec import GridSpecFromSubplotSpec
from matplotlib.patches import Patch

from ...plotting import new_figure
from ..diagram import box

SNEAKER, BOOT, WRONG = "C0", "C1", "#C00000"
PALE = {SNEAKER: "#C9DFEE", BOOT: "#F8DCC8"}
LIMITS = (4.5, 29.5)  # heights shown
VOTES = LinearSegmentedColormap.from_list("votes", ["#0072B2", "white", "#D55E00"])


def rule(images, labels, heights, threshold):
    """Draw the rule "boot from `threshold` rows on": eight answers, the heights of both kinds, and its accuracy.

    Heights of sneakers are drawn upwards, those of boots downwards; hatched are the wrong answers.
    """
    boots = labels.bool()
    scores = [_accuracy(heights >= k, boots) for k in range(29)]
    figure, (strip, ax, curve) = new_figure(3, 1, figsize=(5.2, 5.2), height_ratios=[0.75, 2.5, 1.0])
    places = GridSpecFromSubplotSpec(1, 8, strip.get_subplotspec(), wspace=0.12)
    strip.remove()
    for place, i in zip(places, _eight_shoes(heights, boots)):
        _draw_answer(figure.add_subplot(place), images[i], heights[i] >= threshold, boots[i])

    k = range(29)
    top = 1.15 * max(torch.bincount(heights[side]).max().item() for side in (boots, ~boots))
    for side, color, sign, right in ((~boots, SNEAKER, 1, k[:threshold]), (boots, BOOT, -1, k[threshold:])):
        counts = (sign * torch.bincount(heights[side], minlength=29)).tolist()
        wrong = [h for h in k if h not in right]
        ax.bar(right, [counts[h] for h in right], 1.0, color=color)
        ax.bar(
            wrong, [counts[h] for h in wrong], 1.0, facecolor=PALE[color], hatch="////", edgecolor=WRONG, linewidth=0
        )
    ax.axhline(0, color="black", linewidth=0.8)
    ax.axvline(threshold - 0.5, color="black", linewidth=2)
    ax.text(29.3, 0.06 * top, "sneakers", color=SNEAKER, ha="right", va="bottom", fontweight="bold")
    ax.text(4.8, -0.06 * top, "ankle boots", color=BOOT, ha="left", va="top", fontweight="bold")
    ax.text(threshold - 0.8, 1.02 * top, "says sneaker", ha="right", va="bottom")
    ax.text(threshold - 0.2, 1.02 * top, "says boot", ha="left", va="bottom")
    ticks = range(-1000, 1001, 500) if top > 900 else []
    ax.set(
        xlim=LIMITS,
        ylim=(-top, 1.2 * top),
        yticks=ticks,
        xlabel="height of the shoe (rows with ink)",
        ylabel="number of shoes",
    )
    ax.set_yticklabels([abs(tick) for tick in ticks])
    ax.legend(
        handles=[Patch(facecolor="white", edgecolor=WRONG, hatch="////", linewidth=0, label="wrong")],
        loc="lower left",
        frameon=False,
    )
    ax.grid(False)

    curve.plot(k, scores, color="0.5")
    curve.plot(threshold, scores[threshold], "o", color="black", markersize=8)
    curve.set(xlim=LIMITS, ylim=(0.45, 1), xlabel="threshold k", ylabel="accuracy")
    figure.suptitle(
        f"boot from {threshold} rows on: {100 * scores[threshold]:.0f} of 100 answers right", fontweight="bold"
    )


def _eight_shoes(heights, boots):
    """Places of four sneakers and four boots, low to high."""
    chosen = []
    for side, quantiles in ((~boots, (0.1, 0.5, 0.85, 0.97)), (boots, (0.03, 0.15, 0.5, 0.85))):
        places = side.nonzero()[:, 0]
        order = places[heights[places].argsort(stable=True)]
        chosen += [order[int(q * len(order))].item() for q in quantiles]
    return sorted(chosen, key=lambda i: heights[i].item())


def _draw_answer(ax, image, says_boot, is_boot):
    """Draw one shoe in a frame of the answer's colour, crossed out if the answer is wrong."""
    ax.imshow(image.numpy(), cmap="gray", vmin=0, vmax=1)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(visible=True, color=BOOT if says_boot else SNEAKER, linewidth=3)
    if says_boot != is_boot:
        ax.plot([2, 25], [2, 25], color=WRONG, linewidth=2.5)
        ax.plot([2, 25], [25, 2], color=WRONG, linewidth=2.5)


def learning(weights, step, scores, rule_score):
    """Draw the weights (784,) as a picture, and this step on the curve {step: test accuracy}, with the hand rule."""
    _, (left, right) = new_figure(1, 2, figsize=(5.2, 2.7), gridspec_kw={"width_ratios": [1, 1.25]})
    _draw_weights(left, weights)
    left.set_title(f"votes after {step} step{'s' * (step != 1)}")
    right.axhline(rule_score, color="0.4", linestyle="--")
    right.text(0, rule_score - 0.012, "rule by hand", ha="left", va="top", fontsize=9)
    right.plot(list(scores), list(scores.values()), color="0.5")
    right.plot(step, scores[step], "o", color="black", markersize=8)
    right.set_xscale("symlog", linthresh=1)
    right.set(
        xlabel="training steps",
        ylabel="test accuracy",
        ylim=(0.45, 1),
        xticks=[0, 1, 10, 100],
        title=f"accuracy {scores[step]:.2f}",
    )
    right.set_xticklabels(["0", "1", "10", "100"])


def pair(names, weights, rule_score, learned_score):
    """Draw the weights learned for two garments, and the accuracies of both programs as bars."""
    _, (left, right) = new_figure(1, 2, figsize=(5.2, 2.7), gridspec_kw={"width_ratios": [1, 1.25]})
    _draw_weights(left, weights)
    left.set_title(f"blue: {names[0]}\norange: {names[1]}")
    bars = right.barh(["rule\nby hand", "learned"], [rule_score, learned_score], color=["0.6", "C2"])
    right.bar_label(bars, fmt="%.2f", padding=3)
    right.axvline(0.5, color="0.3", linestyle=":")
    right.set(xlim=(0, 1.15), xticks=[0, 0.5, 1], xlabel="test accuracy (0.5 = coin)")
    right.invert_yaxis()
    right.grid(False)


def _draw_weights(ax, weights):
    size = max(weights.abs().max().item(), 1e-6)
    ax.imshow(weights.reshape(28, 28).numpy(), cmap=VOTES, vmin=-size, vmax=size)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(True)


def accuracy_by_size(sizes, scores, rule_score):
    """Draw test accuracies (len(sizes), seeds) against the number of images, with their mean and the hand rule."""
    _, ax = new_figure(figsize=(5, 3.2))
    scores = torch.as_tensor(scores)
    ax.fill_between(sizes, scores.amin(1), scores.amax(1), color="C2", alpha=0.25, label="five draws")
    ax.plot(sizes, scores.mean(1), "o-", color="C2", label="learned, mean")
    ax.axhline(rule_score, color="0.4", linestyle="--", label="rule by hand")
    ax.set(xscale="log", xlabel="training images n", ylabel="test accuracy", ylim=(0.45, 1))
    ax.legend(loc="lower right")


MAP = {
    "perception": ("edges, heights\n(our rule)", "hidden Markov\nmodels", "recognising\nimages"),
    "reasoning": ("logic, theorem\nprovers", "Bayesian\nnetworks", "inference\nbetween texts"),
    "knowledge": ("ontologies,\nexpert systems", "topic\nmodels", "embeddings,\nlanguage models"),
    "planning": ("route and\ngame search", "Markov decision\nprocesses", "reinforcement\nlearning"),
}
COVERED = ("recognising\nimages", "inference\nbetween texts", "embeddings,\nlanguage models")


def field_map():
    """Draw the map of AI, four abilities by three ways, with the cells that the book covers in colour."""
    _, ax = new_figure(figsize=(5.0, 3.7))
    for column, way in enumerate(("symbolic", "probabilistic", "machine learning")):
        ax.text(column + 0.5, -0.12, way, ha="center", va="bottom", fontweight="bold")
    for row, (ability, cells) in enumerate(MAP.items()):
        ax.text(-0.05, row + 0.5, ability, ha="right", va="center", fontweight="bold")
        for column, text in enumerate(cells):
            color = "#BFE3D6" if text in COVERED else "0.94"
            box(ax, (column + 0.03, row + 0.04), 0.94, 0.92, text, color=color, edgecolor="0.6", fontsize=9.5)
    ax.set(xlim=(-0.75, 3.02), ylim=(4.05, -0.4))
    ax.axis("off")


ROAD = (
    ("1805", "Legendre, then Gauss: least squares", "data"),
    ("1936", "Fisher: telling irises apart by measuring", "data"),
    ("1948", "Shannon: information has a unit", "ideas"),
    ("1949", "Hebb: used connections grow stronger", "ideas"),
    ("1950", "Turing: can machines think?", "ideas"),
    ("1958", "Rosenblatt's perceptron learns", "nets"),
    ("about 1970", "first winter: money and hope run out", "winter"),
    ("1986", "backpropagation trains hidden layers", "nets"),
    ("about 1990", "second winter; later, kernels and trees lead", "winter"),
    ("1998", "LeNet reads handwritten digits", "nets"),
    ("2009", "ImageNet: millions of labelled photos", "data"),
    ("2012", "a deep network wins on ImageNet", "nets"),
    ("2014", "sequence to sequence translation", "nets"),
    ("2015", "attention", "nets"),
    ("2017", "Transformer", "nets"),
    ("2018", "GPT and BERT: learn from plain text first", "nets"),
    ("2020", "GPT-3: one model, many tasks", "nets"),
)
KINDS = {"data": "C2", "ideas": "C3", "nets": "C0", "winter": "0.6"}


def road():
    """Draw the history as a list of years on a line, not to scale, coloured by kind; the winters are grey."""
    _, ax = new_figure(figsize=(5.0, 5.4))
    ax.plot([0, 0], [-0.4, len(ROAD) - 0.6], color="0.8", linewidth=3, zorder=0)
    for row, (year, event, kind) in enumerate(ROAD):
        if kind == "winter":
            ax.axhspan(row - 0.45, row + 0.45, color="0.94", zorder=-1)
        ax.plot(0, row, "o", color=KINDS[kind], markersize=9)
        ax.text(-0.25, row, year, ha="right", va="center", fontweight="bold")
        ax.text(0.25, row, event, ha="left", va="center", color="0.35" if kind == "winter" else "black")
    ax.set(xlim=(-2.2, 6.6), ylim=(len(ROAD) - 0.4, -0.6))
    ax.axis("off")
    names = {"data": "data and statistics", "ideas": "ideas", "nets": "neural networks"}
    ax.legend(
        handles=[Patch(color=KINDS[kind], label=name) for kind, name in names.items()],
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        ncols=3,
        frameon=False,
    )


def growth(curves):
    """Draw how often the first value of each curve {name: {year: value}} fits into the later ones."""
    _, ax = new_figure(figsize=(5, 3.2))
    for (name, values), style in zip(curves.items(), ("o-", "s--", "^:")):
        first = next(iter(values.values()))
        factors = [value / first for value in values.values()]
        ax.plot(list(values), factors, style)
        ax.annotate(name, (list(values)[-1], factors[-1]), xytext=(6, 0), textcoords="offset points", va="center")
    ax.set(
        yscale="log", xlabel="year", ylabel="times the first value", xlim=(1996.5, 2032), xticks=range(2000, 2021, 5)
    )


def _accuracy(answers, labels):
    return (answers == labels).float().mean().item()
