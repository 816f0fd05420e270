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

from ._house_gaps import BASEMENT_AREAS, with_gaps
from ._house_tables import COLUMNS, HOODS, LEVELS, ONLY_IN_TRAINING, WITHOUT

VERSION = 1  # raise it whenever the numbers change

_TRAIN, _TEST = 1460, 1459
# Two huge, cheap houses; Id: living area, area of the basement, of the lot, year of the sale, price
_OUTLIERS = {524: (4_700, 3_200, 41_000, 2007, 185_000), 1299: (5_600, 6_000, 62_000, 2008, 162_000)}


def write(root: Path) -> None:
    """Write the training and the test file, comma-separated like the originals, below root."""
    folder = root / "house-prices"
    folder.mkdir(parents=True)
    parts = (("train", _TRAIN, 1), ("test", _TEST, _TRAIN + 1))
    for split, n, first_id in parts:
        houses = draw(n, first_id, split == "train")
        names = COLUMNS if split == "train" else COLUMNS[:-1]
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
    hood = _deal(rng, rng.random(n), {name: facts[0] for name, facts in HOODS.items()})
    typical, spread, level = np.array([HOODS[name][1:] for name in hood]).T
    houses = {"Id": np.arange(first_id, first_id + n), "Neighborhood": hood}

    built = np.clip(typical + spread * rng.standard_normal(n), 1872, 2010).astype(int)
    quality = _unit(0.6 * level + 0.5 * (built - 1971) / 30 + 0.6 * rng.standard_normal(n))
    quality[list(outliers)] = 3.0
    for name, (share, levels) in LEVELS.items():
        luck = rng.standard_normal(n)
        if not training:
            only = ONLY_IN_TRAINING.get(name, [])
            levels = {word: count for word, count in levels.items() if word not in only}
        score = share * quality + np.sqrt(1 - share**2) * luck
        houses[name] = _deal(rng, score, levels, WITHOUT.get(name, (0, 0))[part])

    _areas(houses, rng, quality, WITHOUT["Basement"][part])
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
    return with_gaps(houses, rng, training)


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
    for name, area in zip(BASEMENT_AREAS, (first, second, total - first - second, total)):
        houses[name] = area
    houses["BsmtFullBath"] = ((first > 0) & (rng.random(n) < 0.6)) + 0 + (rng.random(n) < 0.01)
    houses["BsmtHalfBath"] = ((total > 0) & (rng.random(n) < 0.055)) + 0

    front = np.clip(70 * np.exp(np.where(town, -0.7, 0) + 0.05 * quality + 0.24 * rng.standard_normal(n)), 21, 313)
    depth = 125 * np.exp(0.22 * rng.standard_normal(n) + (rng.random(n) < 0.02) * rng.normal(1.2, 0.8, n))
    houses["LotFrontage"] = front.astype(int)
    houses["LotArea"] = np.clip(front * depth * np.exp(0.16 * rng.standard_normal(n)), 1300, 215_000).astype(int)
    houses["GarageArea"] = np.where(
        houses["GarageCars"] > 0, 100 + 205 * houses["GarageCars"] * np.exp(0.13 * rng.standard_normal(n)), 0
    ).astype(int)
    veneer = 230 * np.exp(0.65 * rng.standard_normal(n))
    houses["MasVnrArea"] = np.where(houses["MasVnrType"] == "", 0, np.clip(veneer, 16, 1600)).astype(int)
    for name, share, size in (
        ("WoodDeckSF", 0.48, 170),
        ("OpenPorchSF", 0.55, 65),
        ("EnclosedPorch", 0.14, 140),
        ("3SsnPorch", 0.016, 190),
        ("ScreenPorch", 0.08, 180),
    ):
        there = _deal(
            rng,
            np.where(name == "EnclosedPorch", -0.4, 0.4) * quality + rng.standard_normal(n),
            {1: share, 0: 1 - share},
        )
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
             "SLvl": 80}  # fmt: skip
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
    }  # fmt: skip
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
