import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils.figures.preliminaries import probability as draw


def counts(ax):
    return [len(line.get_xdata()) for line in ax.lines]


def heights(ax):
    return [bar.get_height() for bar in ax.patches if bar.get_width() < 2]


def test_the_band_around_the_frequencies_is_eight_standard_errors_wide():
    widths = []
    for n in (100, 10_000):
        draw.face_frequencies(torch.full((6,), 1 / 6), n)
        ax = plt.gca()
        widths.append(ax.patches[0].get_extents().transformed(ax.transData.inverted()).height)
    assert widths == pytest.approx([8 * (5 / 36 / 100) ** 0.5, 8 * (5 / 36 / 10_000) ** 0.5])


def test_people_are_counted_right():
    draw.people(ill=15, false_alarms=100)
    crowd, positive = plt.gcf().axes
    assert counts(crowd) == [9885, 100, 15] and counts(positive) == [15, 100]
    places = {(x, y) for line in crowd.lines for x, y in zip(line.get_xdata(), line.get_ydata())}
    assert len(places) == 10_000
    assert positive.get_title() == "115 positive tests"
    assert crowd.lines[2].get_color() == positive.lines[0].get_color()


def test_belief_updates_count_the_people_of_a_prevalence():
    draw.belief_updates(0.01, [0.01, 0.5, 0.9985])
    crowd, bars = plt.gcf().axes
    assert counts(crowd) == [9801, 99, 100]
    assert [text.get_text() for text in bars.texts] == ["0.01", "0.5", "0.9985"]


def test_normals_peak_at_their_means():
    draw.normals(0.5)
    for line, mean in zip(plt.gca().lines, (0, 4)):
        x, y = line.get_data()
        assert x[y.argmax()] == pytest.approx(mean, abs=0.02)
        assert y.max() == pytest.approx(0.79788, abs=1e-4)


@pytest.mark.parametrize("n", [1, 2, 5])
def test_bars_of_dice_have_area_one_and_match_the_spread(n):
    rolls = torch.randint(1, 7, (5000, 5), generator=torch.Generator().manual_seed(0))
    draw.means_of_dice(rolls, n)
    ax = plt.gca()
    assert sum(bar.get_height() * bar.get_width() for bar in ax.patches) == pytest.approx(1)
    mean = sum(bar.get_height() * bar.get_width() * bar.get_center()[0] for bar in ax.patches)
    assert mean == pytest.approx(rolls[:, :n].double().mean().item(), abs=1e-6)
    assert ax.lines[0].get_ydata().max() == pytest.approx(0.398942 / (35 / 12 / n) ** 0.5, rel=1e-3)


def test_gallery_shows_formula_and_samples():
    D = torch.distributions
    distributions = {"Bernoulli": D.Bernoulli(torch.tensor(0.25)), "uniform": D.Uniform(0.0, 1.0)}
    samples = {"Bernoulli": torch.tensor([0.0, 1, 0, 0]), "uniform": torch.linspace(0, 0.999, 1000)}
    draw.gallery(distributions, samples)
    bernoulli, uniform = plt.gcf().axes
    assert heights(bernoulli) == [0.75, 0.25]
    assert bernoulli.lines[0].get_ydata().tolist() == pytest.approx([0.75, 0.25])
    assert uniform.lines[0].get_ydata().tolist() == pytest.approx([1] * 200)


def test_likelihood_point_is_the_marked_bar():
    draw.likelihood(0.6, heads=7, tosses=10)
    left, right = plt.gcf().axes
    assert sum(heights(left)) == pytest.approx(1, abs=1e-5)
    curve, point = right.lines
    assert float(point.get_ydata()[0]) == pytest.approx(heights(left)[7]) == pytest.approx(0.21499, abs=1e-5)
    assert curve.get_xdata()[curve.get_ydata().argmax()] == pytest.approx(0.7, abs=0.003)
    assert left.patches[7].get_facecolor() != left.patches[6].get_facecolor()
