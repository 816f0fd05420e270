"""Data sets of the book: the real files where possible, a stand-in otherwise.

A data set is a module here, with its record and its loader, and one in standins/; both are found by name. Named below
is what most pages use; the loader of another set is imported from its module.
"""

from .airfoil import load_airfoil
from .archives import extract
from .downloads import DownloadError, download
from .fashion_mnist import fashion_mnist_dataset, fashion_mnist_labels, fashion_mnist_tensors, load_fashion_mnist
from .house_prices import load_house_prices
from .loader import minibatches, tensor_loader
from .settings import data_directory, data_source
from .storage import StorageError
from .synthetic import synthetic_regression

__all__ = [
    "DownloadError",
    "StorageError",
    "data_directory",
    "data_source",
    "download",
    "extract",
    "fashion_mnist_dataset",
    "fashion_mnist_labels",
    "fashion_mnist_tensors",
    "load_airfoil",
    "load_fashion_mnist",
    "load_house_prices",
    "minibatches",
    "synthetic_regression",
    "tensor_loader",
]
