"""Generated measurements that stand in for the airfoil data where it cannot be downloaded.

A wing section in a wind tunnel is loudest near one frequency, which rises
with the wind and falls with the thickness of the layer of slow air on it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

VERSION = 1  # raise it whenever the numbers change

_FREQUENCIES = (200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000,
                6300, 8000, 10000, 12500, 16000, 20000)  # fmt: skip  # Hz, the third-octave bands
_ANGLES = (0, 1.5, 2, 3, 4, 4.8, 5.4, 7.3, 8.9, 9.9, 12.3, 12.6, 15.4, 17.4, 22.2)  # degrees
_CHORDS = (0.0254, 0.0508, 0.1016, 0.1524, 0.2286, 0.3048)  # m
_SPEEDS = (31.7, 39.6, 55.5, 71.3)  # m/s
_ROWS = 1503


def write(root: Path) -> None:
    """Write airfoil/airfoil_self_noise.dat, tab-separated like the original, below root."""
    rng = np.random.default_rng(0)
    frequency = rng.choice(_FREQUENCIES, _ROWS, p=_bell(len(_FREQUENCIES)))
    chord, speed = rng.choice(_CHORDS, _ROWS), rng.choice(_SPEEDS, _ROWS)
    angle = rng.choice(_ANGLES, _ROWS) * (1.2 - 1.5 * chord)
    thickness = 0.0015 * np.exp(0.14 * angle + 2.5 * chord + 0.25 * rng.standard_normal(_ROWS))
    octaves_off = np.log2(frequency / (130 * speed / (1 + 250 * thickness + 12 * chord)))
    sound = (
        133
        + 18 * np.log10(speed / 71.3)
        - 28 * np.tanh(octaves_off**2 / 22)
        - 14 * chord
        - 0.15 * angle
        + 2.9 * rng.standard_normal(_ROWS)
    )
    path = root / "airfoil" / "airfoil_self_noise.dat"
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = np.column_stack([frequency, angle, chord, speed, thickness, sound])
    np.savetxt(path, columns, delimiter="\t", newline="\r\n", fmt=("%d", "%.1f", "%.4f", "%.1f", "%.9g", "%.3f"))


def _bell(n):
    weights = np.exp(-0.5 * ((np.arange(n) - 9.5) / 5) ** 2)
    return weights / weights.sum()
