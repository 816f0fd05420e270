"""Shoes, drawn from the side for the stand-in of Fashion-MNIST."""

from __future__ import annotations

import numpy as np

from ._ink import AXIS, COLUMNS, ROWS, cloth, cover, profile, ring, signed


def _shoe(top, bottom):
    """Ink between two column profiles (n, 28)."""
    return cover(np.minimum(ROWS - top[:, None, :], bottom[:, None, :] - ROWS))


def _bands(dice, width):
    """Slanted bands of the given width, one set per image."""
    slope = dice.uniform(0.6, 1.6)[:, :, None]
    wave = COLUMNS + slope * ROWS + dice.uniform(0, 9)[:, :, None]
    return wave % dice.uniform(2.5, 5)[:, :, None] < width


def sneaker(dice):
    height = np.clip(dice.normal(12.8, 2.6), 8, 20)
    ground = 14 + height / 2
    t = (AXIS - dice.uniform(-0.5, 0.8)) / 27
    toe, opening = dice.uniform(4, 5.5), dice.uniform(0.42, 0.68)
    top = ground - profile(
        t,
        (-0.05, 0),
        (0.03, toe - 1.5),
        (0.15, toe),
        (0.6 * opening, 0.45 * toe + 0.5 * height),
        (opening, height),
        (opening + 0.15, height - dice.uniform(0, 3.5)),
        (0.96, height - dice.uniform(0, 1.5)),
        (1.06, 0),
    )
    bottom = ground - profile(t, (0, dice.uniform(0.3, 1.5)), (0.15, 0))
    ink = _shoe(top, bottom)
    sole = ground - dice.uniform(1.2, 2.6)
    white = cover(AXIS - sole)[:, :, None]
    ink *= 1 + signed(dice, 0.15, 0.5)[:, :, None] * white
    # Laces: slanted dark bands on the instep.
    instep = (t > 0.25) & (t < dice.uniform(0.3, 0.7))
    laces = _bands(dice, 1.2) * instep[:, None, :] * (1 - white)
    ink *= 1 - dice.uniform(0, 0.7)[:, :, None] * laces
    return cloth(dice, ink, plain=0.9)


def ankle_boot(dice):
    height = np.clip(dice.normal(20.3, 3.8), 12, 27.5)
    ground = 14 + height / 2
    t = (AXIS - dice.uniform(-0.5, 1.5)) / 26.5
    toe, ankle = dice.uniform(4.5, 7), dice.uniform(0.36, 0.5)
    rise = dice.uniform(1, 4)
    heel = dice.uniform(0.5, 0.32 * height - 1)
    heel = np.where(dice.chance(0.35), 0.2, heel)
    top = ground - profile(
        t,
        (-0.04, 0.5),
        (0.03, toe - 1),
        (0.15, toe + 0.3 * heel),
        (ankle, toe + rise + 0.6 * heel),
        (ankle + dice.uniform(0.06, 0.2), height),
        (0.9, height - dice.uniform(0, 1.5)),
        (0.99, height - 1),
        (1.03, 0),
    )
    width = dice.uniform(0.12, 0.32)
    bottom = ground - profile(t, (0.3, 0.3), (0.45, heel * 0.5), (0.93 - width, heel), (0.97 - width, 0.0))
    ink = _shoe(top, bottom)
    sole = ground - dice.uniform(0.8, 2.2)
    below = cover(AXIS - sole)[:, :, None]
    ink *= 1 + signed(dice, 0.1, 0.5)[:, :, None] * below
    seam = cover(dice.uniform(0.2, 0.7) - np.abs(t * 27 - dice.uniform(13, 22)))
    ink *= 1 + signed(dice, 0, 0.4)[:, :, None] * seam[:, None, :]
    return cloth(dice, ink, plain=0.9)


def sandal(dice):
    heeled = dice.chance(0.5)
    heel = np.where(heeled, dice.uniform(4, 13), dice.uniform(0, 2))
    leg = np.where(heeled, dice.uniform(3, 10), dice.uniform(3, 9))
    height = heel + leg + 2
    ground = 14 + height / 2
    t = (AXIS - dice.uniform(-0.5, 1.5)) / 26.5
    bed = ground - 1.5 - profile(t, (0.2, 0), (0.45, 0.25 * heel), (0.75, heel), (1, 1.05 * heel))
    thick = dice.uniform(0.8, 2.2)
    under = np.minimum(bed + thick, ground)
    wedge = dice.chance(0.3)
    stiletto = profile(t, (0.86, 0), (dice.uniform(0.88, 0.94), 1)) > 0.5
    under = np.where(wedge & (t > 0.35) | stiletto, ground, under)
    inside = (t > -0.02) & (t < 1.01)
    sole = _shoe(np.where(inside, bed, 40), under)
    straps = np.zeros_like(sole)
    toe, ankle = dice.uniform(0.12, 0.32), dice.uniform(0.72, 0.85)
    for place, a, b in ((toe, dice.uniform(3, 5.5), dice.uniform(2, 3.8)), (ankle, dice.uniform(2.5, 4), leg)):
        x = 26.5 * place
        y = np.take_along_axis(bed, x.astype(np.int64), axis=1)
        strap = ring(x, y, a, b, dice.uniform(0.3, 1.3))
        np.maximum(straps, strap * dice.uniform(0.6, 1)[:, :, None], out=straps)
    vamp = bed - profile(t, (-0.02, 0), (0.15, 3), (0.5, 0.8 * leg), (0.8, leg), (1.02, 0.9 * leg))
    weave = _bands(dice, dice.uniform(1, 4)[:, :, None]) * _shoe(vamp, bed)
    woven = dice.chance(0.35)[:, :, None]
    np.copyto(straps, weave, where=woven)
    straps *= bed[:, None, :] >= ROWS
    return cloth(dice, np.maximum(sole, straps), plain=0.9)
