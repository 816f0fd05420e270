"""A board that draws curves while a model trains."""

from __future__ import annotations

import time
from collections.abc import Sequence
from numbers import Real

from ._display import FMTS, as_list, notebook_shell, png, set_axes, use_book_style, with_gaps

_SHORTEST_PAUSE = 0.25  # seconds between two pictures
_LONGEST_PAUSE = 1.0
_SHARE_OF_TIME = 1 / 20


class Animator:
    """A board that records curves and, in a notebook, draws them while they grow.

    Every cell that calls ``add`` or ``show`` has one picture, which ends in the final state. It is drawn anew at
    most four times a second, and less often if that would take more than 5 % of the time, but once a second on
    any machine. A script or terminal prints one line per call instead.

    ``history`` maps the name of each curve to its list of (x, y), the values as they were added. A curve bears
    its name in the legend, or else the label of the y axis, with the number of the axes if another axes uses it.

    Args:
        xlabel, ylabel, xlim, ylim, xscale, yscale: of all axes, or a list with one entry for each axes.
        legend: the names of the curves, in the order of their values; for several axes a list with one entry
            for each (a name, a list of names or None), or one name that all share.
        fmts: matplotlib formats, used in turn.
        nrows, ncols: layout of the axes.
        figsize: width and height in inches.

    Raises:
        ValueError: a name twice in one legend, or a list that has not one entry for each of several axes.
    """

    def __init__(
        self,
        *,
        xlabel="",
        ylabel="",
        legend=None,
        xlim=None,
        ylim=None,
        xscale="linear",
        yscale="linear",
        fmts: Sequence[str] = FMTS,
        nrows: int = 1,
        ncols: int = 1,
        figsize: tuple[float, float] = (4.5, 3),
    ) -> None:
        self.history: dict[str, list[tuple[float, float]]] = {}
        self._grid = (nrows, ncols)
        self._figsize = figsize
        self._fmts = as_list(fmts)
        n = nrows * ncols
        labels_and_limits = {"xlabel": xlabel, "ylabel": ylabel, "xlim": xlim, "ylim": ylim}
        settings = {**labels_and_limits, "xscale": xscale, "yscale": yscale}
        columns = {key: _per_axes(key, value, n) for key, value in settings.items()}
        self._settings = [{key: column[i] for key, column in columns.items()} for i in range(n)]
        self._names: list[dict[str, str]] = [{} for _ in range(n)]  # of each axes: curve -> its name in the legend
        for i, names in enumerate([legend] if n == 1 else _per_axes("legend", legend, n)):
            if names is not None:
                self._name_curves(i, as_list(names))
        self._figure = None
        self._display = None
        self._last_picture = None
        self._cleared = False
        self._stale = False
        self._cost = 0.0
        self._next_draw = 0.0

    def add(self, x, y, *, ax: int = 0) -> None:
        """Add one point to every curve of an axes.

        Args:
            x: a number.
            y: a number, or a sequence with one for each curve, in which None skips a curve; NaN and infinite
                values leave gaps.
            ax: number of the axes, counted row by row.

        Raises:
            ValueError: another number of values than of curves, or no such axes.
            TypeError: what is no number.
        """
        if not 0 <= ax < len(self._names):
            raise ValueError(f"Animator.add: ax is {ax} but there are {len(self._names)} axes")
        x = _number(x, "x")
        ys = [None if value is None else _number(value, "y") for value in _values(y)]
        if not self._names[ax]:
            name = self._settings[ax]["ylabel"] or "y"
            self._name_curves(ax, [name] if len(ys) == 1 else [f"{name} {i}" for i in range(len(ys))])
        names = self._names[ax]
        if len(ys) != len(names):
            curves = ", ".join(names)
            raise ValueError(f"Animator.add: {len(ys)} values in y but there are {len(names)} curves: {curves}")
        points = {name: value for name, value in zip(names, ys) if value is not None}
        for name, value in points.items():
            self.history[name].append((x, value))
        self._refresh(self._settings[ax]["xlabel"] or "x", x, points)

    def show(self, history) -> None:
        """Draw every curve of a :class:`History` over its epochs, on the first axes, in place of what was there.

        It fits the hook of the training loop: ``train_classifier(..., each_epoch=board.show)``.

        Raises:
            ValueError: the board's legend has other names than the history.
        """
        names = list(history.values)
        if not self._names[0]:
            self._name_curves(0, names)
        if list(self._names[0]) != names:
            board = ", ".join(self._names[0])
            raise ValueError(f"Animator.show: the history holds {', '.join(names)}, but the board has {board}")
        for name in names:
            self.history[name] = list(zip(history.epochs, history.values[name]))
        if history.epochs:
            last = {name: history.values[name][-1] for name in names}
            self._refresh(self._settings[0]["xlabel"] or "epoch", history.epochs[-1], last)

    def draw(self) -> None:
        """Redraw now, however recent the last picture is."""
        self._draw(layout="constrained")
        self._stale = False

    def _draw(self, layout: str) -> None:
        start = time.perf_counter()
        first = self._figure is None
        self._update_figure()
        if notebook_shell() is not None:
            self._figure.set_layout_engine(layout)
            self._last_picture = self._picture()
            self._figure.set_layout_engine("constrained")
            self._send()
        now = time.perf_counter()
        if not first:  # the first picture loads fonts and builds the figure
            self._cost = min(self._cost or now - start, now - start)
        pause = max(_SHORTEST_PAUSE, self._cost / _SHARE_OF_TIME)
        self._next_draw = now + min(pause, _LONGEST_PAUSE)

    def savefig(self, path) -> None:
        """Save the picture as it is now; the ending of the file name chooses the format (png, pdf, svg)."""
        self._update_figure()
        self._figure.savefig(path)

    def _refresh(self, xlabel: str, x: float, points: dict[str, float]) -> None:
        self._stale = True
        if notebook_shell() is None:
            print("  ".join([f"{xlabel} {x:g}"] + [f"{name} {value:.3g}" for name, value in points.items()]))
        elif self._display is None:
            self.draw()
        elif time.perf_counter() >= self._next_draw:
            self._draw(layout="none")  # half the cost; the last picture of the cell is laid out anew
        elif self._cleared:
            self._send()

    def _send(self) -> None:
        """Show the last picture below the running cell: where it is, or at the end if the output was cleared."""
        from IPython.display import display

        if self._display is None:
            self._follow_cell(notebook_shell())
        if self._display is None or self._cleared:
            self._cleared = False
            self._display = display(self._last_picture, raw=True, display_id=True)
        else:
            self._display.update(self._last_picture, raw=True)

    def _follow_cell(self, shell) -> None:
        """Notice when the running cell clears its output, and bring the picture up to date when the cell ends."""

        def notice(message):
            self._cleared |= message["header"]["msg_type"] == "clear_output"
            return message

        def finish_cell(result) -> None:
            shell.events.unregister("post_run_cell", finish_cell)
            shell.display_pub.unregister_hook(notice)
            if self._stale:
                self.draw()
            self._display, self._cleared = None, False

        shell.events.register("post_run_cell", finish_cell)
        shell.display_pub.register_hook(notice)

    def _picture(self) -> dict[str, str]:
        from base64 import b64encode

        picture = b64encode(png(self._figure)).decode()
        return {"text/plain": f"Animator: {', '.join(self.history)}", "image/png": picture}

    def _update_figure(self) -> None:
        if self._figure is None:
            self._create_figure()
        for ax, names in zip(self._figure.axes, self._names):
            for i, (name, label) in enumerate(names.items()):
                fmt = self._fmts[i % len(self._fmts)]
                if len(ax.lines) == i:
                    ax.plot([], [], fmt, label=label)
                xs, ys = with_gaps(self.history[name]).reshape(-1, 2).T
                ax.lines[i].set_data(xs, ys)
                if fmt in FMTS:  # a line needs two points to be seen
                    ax.lines[i].set_marker("." if len(xs) == 1 else "")
            if any(line.get_label() != ax.get_ylabel() for line in ax.lines):
                ax.legend()
            if ax.get_xscale() == "linear":
                whole = all(float(x).is_integer() for name in names for x, _ in self.history[name])
                ax.locator_params(axis="x", integer=whole, min_n_ticks=1 if whole else 2)
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

    def _name_curves(self, ax: int, labels: list[str]) -> None:
        for label in labels:
            name = f"{label} of axes {ax}" if label in self.history and label not in self._names[ax] else label
            if name in self.history:
                raise ValueError(f"Animator: the name {name!r} in legend is used twice, each curve needs its own")
            self._names[ax][name] = label
            self.history[name] = []


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
    one = isinstance(y, str) or getattr(y, "ndim", None) == 0 or not hasattr(y, "__iter__")
    return [y] if one else list(y)


def _number(value, name: str) -> float:
    """Return a number, or the one number in a tensor or array, as a Python number."""
    if getattr(value, "shape", None) in ((), (1,)):
        value = value.item()
    if not isinstance(value, Real):
        what = f"shape {tuple(value.shape)}" if hasattr(value, "shape") else f"type {type(value).__name__}"
        raise TypeError(f"Animator.add: {name} has a value of {what}, expected a number")
    return value
