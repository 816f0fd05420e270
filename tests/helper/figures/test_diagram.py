import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import to_rgba

from d2lbook_utils import new_figure
from d2lbook_utils.figures import diagram

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    "value, spec, text",
    [
        (-1.5, "g", f"{MINUS}1.5"),
        (-0.0, "g", "0"),
        (-0.001, ".2f", "0.00"),
        (-0.001, "+.1f", "0.0"),
        (2, "+g", "+2"),
        (torch.tensor(-3), "+g", f"{MINUS}3"),
        (-1e-7, "g", f"{MINUS}1e{MINUS}07"),
    ],
)
def test_numbers_have_a_true_minus_sign_and_zero_has_none(value, spec, text):
    assert diagram.number(value, spec) == text


def test_a_column_is_centred_and_goes_down():
    assert diagram.column(2.0, 3, spacing=0.5) == [(2.0, 0.5), (2.0, 0.0), (2.0, -0.5)]


def test_connect_joins_every_pair():
    _, ax = new_figure()
    diagram.connect(ax, diagram.column(0, 2), diagram.column(1, 3), color="C1")
    ends = {tuple(map(tuple, line.get_xydata())) for line in ax.lines}
    assert len(ends) == 6 and all(start[0] == 0 and end[0] == 1 for start, end in ends)


def test_text_stands_in_the_middle_of_a_box_and_on_its_share_of_an_edge():
    _, ax = new_figure()
    diagram.box(ax, (1, 2), 4, 6, "box")
    diagram.edge(ax, (0, 0), (10, 20), "edge", at=0.25)
    diagram.arrow(ax, (0, 0), (10, 20), "arrow")
    places = {text.get_text(): tuple(text.get_position()) for text in ax.texts if text.get_text()}
    assert places == {"box": (3, 5), "edge": (2.5, 5), "arrow": (5, 10)}


def test_a_number_stands_under_its_formula_in_its_own_cell():
    values, gradients = {"a": torch.tensor([1.5, -2.0])}, {"a": torch.tensor([7.0, 8.0])}
    diagram.graph({"a": (1.0, 1.0)}, {"a": "name"}, [], values, gradients)
    places = {text.get_text(): text.get_position() for text in plt.gca().texts}
    assert list(places) == ["name", "1.5", f"{MINUS}2", "7", "8"]
    assert places["1.5"][0] < places[f"{MINUS}2"][0] and places["name"][1] > places["1.5"][1] > places["7"][1]


@pytest.mark.parametrize("reached, color, texts", [((), "0.5", []), (("a", "b"), "C1", ["×3"])])
def test_an_edge_turns_round_once_both_its_ends_have_gradients(reached, color, texts):
    places, labels, numbers = {"a": (1, 3), "b": (1, 1)}, {"a": "a", "b": "b"}, {"a": 1, "b": 2}
    diagram.graph(places, labels, [("a", "b")], numbers, numbers, reached=reached, slopes={("a", "b"): 3})
    (arrow,) = (text for text in plt.gca().texts if getattr(text, "arrow_patch", None))
    assert arrow.arrow_patch.get_edgecolor() == to_rgba(color)
    assert (arrow.xy[1] > arrow.xyann[1]) == bool(reached)
    assert [text.get_text() for text in plt.gca().texts if text.get_text().startswith("×")] == texts
