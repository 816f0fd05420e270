"""What plotting, animator, sliders and checking share: the style, pictures as PNG, arrays, the notebook."""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLE = Path(__file__).with_name("book.mplstyle")
FMTS = ("-", "--", "-.", ":")


@cache
def use_book_style() -> None:
    """Turn on the book's style, once, so that a reader's own settings after that are kept."""
    from matplotlib import rc_params_from_file, rcParams

    rcParams.update(rc_params_from_file(STYLE, use_default_template=False))


def png(figure: Figure) -> bytes:
    """Return the figure as PNG without metadata, so that equal figures give equal bytes.

    The bytes are those of `figure.savefig`, which lays the figure out and draws it twice.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    buffer = io.BytesIO()
    FigureCanvasAgg(figure).print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()


def notebook_shell():
    """Return IPython's shell if a Jupyter kernel runs this code, else None."""
    if "IPython" not in sys.modules:
        return None
    shell = sys.modules["IPython"].get_ipython()
    return shell if hasattr(shell, "kernel") else None


def set_axes(ax: Axes, xlabel="", ylabel="", xlim=None, ylim=None, xscale="linear", yscale="linear") -> None:
    """Set what was given and leave the rest of the axes as it is; limits without room between them are left out."""
    words = {"xlabel": xlabel, "ylabel": ylabel, "xscale": xscale, "yscale": yscale}
    limits = {"xlim": xlim, "ylim": ylim}
    ax.set(**{key: word for key, word in words.items() if word not in ("", "linear")})
    for key, limit in limits.items():
        if limit is not None and limit[0] != limit[1]:
            ax.set(**{key: [None if end is None else float(end) for end in limit]})


def ink_on(color) -> str:
    """Return the text colour, black or white, that is legible on a background."""
    from matplotlib.colors import to_rgb

    return "white" if np.dot(to_rgb(color), (0.299, 0.587, 0.114)) < 0.46 else "black"


def to_numpy(values, function: str, name: str) -> np.ndarray:
    """Return tensors (any device, with or without grad), arrays or nested lists as an array."""
    if isinstance(values, torch.Tensor):
        if values.dtype == torch.bfloat16:
            values = values.float()
        array = values.numpy(force=True)
    else:
        if isinstance(values, (list, tuple)):
            values = [to_numpy(v, function, name) if isinstance(v, (list, tuple, torch.Tensor)) else v for v in values]
        try:
            array = np.asarray(values)
        except ValueError:
            raise ValueError(f"{function}: {name} has rows of different lengths") from None
    if array.dtype == object:  # None, Decimal, pandas.NA
        with suppress(TypeError, ValueError):
            array = array.astype(float)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{function}: {name} must hold real numbers, got {array.dtype}")
    return array


def with_gaps(values) -> np.ndarray:
    """Return floats with NaN where a value is infinite, so that matplotlib leaves a gap."""
    array = np.asarray(values, dtype=float)
    return np.where(np.isfinite(array), array, np.nan)


def as_list(values) -> list:
    return [values] if isinstance(values, str) else list(values)
