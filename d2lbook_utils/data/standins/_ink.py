"""What garments are drawn with: random measures, profiles, inks and cloth.

Lengths are in pixels. A *profile* is one length per row (or column) and image, shape (n, 28); an *ink* is a picture
with values in [0, 1], shape (n, 28, 28), and the background is exactly 0.
"""

from __future__ import annotations

import numpy as np

SIDE = 28
AXIS = np.arange(SIDE, dtype=np.float32)
ROWS, COLUMNS = AXIS[None, :, None], AXIS[None, None, :]


class Dice:
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


def cover(distance):
    """How much of a pixel is inked when its centre lies `distance` inside."""
    distance += 0.5
    return np.clip(distance, 0, 1, out=distance)


def profile(t, *points):
    """Piecewise linear function of t through (knot, value) points."""
    knot, value = points[0]
    result = np.broadcast_to(value, t.shape).astype(np.float32)
    for next_knot, next_value in points[1:]:
        ramp = np.clip((t - knot) / (next_knot - knot), 0, 1)
        result += (next_value - value) * ramp
        knot, value = next_knot, next_value
    return result


def between(low, high):
    """Ink of the rows or columns between two ends, (n, 1) -> (n, 28)."""
    return cover(np.minimum(AXIS - low, high - AXIS))


def columns_within(half_width, centre):
    """Ink within half_width (n, 28) of the centre column (n, 1)."""
    u = np.abs(AXIS - centre)
    return cover(half_width[:, :, None] - u[:, None, :])


def ring(x, y, a, b, width):
    """Ink of an ellipse line with half axes a, b around (x, y)."""
    a, b, width = (v[:, :, None] for v in (a, b, width))
    r = np.sqrt(((COLUMNS - x[:, :, None]) / a) ** 2 + ((ROWS - y[:, :, None]) / b) ** 2)
    return cover(width - np.abs(r - 1) * np.minimum(a, b))


def cloth(dice, ink, plain=0.55):
    """Give ink a tone, shading, sometimes stripes, and woven grain."""
    n = dice.n
    tone = np.minimum(dice.uniform(0.4, 1.3), 1)
    along = 1 + dice.uniform(-0.15, 0.15) * (AXIS - 14) / 14
    across = 1 - dice.uniform(0, 0.25) * ((AXIS - 13.5) / 10) ** 2
    for pattern in (along, across):
        striped = dice.chance((1 - plain) / 2)
        wave = np.sin(dice.uniform(0.7, 2.2) * AXIS + dice.uniform(0, 6.3))
        depth = dice.uniform(0.1, 0.5) * striped
        pattern *= 1 - depth * (wave > 0)
    ink *= (tone * along)[:, :, None]
    ink *= across[:, None, :]
    noise = dice.rng.random((n, SIDE, SIDE), dtype=np.float32)
    grain = np.where(dice.chance(0.08), 0.5, dice.uniform(0.03, 0.2))
    noise *= grain[:, :, None]
    np.subtract(1, noise, out=noise)
    ink *= noise
    return ink


def signed(dice, low, high, lighter=0.5):
    """A contrast of random sign and a size between low and high."""
    return dice.uniform(low, high) * np.where(dice.chance(lighter), 1, -1)


def badge(dice, ink, share):
    """A printed badge on the chest of some garments, darker or lighter."""
    rows, columns = slice(6, 18), slice(8, 20)
    y, x = dice.uniform(9, 14), dice.uniform(12, 15)
    ink_of_badge = between(y - dice.uniform(1.5, 4), y + dice.uniform(1.5, 4))
    ink_of_badge = (
        ink_of_badge[:, rows, None] * between(x - dice.uniform(1.5, 5), x + dice.uniform(1.5, 5))[:, None, columns]
    )
    strength = signed(dice, 0.25, 0.7) * dice.chance(share)
    ink[:, rows, columns] *= 1 + strength[:, :, None] * ink_of_badge
