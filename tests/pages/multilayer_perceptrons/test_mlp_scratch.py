import matplotlib.pyplot as plt
import numpy as np
import torch

from d2lbook_utils.figures.multilayer_perceptrons import mlp_scratch as draw


def test_network_joins_every_unit_shown_and_cuts_long_columns():
    draw.network(torch.rand(28, 28), [784, 256, 4])
    ax = plt.gca()
    places = [circle.center[0] for circle in ax.patches]
    assert [places.count(x) for x in (0, 2, 4)] == [8, 8, 4]
    assert len(ax.lines) == 8 * 8 + 8 * 4
    texts = [text.get_text() for text in ax.texts]
    assert texts.count("⋮") == 2 and "784 × 256" in texts[-2] and "256 × 4" in texts[-1]


def test_units_lie_in_a_grid_below_their_titles():
    units = torch.arange(5.0)[:, None, None].expand(5, 28, 28) - 2
    draw.unit_images(units, list("abcde"))
    (image,) = plt.gca().images
    picture = image.get_array()
    assert image.get_clim() == (-2, 2)
    for i, text in enumerate(plt.gca().texts):
        x, y = text.get_position()
        assert text.get_text() == "abcde"[i]
        assert (picture[int(y) + 2 : int(y) + 30, int(x) - 14 : int(x) + 14] == i - 2).all()
    assert np.ma.masked_invalid(picture).count() == 5 * 28 * 28


def test_width_marks_one_point_of_each_curve():
    draw.accuracy_by_width(8, {1: (1.5, 0.3, 0.25), 8: (0.5, 0.8, 0.75)}, torch.rand(8, 28, 28))
    _, mark, _, other = plt.gcf().axes[1].lines
    assert mark.get_xydata().tolist() == [[8, 0.8]] and other.get_xydata().tolist() == [[8, 0.75]]
