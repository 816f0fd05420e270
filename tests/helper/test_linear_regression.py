import pytest
import torch

from d2lbook_utils import minibatches, synthetic_regression


def test_synthetic_regression_is_the_line_plus_noise():
    w, b = torch.tensor([2.0, -3.4]), 4.2
    X, y = synthetic_regression(w, b, 20_000, noise_std=0.5, generator=torch.Generator().manual_seed(0))
    noise = y - (X @ w.reshape(-1, 1) + b)
    assert X.shape == (20_000, 2) and y.shape == (20_000, 1)
    assert abs(noise.mean()) < 0.02 and abs(noise.std() - 0.5) < 0.02
    assert X.mean(dim=0).abs().max() < 0.03 and (X.std(dim=0) - 1).abs().max() < 0.03


def test_synthetic_regression_without_noise_in_float64():
    w = torch.tensor([[1.0], [2.0], [3.0]], dtype=torch.float64)
    X, y = synthetic_regression(w, -1.0, 7, noise_std=0)
    assert X.dtype == y.dtype == torch.float64
    assert torch.allclose(y, X @ w - 1, atol=1e-14)


def test_synthetic_regression_edges_and_seed():
    w = torch.ones(2)
    assert synthetic_regression(w, 0, 0)[1].shape == (0, 1)
    one, two = (synthetic_regression(w, 0, 5, generator=torch.Generator().manual_seed(3)) for _ in range(2))
    assert torch.equal(one[0], two[0]) and torch.equal(one[1], two[1])
    with pytest.raises(ValueError, match="synthetic_regression: noise_std must be 0 or more, got -1"):
        synthetic_regression(w, 0, 5, noise_std=-1)


@pytest.mark.parametrize(
    "n, batch_size, lengths", [(1, 1, [1]), (3, 10, [3]), (10, 4, [4, 4, 2]), (8, 4, [4, 4]), (0, 4, [])]
)
@pytest.mark.parametrize("shuffle", [True, False])
def test_minibatches_give_every_example_once(n, batch_size, lengths, shuffle):
    X, y = torch.arange(n), torch.arange(n) * 10
    batches = list(minibatches(batch_size, X, y, shuffle=shuffle))
    assert [len(x) for x, _ in batches] == lengths
    assert all(torch.equal(b, 10 * a) for a, b in batches)
    seen = [i for a, _ in batches for i in a.tolist()]
    assert sorted(seen) == list(range(n)) and (shuffle or seen == list(range(n)))


def test_minibatches_follow_the_generator():
    X = torch.arange(100)
    orders = [
        torch.cat([a for (a,) in minibatches(7, X, generator=torch.Generator().manual_seed(s))]) for s in (0, 0, 1)
    ]
    assert torch.equal(orders[0], orders[1]) and not torch.equal(orders[0], orders[2])
    assert not torch.equal(orders[0], X)


@pytest.mark.parametrize("arguments", [(0, torch.ones(3)), (2, torch.ones(3), torch.ones(2))])
def test_minibatches_bad_input(arguments):
    with pytest.raises(ValueError, match="minibatches: needs batch_size >= 1 and tensors of one length, got"):
        next(minibatches(*arguments))
