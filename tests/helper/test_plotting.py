import io
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.colors import to_hex, to_rgb

from d2lbook_utils import _display
from d2lbook_utils.images import show_bboxes, show_heatmaps, show_images
from d2lbook_utils.plotting import new_figure, plot, plot_decision_regions, show_trace_2d


def axes():
    return plt.gcf().axes


# new_figure


def test_new_figure_has_the_books_size_and_style():
    figure, ax = new_figure()
    assert tuple(figure.get_size_inches() * figure.dpi) == (630, 420)
    assert to_hex(figure.get_facecolor()) == "#ffffff"
    assert to_hex(ax.plot([0])[0].get_color()) == "#0072b2"
    assert not ax.spines["top"].get_visible()


def test_new_figure_keeps_a_readers_own_settings():
    new_figure()
    with plt.rc_context({"figure.dpi": 60}):
        assert new_figure()[0].dpi == 60


def test_new_figure_grid_and_sharing():
    figure, grid = new_figure(2, 3, sharey=True)
    assert grid.shape == (2, 3)
    assert figure.get_figwidth() <= 7
    grid[0, 0].set_ylim(-3, 5)
    assert grid[0, 2].get_ylim() == (-3, 5)


def test_colours_stand_out_on_white():
    new_figure()
    colors = [to_rgb(c) for c in plt.rcParams["axes.prop_cycle"].by_key()["color"]]
    for color in colors:
        linear = np.where(
            np.array(color) <= 0.04045, np.array(color) / 12.92, ((np.array(color) + 0.055) / 1.055) ** 2.4
        )
        assert 1.05 / (linear @ (0.2126, 0.7152, 0.0722) + 0.05) > 2, to_hex(color)


def test_text_is_at_least_9_points():
    plot([1, 2], xlabel="x", ylabel="y", legend=["a"])
    show_heatmaps([[1.0, 2.0]], xlabel="x", ylabel="y", titles=["t"], annotate=True)
    show_images(np.zeros((1, 2, 2)), 1, 1, titles=["t"])
    show_bboxes(new_figure()[1], [[0, 0, 1, 1]], labels=["cat"])
    show_trace_2d(lambda a, b: a * a + b * b, [[1, 1], [0, 0]])
    figures = [plt.figure(number) for number in plt.get_fignums()]
    for figure in figures:
        figure.canvas.draw()  # makes the tick labels
    texts = [t for figure in figures for t in figure.findobj(plt.Text) if t.get_text()]
    assert len(texts) > 20
    assert min(t.get_fontsize() for t in texts) >= 9


def test_png_is_what_savefig_writes():
    plot([1, 4, 9], xlabel="x", ylabel="y", legend=["squares"])
    saved = io.BytesIO()
    plt.gcf().savefig(saved, format="png", metadata={"Software": None})
    assert _display.png(plt.gcf()) == saved.getvalue()


def test_equal_figures_give_equal_bytes():
    pictures = []
    for _ in range(2):
        plot([1, 4, 9], legend=["squares"])
        pictures.append(_display.png(plt.gcf()))
    assert pictures[0] == pictures[1]
    assert pictures[0].startswith(b"\x89PNG") and b"tEXt" not in pictures[0]


