"""Airfoil self-noise: 1,503 measurements of how loud a wing section is in a wind tunnel.

Brooks, Pope, Marcolini (1989), NASA; published by the UCI repository, CC BY 4.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .locate import locate
from .registry import DataFile, DataSet, Download

if TYPE_CHECKING:
    import pandas as pd

_PATH = "airfoil/airfoil_self_noise.dat"
_SHA256 = "74c75fd71783f1e6b71f8a622b993dc592897a97cd689c5090a07147a1b097b3"

DATASET = DataSet(
    title="Airfoil self-noise",
    source="https://archive.ics.uci.edu/dataset/291/airfoil+self+noise",
    licence="CC BY 4.0, Brooks, Pope and Marcolini (NASA)",
    folder="airfoil",
    downloads=(
        Download(
            urls=(
                "https://archive.ics.uci.edu/ml/machine-learning-databases/00291/airfoil_self_noise.dat",
                "https://d2l-data.s3-accelerate.amazonaws.com/airfoil_self_noise.dat",
            ),
            sha256=_SHA256,
            files=(DataFile(_PATH, _SHA256, 59_984),),
        ),
    ),
)

COLUMNS = ("frequency", "angle", "chord", "velocity", "thickness", "sound")


def load_airfoil() -> pd.DataFrame:
    """Table of 1,503 measurements, five features and, last, the target.

    frequency: Hz; angle: of attack, degrees; chord: length of the wing section,
    m; velocity: of the wind, m/s; thickness: of the layer of slow air on the
    suction side, m; sound: scaled sound pressure level, dB.
    """
    import pandas as pd

    return pd.read_csv(locate("airfoil") / _PATH, sep="\t", names=list(COLUMNS)).astype(float)
