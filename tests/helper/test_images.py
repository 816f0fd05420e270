import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.colors import to_hex

from d2lbook_utils.images import show_bboxes, show_heatmaps, show_images
from d2lbook_utils.plotting import new_figure


def axes():
    return plt.gcf().axes


# show_images


def test_show_images_grid_titles_and_pixels():
    images = torch.arange(4 * 2 * 3, dtype=torch.uint8).reshape(4, 2, 3)
    assert show_images(images, 2, 3, titles=["a", "b", "c", "d"], scale=2) is None
    assert len(axes()) == 6
    assert tuple(plt.gcf().get_size_inches()) == (6, 4)
    assert [ax.get_title() for ax in axes()] == ["a", "b", "c", "d", "", ""]
    assert [len(ax.images) for ax in axes()] == [1, 1, 1, 1, 0, 0]
    assert not any(ax.axison for ax in axes())
    picture = axes()[1].images[0]
    assert np.allclose(picture.get_array() * 255, images[1].numpy())
    assert picture.get_clim() == (0, 1) and picture.cmap.name == "gray"


@pytest.mark.parametrize(
    "image, shape",
    [
        (torch.zeros(1, 4, 5), (4, 5)),
        (torch.zeros(3, 4, 5), (4, 5, 3)),
        (np.zeros((4, 5, 3), dtype=np.uint8), (4, 5, 3)),
        (torch.zeros(4, 5, dtype=torch.bool), (4, 5)),
        (torch.zeros(4, 5, requires_grad=True), (4, 5)),
    ],
)
def test_show_images_layouts(image, shape):
    show_images([image], 1, 1)
    assert axes()[0].images[0].get_array().shape == shape


def test_show_images_channels_first_is_transposed():
    image = torch.rand(3, 4, 5)
    show_images([image], 1, 1)
    assert np.allclose(axes()[0].images[0].get_array(), image.permute(1, 2, 0))


def test_show_images_nan_is_white_and_rounding_is_forgiven():
    show_images([[[float("nan"), 1.0000001]]], 1, 1)
    assert axes()[0].images[0].get_array().tolist() == [[1, 1]]


@pytest.mark.parametrize(
    "images, kwargs, error, message",
    [
        (np.zeros((5, 2, 2)), {}, ValueError, "show_images: 5 images but 2 rows x 2 columns hold 4"),
        (np.zeros((3, 2, 2)), {"titles": ["a", "b"]}, ValueError, "show_images: 2 titles but 3 images"),
        ([], {}, ValueError, "show_images: images is empty"),
        (np.zeros((2, 2)), {}, ValueError, r"show_images: images\[0\] has shape \(2,\), expected"),
        (np.zeros((1, 4, 2, 2)), {}, ValueError, r"images\[0\] has shape \(4, 2, 2\), expected"),
        (np.zeros((1, 0, 2)), {}, ValueError, r"images\[0\] is empty"),
        (np.full((1, 2, 2), 255.0), {}, ValueError, r"images\[0\] has values from 255 to 255"),
        (np.full((1, 2, 2), -np.inf), {}, ValueError, r"images\[0\] has values from -inf"),
        (torch.zeros(1, 2, 2, dtype=torch.int64), {}, TypeError, r"images\[0\] is int64"),
    ],
)
def test_show_images_wrong_input(images, kwargs, error, message):
    with pytest.raises(error, match=message):
        show_images(images, 2, 2, **kwargs)


# show_bboxes


def test_show_bboxes_corners_labels_and_colours():
    _, ax = new_figure()
    ax.imshow(np.zeros((50, 60)))
    limits = ax.get_xlim(), ax.get_ylim()
    assert (
        show_bboxes(
            ax, torch.tensor([[1, 2, 11, 22], [5.0, 6, 7, 8]]), labels=["dog", "cat"], colors=["white", "black"]
        )
        is None
    )
    assert [p.get_bbox().extents.tolist() for p in ax.patches] == [[1, 2, 11, 22], [5, 6, 7, 8]]
    assert [p.get_edgecolor()[:3] for p in ax.patches] == [(1, 1, 1), (0, 0, 0)]
    assert not any(p.get_fill() for p in ax.patches)
    assert [(t.get_text(), t.get_position(), t.get_color()) for t in ax.texts] == [
        ("dog", (1, 2), "black"),
        ("cat", (5, 6), "white"),
    ]
    assert (ax.get_xlim(), ax.get_ylim()) == limits


