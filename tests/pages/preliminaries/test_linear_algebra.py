import math

import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import to_hex

from d2lbook_utils.figures.preliminaries import linear_algebra as draw

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    "degrees, title",
    [
        (0, "shadow 1.5 times length 2 = dot product 3"),
        (90, "shadow 0 times length 2 = dot product 0"),
        (120, f"shadow {MINUS}0.75 times length 2 = dot product {MINUS}1.5"),
    ],
)
def test_shadow_is_the_cosine_part(degrees, title):
    draw.shadow(degrees)
    assert plt.gca().get_title() == title
    (shadow,) = (line for line in plt.gca().lines if line.get_label() == "shadow")
    assert list(shadow.get_xdata()) == pytest.approx([0, 1.5 * math.cos(math.radians(degrees))])


def test_histogram_counts_every_pair():
    draw.cosine_histogram(torch.tensor([-1.0, -0.5, 0.5, 1.0]))
    assert sum(bar.get_height() for bar in plt.gca().patches) == 4
    assert plt.gca().get_title() == "standard deviation 0.91"


@pytest.mark.parametrize(
    "chosen, coloured, last",
    [
        ({"rows": [1], "cols": [0]}, (3, 3, 1), "5 4 6 5 8 4"),
        ({"cols": [2]}, (6, 3, 2), "5 4 6 5 8 4"),
        ({"rows": [0]}, (3, 9, 3), "5 4 6 5 8 4"),
        ({"inner": [2]}, (2, 3, 6), "4 2 6 2 1 3"),
    ],
)
def test_product_colours_the_parts_that_are_read(chosen, coloured, last):
    A, B = torch.tensor([[1.0, 0, 2], [3, 1, 1]]), torch.tensor([[1.0, 2, 0], [0, 1, 1], [2, 1, 3]])
    draw.matrix_product(A, B, **chosen)
    ax = plt.gca()
    cells = [to_hex(cell.get_facecolor()) != "#ffffff" for cell in ax.patches]
    assert (sum(cells[:6]), sum(cells[6:15]), sum(cells[15:])) == coloured
    numbers = [text.get_text() for text in ax.texts if not text.get_text()[0].isalpha()]
    assert numbers[15:] == last.split()
    assert ax.get_title() == ("3·1 + 1·0 + 1·2 = 5" if len(chosen) == 2 else "")


def test_map_moves_the_unit_square():
    draw.linear_map(torch.tensor([[1.0, 1], [0, -2]]))
    (square,) = (patch for patch in plt.gca().patches if isinstance(patch, plt.Polygon))
    assert square.get_xy()[:4].tolist() == [[0, 0], [1, 0], [2, -2], [1, -2]]
    assert plt.gca().get_title() == f"determinant {MINUS}2"


@pytest.mark.parametrize(
    "degrees, title",
    [
        (45, "same line: Av = 3 v"),
        (135, "same line: Av = 1 v"),
        (0, "Av is turned by 27°"),
    ],
)
def test_eigenvectors_stay_on_their_line(degrees, title):
    draw.eigen(torch.tensor([[2.0, 1], [1, 2]]), degrees)
    assert plt.gca().get_title() == title


@pytest.mark.parametrize("p, farthest", [(0.5, 1), (1, 1), (2, 1), (math.inf, math.sqrt(2))])
def test_ball_ends_where_the_norm_is_one(p, farthest):
    draw.unit_ball(p)
    edge = torch.tensor(plt.gca().lines[0].get_xydata())
    assert torch.allclose(torch.linalg.vector_norm(edge, p, dim=1), torch.ones(len(edge), dtype=edge.dtype), atol=1e-5)
    assert edge.norm(dim=1).max().item() == pytest.approx(farthest, abs=1e-5)
    assert ("not a norm" in plt.gca().get_title()) == (p < 1)


def test_low_rank_shows_the_first_layers_and_their_price():
    draw.low_rank(*torch.linalg.svd(torch.diag(torch.tensor([4.0, 3.0]))), 1)
    assert plt.gca().images[0].get_array().tolist() == [[4, 0], [0, 0]]
    assert plt.gca().get_title() == "5 of 4 numbers, error 60 %"
