import math

import pytest
import torch
from torch import nn

from d2lbook_utils import EarlyStopping, k_fold_indices


@pytest.mark.parametrize("k", range(11))
@pytest.mark.parametrize("n", [2, 3, 10, 11, 19, 50])
def test_folds_partition_the_examples(n, k):
    if not 2 <= k <= n:
        with pytest.raises(ValueError, match=f"k_fold_indices: k must be 2 to n = {n}, got {k}"):
            next(k_fold_indices(n, k))
        return
    folds = list(k_fold_indices(n, k))
    assert len(folds) == k
    assert sorted(torch.cat([valid for _, valid in folds]).tolist()) == list(range(n))
    for train, valid in folds:
        assert sorted(torch.cat([train, valid]).tolist()) == list(range(n))
        assert len(valid) in (n // k, n // k + 1)


def test_fold_sizes_equal_scikit_learn():
    from sklearn.model_selection import KFold

    for n, k in [(10, 3), (1460, 5), (7, 7)]:
        theirs = [len(valid) for _, valid in KFold(k, shuffle=True).split(range(n))]
        assert [len(valid) for _, valid in k_fold_indices(n, k)] == theirs


def test_folds_follow_the_generator():
    first = [next(k_fold_indices(50, 5, generator=torch.Generator().manual_seed(s)))[1] for s in (0, 0, 1)]
    assert torch.equal(first[0], first[1]) and not torch.equal(first[0], first[2])


def stops(values, **options):
    """The position of the value at which it says stop."""
    stopping = EarlyStopping(**options)
    return next((i for i, value in enumerate(values) if stopping.step(value)), None)


def test_early_stopping_waits_for_patience():
    assert stops([3, 2, 1, 1.5, 1.4, 0.9], patience=2) == 4
    assert stops([3, 2, 1, 1.5, 0.9, 0.8], patience=2) is None


def test_early_stopping_ties_and_nan_are_no_improvement():
    assert stops([1, 1, 1], patience=2) == 2
    assert stops([1, math.nan, math.nan], patience=2) == 2
    assert stops([math.nan, math.nan], patience=2) == 1
    assert stops([math.nan, 1, 0.5, 0.4], patience=2) is None


def test_early_stopping_min_delta():
    values = [1.0, 0.95, 0.92, 0.89, 0.7]
    assert stops(values, patience=2, min_delta=0.1) == 2
    assert stops(values, patience=3, min_delta=0.1) is None  # 0.89 is more than 0.1 below 1.0
    assert stops(values, patience=1) is None


def test_early_stopping_restores_the_best():
    torch.manual_seed(0)
    model, stopping = nn.Linear(2, 1), EarlyStopping(patience=3)
    with pytest.raises(ValueError, match="EarlyStopping: no step kept a model"):
        stopping.restore(model)
    weights = []
    for value in (2.0, 1.0, 3.0, 4.0):
        nn.init.normal_(model.weight)
        weights.append(model.weight.detach().clone())
        stopping.step(value, model)
    stopping.restore(model)
    assert stopping.best == 1.0 and torch.equal(model.weight, weights[1])


def test_early_stopping_keeps_a_copy_of_its_own():
    model, stopping = nn.Linear(1, 1), EarlyStopping(1)
    stopping.step(1.0, model)
    kept = model.weight.item()
    with torch.no_grad():
        model.weight.add_(1)
    stopping.restore(model)
    assert model.weight.item() == kept


def test_early_stopping_may_be_used_without_a_model():
    stopping = EarlyStopping(1)
    stopping.step(2.0)
    assert stopping.state is None and stopping.best == 2.0 and stopping.waited == 0


@pytest.mark.parametrize(
    "options",
    [{"patience": 0}, {"patience": math.nan}, {"patience": 1, "min_delta": -1}, {"patience": 1, "min_delta": math.nan}],
)
def test_early_stopping_bad_input(options):
    with pytest.raises(ValueError, match="EarlyStopping: needs patience >= 1 and min_delta >= 0, got"):
        EarlyStopping(**options)
