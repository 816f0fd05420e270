"""Garments with a neck and sleeves, drawn for the stand-in of Fashion-MNIST."""

from __future__ import annotations

import numpy as np

from ._ink import AXIS, badge, between, cloth, columns_within, cover, profile, signed


def _upper(dice, *, shoulder, chest, waist, hem, sleeve, top, bottom, reach):
    """Silhouette of a garment with a neck and sleeves.

    sleeve: where the sleeves end, as a fraction of the length (0: none).
    reach: how far the sleeve ends stand out from the centre, in pixels.
    Returns the ink and the centre column.
    """
    centre = dice.normal(13.5, 0.3)
    size = dice.normal(1, 0.07)
    shoulder, chest, waist, hem, reach = (size * length for length in (shoulder, chest, waist, hem, reach))
    t = (AXIS - top) / (bottom - top)
    body = profile(t, (0, shoulder - 2.2), (0.08, shoulder), (0.3, chest), (0.6, waist), (1, hem))
    end = np.maximum(sleeve, 0.02)
    outer = profile(
        t,
        (0.02, shoulder - 1),
        (0.25 * end + 0.03, shoulder + 0.5 * (reach - shoulder)),
        (0.5 * end + 0.05, shoulder + 0.8 * (reach - shoulder)),
        (end + 0.08, reach),
    )
    worn = np.clip((end - t) * 14 + 0.5, 0, 1) * (sleeve > 0)
    edge = body + np.maximum(outer - body, 0) * worn
    ink = columns_within(edge, centre)
    # The slit between arm and body, from the armpit to the sleeve's end.
    armpit = dice.uniform(0.3, 0.4)
    slit = dice.uniform(0.3, 1.1) * np.clip((t - armpit) * 6, 0, 1) * worn
    u = np.abs(AXIS - centre)
    distance = slit[:, :, None] - np.abs(u[:, None, :] - (body + slit)[:, :, None])
    ink *= 1 - dice.uniform(0.6, 1)[:, :, None] * np.clip(distance, 0, 1)
    ink *= between(top, bottom)[:, :, None]
    return ink, centre


def _neckline(dice, ink, centre, width, depth):
    """Cut a neck opening of the given half width and depth."""
    rows = slice(0, 9)
    opening = width * np.sqrt(np.clip(1 - (AXIS[rows] / depth) ** 2, 0, 1))
    u = np.abs(AXIS - centre)
    cut = cover(opening[:, :, None] - u[:, None, :] - 0.5)
    ink[:, rows] *= 1 - cut


def _collar(dice, ink, centre, strength, depth):
    """Two lapels that meet in a V, lighter or darker than the cloth."""
    rows = slice(0, 11)
    arm = 4 * np.clip(1 - AXIS[rows] / depth, -0.5, 1)
    u = np.abs(AXIS - centre)
    lapel = cover(0.4 - np.abs(u[:, None, :] - arm[:, :, None]))
    ink[:, rows] *= 1 + strength[:, :, None] * lapel


def _front_line(dice, ink, centre, strength, width, top, buttons):
    """A zip or button line down the front, lighter or darker."""
    columns = slice(9, 19)
    line = cover(width - np.abs(AXIS[columns] - centre))[:, None, :]
    phase = dice.uniform(0, 6.3)
    dots = 1 - buttons * (np.sin(1.6 * AXIS + phase) < 0.2)
    rows = (dots * (top < AXIS))[:, :, None]
    ink[:, :, columns] *= 1 + strength[:, :, None] * rows * line


def t_shirt(dice):
    length = np.where(dice.chance(0.12), 0, dice.normal(0.3, 0.06))
    ink, centre = _upper(
        dice,
        shoulder=dice.normal(6.6, 0.6),
        chest=dice.normal(6.5, 0.6),
        waist=dice.normal(6.2, 0.7),
        hem=dice.normal(6.6, 0.7),
        sleeve=length,
        reach=dice.normal(11, 1.0),
        top=dice.uniform(-0.5, 0.8),
        bottom=dice.normal(26.6, 0.7),
    )
    _neckline(dice, ink, centre, dice.uniform(2, 3.3), dice.uniform(1.5, 5))
    badge(dice, ink, 0.7)
    return cloth(dice, ink)


