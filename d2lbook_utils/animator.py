"""A board that draws curves while a model trains."""

from __future__ import annotations

import time
from collections.abc import Sequence
from numbers import Real

from ._display import (
    FMTS,
    as_list,
    notebook_shell,
    png,
    set_axes,
    use_book_style,
    with_gaps,
)

_SECONDS_BETWEEN_DRAWS = 0.25
_SHARE_OF_TIME = 1 / 20


class Animator:
    """Record curves and, in a notebook, draw them while they grow.

    Every cell that calls `add` shows one picture, which is updated at most four
    times a second and ends in the final state. A script or terminal prints one
    line per call instead.

    legend: names of the curves. With nrows x ncols > 1 axes, a label, legend,
    scale or limit is either shared or a list with one entry per axes.
    figsize: inches. The curves are named as in legend, without it after ylabel.
    history: curve name -> list of (x, y), the values as they were added.
    """

    def __init__(self, *, xlabel="", ylabel="", legend=None, xlim=None, ylim=None,
                 xscale="linear", yscale="linear", fmts: Sequence[str] = FMTS, nrows: int = 1,
                 ncols: int = 1, figsize: tuple[float, float] = (4.5, 3)) -> None:
        self.history: dict[str, list[tuple[float, float]]] = {}
        self._grid = (nrows, ncols)
        self._figsize = figsize
        self._fmts = as_list(fmts)
        n = nrows * ncols
        settings = {"xlabel": xlabel, "ylabel": ylabel, "xlim": xlim, "ylim": ylim,
                    "xscale": xscale, "yscale": yscale}
        columns = {key: _per_axes(key, value, n) for key, value in settings.items()}
        self._settings = [{key: column[i] for key, column in columns.items()} for i in range(n)]
        legends = [legend] if n == 1 else _per_axes("legend", legend, n)
        self._names: list[list[str] | None] = [None] * n
        for i, names in enumerate(legends):
            if names is not None:
                self._name_curves(i, as_list(names))
        self._figure = None
        self._display = None
        self._stale = False
        self._next_draw = 0.0

    def add(self, x, y, *, ax: int = 0) -> None:
        """Add one point to every curve of an axes.

        x: a number; y: a number, or a sequence with one per curve, in which None
        skips a curve; ax: number of the axes, counted row by row. NaN and
        infinite values leave gaps. Raises ValueError for a wrong number of
        values, TypeError for what is not a number.
        """
        if not 0 <= ax < len(self._names):
            raise ValueError(f"Animator.add: ax is {ax} but there are {len(self._names)} axes")
        x = _number(x, "x")
        ys = [None if value is None else _number(value, "y") for value in _values(y)]
        if self._names[ax] is None:
            self._name_curves(ax, self._default_names(ax, len(ys)))
        names = self._names[ax]
        if len(ys) != len(names):
            raise ValueError(f"Animator.add: {len(ys)} values in y but there are {len(names)} "
                             f"curves: {', '.join(names)}")
        points = [(name, value) for name, value in zip(names, ys) if value is not None]
        for name, value in points:
            self.history[name].append((x, value))
        self._stale = True
        self._show(x, points, ax)

    def draw(self) -> None:
        """Redraw now, however recent the last picture is."""
        start = time.perf_counter()
        self._update_figure()
        shell = notebook_shell()
        if shell is not None:
            picture = self._picture()
            if self._display is None:
                self._open_display(shell, picture)
            else:
                self._display.update(picture, raw=True)
        self._stale = False
        now = time.perf_counter()
        self._next_draw = now + max(_SECONDS_BETWEEN_DRAWS, (now - start) / _SHARE_OF_TIME)

    def _show(self, x: float, points: list[tuple[str, float]], ax: int) -> None:
        if notebook_shell() is None:
            words = [f"{self._settings[ax]['xlabel'] or 'x'} {x:g}"]
            print("  ".join(words + [f"{name} {value:.3g}" for name, value in points]))
        elif self._display is None or time.perf_counter() >= self._next_draw:
            self.draw()

    def _open_display(self, shell, picture: dict[str, str]) -> None:
        """Show the picture below the running cell, until that cell ends."""
        from IPython.display import display

        self._display = display(picture, raw=True, display_id=True)

        def finish_cell(result) -> None:
            shell.events.unregister("post_run_cell", finish_cell)
            if self._stale:
                self.draw()
            self._display = None

        shell.events.register("post_run_cell", finish_cell)

    def _picture(self) -> dict[str, str]:
        from base64 import b64encode

        return {"text/plain": f"Animator: {', '.join(self.history)}",
                "image/png": b64encode(png(self._figure)).decode()}

    def _update_figure(self) -> None:
        if self._figure is None:
            self._create_figure()
        for ax, names in zip(self._figure.axes, self._names):
            for i, name in enumerate(names or []):
                fmt = self._fmts[i % len(self._fmts)]
                if len(ax.lines) == i:
                    ax.plot([], [], fmt, label=name)
                xs, ys = with_gaps(self.history[name]).reshape(-1, 2).T
                ax.lines[i].set_data(xs, ys)
                if fmt in FMTS:  # a line needs two points to be seen
                    ax.lines[i].set_marker("." if len(xs) == 1 else "")
            if any(line.get_label() != ax.get_ylabel() for line in ax.lines):
                ax.legend()
            ax.relim()
            ax.autoscale_view()

    def _create_figure(self) -> None:
        # Not made by pyplot: it is no "current figure" and is never shown twice.
        from matplotlib.figure import Figure

        use_book_style()
        self._figure = Figure(figsize=self._figsize)
        axes = self._figure.subplots(*self._grid, squeeze=False)
        for ax, settings in zip(axes.flat, self._settings):
            set_axes(ax, **settings)

    def _default_names(self, ax: int, n: int) -> list[str]:
        name = self._settings[ax]["ylabel"] or ("y" if len(self._names) == 1 else f"y of axes {ax}")
        return [name] if n == 1 else [f"{name} {i}" for i in range(n)]

    def _name_curves(self, ax: int, names: list[str]) -> None:
        for name in names:
            if name in self.history:
                raise ValueError(f"Animator: the name {name!r} in legend is used twice, "
                                 "every curve needs its own")
            self.history[name] = []
        self._names[ax] = names


def _per_axes(name: str, value, n: int) -> list:
    """Return one setting per axes: a list has one entry each, anything else is shared."""
    if n == 1 or value is None or isinstance(value, str):
        return [value] * n
    if name in ("xlim", "ylim") and all(isinstance(v, Real) for v in value):
        return [value] * n
    if len(value) != n:
        raise ValueError(f"Animator: {name} has {len(value)} entries but there are {n} axes")
    return list(value)


def _values(y) -> list:
    if y is None or isinstance(y, str) or getattr(y, "ndim", None) == 0:
        return [y]
    return list(y) if hasattr(y, "__iter__") else [y]


def _number(value, name: str) -> float:
    """Return a number, or the one number in a tensor or array, as a Python number."""
    if hasattr(value, "item"):
        if getattr(value, "shape", ()) not in ((), (1,)):
            raise TypeError(f"Animator.add: {name} has a value of shape {tuple(value.shape)}, "
                            "expected a number")
        value = value.item()
    if not isinstance(value, Real):
        raise TypeError(f"Animator.add: {name} has a value of type {type(value).__name__}, "
                        "expected a number")
    return value
