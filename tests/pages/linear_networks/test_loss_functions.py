import math

import matplotlib.pyplot as plt
import pytest
import torch
from torch.nn import functional as F

from d2lbook_utils.figures.linear_networks import loss_functions as draw


def huber(delta):
    return lambda r: torch.where(r.abs() <= delta, r**2 / 2, delta * r.abs() - delta**2 / 2)


def test_tug_marks_the_answers_and_clips_the_pulls():
    draw.tug([1.0, 2.0, 3.0, 100.0], 26.5, 2.5, 16 / 3, 10)
    line, bars = plt.gcf().axes
    points = next(item for item in line.lines if item.get_marker() == "o")
    assert points.get_xdata().tolist() == [1, 2, 3, 100] and line.get_xscale() == "log"
    assert [text.get_text() for text in line.texts] == ["mean 26.5", "median 2.5", "Huber 5.33"]
    assert [item.get_xdata() for item in line.lines if item.get_marker() == "v"] == [[26.5], [2.5], [16 / 3]]
    heights = [bar.get_height() for bar in bars.patches]
    assert heights == pytest.approx([1 - 16 / 3, 2 - 16 / 3, 3 - 16 / 3, 10]) and sum(heights) == pytest.approx(0)
    assert [text.get_text() for text in bars.texts] == ["−4.33", "−3.33", "−2.33", "+10"]
    assert [label.get_text() for label in bars.get_xticklabels()] == ["1 m", "2 m", "3 m", "100 m"]
    assert line.get_xlabel() == "metres" and bars.get_ylabel() == "pull on the answer"


@pytest.mark.parametrize("delta", [0.5, 2.0])
def test_triptych_shows_loss_density_and_gradient(delta):
    draw.triptych({"squared": lambda r: r**2 / 2, "absolute": torch.abs, "Huber": huber(delta)}, delta)
    loss, likelihood, gradient = plt.gcf().axes
    assert [axes.get_ylabel() for axes in (loss, likelihood, gradient)] == ["loss", "likelihood", "gradient"]
    assert [text.get_text() for text in loss.get_legend().get_texts()] == ["squared", "absolute", "Huber"]
    r = torch.as_tensor(loss.lines[0].get_xdata())
    values = [torch.as_tensor(line.get_ydata()) for line in likelihood.lines[:3]]
    torch.testing.assert_close(values[0], torch.exp(-r**2 / 2) / math.sqrt(2 * math.pi), atol=1e-6, rtol=0)
    torch.testing.assert_close(values[1], torch.exp(-r.abs()) / 2, atol=1e-4, rtol=0)
    slopes = [torch.as_tensor(line.get_ydata()) for line in gradient.lines[:3]]
    for found, expected in zip(slopes, [r, r.sign(), r.clamp(-delta, delta)]):
        torch.testing.assert_close(found, expected)
    assert gradient.lines[3].get_xydata().tolist() == [[-delta, -delta], [delta, delta]]
    assert loss.lines[3].get_ydata().tolist() == pytest.approx([delta**2 / 2] * 2)


def test_lines_pass_through_their_values():
    x, y = torch.linspace(-1.5, 1.5, 4), torch.tensor([-2.0, 0.0, 2.0, -10.0])
    draw.lines(x, y, {"squared": (-1.0, 2.0), "Huber": (2.0, 1.0)}, "wrong by 14")
    axes = plt.gcf().axes[0]
    assert axes.lines[0].get_xydata().tolist() == torch.stack([x, y], dim=1).tolist()
    for line, (w, b) in zip(axes.lines[1:], [(-1, 2), (2, 1)]):
        xs, ys = line.get_data()
        assert [float(v) for v in ys] == pytest.approx([w * float(v) + b for v in xs])
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["squared: slope −1.0", "Huber: slope +2.0"]
    assert axes.get_title() == "wrong by 14" and (axes.get_xlabel(), axes.get_ylabel()) == ("x", "y")


def test_margin_draws_the_pull_of_every_loss():
    draw.margin({"zero-one": lambda m: (m <= 0).to(m.dtype), "hinge": lambda m: (1 - m).clamp(min=0),
                      "logistic": lambda m: F.softplus(-m)})
    top, bottom = plt.gcf().axes
    m = torch.as_tensor(top.lines[0].get_xdata())
    zero_one, hinge, logistic = [torch.as_tensor(line.get_ydata()) for line in bottom.lines]
    assert (zero_one == 0).all()
    assert (hinge[m < 0.99] == 1).all() and (hinge[m > 1.01] == 0).all()
    torch.testing.assert_close(logistic, torch.sigmoid(-m))
    assert top.lines[0].get_ydata()[0] == 1 and top.lines[1].get_ydata()[0] == 4
    assert bottom.get_xlabel() == "margin m" and [text.get_text() for text in top.get_legend().get_texts()] == ["zero-one", "hinge", "logistic"]


@pytest.mark.parametrize("gamma, easy, hard", [(0.0, 10.0, 7.0), (2.0, 1000 * 1e-4 * (0.01 - 2 * 0.99 * math.log(0.99)),
                                                                10 * 0.49 * (0.7 - 0.6 * math.log(0.3)))])
def test_focal_bars_are_total_pulls(gamma, easy, hard):
    draw.focal(lambda m, gamma: -torch.sigmoid(-m)**gamma * F.logsigmoid(m), gamma, (1000, 0.99), (10, 0.3))
    left, right = plt.gcf().axes
    assert [bar.get_height() for bar in right.patches] == pytest.approx([easy, hard])
    assert right.get_title() == f"easy ones: {100 * easy / (easy + hard):.0f} %"
    assert [label.get_text() for label in right.get_xticklabels()] == ["1,000 easy\np = 0.99", "10 hard\np = 0.3"]
    p, values = (torch.as_tensor(part) for part in left.lines[1].get_data())
    torch.testing.assert_close(values, -(1 - p)**gamma * p.log())
    assert left.get_xlabel() == "probability of the truth" and right.get_ylabel() == "total pull"
