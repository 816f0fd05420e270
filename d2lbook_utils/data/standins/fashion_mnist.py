"""Drawn garments that stand in for Fashion-MNIST where it cannot be downloaded.

Every image is drawn from its own random measures (widths, sleeve and heel
lengths, tone, pattern, noise), so no two are alike. Lengths are in pixels.
A *profile* is one length per row (or column) and image, shape (n, 28);
an *ink* is a picture with values in [0, 1], shape (n, 28, 28), and the
background is exactly 0.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

VERSION = 2  # raise it whenever the drawings change

_SIDE = 28
_CHUNK = 500  # images drawn at a time, few enough to stay in the cache
_AXIS = np.arange(_SIDE, dtype=np.float32)
_ROWS, _COLUMNS = _AXIS[None, :, None], _AXIS[None, None, :]


class _Dice:
    """Random measures for n images, each of shape (n, 1)."""

    def __init__(self, rng: np.random.Generator, n: int):
        self.rng, self.n = rng, n

    def uniform(self, low, high):
        u = self.rng.random((self.n, 1), dtype=np.float32)
        return low + (high - low) * u

    def normal(self, mean, std):
        z = self.rng.standard_normal((self.n, 1), dtype=np.float32)
        return mean + std * np.clip(z, -2.5, 2.5)

    def chance(self, p):
        return self.rng.random((self.n, 1), dtype=np.float32) < p


def _cover(distance):
    """How much of a pixel is inked when its centre lies `distance` inside."""
    distance += 0.5
    return np.clip(distance, 0, 1, out=distance)


def _profile(t, *points):
    """Piecewise linear function of t through (knot, value) points."""
    knot, value = points[0]
    result = np.broadcast_to(value, t.shape).astype(np.float32)
    for next_knot, next_value in points[1:]:
        ramp = np.clip((t - knot) / (next_knot - knot), 0, 1)
        result += (next_value - value) * ramp
        knot, value = next_knot, next_value
    return result


def _between(low, high):
    """Ink of the rows or columns between two ends, (n, 1) -> (n, 28)."""
    return _cover(np.minimum(_AXIS - low, high - _AXIS))


def _columns_within(half_width, centre):
    """Ink within half_width (n, 28) of the centre column (n, 1)."""
    u = np.abs(_AXIS - centre)
    return _cover(half_width[:, :, None] - u[:, None, :])


def _ring(x, y, a, b, width):
    """Ink of an ellipse line with half axes a, b around (x, y)."""
    a, b, width = (v[:, :, None] for v in (a, b, width))
    r = np.sqrt(
        ((_COLUMNS - x[:, :, None]) / a) ** 2
        + ((_ROWS - y[:, :, None]) / b) ** 2
    )
    return _cover(width - np.abs(r - 1) * np.minimum(a, b))


def _cloth(dice, ink, plain=0.55):
    """Give ink a tone, shading, sometimes stripes, and woven grain."""
    n = dice.n
    tone = np.minimum(dice.uniform(0.4, 1.3), 1)
    along = 1 + dice.uniform(-0.15, 0.15) * (_AXIS - 14) / 14
    across = 1 - dice.uniform(0, 0.25) * ((_AXIS - 13.5) / 10) ** 2
    for pattern in (along, across):
        striped = dice.chance((1 - plain) / 2)
        wave = np.sin(
            dice.uniform(0.7, 2.2) * _AXIS + dice.uniform(0, 6.3)
        )
        depth = dice.uniform(0.1, 0.5) * striped
        pattern *= 1 - depth * (wave > 0)
    ink *= (tone * along)[:, :, None]
    ink *= across[:, None, :]
    noise = dice.rng.random((n, _SIDE, _SIDE), dtype=np.float32)
    grain = np.where(dice.chance(0.08), 0.5, dice.uniform(0.03, 0.2))
    noise *= grain[:, :, None]
    np.subtract(1, noise, out=noise)
    ink *= noise
    return ink


def _signed(dice, low, high, lighter=0.5):
    """A contrast of random sign and a size between low and high."""
    return dice.uniform(low, high) * np.where(dice.chance(lighter), 1, -1)


def _print(dice, ink, share):
    """A printed badge on the chest of some garments, darker or lighter."""
    rows, columns = slice(6, 18), slice(8, 20)
    y, x = dice.uniform(9, 14), dice.uniform(12, 15)
    badge = _between(y - dice.uniform(1.5, 4), y + dice.uniform(1.5, 4))
    badge = badge[:, rows, None] * _between(
        x - dice.uniform(1.5, 5), x + dice.uniform(1.5, 5)
    )[:, None, columns]
    strength = _signed(dice, 0.25, 0.7) * dice.chance(share)
    ink[:, rows, columns] *= 1 + strength[:, :, None] * badge


def _upper(dice, *, shoulder, chest, waist, hem, sleeve, top, bottom, reach):
    """Silhouette of a garment with a neck and sleeves.

    sleeve: where the sleeves end, as a fraction of the length (0: none).
    reach: how far the sleeve ends stand out from the centre, in pixels.
    Returns the ink and the centre column.
    """
    centre = dice.normal(13.5, 0.3)
    size = dice.normal(1, 0.07)
    shoulder, chest, waist, hem, reach = (
        size * length for length in (shoulder, chest, waist, hem, reach)
    )
    t = (_AXIS - top) / (bottom - top)
    body = _profile(
        t, (0, shoulder - 2.2), (0.08, shoulder), (0.3, chest),
        (0.6, waist), (1, hem),
    )
    end = np.maximum(sleeve, 0.02)
    outer = _profile(
        t, (0.02, shoulder - 1),
        (0.25 * end + 0.03, shoulder + 0.5 * (reach - shoulder)),
        (0.5 * end + 0.05, shoulder + 0.8 * (reach - shoulder)),
        (end + 0.08, reach),
    )
    worn = np.clip((end - t) * 14 + 0.5, 0, 1) * (sleeve > 0)
    edge = body + np.maximum(outer - body, 0) * worn
    ink = _columns_within(edge, centre)
    # The slit between arm and body, from the armpit to the sleeve's end.
    armpit = dice.uniform(0.3, 0.4)
    slit = dice.uniform(0.3, 1.1) * np.clip((t - armpit) * 6, 0, 1) * worn
    u = np.abs(_AXIS - centre)
    distance = slit[:, :, None] - np.abs(
        u[:, None, :] - (body + slit)[:, :, None]
    )
    ink *= 1 - dice.uniform(0.6, 1)[:, :, None] * np.clip(distance, 0, 1)
    ink *= _between(top, bottom)[:, :, None]
    return ink, centre


def _neckline(dice, ink, centre, width, depth):
    """Cut a neck opening of the given half width and depth."""
    rows = slice(0, 9)
    opening = width * np.sqrt(np.clip(1 - (_AXIS[rows] / depth) ** 2, 0, 1))
    u = np.abs(_AXIS - centre)
    cut = _cover(opening[:, :, None] - u[:, None, :] - 0.5)
    ink[:, rows] *= 1 - cut


def _collar(dice, ink, centre, strength, depth):
    """Two lapels that meet in a V, lighter or darker than the cloth."""
    rows = slice(0, 11)
    arm = 4 * np.clip(1 - _AXIS[rows] / depth, -0.5, 1)
    u = np.abs(_AXIS - centre)
    lapel = _cover(0.4 - np.abs(u[:, None, :] - arm[:, :, None]))
    ink[:, rows] *= 1 + strength[:, :, None] * lapel


def _front_line(dice, ink, centre, strength, width, top, buttons):
    """A zip or button line down the front, lighter or darker."""
    columns = slice(9, 19)
    line = _cover(width - np.abs(_AXIS[columns] - centre))[:, None, :]
    phase = dice.uniform(0, 6.3)
    dots = 1 - buttons * (np.sin(1.6 * _AXIS + phase) < 0.2)
    rows = (dots * (_AXIS > top))[:, :, None]
    ink[:, :, columns] *= 1 + strength[:, :, None] * rows * line


def _t_shirt(dice):
    length = np.where(dice.chance(0.12), 0, dice.normal(0.3, 0.06))
    ink, centre = _upper(
        dice, shoulder=dice.normal(6.6, 0.6), chest=dice.normal(6.5, 0.6),
        waist=dice.normal(6.2, 0.7), hem=dice.normal(6.6, 0.7),
        sleeve=length, reach=dice.normal(11, 1.0),
        top=dice.uniform(-0.5, 0.8), bottom=dice.normal(26.6, 0.7),
    )
    _neckline(dice, ink, centre, dice.uniform(2, 3.3), dice.uniform(1.5, 5))
    _print(dice, ink, 0.7)
    return _cloth(dice, ink)


def _trouser(dice):
    centre = dice.normal(13.5, 0.4)
    t = _AXIS / dice.uniform(26, 28)
    outer = _profile(
        t, (0, dice.normal(3.6, 0.4)), (0.2, dice.normal(4.8, 0.5)),
        (0.6, dice.normal(4.9, 0.5)), (1, dice.normal(5.0, 0.7)),
    )
    crotch = dice.uniform(0.25, 0.45)
    gap = _profile(t, (0.2, -2.0), (crotch, 0.0), (1, dice.uniform(0.5, 2.2)))
    gap = np.where(dice.chance(0.08), -2, gap)
    ink = _columns_within(outer, centre) - _columns_within(gap, centre)
    ink *= _between(dice.uniform(-0.5, 0.5), dice.uniform(26, 27.5))[:, :, None]
    return _cloth(dice, ink, plain=0.8)


def _pullover(dice):
    ink, centre = _upper(
        dice, shoulder=dice.normal(6.4, 0.5), chest=dice.normal(6.6, 0.6),
        waist=dice.normal(6.5, 0.7), hem=dice.normal(6.5, 0.7),
        sleeve=dice.normal(0.93, 0.08), reach=dice.normal(11.2, 0.9),
        top=dice.uniform(-0.5, 0.8), bottom=dice.normal(25.9, 0.7),
    )
    _neckline(dice, ink, centre, dice.uniform(1.8, 3.2), dice.uniform(1, 3.5))
    _print(dice, ink, 0.65)
    return _cloth(dice, ink)


def _dress(dice):
    length = np.where(dice.chance(0.55), 0, dice.uniform(0.2, 0.7))
    ink, centre = _upper(
        dice, shoulder=dice.normal(4.9, 0.8), chest=dice.normal(4.7, 0.8),
        waist=dice.normal(4.2, 0.9), hem=dice.normal(5.8, 1.2),
        sleeve=length, reach=dice.normal(7.8, 1.1),
        top=dice.uniform(-0.5, 0.6), bottom=dice.uniform(26.4, 27.5),
    )
    _neckline(dice, ink, centre, dice.uniform(2, 3.4), dice.uniform(1.5, 5))
    return _cloth(dice, ink, plain=0.7)


def _coat(dice):
    ink, centre = _upper(
        dice, shoulder=dice.normal(6.2, 0.5), chest=dice.normal(6.6, 0.6),
        waist=dice.normal(6.6, 0.7), hem=dice.normal(7.3, 0.8),
        sleeve=dice.normal(0.87, 0.08), reach=dice.normal(11.0, 0.9),
        top=dice.uniform(-0.5, 0.7), bottom=dice.normal(27.1, 0.4),
    )
    _neckline(dice, ink, centre, dice.uniform(1.6, 3), dice.uniform(1, 3))
    _collar(dice, ink, centre, _signed(dice, 0.2, 0.7), dice.uniform(5, 10))
    _front_line(
        dice, ink, centre + dice.normal(0, 0.35),
        _signed(dice, 0.35, 0.85, lighter=0.2),
        dice.uniform(0.5, 1.1), dice.uniform(2, 6), dice.chance(0.15),
    )
    return _cloth(dice, ink, plain=0.75)


def _shirt(dice):
    """Between T-shirt, pullover and coat: any sleeve, sometimes a placket."""
    short = dice.chance(0.4)
    length = np.where(short, dice.normal(0.34, 0.08), dice.normal(0.92, 0.08))
    reach = np.where(short, dice.normal(10.8, 1.0), dice.normal(11, 0.8))
    ink, centre = _upper(
        dice, shoulder=dice.normal(6.3, 0.6), chest=dice.normal(6.6, 0.6),
        waist=dice.normal(6.3, 0.7), hem=dice.normal(6.7, 0.7),
        sleeve=length, reach=reach,
        top=dice.uniform(-0.5, 0.8), bottom=dice.normal(26.7, 0.6),
    )
    _neckline(dice, ink, centre, dice.uniform(1.7, 3.2), dice.uniform(1, 4))
    buttoned = dice.chance(0.88)
    _collar(
        dice, ink, centre, _signed(dice, 0.3, 0.8) * buttoned,
        dice.uniform(3, 6),
    )
    _front_line(
        dice, ink, centre + dice.normal(0, 0.25),
        _signed(dice, 0.4, 0.85) * buttoned, dice.uniform(0.3, 0.6),
        dice.uniform(2, 6), dice.chance(0.7),
    )
    return _cloth(dice, ink, plain=0.6)


def _shoe(top, bottom):
    """Ink between two column profiles (n, 28)."""
    return _cover(
        np.minimum(_ROWS - top[:, None, :], bottom[:, None, :] - _ROWS)
    )


def _bands(dice, width):
    """Slanted bands of the given width, one set per image."""
    slope = dice.uniform(0.6, 1.6)[:, :, None]
    wave = _COLUMNS + slope * _ROWS + dice.uniform(0, 9)[:, :, None]
    return wave % dice.uniform(2.5, 5)[:, :, None] < width


def _sneaker(dice):
    height = np.clip(dice.normal(12.8, 2.6), 8, 20)
    ground = 14 + height / 2
    t = (_AXIS - dice.uniform(-0.5, 0.8)) / 27
    toe, opening = dice.uniform(4, 5.5), dice.uniform(0.42, 0.68)
    top = ground - _profile(
        t, (-0.05, 0), (0.03, toe - 1.5), (0.15, toe),
        (0.6 * opening, 0.45 * toe + 0.5 * height), (opening, height),
        (opening + 0.15, height - dice.uniform(0, 3.5)),
        (0.96, height - dice.uniform(0, 1.5)), (1.06, 0),
    )
    bottom = ground - _profile(t, (0, dice.uniform(0.3, 1.5)), (0.15, 0))
    ink = _shoe(top, bottom)
    sole = ground - dice.uniform(1.2, 2.6)
    white = _cover(_AXIS - sole)[:, :, None]
    ink *= 1 + _signed(dice, 0.15, 0.5)[:, :, None] * white
    # Laces: slanted dark bands on the instep.
    instep = (t > 0.25) & (t < dice.uniform(0.3, 0.7))
    laces = _bands(dice, 1.2) * instep[:, None, :] * (1 - white)
    ink *= 1 - dice.uniform(0, 0.7)[:, :, None] * laces
    return _cloth(dice, ink, plain=0.9)


def _ankle_boot(dice):
    height = np.clip(dice.normal(20.3, 3.8), 12, 27.5)
    ground = 14 + height / 2
    t = (_AXIS - dice.uniform(-0.5, 1.5)) / 26.5
    toe, ankle = dice.uniform(4.5, 7), dice.uniform(0.36, 0.5)
    rise = dice.uniform(1, 4)
    heel = dice.uniform(0.5, 0.32 * height - 1)
    heel = np.where(dice.chance(0.35), 0.2, heel)
    top = ground - _profile(
        t, (-0.04, 0.5), (0.03, toe - 1), (0.15, toe + 0.3 * heel),
        (ankle, toe + rise + 0.6 * heel), (ankle + dice.uniform(0.06, 0.2), height),
        (0.9, height - dice.uniform(0, 1.5)), (0.99, height - 1), (1.03, 0),
    )
    width = dice.uniform(0.12, 0.32)
    bottom = ground - _profile(
        t, (0.3, 0.3), (0.45, heel * 0.5), (0.93 - width, heel),
        (0.97 - width, 0.0),
    )
    ink = _shoe(top, bottom)
    sole = ground - dice.uniform(0.8, 2.2)
    below = _cover(_AXIS - sole)[:, :, None]
    ink *= 1 + _signed(dice, 0.1, 0.5)[:, :, None] * below
    seam = _cover(dice.uniform(0.2, 0.7) - np.abs(t * 27 - dice.uniform(13, 22)))
    ink *= 1 + _signed(dice, 0, 0.4)[:, :, None] * seam[:, None, :]
    return _cloth(dice, ink, plain=0.9)


def _sandal(dice):
    heeled = dice.chance(0.5)
    heel = np.where(heeled, dice.uniform(4, 13), dice.uniform(0, 2))
    leg = np.where(heeled, dice.uniform(3, 10), dice.uniform(3, 9))
    height = heel + leg + 2
    ground = 14 + height / 2
    t = (_AXIS - dice.uniform(-0.5, 1.5)) / 26.5
    bed = ground - 1.5 - _profile(
        t, (0.2, 0), (0.45, 0.25 * heel), (0.75, heel), (1, 1.05 * heel)
    )
    thick = dice.uniform(0.8, 2.2)
    under = np.minimum(bed + thick, ground)
    wedge = dice.chance(0.3)
    stiletto = _profile(t, (0.86, 0), (dice.uniform(0.88, 0.94), 1)) > 0.5
    under = np.where(wedge & (t > 0.35) | stiletto, ground, under)
    inside = (t > -0.02) & (t < 1.01)
    sole = _shoe(np.where(inside, bed, 40), under)
    straps = np.zeros_like(sole)
    toe, ankle = dice.uniform(0.12, 0.32), dice.uniform(0.72, 0.85)
    for place, a, b in (
        (toe, dice.uniform(3, 5.5), dice.uniform(2, 3.8)),
        (ankle, dice.uniform(2.5, 4), leg),
    ):
        x = 26.5 * place
        y = np.take_along_axis(bed, x.astype(np.int64), axis=1)
        ring = _ring(x, y, a, b, dice.uniform(0.3, 1.3))
        np.maximum(straps, ring * dice.uniform(0.6, 1)[:, :, None], out=straps)
    vamp = bed - _profile(
        t, (-0.02, 0), (0.15, 3), (0.5, 0.8 * leg), (0.8, leg), (1.02, 0.9 * leg)
    )
    weave = _bands(dice, dice.uniform(1, 4)[:, :, None]) * _shoe(vamp, bed)
    woven = dice.chance(0.35)[:, :, None]
    np.copyto(straps, weave, where=woven)
    straps *= _ROWS <= bed[:, None, :]
    return _cloth(dice, np.maximum(sole, straps), plain=0.9)


def _bag(dice):
    centre = dice.normal(13.5, 0.4)
    tall = dice.uniform(12, 21)
    handle = np.where(dice.chance(0.8), dice.uniform(2, 27 - tall), 0)
    top = (_SIDE - tall - handle) / 2 + handle
    bottom = top + tall - 0.5
    t = (_AXIS - top) / tall
    wide = dice.uniform(9, 13.5)
    half = _profile(
        t, (0, wide - dice.uniform(-0.5, 3)), (0.15, wide - dice.uniform(0, 1)),
        (0.9, wide), (1, wide - dice.uniform(0, 1.5)),
    )
    ink = _columns_within(half, centre) * _between(top, bottom)[:, :, None]
    flap = _cover(0.3 - np.abs(t * tall - tall * dice.uniform(0.2, 0.6)))
    ink *= 1 + _signed(dice, 0, 0.6)[:, :, None] * flap[:, :, None]
    _print(dice, ink, 0.5)
    arc = _ring(
        centre, top + 0.5, dice.uniform(3, 8), np.maximum(handle, 0.5),
        dice.uniform(0.2, 0.7),
    )
    arc *= (_ROWS <= top[:, :, None]) & (handle > 0)[:, :, None]
    return _cloth(dice, np.maximum(ink, arc), plain=0.75)


_GARMENTS = (
    _t_shirt, _trouser, _pullover, _dress, _coat,
    _sandal, _shirt, _sneaker, _bag, _ankle_boot,
)


def draw(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw n garments, a tenth of each class, in random order.

    Returns images, uint8 of shape (n, 28, 28), and labels, uint8 of shape (n,).
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(n) % 10).astype(np.uint8)
    images = np.empty((n, _SIDE, _SIDE), dtype=np.uint8)
    for label, garment in enumerate(_GARMENTS):
        places = np.flatnonzero(labels == label)
        for start in range(0, len(places), _CHUNK):
            chunk = places[start : start + _CHUNK]
            ink = garment(_Dice(rng, len(chunk)))
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
