import io
import math
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import torch
from torch import nn
from torch.nn import functional as F
from traps import Trap, each_is_caught, from_page, with_bug

from d2lbook_utils.data import extract
from d2lbook_utils.figures.multilayer_perceptrons import house_prices as draw
from d2lbook_utils.losses import log_rmse


def test_missing_map_has_a_row_for_each_column_with_gaps_and_sorts_the_houses():
    table = pd.DataFrame(
        {
            "GarageArea": [300, 0, 200],
            "TotalBsmtSF": [1, 1, 1],
            "PoolQC": [None, None, "Ex"],
            "GarageType": ["A", None, "B"],
        }
    )
    draw.missing(table)
    assert [label.get_text() for label in plt.gca().get_yticklabels()] == ["GarageType", "PoolQC"]
    assert np.asarray(plt.gca().images[0].get_array()).astype(int).tolist() == [[1, 0, 0], [1, 0, 1]]
    assert [text.get_text() for text in plt.gca().texts] == ["1", "2"]


def test_prices_name_the_skewness_of_each_histogram():
    draw.prices(np.exp(np.linspace(11, 13, 500)))
    dollars, logs = plt.gcf().axes
    assert dollars.get_title() == "skewness 0.7" and logs.get_title() == "skewness 0.0"


def test_ridge_marks_the_errors_of_the_chosen_penalty():
    price = torch.tensor([100_000.0, 200_000.0])
    draw.ridge([0.1, 1.0, 10.0], [0.10, 0.11, 0.12], [0.16, 0.14, 0.15], price, price, 1.0)
    top, _ = plt.gcf().axes
    marks = [line.get_xydata()[0].tolist() for line in top.lines if line.get_marker() == "o"]
    assert marks == [[1.0, 0.11], [1.0, 0.14]] and top.get_title() == "training 0.110, validation 0.140"


def test_leaders_have_a_bar_at_the_mean_of_the_folds():
    draw.leaders({"one": torch.tensor([0.1, 0.3]), "two": torch.tensor([0.4, 0.5])})
    bars = [line.get_xdata()[0] for line in plt.gca().lines if len(line.get_xdata()) == 2]
    assert bars == pytest.approx([0.2, 0.45])


def test_worst_houses_are_named_at_their_place():
    price = torch.tensor([100_000.0, 200_000.0, 400_000.0])
    draw.worst_houses(price, price * 2, [7, 8, 9], [2])
    (label,) = plt.gca().texts
    assert label.get_text() == "9" and label.xy == (400_000, 800_000)


def test_splits_draw_the_gap_as_a_length():
    draw.splits([0.12, 0.2, 0.14], 0.15, 0.005)
    assert plt.gca().lines[2].get_xdata() == pytest.approx([0.12, 0.125])


def test_fold_curves_have_their_mean_on_top():
    draw.fold_curves(torch.tensor([[0.4, 0.2], [0.6, 0.4]]))
    assert list(plt.gca().lines[-1].get_ydata()) == pytest.approx([0.5, 0.3])


NAME_LEVELS, PREPARE, TRAIN_NET, CHECK_SUBMISSION = from_page(
    "multilayer-perceptrons/house-prices", "name_levels", "prepare_features", "train_net", "check_submission"
)


