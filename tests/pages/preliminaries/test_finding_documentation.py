"""The traceback that the page Finding documentation draws is read correctly."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgb

from d2lbook_utils import new_figure
from d2lbook_utils.figures.preliminaries import finding_documentation as draw

PROGRAM = """import torch
def noise(scale):
    return torch.distributions.Normal(0.0, scale)
noise(-1.0)
"""


def test_parts_of_a_traceback():
    lines = draw.traceback_lines(PROGRAM)
    assert [text.strip() for part, text in lines if part == "how"] == ['File "train.py", line 4', "noise(-1.0)"]
    assert [text.strip() for part, text in lines if part == "where"] == ['File "train.py", line 3', "return torch.distributions.Normal(0.0, scale)"]
    assert all(text.startswith('  File ".../torch/') for part, text in lines if part == "library" and "File" in text)
    assert {"library", "error"} < {part for part, _ in lines}
    assert next(text for part, text in lines if part == "error").startswith("ValueError: Expected parameter scale")
    assert max(len(text) for _, text in lines) <= 58


@pytest.mark.parametrize("step, part", [(1, "error"), (2, "where"), (3, "how")])
def test_a_step_colours_its_part(step, part):
    figure, axes = new_figure()
    draw.traceback_of(PROGRAM, step)
    expected = [text for kind, text in draw.traceback_lines(PROGRAM) if kind == part]
    assert [text.get_text() for text in axes.texts if to_rgb(text.get_color()) == (0, 0, 0)] == expected
    assert len(axes.patches) == len(expected)
    assert axes.get_title().startswith(f"{step}.")
    plt.close(figure)


def test_a_program_must_fail():
    with pytest.raises(ValueError, match="does not fail"):
        draw.traceback_lines("x = 1")