def test_import_is_light():
    code = (
        "import sys, d2lbook_utils.plotting, d2lbook_utils.animator, d2lbook_utils.sliders\n"
        "print([m for m in ('matplotlib', 'IPython', 'ipywidgets', 'PIL') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr


# plot


def test_plot_one_curve_over_its_index():
    assert plot([3, 5, 4]) is None
    (line,) = axes()[0].lines
    assert line.get_xydata().tolist() == [[0, 3], [1, 5], [2, 4]]
    assert tuple(plt.gcf().get_size_inches()) == (4.5, 3)
    assert axes()[0].get_legend() is None


def test_plot_labels_limits_scales_and_legend():
    plot(
        [1, 2],
        [[1, 10], [2, 20]],
        xlabel="epoch",
        ylabel="loss",
        legend=["train", "test"],
        xlim=(0, 3),
        ylim=(1, 100),
        xscale="linear",
        yscale="log",
        figsize=(6, 2),
    )
    (ax,) = axes()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss")
    assert ax.get_xlim() == (0, 3) and ax.get_ylim() == (1, 100)
    assert (ax.get_xscale(), ax.get_yscale()) == ("linear", "log")
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["train", "test"]
    assert tuple(plt.gcf().get_size_inches()) == (6, 2)
    assert [line.get_linestyle() for line in ax.lines] == ["-", "--"]


def test_plot_formats_repeat():
    plot([[1, 2]] * 3, fmts=("-", "o"))
    assert [line.get_marker() for line in axes()[0].lines] == ["None", "o", "None"]


def test_plot_curves_of_different_lengths():
    plot([[0, 1], [0, 1, 2]], [[5, 6], torch.tensor([7, 8, 9])])
    assert [len(line.get_xdata()) for line in axes()[0].lines] == [2, 3]


@pytest.mark.parametrize(
    "values",
    [
        torch.tensor([1.0, 2.0], requires_grad=True),
        torch.tensor([1.0, 2.0], dtype=torch.bfloat16),
        torch.tensor([1, 2]),
        [torch.tensor(1.0, requires_grad=True), torch.tensor(2.0)],
        np.array([1, 2], dtype=np.uint8),
        range(1, 3),
        (1, 2),
    ],
)
def test_plot_accepts_what_learners_have(values):
    plot(values)
    assert axes()[0].lines[0].get_ydata().tolist() == [1, 2]


def test_plot_bool_tensor():
    plot(torch.tensor([True, False]))
    assert axes()[0].lines[0].get_ydata().tolist() == [1, 0]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_plot_tensor_on_gpu():
    plot(torch.ones(3, device="cuda", requires_grad=True))
    assert axes()[0].lines[0].get_ydata().tolist() == [1, 1, 1]


def test_tensors_are_moved_to_the_cpu(monkeypatch):
    calls = []
    real = torch.Tensor.numpy
    monkeypatch.setattr(
        torch.Tensor, "numpy", lambda self, *, force=False: calls.append(force) or real(self, force=force)
    )
    plot(torch.ones(3))
    assert calls and all(calls)


def test_plot_leaves_gaps_for_nan_inf_and_none():
    plot([1, float("nan"), float("inf"), None, 2])
    assert np.isnan(axes()[0].lines[0].get_ydata()).tolist() == [False, True, True, True, False]
    plot(torch.full((3,), torch.nan))
    plt.gcf().canvas.draw()


def test_plot_on_given_axes_keeps_what_is_there():
    _, grid = new_figure(1, 2)
    plot([1, 10], ax=grid[0], xlabel="x", yscale="log")
    plot([2, 20], ax=grid[0], ylabel="y")
    assert len(grid[0].lines) == 2 and not grid[1].lines
    assert (grid[0].get_xlabel(), grid[0].get_ylabel(), grid[0].get_yscale()) == ("x", "y", "log")
    assert len(plt.get_fignums()) == 1


@pytest.mark.parametrize("limits", [np.array([0.0, 3.0]), torch.tensor([0.0, 3.0]), [0, 3]])
def test_plot_limits_of_any_kind(limits):
    plot([1, 2], xlim=limits, ylim=limits)
    assert axes()[0].get_xlim() == axes()[0].get_ylim() == (0, 3)


@pytest.mark.filterwarnings("error")
def test_plot_leaves_out_limits_without_room():
    plot([1], [0.5], xlim=(1, 1), ylim=(0, 1))
    left, right = axes()[0].get_xlim()
    assert left < 1 < right and axes()[0].get_ylim() == (0, 1)


@pytest.mark.parametrize(
    "args, kwargs, message",
    [
        (([1, 2, 3], [1, 2, 3, 4]), {}, "plot: X has 3 points but Y has 4"),
        (([1, 2], [[1, 2], [1, 2, 3]]), {}, r"plot: X has 2 points but Y\[1\] has 3"),
        (([[1, 2]] * 2, [[1, 2]] * 3), {}, "plot: X has 2 curves but Y has 3"),
        (([[1, 2], [3, 4]],), {"legend": ["a"]}, "plot: legend has 1 names but there are 2 curves"),
        (([],), {}, "plot: Y is empty"),
        (([], [1]), {}, "plot: X is empty"),
        ((torch.zeros(0, 3),), {}, "plot: Y is empty"),
        ((torch.zeros(2, 3, 4),), {}, r"plot: Y has shape \(2, 3, 4\), expected"),
        ((torch.zeros(100, 1),), {}, r"plot: Y has shape \(100, 1\), expected"),
        ((torch.tensor(1.0),), {}, r"plot: Y has shape \(\), expected"),
        (([[1, 2], [[3], [4, 5]]],), {}, r"plot: Y\[1\] has rows of different lengths"),
        (([[1, 2], 3],), {}, r"plot: Y has shape \(\), expected"),
    ],
)
def test_plot_wrong_shapes_and_counts(args, kwargs, message):
    with pytest.raises(ValueError, match=message):
        plot(*args, **kwargs)
    assert not plt.get_fignums()


@pytest.mark.parametrize("values", [["a", "b"], [1j], "abc", [object()]])
def test_plot_wrong_types(values):
    with pytest.raises(TypeError, match="plot: Y must hold real numbers, got"):
        plot(values)


# show_trace_2d


def bowl(x1, x2):
    return x1**2 + 2 * x2**2


def test_show_trace_2d_path_and_contours():
    trace = torch.tensor([[-4.0, 2.0], [1.0, -1.0], [0.0, 0.0]], requires_grad=True)
    assert show_trace_2d(bowl, trace, levels=[1, 4, 9]) is None
    (ax,) = axes()
    assert ax.lines[0].get_xydata().tolist() == [[-4, 2], [1, -1], [0, 0]]
    assert [line.get_xydata().tolist() for line in ax.lines[1:]] == [[[-4, 2]], [[0, 0]]]
    contours = ax.collections[0]
    assert list(contours.levels) == [1, 4, 9]
    on_level_4 = np.concatenate([p.vertices for p in contours.get_paths()[1:2]])
    assert np.allclose(bowl(*on_level_4.T), 4, atol=0.02)
    assert ax.get_xlim() == (-5.25, 2.25) and ax.get_ylim() == (-1.75, 2.75)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x1", "x2")
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["start", "end"]


def test_show_trace_2d_limits_labels_and_axes():
    _, ax = new_figure()
    show_trace_2d(bowl, [[0, 0]], xlim=(-2, 3), ylim=(-1, 4), xlabel="w", ylabel="b", ax=ax)
    assert ax.get_xlim() == (-2, 3) and ax.get_ylim() == (-1, 4)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("w", "b")
    assert len(plt.get_fignums()) == 1


def test_show_trace_2d_of_a_list_of_tuples():
    show_trace_2d(bowl, [(-4.0, 2.0), (torch.tensor(1.0), -1.0)])
    assert axes()[0].lines[0].get_xydata().tolist() == [[-4, 2], [1, -1]]


def test_show_trace_2d_that_diverges():
    show_trace_2d(bowl, [[1, 1], [3, 5], [float("inf"), float("nan")]])
    assert axes()[0].get_xlim() == (0.5, 3.5)


@pytest.mark.parametrize(
    "f, trace, message",
    [
        (bowl, torch.zeros(3), r"show_trace_2d: trace has shape \(3,\), expected \(T, 2\)"),
        (bowl, torch.zeros(0, 2), r"trace has shape \(0, 2\)"),
        (bowl, [[float("nan"), 1.0]], "trace holds no finite point"),
        (lambda a, b: (a * b).sum(), [[0, 0]], r"f returned shape \(\)"),
    ],
)
def test_show_trace_2d_wrong_input(f, trace, message):
    with pytest.raises(ValueError, match=message):
        show_trace_2d(f, trace)


# plot_decision_regions


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("classes", [(-1, 1), (0, 1, 2), (3,)])
def test_plot_decision_regions_colours_point_and_place_alike(classes, dtype):
    X = torch.tensor([[float(c), -1.0] for c in classes] + [[float(c), 2.0] for c in classes], dtype=dtype)
    y = torch.tensor(classes * 2)
    plot_decision_regions(lambda P: P[:, 0].round().clamp(min(classes), max(classes)), X, y)
    (ax,) = axes()
    assert [t.get_text() for t in ax.get_legend().get_texts()] == [f"class {c}" for c in classes]
    (*points,) = [c for c in ax.collections if len(c.get_offsets()) == 2]
    (regions,) = [c for c in ax.collections if c not in points]
    paths = [path for path in regions.get_paths() if len(path.vertices)]
    for c, scatter, path, face in zip(classes, points, paths, regions.get_facecolor()):
        assert np.allclose(scatter.get_offsets(), [[c, -1], [c, 2]])
        assert to_hex(scatter.get_facecolor()[0]) == to_hex(face)
        assert path.contains_point((c + 0.0005, 0.5))
    assert ax.get_xlabel() and ax.get_ylabel()


def test_plot_decision_regions_uses_the_given_axes():
    _, (left, right) = new_figure(1, 2)
    plot_decision_regions(lambda P: P[:, 0] > 0, torch.eye(2), torch.tensor([True, False]), ax=right)
    assert right.collections and not left.collections


@pytest.mark.parametrize("shape, count", [((3,), 3), ((3, 3), 3), ((3, 2), 2)])
def test_plot_decision_regions_wrong_shapes(shape, count):
    with pytest.raises(ValueError, match=r"plot_decision_regions: X must be \(n, 2\) and y \(n,\), got"):
        plot_decision_regions(lambda P: P[:, 0], torch.zeros(shape), torch.zeros(count))
