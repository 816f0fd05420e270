"""Drawn garments that stand in for Fashion-MNIST where it cannot be downloaded.

Every image is drawn from its own random measures (widths, sleeve and heel lengths, tone, pattern, noise), so no two
are alike. Lengths are in pixels.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from ._ink import AXIS, ROWS, SIDE, Dice, badge, between, cloth, columns_within, cover, profile, ring, signed
from ._shoes import ankle_boot, sandal, sneaker
from ._tops import coat, dress, pullover, shirt, t_shirt

VERSION = 2  # raise it whenever the drawings change
CHUNK = 500  # images drawn at a time, few enough to stay in the cache


def _trouser(dice):
    centre = dice.normal(13.5, 0.4)
    t = AXIS / dice.uniform(26, 28)
    outer = profile(
        t,
        (0, dice.normal(3.6, 0.4)),
        (0.2, dice.normal(4.8, 0.5)),
        (0.6, dice.normal(4.9, 0.5)),
        (1, dice.normal(5.0, 0.7)),
    )
    crotch = dice.uniform(0.25, 0.45)
    gap = profile(t, (0.2, -2.0), (crotch, 0.0), (1, dice.uniform(0.5, 2.2)))
    gap = np.where(dice.chance(0.08), -2, gap)
    ink = columns_within(outer, centre) - columns_within(gap, centre)
    ink *= between(dice.uniform(-0.5, 0.5), dice.uniform(26, 27.5))[:, :, None]
    return cloth(dice, ink, plain=0.8)


def _bag(dice):
    centre = dice.normal(13.5, 0.4)
    tall = dice.uniform(12, 21)
    handle = np.where(dice.chance(0.8), dice.uniform(2, 27 - tall), 0)
    top = (SIDE - tall - handle) / 2 + handle
    bottom = top + tall - 0.5
    t = (AXIS - top) / tall
    wide = dice.uniform(9, 13.5)
    half = profile(
        t,
        (0, wide - dice.uniform(-0.5, 3)),
        (0.15, wide - dice.uniform(0, 1)),
        (0.9, wide),
        (1, wide - dice.uniform(0, 1.5)),
    )
    ink = columns_within(half, centre) * between(top, bottom)[:, :, None]
    flap = cover(0.3 - np.abs(t * tall - tall * dice.uniform(0.2, 0.6)))
    ink *= 1 + signed(dice, 0, 0.6)[:, :, None] * flap[:, :, None]
    badge(dice, ink, 0.5)
    arc = ring(centre, top + 0.5, dice.uniform(3, 8), np.maximum(handle, 0.5), dice.uniform(0.2, 0.7))
    arc *= (top[:, :, None] >= ROWS) & (handle > 0)[:, :, None]
    return cloth(dice, np.maximum(ink, arc), plain=0.75)


_GARMENTS = (t_shirt, _trouser, pullover, dress, coat, sandal, shirt, sneaker, _bag, ankle_boot)


def draw(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw n garments, a tenth of each class, in random order.

    Returns images, uint8 of shape (n, 28, 28), and labels, uint8 of shape (n,).
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(n) % 10).astype(np.uint8)
    images = np.empty((n, SIDE, SIDE), dtype=np.uint8)
    for label, garment in enumerate(_GARMENTS):
        places = np.flatnonzero(labels == label)
        for start in range(0, len(places), CHUNK):
            chunk = places[start : start + CHUNK]
            ink = garment(Dice(rng, len(chunk)))
            ink *= 255
            images[chunk] = np.clip(ink, 0, 255, out=ink)
    return images, labels


def write(root: Path, n_train: int = 60_000, n_test: int = 10_000) -> None:
    """Write the four files of the stand-in, in torchvision's layout, below root."""
    folder = root / "FashionMNIST" / "raw"
    folder.mkdir(parents=True)
    for seed, (split, n) in enumerate((("train", n_train), ("t10k", n_test))):
        images, labels = draw(n, seed)
        for array, kind in ((images, "images"), (labels, "labels")):
            # The idx format: type 8 (uint8), the number of axes, their sizes.
            header = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
            path = folder / f"{split}-{kind}-idx{array.ndim}-ubyte"
            path.write_bytes(header + array.tobytes())
