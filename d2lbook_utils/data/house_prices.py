"""House prices of Ames, Iowa: 2,919 sales of 2006 to 2010, described by 79 features.

De Cock (2011), in the form of Kaggle's competition "House Prices: Advanced
Regression Techniques", whose rules forbid handing the files on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .locate import locate
from .registry import DataFile, DataSet, Download

if TYPE_CHECKING:
    import pandas as pd

_KAGGLE = "house-prices-advanced-regression-techniques"


def _part(split: str, sha256: str, size: int) -> Download:
    name = f"kaggle_house_pred_{split}.csv"
    aliases = (f"house-prices/{split}.csv", f"{_KAGGLE}/{split}.csv", f"{split}.csv")  # as Kaggle names it
    return Download(
        urls=(f"https://d2l-data.s3-accelerate.amazonaws.com/{name}",),
        sha256=sha256,
        files=(DataFile(f"house-prices/{name}", sha256, size, aliases),),
    )


DATASET = DataSet(
    title="House prices",
    source=f"https://www.kaggle.com/c/{_KAGGLE}",
    licence="rules of the Kaggle competition: do not hand the files on",
    folder="house-prices",
    downloads=(
        _part("train", "1e18addf81e5e4d347cc17ee6075bbe4a42b7fa26b9e5b063e8f692a5f929d41", 460_676),
        _part("test", "8fdd3d829d4d986b58f845c9553b225e67dd8383624d90fb6ca1d4bed5798c1e", 451_405),
    ),
)


def load_house_prices() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables of the training set, 1460 x 81, and of the test set, 1459 x 80.

    Id first; SalePrice, in dollars, last and in the training set alone. The
    files' words NA and None are missing values in both: pandas reads them so.
    None, in MasVnrType, stands for no masonry veneer.
    """
    import pandas as pd

    folder = locate("house-prices") / "house-prices"
    train, test = (pd.read_csv(folder / f"kaggle_house_pred_{split}.csv") for split in ("train", "test"))
    return train, test
