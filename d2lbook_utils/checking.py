"""Checks: the book's claims, computed where they are made.

Under the tests and tools (environment variable ``D2LBOOK_STRICT=1``) a claim that does not hold raises. In a
reader's session, where a parameter may have been changed, that is a result: it is shown, and the page goes on.
"""

from __future__ import annotations

import ast
import math
import os
import reprlib
import textwrap
from collections.abc import Callable
from html import escape
from unittest.mock import patch

import numpy as np
import torch

from ._display import notebook_shell

_NOT_SO = (
    '<div style="background: #fff0e0; color: #1a1a1a; border-left: 4px solid #d55e00; padding: 0.3em 0.7em">'
    '<strong style="color: #a03c00">not so here:</strong> {claim}{details}</div>'
)


class CheckFailed(AssertionError):
    """A claim did not hold on this run."""

    def _render_traceback_(self) -> list[str]:
        """Show the claim alone in IPython, not the lines of this module that raised."""
        return [f"CheckFailed: {self}"]


def check(claim: str, condition: bool, **values) -> None:
    """Print ``ok: claim`` if the condition holds, else say ``not so here`` with the values behind it.

    Args:
        claim: the sentence that is checked.
        condition: one truth value (Python, NumPy or a tensor with one element).
        values: numbers to show when the claim fails, e.g. ``accuracy=0.71``.

    Raises:
        CheckFailed: the condition is false, and ``D2LBOOK_STRICT`` is 1.
        TypeError: the claim is no sentence, or the condition is not one truth value.
    """
    if not isinstance(claim, str):
        raise TypeError(f"check: claim must be a sentence (str), got {type(claim).__name__}")
    if not _is_truth_value(condition):
        raise TypeError(
            f"check: condition must be one True or False, got {_describe(condition)}; compare it, or reduce with .all()"
        )
    if condition:
        print(f"ok: {claim}")
    else:
        _not_so(claim, [f"{name} = {value}" for name, value in values.items()])


def check_close(claim: str, actual, expected, *, atol: float = 1e-6, rtol: float = 0.0) -> None:
    """Check that two numbers, sequences or tensors have one shape and differ by at most ``atol + rtol * |expected|``.

    NaN is close to nothing. Equal infinities are close. A claim that fails is shown with the worst entry.

    Args:
        claim: the sentence that is checked.
        actual, expected: numbers, arrays, tensors, or nested lists of them.
        atol: largest absolute difference.
        rtol: largest difference relative to ``expected``.

    Raises:
        CheckFailed: shapes differ, or some entry differs by more, and ``D2LBOOK_STRICT`` is 1.
        TypeError: the claim is no sentence.
        ValueError: a nested list has rows of different shapes.
    """
    if not isinstance(claim, str):
        raise TypeError(f"check_close: claim must be a sentence (str), got {type(claim).__name__}")
    actual, expected = _as_double(actual), _as_double(expected)
    if actual.shape != expected.shape:
        _not_so(claim, [f"shape {tuple(actual.shape)} against {tuple(expected.shape)}"])
        return
    difference = torch.where(actual == expected, 0.0, (actual - expected).abs())
    allowed = torch.where(expected.isfinite(), atol + rtol * expected.abs(), 0.0)
    wrong = ~(difference <= allowed)
    if not wrong.any():
        print(f"ok: {claim}")
        return
    worst = torch.where(wrong, difference.nan_to_num(nan=torch.inf), -1.0).argmax()
    place = tuple(int(i) for i in torch.unravel_index(worst, difference.shape))
    numbers = f"{actual[place].item():.10g} against {expected[place].item():.10g}"
    _not_so(
        claim,
        [
            f"{int(wrong.sum())} of {wrong.numel()} values differ by more than {atol:g} (rtol {rtol:g})",
            f"largest difference{f' at {place}' if place else ''}: {numbers}",
        ],
    )


def show_error(exception: type[BaseException], function: Callable, *args, **kwargs) -> None:
    """Call a function that must raise ``exception`` and print the error's type and first line, wrapped.

    Where ``CheckFailed`` is expected, a failed claim raises in every session.

    Args:
        exception: the type of the error.
        function: called with the arguments that follow.

    Raises:
        CheckFailed: nothing was raised, or an error of another type, and ``D2LBOOK_STRICT`` is 1.
    """
    strict = {"D2LBOOK_STRICT": "1"} if exception is CheckFailed else {}
    try:
        with patch.dict(os.environ, strict):
            function(*args, **kwargs)
    except exception as error:
        line = (str(error).strip().splitlines() or [""])[0]
        line = line if len(line) <= 300 else f"{line[:300]}..."
        print(textwrap.fill(f"{type(error).__name__}: {line}", width=76, subsequent_indent="  "))
    except Exception as error:
        _not_so(f"expected {exception.__name__}, but got {type(error).__name__}: {error}", [])
    else:
        _not_so(f"expected {exception.__name__}, but no error was raised", [])


def _not_so(claim: str, details: list[str]) -> None:
    """Raise CheckFailed under the tests and tools; show the claim, its numbers and the parameters to a reader."""
    if os.environ.get("D2LBOOK_STRICT") == "1":
        raise CheckFailed("\n  ".join([f"does not hold here: {claim}", *details]))
    shell = notebook_shell()
    if shell is not None:
        details = details + _parameters(shell.user_ns)
    text = "\n  ".join([f"not so here: {claim}", *details])
    if shell is None:
        print(text)
        return

    from IPython.display import display

    lines = "".join(f"<br>{escape(line)}" for line in details)
    display({"text/plain": text, "text/html": _NOT_SO.format(claim=escape(claim), details=lines)}, raw=True)


def _parameters(names: dict) -> list[str]:
    """Return a line with what the parameters are now: the names that the page's first cell of literals sets.

    The defaults are not known in the kernel, since a reader changes them before the cell is run.
    """
    for source in names.get("In", []):
        try:
            body = ast.parse(source).body
            for line in body:
                ast.literal_eval(line.value)
            parameters = [line.targets[0].id for line in body]
        except (AttributeError, SyntaxError, ValueError):
            continue
        if parameters:
            shown = ", ".join(f"{name} = {reprlib.repr(names[name])}" for name in parameters if name in names)
            return [f"parameters: {shown} (if you changed one, this is a result and not a mistake)"]
    return []


def _is_truth_value(value) -> bool:
    if isinstance(value, (bool, np.bool_)):
        return True
    return getattr(value, "dtype", None) in (torch.bool, np.dtype(bool)) and math.prod(value.shape) == 1


def _describe(value) -> str:
    shape = getattr(value, "shape", None)
    return (
        f"{type(value).__name__} of shape {tuple(shape)}" if shape is not None else f"{type(value).__name__} {value!r}"
    )


def _as_double(value) -> torch.Tensor:
    if isinstance(value, (list, tuple)):
        items = [_as_double(item) for item in value]
        if len({item.shape for item in items}) > 1:
            raise ValueError(
                f"check_close: a list of values of different shapes: {[tuple(item.shape) for item in items]}"
            )
        return torch.stack(items) if items else torch.empty(0, dtype=torch.float64)
    tensor = value if isinstance(value, torch.Tensor) else torch.tensor(np.asarray(value))
    return tensor.detach().cpu().to(torch.complex128 if tensor.is_complex() else torch.float64)
