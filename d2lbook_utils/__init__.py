"""Helpers of the executable textbook *Deep Learning You Can Run*.

The top level holds what most pages use. Everything that the book teaches is written out on a page first; what
later pages need again lives here, unchanged.
"""

from .animator import Animator
from .checking import CheckFailed, check, check_close, show_error
from .data import (
    data_directory,
    data_source,
    fashion_mnist_dataset,
    fashion_mnist_labels,
    fashion_mnist_tensors,
    load_airfoil,
    load_fashion_mnist,
    load_house_prices,
    minibatches,
    synthetic_regression,
    tensor_loader,
)
from .device import all_devices, default_device
from .evaluation import confusion_matrix, evaluate_loss, show_predictions
from .images import show_bboxes, show_heatmaps, show_images
from .losses import squared_loss
from .measuring import Accumulator, History, Timer
from .nn.functional import dropout_layer, linear_regression
from .optim import SGD, clip_gradients, sgd
from .plotting import new_figure, plot, plot_decision_regions, show_trace_2d
from .progress_bar import progress
from .report import environment_report
from .sliders import explore
from .training import count_correct, evaluate_accuracy, train_classifier, train_epoch
from .validation import EarlyStopping, k_fold_indices

__version__ = "0.1.0"

__all__ = [
    "SGD",
    "Accumulator",
    "Animator",
    "CheckFailed",
    "EarlyStopping",
    "History",
    "Timer",
    "all_devices",
    "check",
    "check_close",
    "clip_gradients",
    "confusion_matrix",
    "count_correct",
    "data_directory",
    "data_source",
    "default_device",
    "dropout_layer",
    "environment_report",
    "evaluate_accuracy",
    "evaluate_loss",
    "explore",
    "fashion_mnist_dataset",
    "fashion_mnist_labels",
    "fashion_mnist_tensors",
    "k_fold_indices",
    "linear_regression",
    "load_airfoil",
    "load_fashion_mnist",
    "load_house_prices",
    "minibatches",
    "new_figure",
    "plot",
    "plot_decision_regions",
    "progress",
    "sgd",
    "show_bboxes",
    "show_error",
    "show_heatmaps",
    "show_images",
    "show_predictions",
    "show_trace_2d",
    "squared_loss",
    "synthetic_regression",
    "tensor_loader",
    "train_classifier",
    "train_epoch",
]


def __getattr__(name: str):
    from ._classic_names import CLASSIC_NAMES

    if name not in CLASSIC_NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, today = CLASSIC_NAMES[name].rpartition(".")
    source = __name__ if today in __all__ else f"{__name__}.{module}"
    # Python drops the words of an AttributeError in `from d2lbook_utils import name`, and keeps an ImportError's.
    raise ImportError(f"{name} is called {today} in this book: from {source} import {today}")