def test_show_bboxes_without_labels_and_without_boxes():
    _, ax = new_figure()
    show_bboxes(ax, torch.zeros(0, 4))
    assert not ax.patches
    show_bboxes(ax, [[0, 0, 1, 1], [0, 0, 2, 2]])
    assert len(ax.patches) == 2 and not ax.texts
    assert [to_hex(p.get_edgecolor()) for p in ax.patches] == ["#0072b2", "#d55e00"]


@pytest.mark.parametrize(
    "boxes, labels, message",
    [
        ([1, 2, 3, 4], None, r"show_bboxes: boxes has shape \(4,\), expected \(n, 4\)"),
        (torch.zeros(2, 5), None, r"boxes has shape \(2, 5\)"),
        (torch.zeros(2, 4), ["a"], "show_bboxes: 1 labels but 2 boxes"),
        ([[0, 0, 1, 1], [5, 5, 2, 9]], None, r"show_bboxes: boxes\[1\] is 5, 5, 2, 9"),
        ([[5, 9, 7, 2]], None, r"show_bboxes: boxes\[0\] is 5, 9, 7, 2"),
        ([[0, 0, 1, float("nan")]], None, r"show_bboxes: boxes\[0\] is 0, 0, 1, nan"),
    ],
)
def test_show_bboxes_wrong_input(boxes, labels, message):
    with pytest.raises(ValueError, match=message):
        show_bboxes(new_figure()[1], boxes, labels=labels)


# show_heatmaps


def test_show_heatmaps_grid_with_shared_colours():
    values = torch.arange(2 * 3 * 4 * 5, dtype=torch.float32).reshape(2, 3, 4, 5)
    assert (
        show_heatmaps(values, xlabel="keys", ylabel="queries", titles=["a", "b", "c"], figsize=(7, 4), cmap="Reds")
        is None
    )
    *maps, bar = axes()
    assert len(maps) == 6 and bar.get_label() == "<colorbar>"
    assert np.allclose(maps[4].images[0].get_array(), values[1, 1])
    assert {ax.images[0].get_clim() for ax in maps} == {(0, 119)}
    assert maps[0].images[0].cmap.name == "Reds"
    assert [ax.get_title() for ax in maps] == ["a", "b", "c", "", "", ""]
    assert [ax.get_xlabel() for ax in maps] == [""] * 3 + ["keys"] * 3
    assert [ax.get_ylabel() for ax in maps] == ["queries", "", ""] * 2
    assert tuple(plt.gcf().get_size_inches()) == (7, 4)


def test_show_heatmaps_one_title_per_matrix():
    show_heatmaps(np.zeros((2, 2, 3, 3)), titles=["a", "b", "c", "d"])
    assert [ax.get_title() for ax in axes()[:4]] == ["a", "b", "c", "d"]


def test_show_heatmaps_annotates_one_matrix():
    show_heatmaps(torch.tensor([[0.125, 1.0], [torch.nan, 0.5]]), annotate=True)
    ax, _ = axes()
    assert [(t.get_text(), t.get_position()) for t in ax.texts] == [
        ("0.12", (0, 0)),
        ("1.00", (1, 0)),
        ("0.50", (1, 1)),
    ]
    assert [t.get_color() for t in ax.texts][:2] == ["white", "black"]
    assert ax.images[0].get_array().mask.tolist() == [[False, False], [True, False]]


def test_show_heatmaps_integers_and_masks():
    show_heatmaps(torch.tensor([[1, 20]]), annotate=True)
    assert [t.get_text() for t in axes()[0].texts] == ["1", "20"]
    show_heatmaps(torch.tensor([[True, False]]))
    assert axes()[0].images[0].get_array().tolist() == [[1, 0]]


def test_show_heatmaps_infinite_scores():
    show_heatmaps([[float("-inf"), 1.0, 3.0]])
    assert axes()[0].images[0].get_clim() == (1, 3)
    show_heatmaps([[float("nan")]])
    plt.gcf().canvas.draw()


@pytest.mark.parametrize(
    "matrices, titles, message",
    [
        (torch.zeros(2, 3, 3), None, r"show_heatmaps: matrices has shape \(2, 3, 3\), expected"),
        (torch.zeros(1, 2, 0, 3), None, "show_heatmaps: matrices is empty"),
        (torch.zeros(2, 3, 4, 4), ["a", "b"], r"2 titles, expected 6 \(one per matrix\) or 3"),
        ([[1, 2], [3]], None, "show_heatmaps: matrices has rows of different lengths"),
    ],
)
def test_show_heatmaps_wrong_input(matrices, titles, message):
    with pytest.raises(ValueError, match=message):
        show_heatmaps(matrices, titles=titles)
