"""Generated houses that stand in for the Ames house prices where the files cannot be had.

The columns, their codes, the rough shares of the codes and the pattern of
missing cells are those of the competition's files; every house is invented. A
house has a neighbourhood, an age and a quality, and these decide, with chance,
about everything else. The logarithm of its price is a sum of effects, some of
which depend on each other, and noise. Two huge houses, 524 and 1299, are cheap.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

VERSION = 1  # raise it whenever the numbers change

_TRAIN, _TEST = 1460, 1459
# Two huge, cheap houses; Id: living area, area of the basement, of the lot, year of the sale, price
_OUTLIERS = {524: (4_700, 3_200, 41_000, 2007, 185_000), 1299: (5_600, 6_000, 62_000, 2008, 162_000)}

_COLUMNS = """
Id MSSubClass MSZoning LotFrontage LotArea Street Alley LotShape LandContour Utilities LotConfig LandSlope
Neighborhood Condition1 Condition2 BldgType HouseStyle OverallQual OverallCond YearBuilt YearRemodAdd RoofStyle
RoofMatl Exterior1st Exterior2nd MasVnrType MasVnrArea ExterQual ExterCond Foundation BsmtQual BsmtCond BsmtExposure
BsmtFinType1 BsmtFinSF1 BsmtFinType2 BsmtFinSF2 BsmtUnfSF TotalBsmtSF Heating HeatingQC CentralAir Electrical
1stFlrSF 2ndFlrSF LowQualFinSF GrLivArea BsmtFullBath BsmtHalfBath FullBath HalfBath BedroomAbvGr KitchenAbvGr
KitchenQual TotRmsAbvGrd Functional Fireplaces FireplaceQu GarageType GarageYrBlt GarageFinish GarageCars GarageArea
GarageQual GarageCond PavedDrive WoodDeckSF OpenPorchSF EnclosedPorch 3SsnPorch ScreenPorch PoolArea PoolQC Fence
MiscFeature MiscVal MoSold YrSold SaleType SaleCondition SalePrice
""".split()

# Neighbourhood: share in 1000, typical year, spread of years, level of quality and price
_HOODS = {
    "NAmes": (154, 1960, 9, -0.3), "CollgCr": (103, 2000, 10, 0.4), "OldTown": (77, 1922, 20, -0.9),
    "Edwards": (68, 1954, 25, -0.8), "Somerst": (59, 2005, 3, 0.8), "Gilbert": (54, 1999, 6, 0.3),
    "NridgHt": (53, 2006, 2, 1.8), "Sawyer": (51, 1965, 10, -0.5), "NWAmes": (50, 1976, 6, 0.2),
    "SawyerW": (40, 1990, 12, 0.2), "BrkSide": (40, 1929, 12, -0.7), "Crawfor": (35, 1940, 20, 0.7),
    "Mitchel": (34, 1982, 14, -0.1), "NoRidge": (28, 1995, 3, 1.7), "Timber": (26, 1998, 15, 1.0),
    "IDOTRR": (25, 1922, 13, -1.3), "ClearCr": (19, 1966, 17, 0.6), "StoneBr": (17, 2000, 8, 1.8),
    "SWISU": (17, 1925, 9, -0.6), "MeadowV": (12, 1972, 3, -1.4), "Blmngtn": (12, 2005, 1, 0.6),
    "BrDale": (11, 1971, 1, -1.2), "Veenker": (8, 1978, 8, 1.0), "NPkVill": (6, 1976, 1, -0.3),
    "Blueste": (2, 1980, 1, -0.4),
}

# Column: how much the quality decides, and the levels from best to worst with their shares
_WORDS = {
    "MSZoning": (0.4, {"FV": 60, "RL": 1150, "RH": 16, "RM": 220, "C (all)": 10}),
    "Street": (0.1, {"Pave": 1450, "Grvl": 6}),
    "Alley": (0.3, {"Pave": 40, "Grvl": 50}),
    "LotShape": (0.3, {"IR2": 40, "IR1": 480, "IR3": 10, "Reg": 920}),
    "LandContour": (0.1, {"HLS": 50, "Low": 35, "Lvl": 1310, "Bnk": 60}),
    "Utilities": (0.0, {"AllPub": 1460, "NoSeWa": 1}),
    "LotConfig": (0.1, {"CulDSac": 100, "FR3": 4, "Corner": 260, "Inside": 1050, "FR2": 50}),
    "LandSlope": (0.0, {"Sev": 13, "Mod": 60, "Gtl": 1380}),
    "Condition1": (0.2, {"PosA": 8, "PosN": 19, "RRNn": 5, "RRNe": 2, "RRAn": 25, "Norm": 1260, "RRAe": 11,
                         "Feedr": 80, "Artery": 50}),
    "Condition2": (0.2, {"PosA": 1, "PosN": 2, "Norm": 1440, "RRAe": 1, "RRAn": 1, "RRNn": 2, "Feedr": 6,
                         "Artery": 2}),
    "RoofStyle": (0.2, {"Hip": 290, "Shed": 2, "Flat": 13, "Gable": 1140, "Mansard": 7, "Gambrel": 11}),
    "RoofMatl": (0.2, {"WdShngl": 6, "Membran": 1, "WdShake": 5, "CompShg": 1430, "Tar&Grv": 11, "Metal": 1,
                       "ClyTile": 1, "Roll": 1}),
    "Exterior1st": (0.6, {"ImStucc": 1, "Stone": 2, "CemntBd": 60, "VinylSd": 520, "BrkFace": 50, "Plywood": 110,
                          "HdBoard": 220, "Stucco": 25, "MetalSd": 220, "Wd Sdng": 210, "WdShing": 25,
                          "AsbShng": 20, "BrkComm": 2, "AsphShn": 1, "CBlock": 1}),
    "Exterior2nd": (0.6, {"Other": 1, "ImStucc": 10, "CmentBd": 60, "VinylSd": 500, "BrkFace": 25, "Stone": 5,
                          "HdBoard": 210, "Plywood": 140, "MetalSd": 210, "Stucco": 25, "Wd Sdng": 200,
                          "Wd Shng": 40, "Brk Cmn": 7, "AsbShng": 20, "AsphShn": 3, "CBlock": 1}),
    "MasVnrType": (0.5, {"Stone": 130, "BrkFace": 440, "BrkCmn": 15}),
    "ExterQual": (0.9, {"Ex": 50, "Gd": 490, "TA": 910, "Fa": 14}),
    "ExterCond": (0.1, {"Ex": 3, "Gd": 150, "TA": 1280, "Fa": 30, "Po": 1}),
    "Foundation": (0.8, {"PConc": 650, "Wood": 3, "CBlock": 630, "Stone": 6, "BrkTil": 150, "Slab": 25}),
    "BsmtQual": (0.8, {"Ex": 120, "Gd": 620, "TA": 650, "Fa": 35}),
    "BsmtCond": (0.3, {"Gd": 60, "TA": 1310, "Fa": 40, "Po": 2}),
    "BsmtExposure": (0.4, {"Gd": 130, "Av": 220, "Mn": 110, "No": 950}),
    "BsmtFinType1": (0.5, {"GLQ": 420, "ALQ": 220, "BLQ": 150, "Rec": 130, "LwQ": 70, "Unf": 430}),
    "BsmtFinType2": (0.0, {"GLQ": 14, "ALQ": 19, "BLQ": 35, "Rec": 50, "LwQ": 50, "Unf": 1260}),
    "Heating": (0.5, {"GasA": 1430, "GasW": 18, "OthW": 2, "Wall": 4, "Grav": 7, "Floor": 1}),
    "HeatingQC": (0.7, {"Ex": 740, "Gd": 240, "TA": 430, "Fa": 50, "Po": 1}),
    "CentralAir": (0.6, {"Y": 1360, "N": 100}),
    "Electrical": (0.5, {"SBrkr": 1330, "FuseA": 90, "FuseF": 25, "FuseP": 3, "Mix": 1}),
    "KitchenQual": (0.85, {"Ex": 100, "Gd": 590, "TA": 740, "Fa": 40}),
    "Functional": (0.2, {"Typ": 1360, "Min1": 30, "Min2": 35, "Mod": 15, "Maj1": 14, "Maj2": 5, "Sev": 1}),
    "FireplaceQu": (0.6, {"Ex": 25, "Gd": 380, "TA": 310, "Fa": 35, "Po": 20}),
    "GarageType": (0.5, {"BuiltIn": 90, "Attchd": 870, "Basment": 19, "2Types": 6, "Detchd": 390, "CarPort": 9}),
    "GarageFinish": (0.7, {"Fin": 350, "RFn": 420, "Unf": 600}),
    "GarageQual": (0.2, {"Ex": 3, "Gd": 14, "TA": 1310, "Fa": 50, "Po": 3}),
    "GarageCond": (0.2, {"Ex": 2, "Gd": 9, "TA": 1330, "Fa": 35, "Po": 7}),
    "PavedDrive": (0.5, {"Y": 1340, "P": 30, "N": 90}),
    "Fence": (0.1, {"GdPrv": 60, "MnPrv": 160, "GdWo": 50, "MnWw": 11}),
    "SaleType": (0.5, {"New": 120, "Con": 2, "WD": 1270, "CWD": 4, "ConLI": 5, "ConLD": 9, "COD": 40, "ConLw": 5,
                       "Oth": 3}),
    "SaleCondition": (0.4, {"Partial": 120, "Normal": 1200, "Alloca": 12, "Family": 20, "Abnorml": 100,
                            "AdjLand": 4}),
    "BldgType": (0.2, {"TwnhsE": 110, "1Fam": 1220, "Twnhs": 40, "2fmCon": 30, "Duplex": 50}),
    "HouseStyle": (0.3, {"2.5Fin": 8, "2Story": 440, "1Story": 730, "SLvl": 60, "2.5Unf": 11, "1.5Fin": 150,
                         "SFoyer": 35, "1.5Unf": 14}),
    "OverallQual": (0.97, {10: 18, 9: 40, 8: 170, 7: 320, 6: 370, 5: 400, 4: 120, 3: 20, 2: 3, 1: 2}),
    "OverallCond": (-0.1, {9: 20, 8: 70, 7: 200, 6: 250, 5: 820, 4: 60, 3: 25, 2: 5, 1: 1}),
    "Fireplaces": (0.5, {3: 5, 2: 120, 1: 650}),
    "GarageCars": (0.75, {4: 5, 3: 180, 2: 820, 1: 370}),
    "YrSold": (0.0, {2006: 310, 2007: 330, 2008: 300, 2009: 340, 2010: 180}),
    "MoSold": (0.0, {1: 60, 2: 50, 3: 110, 4: 140, 5: 200, 6: 250, 7: 230, 8: 120, 9: 60, 10: 90, 11: 80, 12: 60}),
}
_ONLY_IN_TRAINING = {
    "Utilities": "NoSeWa", "Condition2": "RRAe RRAn RRNn", "HouseStyle": "2.5Fin",
    "RoofMatl": "Membran Metal ClyTile Roll",
    "Exterior1st": "ImStucc Stone", "Exterior2nd": "Other", "Heating": "OthW Floor", "Electrical": "Mix",
    "GarageQual": "Ex",
}

# Houses without a thing: in the training and in the test set
_WITHOUT = {"MasVnrType": (872, 893), "Fireplaces": (690, 730), "GarageCars": (81, 76), "Basement": (37, 42)}

# Missing cells of one column alone: in the training and in the test set
_GAPS = {
    "MSZoning": (0, 4), "LotFrontage": (259, 227), "Alley": (1369, 1352), "Utilities": (0, 2), "Exterior1st": (0, 1),
    "MasVnrType": (0, 1), "BsmtCond": (0, 3), "BsmtQual": (0, 2), "BsmtExposure": (1, 2), "BsmtFinType2": (1, 0),
    "Electrical": (1, 0), "KitchenQual": (0, 1), "Functional": (0, 2), "Fence": (1179, 1169), "SaleType": (0, 1),
}
_GARAGE = ("GarageYrBlt", "GarageFinish", "GarageQual", "GarageCond")
_BASEMENT_WORDS = ("BsmtQual", "BsmtCond", "BsmtExposure", "BsmtFinType1", "BsmtFinType2")
_BASEMENT_AREAS = ("BsmtFinSF1", "BsmtFinSF2", "BsmtUnfSF", "TotalBsmtSF")


def write(root: Path) -> None:
    """Write the training and the test file, comma-separated like the originals, below root."""
    folder = root / "house-prices"
    folder.mkdir(parents=True)
    parts = (("train", _TRAIN, 1), ("test", _TEST, _TRAIN + 1))
    for split, n, first_id in parts:
        houses = draw(n, first_id, split == "train")
        names = _COLUMNS if split == "train" else _COLUMNS[:-1]
        path = folder / f"kaggle_house_pred_{split}.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(names)
            rows.writerows(zip(*(houses[name] for name in names)))


def draw(n: int, first_id: int, training: bool) -> dict[str, list]:
    """Draw n houses; returns column -> values, whole numbers or words, "NA" where missing."""
    part = 0 if training else 1
    rng = np.random.default_rng(part)
    outliers = {house - first_id: facts for house, facts in _OUTLIERS.items() if training}
    hood = _deal(rng, rng.random(n), {name: facts[0] for name, facts in _HOODS.items()})
    typical, spread, level = np.array([_HOODS[name][1:] for name in hood]).T
    houses = {"Id": np.arange(first_id, first_id + n), "Neighborhood": hood}

    built = np.clip(typical + spread * rng.standard_normal(n), 1872, 2010).astype(int)
    quality = _unit(0.6 * level + 0.5 * (built - 1971) / 30 + 0.6 * rng.standard_normal(n))
    quality[list(outliers)] = 3.0
    for name, (share, levels) in _WORDS.items():
        luck = rng.standard_normal(n)
        if not training:
            only = _ONLY_IN_TRAINING.get(name, "").split()
            levels = {word: count for word, count in levels.items() if word not in only}
        score = share * quality + np.sqrt(1 - share**2) * luck
        houses[name] = _deal(rng, score, levels, _WITHOUT.get(name, (0, 0))[part])

    _areas(houses, rng, quality, _WITHOUT["Basement"][part])
    _rooms(houses, rng, quality)
    _years(houses, rng, built)
    houses["MSSubClass"] = _subclass(houses, training)
    for row, facts in outliers.items():
        _make_huge(houses, row, *facts[:-1])
    signal = _effects(houses, level, quality)
    spread = np.sqrt(0.40**2 - 0.11**2)
    log_price = 12.02 + spread * _unit(signal) + 0.11 * _noise(rng, n)
    houses["SalePrice"] = np.rint(np.exp(log_price) / 100).astype(int) * 100
    for row, (*_, price) in outliers.items():
        houses["SalePrice"][row] = price
    return _with_gaps(houses, rng, training)


def _unit(values):
    return (values - values.mean()) / values.std()


def _noise(rng, n):
    """Noise of standard deviation 1 with some large values."""
    return _unit(rng.standard_t(6, n))


def _deal(rng, score, shares, without=0):
    """Deal out levels by the rank of the score, the highest first; every level at least once.

    without: so many houses, those of lowest score, get 0 or "".
    """
    n, levels, share = len(score) - without, np.array(list(shares)), np.array(list(shares.values()))
    counts = np.maximum(1, rng.multinomial(n, share / share.sum()))
    counts[counts.argmax()] += n - counts.sum()
    dealt = np.zeros(len(score), levels.dtype)
    dealt[np.argsort(-score, kind="stable")[:n]] = np.repeat(levels, counts)
    return dealt


def _areas(houses, rng, quality, bare):
    n, style = len(quality), houses["HouseStyle"]
    story = np.isin(style, ["2Story", "2.5Fin", "2.5Unf"])
    half = np.isin(style, ["1.5Fin"])
    town = np.isin(houses["BldgType"], ["Twnhs", "TwnhsE"])
    living = 1350 * np.exp(0.17 * quality + 0.25 * story + 0.1 * half + 0.21 * rng.standard_normal(n))
    living = np.clip(living, 400, 3900)
    upper = living * np.where(story, rng.uniform(0.38, 0.55, n), np.where(half, rng.uniform(0.25, 0.42, n), 0))
    low = np.where(rng.random(n) < 0.02, rng.uniform(80, 500, n), 0).astype(int)
    houses["1stFlrSF"], houses["2ndFlrSF"] = (living - upper).astype(int), upper.astype(int)
    houses["LowQualFinSF"] = low
    houses["GrLivArea"] = houses["1stFlrSF"] + houses["2ndFlrSF"] + low

    without = np.zeros(n, bool)
    without[np.argsort(quality + rng.standard_normal(n))[:bare]] = True
    total = np.where(without, 0, houses["1stFlrSF"] * rng.uniform(0.85, 1.02, n)).astype(int)
    none = houses["BsmtFinType1"] == "Unf"
    first = np.where(none, 0, total * rng.beta(3, 2, n)).astype(int)
    second = np.where(houses["BsmtFinType2"] == "Unf", 0, (total - first) * rng.uniform(0.2, 1, n)).astype(int)
    for name, area in zip(_BASEMENT_AREAS, (first, second, total - first - second, total)):
        houses[name] = area
    houses["BsmtFullBath"] = ((first > 0) & (rng.random(n) < 0.6)) + 0 + (rng.random(n) < 0.01)
    houses["BsmtHalfBath"] = ((total > 0) & (rng.random(n) < 0.055)) + 0

    front = np.clip(70 * np.exp(np.where(town, -0.7, 0) + 0.05 * quality + 0.24 * rng.standard_normal(n)), 21, 313)
    depth = 125 * np.exp(0.22 * rng.standard_normal(n) + (rng.random(n) < 0.02) * rng.normal(1.2, 0.8, n))
    houses["LotFrontage"] = front.astype(int)
    houses["LotArea"] = np.clip(front * depth * np.exp(0.16 * rng.standard_normal(n)), 1300, 215_000).astype(int)
    houses["GarageArea"] = np.where(houses["GarageCars"] > 0, 100 + 205 * houses["GarageCars"]
                                    * np.exp(0.13 * rng.standard_normal(n)), 0).astype(int)
    veneer = 230 * np.exp(0.65 * rng.standard_normal(n))
    houses["MasVnrArea"] = np.where(houses["MasVnrType"] == "", 0, np.clip(veneer, 16, 1600)).astype(int)
    for name, share, size in (("WoodDeckSF", 0.48, 170), ("OpenPorchSF", 0.55, 65), ("EnclosedPorch", 0.14, 140),
                              ("3SsnPorch", 0.016, 190), ("ScreenPorch", 0.08, 180)):
        there = _deal(rng, np.where(name == "EnclosedPorch", -0.4, 0.4) * quality + rng.standard_normal(n),
                      {1: share, 0: 1 - share})
        houses[name] = (there * size * np.exp(0.5 * rng.standard_normal(n))).astype(int)


def _rooms(houses, rng, quality):
    n, size = len(quality), np.log(houses["GrLivArea"] / 1400)
    luck = rng.standard_normal((4, n))
    houses["BedroomAbvGr"] = np.clip(np.rint(2.9 + 1.3 * size + 0.6 * luck[0]), 0, 8).astype(int)
    houses["TotRmsAbvGrd"] = np.clip(np.rint(6.4 + 4.5 * size + 0.7 * luck[1]), 2, 14).astype(int)
    houses["FullBath"] = np.clip(np.rint(1.55 + 0.25 * quality + 0.6 * size + 0.35 * luck[2]), 0, 3).astype(int)
    houses["HalfBath"] = _deal(rng, 0.3 * quality + size + 0.5 * luck[3], {2: 12, 1: 535, 0: 913})
    kitchens = 1 + (houses["BldgType"] == "Duplex") + (rng.random(n) < 0.01)
    kitchens[rng.random(n) < 0.001] = 0
    houses["KitchenAbvGr"] = kitchens
    pools = np.zeros(n, int)
    where = rng.choice(n, 7 if n == _TRAIN else 6, replace=False)
    pools[where] = rng.integers(140, 740, len(where))
    houses["PoolArea"] = pools


def _years(houses, rng, built):
    n = len(built)
    built = np.minimum(built, houses["YrSold"])
    newest = np.argsort(-built, kind="stable")
    for name, new in (("SaleType", "New"), ("SaleCondition", "Partial")):
        houses[name] = _bring_forward(houses[name], new, newest)
    remodelled = built + rng.integers(0, 61, n) * (rng.random(n) < 0.55)
    houses["YearBuilt"] = built
    houses["YearRemodAdd"] = np.clip(np.minimum(remodelled, houses["YrSold"]), 1950, 2010)
    later = rng.integers(0, 30, n) * (houses["GarageType"] == "Detchd")
    houses["GarageYrBlt"] = np.clip(np.minimum(built + later, 2010), 1900, 2010)


def _bring_forward(values, word, order):
    """Swap values so that the word stands in the first places of the order."""
    values = values.copy()
    places = order[: (values == word).sum()]
    losing = places[values[places] != word]
    gaining = np.setdiff1d(np.flatnonzero(values == word), places)
    values[gaining], values[losing] = values[losing], word
    return values


def _subclass(houses, training):
    """The code of the kind of dwelling, which repeats the style, the type and the age."""
    codes = {"1Story": 20, "1.5Fin": 50, "1.5Unf": 45, "2Story": 60, "2.5Fin": 75, "2.5Unf": 75, "SFoyer": 85,
             "SLvl": 80}
    style, kind = houses["HouseStyle"], houses["BldgType"]
    code = np.array([codes[name] for name in style])
    old = houses["YearBuilt"] < 1946
    code[old & (code == 20)], code[old & (code == 60)] = 30, 70
    code[np.flatnonzero(code == 30)[:3]] = 40
    town = np.isin(kind, ["Twnhs", "TwnhsE"])
    code[town] = np.where(style[town] == "1Story", 120, np.where(np.isin(style[town], ["SLvl", "SFoyer"]), 180, 160))
    code[kind == "Duplex"], code[kind == "2fmCon"] = 90, 190
    if not training:
        code[np.flatnonzero(code == 120)[0]] = 150
    return code


def _make_huge(houses, row, area, basement, lot, year):
    upper, unfinished = area // 5, basement // 10
    facts = {
        "Neighborhood": "Edwards", "OverallQual": 10, "OverallCond": 5, "YearBuilt": year, "YearRemodAdd": year,
        "YrSold": year, "LotArea": lot, "1stFlrSF": area - upper, "2ndFlrSF": upper, "LowQualFinSF": 0,
        "GrLivArea": area, "BsmtFinType1": "GLQ", "BsmtFinSF1": basement - unfinished, "BsmtFinType2": "Unf",
        "BsmtFinSF2": 0, "BsmtUnfSF": unfinished, "TotalBsmtSF": basement, "FullBath": 3, "TotRmsAbvGrd": 12,
        "SaleType": "New", "SaleCondition": "Partial",
    }
    for name, value in facts.items():
        houses[name][row] = value


def _effects(houses, level, quality):
    """What a house is worth: the logarithm of its price up to scale and noise."""
    size = np.log(houses["GrLivArea"] / 1450)
    age = (houses["YrSold"] - houses["YearBuilt"]) / 30
    grade = houses["OverallQual"] - 6.1
    effect = 0.10 * level + 0.05 * quality + 0.075 * grade + 0.50 * size
    effect += 0.10 * houses["TotalBsmtSF"] / 1000 + 0.08 * houses["BsmtFinSF1"] / 1000
    effect += 0.09 * np.log(houses["LotArea"] / 9500) + 0.035 * houses["GarageCars"] + 0.03 * houses["Fireplaces"]
    effect += 0.03 * houses["BsmtFullBath"] + 0.03 * houses["FullBath"] - 0.05 * age
    effect += 0.02 * (houses["YearRemodAdd"] - 1985) / 20 + 0.035 * (houses["OverallCond"] - 5.6)
    effect += 0.06 * (houses["CentralAir"] == "Y") + 0.03 * (houses["SaleCondition"] == "Partial")
    effect -= 0.12 * (houses["SaleCondition"] == "Abnorml") + 0.35 * (houses["MSZoning"] == "C (all)")
    effect -= 0.08 * np.isin(houses["Functional"], ["Maj1", "Maj2", "Sev", "Mod"])
    effect -= 0.06 * np.isin(houses["Condition1"], ["Artery", "Feedr", "RRAe"])
    effect += 0.04 * np.isin(houses["KitchenQual"], ["Ex", "Gd"])
    # what no sum of single effects can say
    effect += 0.03 * grade * size + 0.03 * level * size - 0.20 * np.maximum(0, size - 0.35)
    effect += 0.03 * age * (houses["OverallCond"] - 5.6) + 0.05 * np.maximum(0, age - 2)
    effect += 0.05 * (houses["GarageCars"] >= 3) * (level > 0.5) - 0.01 * grade * np.maximum(age, 0)
    return effect


def _with_gaps(houses, rng, training):
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
    _put(cells, "PoolQC", pools, "Ex Gd Fa Gd Ex Gd Fa".split() if training else "NA NA NA Ex Gd Ex".split(), "NA")
    if not training:
        unknown = np.flatnonzero(garage)[[100, 200]]
        empty(_GARAGE, unknown)
        empty(["GarageCars", "GarageArea"], unknown[:1])
        bare = np.flatnonzero(~basement)
        empty(_BASEMENT_AREAS, bare[:1])
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
