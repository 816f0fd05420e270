import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils.figures.preliminaries import probability as draw


def offsets(line):
    return len(line.get_xdata())


def heights(axes):
    return [bar.get_height() for bar in axes.patches if bar.get_width() < 2]


def test_frequencies_are_the_bars_and_the_band_narrows():
    tops = []
    for n in (100, 10_000):
        plt.figure()
        draw.frequencies(torch.tensor([0.1, 0.2, 0.3, 0.2, 0.1, 0.1]), n)
        axes = plt.gca()
        band, *bars = axes.patches
        assert [bar.get_height() for bar in bars] == pytest.approx([0.1, 0.2, 0.3, 0.2, 0.1, 0.1])
        assert [bar.get_center()[0] for bar in bars] == pytest.approx(range(1, 7))
        assert axes.get_title() == f"{n:,} rolls" and axes.get_xlabel() == "face"
        tops.append(band.get_extents().transformed(axes.transData.inverted()).height)
    assert tops[0] / tops[1] == pytest.approx(10)
    assert tops[0] == pytest.approx(8 * (5 / 36 / 100)**0.5)


def test_people_are_counted_right():
    draw.people(ill=15, false_alarms=100)
    crowd, positive = plt.gcf().axes
    assert [offsets(line) for line in crowd.lines] == [9885, 100, 15]
    assert [offsets(line) for line in positive.lines] == [15, 100]
    places = {(x, y) for line in crowd.lines for x, y in zip(line.get_xdata(), line.get_ydata())}
    assert len(places) == 10_000
    assert positive.get_title() == "115 positive tests"
    assert crowd.lines[2].get_color() == positive.lines[0].get_color()


def test_updates_show_the_three_beliefs():
    draw.updates(0.01, [0.01, 0.5, 0.97])
    crowd, bars = plt.gcf().axes
    assert [offsets(line) for line in crowd.lines] == [9801, 99, 100]
    assert heights(bars) == [0.01, 0.5, 0.97]
    assert [text.get_text() for text in bars.texts] == ["0.01", "0.5", "0.97"]
    assert bars.get_ylabel() == "P(ill)"


def test_normals_peak_at_their_means():
    draw.normals(0.5)
    axes = plt.gca()
    for line, mean in zip(axes.lines, (0, 4)):
        x, y = line.get_data()
        assert x[y.argmax()] == pytest.approx(mean, abs=0.02)
        assert y.max() == pytest.approx(0.79788, abs=1e-4)
    assert axes.get_legend_handles_labels()[1] == ["mean 0", "mean 4"]


@pytest.mark.parametrize("n", [1, 2, 5])
def test_bars_of_dice_have_area_one_and_match_the_spread(n):
    rolls = torch.randint(1, 7, (5000, 5), generator=torch.Generator().manual_seed(0))
    draw.means_of_dice(rolls, n)
    axes = plt.gca()
    assert sum(bar.get_height() * bar.get_width() for bar in axes.patches) == pytest.approx(1)
    mean = sum(bar.get_height() * bar.get_width() * bar.get_center()[0] for bar in axes.patches)
    assert mean == pytest.approx(rolls[:, :n].double().mean().item(), abs=1e-6)
    assert axes.lines[0].get_ydata().max() == pytest.approx(0.398942 / (35 / 12 / n)**0.5, rel=1e-3)


def test_distributions_show_formula_and_samples():
    D = torch.distributions
    gallery = {"Bernoulli": D.Bernoulli(torch.tensor(0.25)), "uniform": D.Uniform(0.0, 1.0)}
    draw.distributions(gallery, {"Bernoulli": torch.tensor([0.0, 1, 0, 0]), "uniform": torch.linspace(0, 0.999, 1000)})
    bernoulli, uniform = plt.gcf().axes
    assert heights(bernoulli) == [0.75, 0.25]
    assert bernoulli.lines[0].get_ydata().tolist() == pytest.approx([0.75, 0.25])
    assert uniform.lines[0].get_ydata().tolist() == pytest.approx([1] * 200)
    assert [axes.get_title() for axes in (bernoulli, uniform)] == list(gallery)
    assert [axes.get_ylabel() for axes in (bernoulli, uniform)] == ["P(X = x)", "density"]


def test_likelihood_point_is_the_marked_bar():
    draw.likelihood(0.6, heads=7, tosses=10)
    left, right = plt.gcf().axes
    assert sum(heights(left)) == pytest.approx(1, abs=1e-5)
    curve, point = right.lines
    assert point.get_xdata() == [0.6]
    assert float(point.get_ydata()[0]) == pytest.approx(heights(left)[7]) == pytest.approx(0.21499, abs=1e-5)
    assert curve.get_xdata()[curve.get_ydata().argmax()] == pytest.approx(0.7, abs=0.003)
    assert left.patches[7].get_facecolor() != left.patches[6].get_facecolor()
