import matplotlib.pyplot as plt
import pytest

from d2lbook_utils.figures.getting_started import installation as draw

WAYS = ["the site", "Colab", "conda", "pip", "make"]


def black():
    return [text.get_text() for text in plt.gca().texts if text.get_color() == "black"]


@pytest.mark.parametrize(
    "who, way, command",
    [
        ("on a phone", "the site", "nothing to install"),
        ("on a locked computer", "Colab", "in the browser"),
        ("without Python", "conda", "conda env create"),
        ("on Windows", "pip", "pip install -e"),
        ("on Linux or a Mac", "make", "make lab"),
    ],
)
def test_one_way_in_is_coloured_and_its_command_is_the_title(who, way, command):
    draw.way_in(who)
    assert [name for name in WAYS if name in black()] == [way]
    assert command in plt.gcf().get_suptitle()


def test_questions_after_the_first_no_stay_grey():
    draw.way_in("without Python")
    asked = [text for text in black() if text.endswith("?")]
    assert asked == ["Do you want to run code?", "May you install programs?", "Is there Python 3.10 or newer?"]


def test_torch_is_in_the_box_of_the_kernel_only():
    draw.environments()
    place = {text.get_text().split("\n")[0]: text.get_position()[0] for text in plt.gca().texts}
    assert abs(place["torch"] - place["the kernel of this page"]) < 0.1
    assert abs(place["pip"] - place["a new terminal"]) < 0.1
    assert place["torch"] > 5 > place["pip"]
