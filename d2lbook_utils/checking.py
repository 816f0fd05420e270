"""Checks: the book's claims, computed where they are made."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import numpy as np
import torch


class CheckFailed(AssertionError):
    """A claim did not hold on this run."""


def check(claim: str, condition: bool, **values) -> None:
    """Print ``ok: claim`` if the condition holds, else stop with the claim and the values behind it.

    Args:
        claim: the sentence that is checked.
        condition: one truth value (Python, NumPy or a tensor with one element).
        values: numbers to show when the claim fails, e.g. ``accuracy=0.71``.

    Raises:
        CheckFailed: the condition is false.
        TypeError: the condition is not one truth value.
    """
    if not isinstance(claim, str):
        raise TypeError(f"check: claim must be a sentence (str), got {type(claim).__name__}")
    if not _is_truth_value(condition):
        raise TypeError(
            f"check: condition must be one True or False, got {_describe(condition)}; compare it, or reduce with .all()"
        )
    if not condition:
        shown = "".join(f"\n  {name} = {value}" for name, value in values.items())
        raise CheckFailed(f"does not hold here: {claim}{shown}")
    print(f"ok: {claim}")


def check_close(claim: str, actual, expected, *, atol: float = 1e-6, rtol: float = 0.0) -> None:
    """Check that two numbers, sequences or tensors have one shape and differ by at most ``atol + rtol * |expected|``.

    NaN is close to nothing. Equal infinities are close.

    Raises:
        CheckFailed: shapes differ, or some entry differs by more; the message names the worst one.
    """
    actual, expected = _as_double(actual), _as_double(expected)
    if actual.shape != expected.shape:
        raise CheckFailed(f"does not hold here: {claim}\n  shape {tuple(actual.shape)} against {tuple(expected.shape)}")
    difference = torch.where(actual == expected, 0.0, (actual - expected).abs())
    allowed = torch.where(expected.isfinite(), atol + rtol * expected.abs(), 0.0)
    wrong = ~(difference <= allowed)
    if wrong.any():
        worst = torch.where(wrong, difference.nan_to_num(nan=torch.inf), -1.0).argmax()
        place = tuple(int(i) for i in torch.unravel_index(worst, difference.shape))
        raise CheckFailed(
            f"does not hold here: {claim}\n"
            f"  {int(wrong.sum())} of {wrong.numel()} values differ by more than {atol:g} (rtol {rtol:g})\n"
            f"  largest difference{f' at {place}' if place else ''}: {actual[place].item():.10g} against {expected[place].item():.10g}"
        )
    print(f"ok: {claim}")


def show_error(exception: type[BaseException], function: Callable, *args, **kwargs) -> None:
    """Call a function that must raise ``exception`` and print the error's type and first line, wrapped.

    Raises:
        CheckFailed: nothing was raised, or an error of another type.
    """
    try:
        function(*args, **kwargs)
    except exception as error:
        lines = str(error).strip().splitlines() or [""]
        print(textwrap.fill(f"{type(error).__name__}: {lines[0][:300]}", width=76, subsequent_indent="  "))
    except Exception as error:
        raise CheckFailed(f"expected {exception.__name__}, but got {type(error).__name__}: {error}") from error
    else:
        raise CheckFailed(f"expected {exception.__name__}, but no error was raised")


def _is_truth_value(value) -> bool:
    if isinstance(value, bool):
        return True
    if isinstance(value, torch.Tensor):
        return value.dtype == torch.bool and value.numel() == 1
    return type(value).__module__ == "numpy" and getattr(value, "dtype", None) == bool and value.size == 1


def _describe(value) -> str:
    shape = getattr(value, "shape", None)
    return f"{type(value).__name__} of shape {tuple(shape)}" if shape is not None else f"{type(value).__name__} {value!r}"


def _as_double(value) -> torch.Tensor:
    if isinstance(value, (list, tuple)):
        items = [_as_double(item) for item in value]
        if len({item.shape for item in items}) > 1:
            raise ValueError(f"check_close: a list of values of different shapes: {[tuple(item.shape) for item in items]}")
        return torch.stack(items) if items else torch.empty(0, dtype=torch.float64)
    tensor = value if isinstance(value, torch.Tensor) else torch.tensor(np.asarray(value))
    return tensor.detach().cpu().to(torch.complex128 if tensor.is_complex() else torch.float64)
