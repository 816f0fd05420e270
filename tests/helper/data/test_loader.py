"""Loaders: every example once per epoch, and clear errors."""

import pytest
import torch
from torch.utils.data import DataLoader, TensorDataset

from d2lbook_utils.data import minibatches, tensor_loader

X = torch.arange(20.0).reshape(10, 2)
y = torch.arange(10)


def order(loader):
    return torch.cat([batch[-1] for batch in loader]).tolist()


@pytest.mark.parametrize("batch_size", [1, 3, 5, 10, 11])
@pytest.mark.parametrize("shuffle", [True, False])
def test_every_example_once(batch_size, shuffle):
    loader = tensor_loader((X, y), batch_size, shuffle=shuffle)
    for _ in range(2):
        batches = list(loader)
        assert len(batches) == len(loader)
        assert [len(b) for _, b in batches[:-1]] == [batch_size] * (len(loader) - 1)
        assert sorted(order(batches)) == list(range(10))
        for features, labels in batches:
            assert torch.equal(features, X[labels])


def test_short_last_batch():
    assert [len(b) for _, b in tensor_loader((X, y), 4)] == [4, 4, 2]


def test_each_epoch_has_a_new_order():
    torch.manual_seed(0)
    loader = tensor_loader((X, y), 3)
    orders = {tuple(order(loader)) for _ in range(5)}
    assert len(orders) == 5


def test_without_shuffle_the_order_stays():
    assert order(tensor_loader((X, y), 3, shuffle=False)) == list(range(10))


def test_generator_fixes_the_order():
    first, second = (tensor_loader((X, y), 3, generator=torch.Generator().manual_seed(1)) for _ in range(2))
    torch.manual_seed(5)
    assert [order(first), order(first)] == [order(second), order(second)]


def test_the_global_seed_fixes_the_order():
    loader = tensor_loader((X, y), 3)
    torch.manual_seed(1)
    first = order(loader)
    torch.manual_seed(1)
    assert order(loader) == first


def test_same_batches_as_data_loader():
    ours = tensor_loader((X, y), 4, shuffle=False)
    theirs = DataLoader(TensorDataset(X, y), batch_size=4)
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs):
        assert all(torch.equal(a, b) for a, b in zip(mine, other))


def test_batches_are_copies():
    data = torch.zeros(4, 2)
    for (batch,) in tensor_loader([data], 2, shuffle=False):
        batch += 1
    assert data.sum() == 0


def test_a_transform_makes_what_is_yielded():
    loader = tensor_loader((X, y), 4, shuffle=False, transform=lambda features, labels: (features / 2, labels, "extra"))
    (features, labels, extra), *_, (last, *_) = loader
    assert torch.equal(features, X[:4] / 2) and torch.equal(labels, y[:4]) and extra == "extra"
    assert torch.equal(last, X[8:] / 2) and len(loader) == 3


@pytest.mark.parametrize("dtype", [torch.uint8, torch.bool, torch.float64, torch.int64])
def test_every_type_of_data(dtype):
    data = torch.randint(0, 2, (7, 3, 2)).to(dtype)
    loader = tensor_loader((data,), 3, shuffle=False)
    assert len(loader) == 3
    assert torch.equal(torch.cat([batch for (batch,) in loader]), data)


def test_batches_are_where_the_data_are():
    (batch,) = next(iter(tensor_loader((torch.empty(4, 2, device="meta"),), 3)))
    assert batch.device.type == "meta" and batch.shape == (3, 2)


@pytest.mark.parametrize("tensors", [X, [X, [1, 2]], (torch.tensor(1.0),), "X"])
def test_not_tensors(tensors):
    with pytest.raises(TypeError, match=r"tensor_loader: .*\(X, y\)"):
        tensor_loader(tensors, 2)


@pytest.mark.parametrize("tensors", [(X, y[:9]), (X[:0], y[:0]), ()])
def test_lengths_that_do_not_fit(tensors):
    with pytest.raises(ValueError, match="tensor_loader: "):
        tensor_loader(tensors, 2)


@pytest.mark.parametrize("batch_size", [0, -1, 2.5, "3", None, True, torch.tensor(2)])
def test_batch_size(batch_size):
    with pytest.raises(ValueError, match="tensor_loader: batch_size="):
        tensor_loader((X, y), batch_size)


@pytest.mark.parametrize("batch_size, sizes", [(1, [1] * 10), (4, [4, 4, 2]), (10, [10]), (11, [10])])
@pytest.mark.parametrize("shuffle", [True, False])
def test_minibatches(batch_size, sizes, shuffle):
    batches = list(minibatches(batch_size, X, y, shuffle=shuffle))
    assert [len(labels) for _, labels in batches] == sizes
    assert all(torch.equal(features, X[labels]) for features, labels in batches)
    order = torch.cat([labels for _, labels in batches]).tolist()
    assert sorted(order) == list(range(10)) and (shuffle or order == list(range(10)))


def test_minibatches_shuffle_unless_told_not_to():
    torch.manual_seed(0)
    assert len({tuple(order(minibatches(3, y))) for _ in range(5)}) == 5


def test_minibatches_take_a_generator():
    first, second = (order(minibatches(3, X, y, generator=torch.Generator().manual_seed(1))) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("batch_size", [2.5, "3", None, True, X])
def test_minibatches_batch_size_comes_first(batch_size):
    with pytest.raises(TypeError, match=r"minibatches\(10, X, y\); got (float|str|NoneType|bool|Tensor)$"):
        next(minibatches(batch_size, X, y))


@pytest.mark.parametrize(
    "arguments, shown",
    [((0, X, y), r"0 and \[10, 10\]"), ((-1, X), "-1"), ((2, X, y[:9]), r"\[10, 9\]"), ((2,), r"\[\]")],
)
def test_minibatches_that_do_not_fit(arguments, shown):
    with pytest.raises(
        ValueError, match=f"minibatches: needs batch_size >= 1 and tensors of one length, got .*{shown}"
    ):
        next(minibatches(*arguments))
