import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils import CheckFailed
from d2lbook_utils.figures.getting_started import notation as draw

NAMES = {"torch": torch, "x": torch.tensor([1.0, 2.0, -3.0]), "U": {1, 2}}


@pytest.fixture
def shown(monkeypatch):
    displayed = []
    monkeypatch.setattr("IPython.display.display", displayed.append)
    return displayed


def test_table_shows_every_row(shown, capsys):
    draw.table(
        NAMES,
        [
            (r"$x_3$", "entry 3", "x[2]", -3),
            (r"$\cup$", "union", "U | {3}", {1, 2, 3}),
            ("shape", "a shape", "x.shape", (3,)),
            (r"$\bar x$", "a third of the entries", "x / 3", [0.333, 0.667, -1]),
        ],
    )
    assert capsys.readouterr().out == "ok: all 4 rows give the value shown\n"
    assert shown[0].data.splitlines()[2:] == [
        "| $x_3$ | entry 3 | `x[2]` = \N{MINUS SIGN}3 |",
        r"| $\cup$ | union | `U \| {3}` = {1, 2, 3} |",
        "| shape | a shape | `x.shape` = (3,) |",
        "| $\\bar x$ | a third of the entries | `x / 3` = [0.333, 0.667, \N{MINUS SIGN}1] |",
    ]


@pytest.mark.parametrize(
    "code, value",
    [
        ("x[0]", 2),
        ("x", [1, 2]),
        ("x / 3", [0.333, 0.665, -1]),
        ("x.shape", (2,)),
        ("U", {1}),
        ("2.5 / 2", 1.3),
        ("3 in U", True),
    ],
)
def test_a_wrong_value_is_not_shown(code, value, shown):
    with pytest.raises(CheckFailed):
        draw.table(NAMES, [("s", "m", code, value)])
    assert not shown


def test_layer_has_as_many_cells_as_its_shapes_say():
    draw.layer(n=4, d=3, q=2)
    ax = plt.gca()
    assert len(ax.patches) == 4 * 2 + 4 * 3 + 3 * 2 + 2
    shapes = [text.get_text() for text in ax.texts if text.get_text().startswith("(")]
    assert shapes == ["(4, 2)", "(4, 3)", "(3, 2)", "(2,)"]
    colors = [patch.get_facecolor() for patch in ax.patches]
    assert len([color for color in colors if color != colors[-1]]) == 2 + 3
