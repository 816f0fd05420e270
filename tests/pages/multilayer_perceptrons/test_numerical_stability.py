import math

import matplotlib.pyplot as plt
import pytest

from d2lbook_utils.figures.multilayer_perceptrons import numerical_stability as draw

FORMATS = {"float16": (6e-8, 6e-5, 65504.0, 3.3), "float32": (1.4e-45, 1.2e-38, 3.4e38, 7.2)}


@pytest.mark.parametrize("factor, kept, title", [(0.8, 101, "2.0\\cdot10^{-10}"), (4.0, 64, "1.6\\cdot10^{60}"), (0.25, 75, "6.2\\cdot10^{-61}"),
                                                 (1.0, 101, "layers 1")])
def test_travel_splits_the_powers_at_the_ends_of_the_last_format(factor, kept, title):
    draw.travel(factor, FORMATS)
    travel, line = plt.gcf().axes
    good, lost, _ = travel.lines
    assert (len(good.get_xdata()), len(lost.get_xdata())) == (kept, 101 - kept)
    assert good.get_xdata()[10] == pytest.approx(factor**10) and good.get_ydata()[10] == 10
    assert title in travel.get_title() and travel.get_xscale() == "log" and travel.get_ylabel() == "layers passed"
    assert [label.get_text() for label in line.get_yticklabels()] == ["float16\n3.3 digits", "float32\n7.2 digits"]
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in line.patches]
    assert ends[0] == pytest.approx((6e-8, 6e-5)) and ends[1] == pytest.approx((6e-5, 65504)) and ends[3][1] == pytest.approx(3.4e38)


def test_norms_are_drawn_by_layer_and_a_zero_becomes_a_cross():
    draw.norms(0.25, {"sigmoid": [0.0, 0.0, 1e-9, 0.1], "ReLU": [1e-3] * 4})
    axes = plt.gca()
    sigmoid, crosses, relu, none = axes.lines
    assert sigmoid.get_xdata().tolist() == [1, 2, 3, 4] and math.isnan(sigmoid.get_ydata()[1]) and sigmoid.get_ydata()[3] == 0.1
    assert list(crosses.get_xdata()) == [1, 2] and len(none.get_xdata()) == 0 and (relu.get_ydata() == 1e-3).all()
    assert [text.get_text() for text in axes.texts] == ["exactly 0"]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["sigmoid", "ReLU", "workable"]
    assert axes.get_yscale() == "log" and axes.get_title() == "weight scale 0.25" and "gradient norm" in axes.get_ylabel()


@pytest.mark.parametrize("end", [math.nan, math.inf])
def test_crash_marks_the_first_step_that_is_not_finite(end):
    draw.crash([2.0, 50.0, 1e6, end], [2.0, 1.5, 1.2, 1.0, 0.9])
    axes = plt.gca()
    clipped, plain, marker = axes.lines
    assert clipped.get_ydata()[-1] == 0.9 and list(plain.get_ydata()) == [2.0, 50.0, 1e6]
    assert list(marker.get_xdata()) == [4, 4] and axes.texts[0].get_text() == f"{end} at step 4"
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_yscale()) == ("step", "loss", "log")