def houses(n=6, **extra):
    return pd.DataFrame(
        {
            "Id": range(1, n + 1),
            "MSSubClass": [20, 60] * (n // 2),
            "Area": np.arange(n) * 100.0,
            "Alley": (["Pave", None, "Grvl"] * n)[:n],
            **extra,
        }
    )


def keeps_test_rows_out_of_the_statistics(prepare):
    train, test = houses(SalePrice=1.0), houses()
    strange = test.assign(Area=1e6)
    assert torch.equal(prepare(*NAME_LEVELS(train, test))[0], prepare(*NAME_LEVELS(train, strange))[0])


def gives_both_tables_the_same_columns(levels):
    train, test = houses(SalePrice=1.0), houses().assign(Alley="Pave")
    X, X_test = PREPARE(*levels(train, test))
    assert X.shape[1] == X_test.shape[1] and X.isfinite().all()


def treats_codes_as_categories(levels):
    train, _ = levels(houses(SalePrice=1.0), houses())
    assert "MSSubClass" not in train.select_dtypes("number") and "Id" not in train


def is_the_rmse_of_logs(measure):
    predictions, targets = torch.tensor([110.0, 180.0]), torch.tensor([100.0, 200.0])
    assert measure(predictions, targets).item() == pytest.approx(
        math.sqrt((math.log(1.1) ** 2 + math.log(0.9) ** 2) / 2), rel=1e-5
    )


def names_its_options(train):
    net, X, y = nn.Linear(2, 1), torch.randn(8, 2), torch.randn(8)
    with pytest.raises(TypeError):
        train(net, X, y, 1, 0.0, 5.0)  # epochs, lr and weight_decay: in which order?
    train(net, X, y, epochs=1, lr=0.1)


def fits_the_targets(train):
    torch.manual_seed(0)
    net, X = nn.Linear(2, 1), torch.randn(64, 2)
    y = X @ torch.tensor([1.0, -2.0]) + 3
    train(net, X, y, epochs=100, lr=0.1)
    assert F.mse_loss(net(X)[:, 0], y) < 0.1


def is_a_valid_submission(write):
    test = pd.DataFrame({"Id": range(1461, 2920)})
    train = pd.DataFrame({"SalePrice": [163_000.0]})
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "submission.csv"
        write(test, np.full(1459, 163_000.0), path)
        CHECK_SUBMISSION(path, test, train)


def write_submission(test, prices, path):
    pd.DataFrame({"Id": test["Id"], "SalePrice": prices}).to_csv(path, index=False)


def stays_inside(unpack):
    with tempfile.TemporaryDirectory() as home:
        archive, target = Path(home) / "data.tar", Path(home) / "inside" / "data"
        with tarfile.open(archive, "w") as file:
            member = tarfile.TarInfo("../outside.txt")
            member.size = 4
            file.addfile(member, io.BytesIO(b"evil"))
        target.mkdir(parents=True)
        with suppress(ValueError, tarfile.TarError):
            unpack(archive, target)
        assert not (Path(home) / "inside" / "outside.txt").exists()


def unchecked(archive, target):
    with tarfile.open(archive) as file:
        member = file.getmembers()[0]
        (target / member.name).write_bytes(file.extractfile(member).read())


test_trap = each_is_caught(
    Trap(
        "standardised with the test rows",
        right=PREPARE,
        wrong=with_bug(
            PREPARE,
            "mean, std = train[numbers].mean(), train[numbers].std()",
            "mean, std = pd.concat([train, test])[numbers].mean(), train[numbers].std()",
        ),
        check=keeps_test_rows_out_of_the_statistics,
    ),
    Trap(
        "one-hot columns fitted on each table",
        right=NAME_LEVELS,
        wrong=with_bug(NAME_LEVELS, "pd.Categorical(known, levels)", "words"),
        check=gives_both_tables_the_same_columns,
    ),
    Trap(
        "codes taken for numbers",
        right=NAME_LEVELS,
        wrong=with_bug(NAME_LEVELS, '.astype({"MSSubClass": str})', ""),
        check=treats_codes_as_categories,
    ),
    Trap(
        "the running number as a feature",
        right=NAME_LEVELS,
        wrong=with_bug(NAME_LEVELS, '["Id", "SalePrice"]', '["SalePrice"]'),
        check=treats_codes_as_categories,
    ),
    Trap(
        "the log of the RMSE for the RMSE of the logs",
        right=log_rmse,
        wrong=lambda predictions, targets: F.mse_loss(predictions, targets).sqrt().log(),
        check=is_the_rmse_of_logs,
    ),
    Trap(
        "learning rate and weight decay swapped by position",
        right=TRAIN_NET,
        wrong=with_bug(TRAIN_NET, "X, y, *, epochs", "X, y, epochs"),
        check=names_its_options,
        caught_by=pytest.fail.Exception,
    ),
    Trap(
        "outputs (B, 1) against targets (B,)",
        right=TRAIN_NET,
        wrong=with_bug(TRAIN_NET, ".squeeze(1)", ""),
        check=fits_the_targets,
    ),
    Trap(
        "predictions of shape (n, 1) in the submission",
        right=write_submission,
        wrong=lambda test, prices, path: write_submission(test, list(prices.reshape(-1, 1)), path),
        check=is_a_valid_submission,
        caught_by=Exception,
    ),
    Trap(
        "the index written as a column",
        right=write_submission,
        wrong=with_bug(write_submission, ", index=False", ""),
        check=is_a_valid_submission,
    ),
    Trap("an archive unpacked unchecked", right=extract, wrong=unchecked, check=stays_inside),
)
