"""Airfoil self-noise: 1,503 measurements of how loud a wing section is in a wind tunnel.

Brooks, Pope, Marcolini (1989), NASA; published by the UCI repository, CC BY 4.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .locate import locate

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("frequency", "angle", "chord", "velocity", "thickness", "sound")


def load_airfoil() -> pd.DataFrame:
    """Table of 1,503 measurements, five features and, last, the target.

    frequency: Hz; angle: of attack, degrees; chord: length of the wing section,
    m; velocity: of the wind, m/s; thickness: of the layer of slow air on the
    suction side, m; sound: scaled sound pressure level, dB.
    """
    import pandas as pd

    from .standins.airfoil import VERSION, write

    root = locate("airfoil", VERSION, write)
    path = root / "airfoil" / "airfoil_self_noise.dat"
    return pd.read_csv(path, sep="\t", names=list(COLUMNS)).astype(float)
