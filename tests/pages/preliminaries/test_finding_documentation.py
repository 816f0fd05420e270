import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgb

from d2lbook_utils.figures.preliminaries import finding_documentation as draw

PROGRAM = """import torch
def noise(scale):
    return torch.distributions.Normal(0.0, scale)
noise(-1.0)
"""


def lines_of(part):
    return [text.strip() for kind, text in draw.traceback_lines(PROGRAM) if kind == part]


def test_parts_of_a_traceback():
    assert lines_of("how") == ['File "train.py", line 4', "noise(-1.0)"]
    assert lines_of("where") == ['File "train.py", line 3', "return torch.distributions.Normal(0.0, scale)"]
    assert all(text.startswith('File ".../torch/') for text in lines_of("library")[::2])
    assert lines_of("error")[0].startswith("ValueError: Expected parameter scale")
    assert max(len(text) for _, text in draw.traceback_lines(PROGRAM)) <= 58


@pytest.mark.parametrize("step, part", [(1, "error"), (2, "where"), (3, "how")])
def test_a_step_colours_its_part(step, part):
    draw.traceback_step(PROGRAM, step)
    ax = plt.gca()
    coloured = [text.get_text().strip() for text in ax.texts if to_rgb(text.get_color()) == (0, 0, 0)]
    assert coloured == lines_of(part) and len(ax.patches) == len(coloured)


def test_a_program_must_fail():
    with pytest.raises(ValueError, match="does not fail"):
        draw.traceback_lines("x = 1")
