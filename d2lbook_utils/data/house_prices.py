"""House prices of Ames, Iowa: 2,919 sales of 2006 to 2010, described by 79 features.

De Cock (2011), in the form of Kaggle's competition "House Prices: Advanced
Regression Techniques", whose rules forbid handing the files on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .locate import locate

if TYPE_CHECKING:
    import pandas as pd


def load_house_prices() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables of the training set, 1460 x 81, and of the test set, 1459 x 80.

    Id first; SalePrice, in dollars, last and in the training set alone. The
    files' words NA and None are missing values in both: pandas reads them so.
    None, in MasVnrType, stands for no masonry veneer.
    """
    import pandas as pd

    from .standins.house_prices import VERSION, write

    folder = locate("house-prices", VERSION, write) / "house-prices"
    train, test = (
        pd.read_csv(folder / f"kaggle_house_pred_{split}.csv")
        for split in ("train", "test")
    )
    return train, test