def pullover(dice):
    ink, centre = _upper(
        dice,
        shoulder=dice.normal(6.4, 0.5),
        chest=dice.normal(6.6, 0.6),
        waist=dice.normal(6.5, 0.7),
        hem=dice.normal(6.5, 0.7),
        sleeve=dice.normal(0.93, 0.08),
        reach=dice.normal(11.2, 0.9),
        top=dice.uniform(-0.5, 0.8),
        bottom=dice.normal(25.9, 0.7),
    )
    _neckline(dice, ink, centre, dice.uniform(1.8, 3.2), dice.uniform(1, 3.5))
    badge(dice, ink, 0.65)
    return cloth(dice, ink)


def dress(dice):
    length = np.where(dice.chance(0.55), 0, dice.uniform(0.2, 0.7))
    ink, centre = _upper(
        dice,
        shoulder=dice.normal(4.9, 0.8),
        chest=dice.normal(4.7, 0.8),
        waist=dice.normal(4.2, 0.9),
        hem=dice.normal(5.8, 1.2),
        sleeve=length,
        reach=dice.normal(7.8, 1.1),
        top=dice.uniform(-0.5, 0.6),
        bottom=dice.uniform(26.4, 27.5),
    )
    _neckline(dice, ink, centre, dice.uniform(2, 3.4), dice.uniform(1.5, 5))
    return cloth(dice, ink, plain=0.7)


def coat(dice):
    ink, centre = _upper(
        dice,
        shoulder=dice.normal(6.2, 0.5),
        chest=dice.normal(6.6, 0.6),
        waist=dice.normal(6.6, 0.7),
        hem=dice.normal(7.3, 0.8),
        sleeve=dice.normal(0.87, 0.08),
        reach=dice.normal(11.0, 0.9),
        top=dice.uniform(-0.5, 0.7),
        bottom=dice.normal(27.1, 0.4),
    )
    _neckline(dice, ink, centre, dice.uniform(1.6, 3), dice.uniform(1, 3))
    _collar(dice, ink, centre, signed(dice, 0.2, 0.7), dice.uniform(5, 10))
    _front_line(
        dice,
        ink,
        centre + dice.normal(0, 0.35),
        signed(dice, 0.35, 0.85, lighter=0.2),
        dice.uniform(0.5, 1.1),
        dice.uniform(2, 6),
        dice.chance(0.15),
    )
    return cloth(dice, ink, plain=0.75)


def shirt(dice):
    """Between T-shirt, pullover and coat: any sleeve, sometimes a placket."""
    short = dice.chance(0.4)
    length = np.where(short, dice.normal(0.34, 0.08), dice.normal(0.92, 0.08))
    reach = np.where(short, dice.normal(10.8, 1.0), dice.normal(11, 0.8))
    ink, centre = _upper(
        dice,
        shoulder=dice.normal(6.3, 0.6),
        chest=dice.normal(6.6, 0.6),
        waist=dice.normal(6.3, 0.7),
        hem=dice.normal(6.7, 0.7),
        sleeve=length,
        reach=reach,
        top=dice.uniform(-0.5, 0.8),
        bottom=dice.normal(26.7, 0.6),
    )
    _neckline(dice, ink, centre, dice.uniform(1.7, 3.2), dice.uniform(1, 4))
    buttoned = dice.chance(0.88)
    _collar(dice, ink, centre, signed(dice, 0.3, 0.8) * buttoned, dice.uniform(3, 6))
    _front_line(
        dice,
        ink,
        centre + dice.normal(0, 0.25),
        signed(dice, 0.4, 0.85) * buttoned,
        dice.uniform(0.3, 0.6),
        dice.uniform(2, 6),
        dice.chance(0.7),
    )
    return cloth(dice, ink, plain=0.6)
