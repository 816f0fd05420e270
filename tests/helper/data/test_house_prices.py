"""House prices: the same tables from the real files and from the stand-in."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from d2lbook_utils.data import (
    DownloadError,
    data_directory,
    download,
    downloads,
    house_prices,
    load_house_prices,
    locate,
)
from d2lbook_utils.data.downloads import is_complete
from d2lbook_utils.data.registry import DataFile, DataSet, Download
from d2lbook_utils.data.standins import house_prices as standin
from d2lbook_utils.data.standins._house_tables import COLUMNS

REAL = data_directory()
GARAGE = ["GarageType", "GarageYrBlt", "GarageFinish", "GarageQual", "GarageCond"]
BASEMENT = ["BsmtQual", "BsmtCond", "BsmtExposure", "BsmtFinType1", "BsmtFinType2"]


def tables(source, directory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locate, "_found", {})
        patch.setenv("D2LBOOK_SOURCE", source)
        if source == "standin":
            patch.setenv("D2LBOOK_DATA", str(directory))
            patch.setattr(locate, "_homes", lambda: [directory])
        return load_house_prices()


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    return tables("standin", tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def real():
    if not is_complete("house-prices", data_directory()):
        pytest.skip("the real house prices are not in D2LBOOK_DATA")
    return tables("real", None)


@pytest.fixture(params=["real", "generated"])
def houses(request):
    return request.getfixturevalue(request.param)


def test_shapes_columns_and_order(houses):
    train, test = houses
    assert train.shape == (1460, 81) and test.shape == (1459, 80)
    assert list(train) == COLUMNS and list(test) == COLUMNS[:-1]
    assert train["Id"].tolist() == list(range(1, 1461))
    assert test["Id"].tolist() == list(range(1461, 2920))
    assert train["SalePrice"].dtype == "int64" and train["SalePrice"].min() > 10_000


def test_empty_cells(houses):
    train, test = houses
    gaps = [table.isna().sum() for table in houses]
    assert [(int(g.sum()), int((g > 0).sum())) for g in gaps] == [(7829, 19), (7878, 33)]
    for names, count in ((GARAGE, 81), (BASEMENT[:2], 37)):
        empty = train[names].isna()
        assert (empty.all(axis=1) == empty.any(axis=1)).all() and empty.iloc[:, 0].sum() == count
    assert train["GarageType"].isna().equals(train["GarageArea"] == 0)
    assert train["BsmtQual"].isna().equals(train["TotalBsmtSF"] == 0)
    assert train["PoolQC"].isna().equals(train["PoolArea"] == 0)
    assert train["FireplaceQu"].isna().equals(train["Fireplaces"] == 0)
    assert test.loc[test["PoolQC"].notna(), "PoolArea"].gt(0).all()
    assert train.loc[train["MasVnrArea"].isna(), "MasVnrType"].isna().all()


def test_sums_of_areas(houses):
    for table in houses:
        assert (table["GrLivArea"] == table["1stFlrSF"] + table["2ndFlrSF"] + table["LowQualFinSF"]).all()
        basement = table[["BsmtFinSF1", "BsmtFinSF2", "BsmtUnfSF"]].sum(axis=1, skipna=False)
        assert basement.equals(table["TotalBsmtSF"].astype(basement.dtype))


def test_outliers(houses):
    train, _ = houses
    odd = train[(train["GrLivArea"] > 4000) & (train["SalePrice"] < 300_000)]
    assert odd["Id"].tolist() == [524, 1299]


def test_prices_are_skewed_and_their_logarithms_are_not(houses):
    price = houses[0]["SalePrice"]
    assert price.skew() > 1 and abs(np.log(price).skew()) < 0.5
    assert abs(np.log(price).mean() - 12.02) < 0.03 and abs(np.log(price).std() - 0.40) < 0.02


@pytest.mark.parametrize("part", [0, 1])
def test_standin_has_the_real_types_gaps_and_levels(generated, real, part):
    ours, theirs = generated[part], real[part]
    assert ours.dtypes.equals(theirs.dtypes)
    assert ours.isna().sum().equals(theirs.isna().sum())
    for name in theirs.select_dtypes(exclude="number"):
        assert set(ours[name].dropna()) == set(theirs[name].dropna()), name
        common = theirs[name].value_counts(normalize=True)
        difference = ours[name].value_counts(normalize=True).sub(common).abs()
        assert difference.max() < 0.13, name
    assert set(ours["MSSubClass"]) == set(theirs["MSSubClass"])
    empty = [table.isna().to_numpy(float) for table in (ours, theirs)]
    together = [np.cov(e.T) for e in empty]  # which gaps come together
    assert np.abs(together[0] - together[1]).max() < 0.06


def test_standin_shares_no_row_with_the_real_files(generated, real):
    keys = ["LotArea", "GrLivArea", "YearBuilt", "Neighborhood"]
    for ours, theirs in zip(generated, real):
        assert ours[keys].merge(theirs[keys]).empty


def test_standin_is_learnable(generated):
    """Ridge regression on log prices: far better than the mean, no better than the noise."""
    train = generated[0].drop(columns="Id")
    y = np.log(train.pop("SalePrice").to_numpy())
    numbers = train.select_dtypes("number")
    scaled = ((numbers - numbers.mean()) / numbers.std()).fillna(0)
    words = pd.get_dummies(train.drop(columns=numbers.columns), dummy_na=True, dtype=float)
    X = np.hstack([scaled, words])
    learn, valid = np.arange(len(y)) % 5 > 0, np.arange(len(y)) % 5 == 0
    A = X[learn] - X[learn].mean(axis=0)
    w = np.linalg.solve(A.T @ A + 10 * np.eye(A.shape[1]), A.T @ (y[learn] - y[learn].mean()))
    error = (X[valid] - X[learn].mean(axis=0)) @ w + y[learn].mean() - y[valid]
    assert 0.11 < np.sqrt((error**2).mean()) < 0.17


def test_same_bytes_every_time(tmp_path):
    for name in ("first", "second"):
        standin.write(tmp_path / name)
    for split in ("train", "test"):
        path = f"house-prices/kaggle_house_pred_{split}.csv"
        assert (tmp_path / "first" / path).read_bytes() == (tmp_path / "second" / path).read_bytes()


def test_files_keep_the_words_na_and_none(tmp_path):
    standin.write(tmp_path)
    text = (tmp_path / "house-prices" / "kaggle_house_pred_train.csv").read_text(encoding="utf-8")
    cells = [line.split(",") for line in text.splitlines()]
    assert {len(row) for row in cells} == {81} and len(cells) == 1461
    words = [cell for row in cells for cell in row]
    assert (words.count("NA"), words.count("None")) == (7829 - 864, 864)


PLAIN = b"a,b\n1,2\n" * 100


@pytest.fixture
def plain(file_server, add_dataset, monkeypatch, tmp_path):
    """A registered data set of one plain, unpacked file, and a server that has it."""
    sha256 = hashlib.sha256(PLAIN).hexdigest()
    part = Download((file_server.url("/plain.csv"),), sha256, (DataFile("Plain/plain.csv", sha256, len(PLAIN)),))
    add_dataset("plain", DataSet("Plain", "https://example.org", "MIT", "Plain", (part,)))
    monkeypatch.setattr(downloads, "PAUSES", (0.0,))
    monkeypatch.setenv("D2LBOOK_DATA", str(tmp_path))
    file_server.files["/plain.csv"] = PLAIN
    return file_server


def test_a_plain_file_is_downloaded_once(plain, tmp_path):
    for _ in range(2):
        assert download("plain") == tmp_path / "Plain"
    assert (tmp_path / "Plain" / "plain.csv").read_bytes() == PLAIN
    assert plain.requests["/plain.csv"] == 1


@pytest.mark.parametrize("behaviour", ["status 404", "truncate"])
def test_a_plain_file_that_does_not_come(plain, tmp_path, behaviour):
    plain.behaviour["/plain.csv"] = behaviour
    with pytest.raises(DownloadError, match="plain.csv could not be downloaded"):
        download("plain")
    assert not (tmp_path / "Plain" / "plain.csv").exists()


@pytest.fixture
def no_download(file_server, monkeypatch, tmp_path):
    """An empty data directory, and addresses that lead nowhere; returns the server."""
    gone = tuple(
        Download((file_server.url(f"/gone-{i}.csv"),), part.sha256, part.files)
        for i, part in enumerate(house_prices.DATASET.downloads)
    )
    houses = DataSet("House prices", "https://example.org", "none", "house-prices", gone)
    monkeypatch.setattr(house_prices, "DATASET", houses)
    monkeypatch.setattr(locate, "_found", {})
    monkeypatch.setattr(downloads, "PAUSES", (0.0,))
    monkeypatch.setenv("D2LBOOK_DATA", str(tmp_path))
    monkeypatch.setenv("D2LBOOK_SOURCE", "real")
    return file_server


def test_missing_files_are_an_error_where_only_real_ones_will_do(no_download):
    with pytest.raises(DownloadError, match="House prices: .*404.*D2LBOOK_SOURCE=real"):
        load_house_prices()


@pytest.mark.parametrize("folder", ["house-prices", "house-prices-advanced-regression-techniques", "."])
def test_files_as_kaggle_names_them(real, no_download, tmp_path, folder):
    """Also with the line ends that Windows programs write."""
    source = REAL / "house-prices"
    (tmp_path / folder).mkdir(exist_ok=True)
    for split, ends in (("train", b"\n"), ("test", b"\r\n")):
        body = (source / f"kaggle_house_pred_{split}.csv").read_bytes()
        (tmp_path / folder / f"{split}.csv").write_bytes(body.replace(b"\n", ends))
    train, test = load_house_prices()
    assert train.equals(real[0]) and test.equals(real[1]) and not no_download.requests
