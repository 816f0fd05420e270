"""Addresses, sizes and SHA-256 sums of the data sets that can be downloaded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DataFile:
    """A file of a data set; path is relative to the data directory."""

    path: str
    sha256: str
    size: int  # bytes


@dataclass(frozen=True)
class Download:
    """What to fetch from the first of urls that works, and what is in it."""

    urls: tuple[str, ...]
    sha256: str
    files: tuple[DataFile, ...]


@dataclass(frozen=True)
class DataSet:
    """A data set; the downloads are unpacked into folder."""

    title: str
    source: str
    licence: str
    folder: str
    downloads: tuple[Download, ...]

    @property
    def files(self) -> tuple[DataFile, ...]:
        return tuple(f for d in self.downloads for f in d.files)


def _fashion_mnist_part(name, packed_sha256, sha256, size):
    return Download(
        urls=(
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist"
            f"/master/data/fashion/{name}.gz",
            f"https://fashion-mnist.s3.eu-central-1.amazonaws.com/{name}.gz",
        ),
        sha256=packed_sha256,
        files=(DataFile(f"FashionMNIST/raw/{name}", sha256, size),),
    )


def _house_prices_part(split, sha256, size):
    name = f"kaggle_house_pred_{split}.csv"
    return Download(
        urls=(f"https://d2l-data.s3-accelerate.amazonaws.com/{name}",),
        sha256=sha256,
        files=(DataFile(f"house-prices/{name}", sha256, size),),
    )


DATASETS = {
    "airfoil": DataSet(
        title="Airfoil self-noise",
        source="https://archive.ics.uci.edu/dataset/291/airfoil+self+noise",
        licence="CC BY 4.0, Brooks, Pope and Marcolini (NASA)",
        folder="airfoil",
        downloads=(
            Download(
                urls=(
                    "https://archive.ics.uci.edu/ml/machine-learning-databases"
                    "/00291/airfoil_self_noise.dat",
                    "https://d2l-data.s3-accelerate.amazonaws.com"
                    "/airfoil_self_noise.dat",
                ),
                sha256="74c75fd71783f1e6b71f8a622b993dc592897a97cd689c5090a07147a1b097b3",
                files=(
                    DataFile(
                        "airfoil/airfoil_self_noise.dat",
                        "74c75fd71783f1e6b71f8a622b993dc592897a97cd689c5090a07147a1b097b3",
                        59_984,
                    ),
                ),
            ),
        ),
    ),
    "fashion-mnist": DataSet(
        title="Fashion-MNIST",
        source="https://github.com/zalandoresearch/fashion-mnist",
        licence="MIT, Zalando SE",
        folder="FashionMNIST/raw",
        downloads=(
            _fashion_mnist_part(
                "train-images-idx3-ubyte",
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                47_040_016,
            ),
            _fashion_mnist_part(
                "train-labels-idx1-ubyte",
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                60_008,
            ),
            _fashion_mnist_part(
                "t10k-images-idx3-ubyte",
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                7_840_016,
            ),
            _fashion_mnist_part(
                "t10k-labels-idx1-ubyte",
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
                10_008,
            ),
        ),
    ),
    "house-prices": DataSet(
        title="House prices",
        source="https://www.kaggle.com/c/house-prices-advanced-regression-techniques",
        licence="rules of the Kaggle competition: do not hand the files on",
        folder="house-prices",
        downloads=(
            _house_prices_part(
                "train",
                "1e18addf81e5e4d347cc17ee6075bbe4a42b7fa26b9e5b063e8f692a5f929d41",
                460_676,
            ),
            _house_prices_part(
                "test",
                "8fdd3d829d4d986b58f845c9553b225e67dd8383624d90fb6ca1d4bed5798c1e",
                451_405,
            ),
        ),
    ),
}
