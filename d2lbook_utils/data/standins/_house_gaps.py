"""Which cells of the generated houses are empty: as many, and together with the same others, as in the real files."""

from __future__ import annotations

import numpy as np

# Missing cells of one column alone: in the training and in the test set
_TABLE = """
MSZoning 0 4, LotFrontage 259 227, Alley 1369 1352, Utilities 0 2, Exterior1st 0 1, MasVnrType 0 1, BsmtCond 0 3,
BsmtQual 0 2, BsmtExposure 1 2, BsmtFinType2 1 0, Electrical 1 0, KitchenQual 0 1, Functional 0 2, Fence 1179 1169,
SaleType 0 1
"""
_ROWS = [line.split() for line in _TABLE.replace("\n", " ").split(",")]
_GAPS = {name: (int(training), int(test)) for name, training, test in _ROWS}
_GARAGE = ("GarageYrBlt", "GarageFinish", "GarageQual", "GarageCond")
_BASEMENT_WORDS = ("BsmtQual", "BsmtCond", "BsmtExposure", "BsmtFinType1", "BsmtFinType2")
BASEMENT_AREAS = ("BsmtFinSF1", "BsmtFinSF2", "BsmtUnfSF", "TotalBsmtSF")


def with_gaps(houses, rng, training):
    """Column -> list of values, "NA" where a cell is empty; houses maps columns to arrays."""
    part, n = (0 if training else 1), len(houses["Id"])
    cells = {name: values.tolist() for name, values in houses.items()}

    def empty(names, rows):
        for name in names:
            for row in rows:
                cells[name][row] = "NA"

    garage, basement = houses["GarageCars"] > 0, houses["TotalBsmtSF"] > 0
    empty(("GarageType", *_GARAGE), np.flatnonzero(~garage))
    empty(_BASEMENT_WORDS, np.flatnonzero(~basement))
    empty(["FireplaceQu"], np.flatnonzero(houses["Fireplaces"] == 0))
    plain = np.flatnonzero(houses["MasVnrType"] == "")
    for row in plain:
        cells["MasVnrType"][row] = "None"
    empty(["MasVnrType", "MasVnrArea"], rng.choice(plain, (8, 15)[part], replace=False))
    misc = rng.choice(n, n - (1406, 1408)[part], replace=False)
    words = ["Gar2", "Gar2", "Othr", "Othr", "TenC" if training else "Gar2"] + ["Shed"] * (len(misc) - 5)
    _put(cells, "MiscFeature", misc, words, "NA")
    _put(cells, "MiscVal", misc, (400 + 50 * rng.integers(0, 60, len(misc))).tolist(), 0)
    pools = np.flatnonzero(houses["PoolArea"] > 0)
    _put(
        cells,
        "PoolQC",
        pools,
        ["Ex", "Gd", "Fa", "Gd", "Ex", "Gd", "Fa"] if training else ["NA", "NA", "NA", "Ex", "Gd", "Ex"],
        "NA",
    )
    if not training:
        unknown = np.flatnonzero(garage)[[100, 200]]
        empty(_GARAGE, unknown)
        empty(["GarageCars", "GarageArea"], unknown[:1])
        bare = np.flatnonzero(~basement)
        empty(BASEMENT_AREAS, bare[:1])
        empty(["BsmtFullBath", "BsmtHalfBath"], bare[:2])
        empty(["Exterior2nd"], [7])
    for name, counts in _GAPS.items():
        if name == "MasVnrType":
            rows = np.flatnonzero(houses["MasVnrArea"] > 0)
        elif name.startswith("Bsmt"):
            rows = np.flatnonzero(basement)
        elif name == "Exterior1st":
            rows = [7]
        else:
            rows = np.arange(n)
        empty([name], rng.choice(rows, counts[part], replace=False))
    return cells


def _put(cells, name, rows, values, elsewhere):
    cells[name] = [elsewhere] * len(cells["Id"])
    for row, value in zip(rows, values):
        cells[name][row] = value
