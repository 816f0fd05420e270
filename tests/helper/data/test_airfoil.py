import numpy as np
import pytest

from d2lbook_utils import data_directory, load_airfoil
from d2lbook_utils.data.downloads import is_complete
from d2lbook_utils.data.standins import airfoil as standin_airfoil


@pytest.fixture(scope="module", params=["real", "standin"])
def table(request):
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "real" and not is_complete("airfoil", data_directory()):
            pytest.skip("the real files are not here")
        patch.setenv("D2LBOOK_SOURCE", request.param)
        yield load_airfoil()


def r_squared(table, *extra):
    X = table.to_numpy()
    Z = (X[:, :5] - X[:, :5].mean(axis=0)) / X[:, :5].std(axis=0)
    Z = np.column_stack([np.ones(len(Z)), Z, *extra])
    residual = X[:, 5] - Z @ np.linalg.lstsq(Z, X[:, 5], rcond=None)[0]
    return 1 - residual.var() / X[:, 5].var()


def test_form(table):
    assert table.shape == (1503, 6) and not table.isna().any().any() and set(table.dtypes) == {np.dtype("float64")}
    assert list(table.columns) == ["frequency", "angle", "chord", "velocity", "thickness", "sound"]
    assert (table.drop(columns="angle") > 0).all().all() and (table["angle"] >= 0).all()
    assert table["frequency"].max() / table["thickness"].max() > 1e5
    assert 85 < table["sound"].min() < table["sound"].max() < 145
    assert (table.nunique() <= [21, 100, 6, 4, 1503, 1503]).all()


def test_a_linear_model_explains_a_part_and_an_interaction_more(table):
    assert 0.4 < r_squared(table) < 0.7
    product = table["frequency"] * table["thickness"]
    assert r_squared(table, (product - product.mean()) / product.std()) > r_squared(table) + 0.01


def test_standin_is_the_same_every_time(tmp_path):
    for name in "ab":
        standin_airfoil.write(tmp_path / name)
    files = [(tmp_path / name / "airfoil" / "airfoil_self_noise.dat").read_bytes() for name in "ab"]
    assert files[0] == files[1] and files[0].count(b"\r\n") == 1503
