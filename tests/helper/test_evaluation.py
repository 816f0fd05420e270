import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from torch import nn

from d2lbook_utils import confusion_matrix, evaluate_loss, show_predictions, tensor_loader


def test_confusion_matrix_counts_pairs():
    counts = confusion_matrix(torch.tensor([0, 0, 2, 2, 2]), torch.tensor([0, 1, 2, 2, 0]), 3)
    assert counts.tolist() == [[1, 1, 0], [0, 0, 0], [1, 0, 2]]


def test_confusion_matrix_of_random_labels_equals_a_loop():
    generator = torch.Generator().manual_seed(0)
    y, y_hat = torch.randint(0, 5, (2, 200), generator=generator)
    slow = [[sum(int(t == i and p == j) for t, p in zip(y, y_hat)) for j in range(5)] for i in range(5)]
    assert confusion_matrix(y, y_hat, 5).tolist() == slow


def test_confusion_matrix_edges():
    assert confusion_matrix([], [], 2).tolist() == [[0, 0], [0, 0]]
    assert confusion_matrix(torch.tensor([3], dtype=torch.uint8), torch.tensor([3], dtype=torch.uint8), 100)[3, 3] == 1
    assert confusion_matrix(np.array([2.0, 0.0]), [2, 1], 3).tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 1]]


@pytest.mark.parametrize(
    "y, y_hat, message",
    [
        ([0, 1], [0], r"one length, got \(2,\) and \(1,\)"),
        ([[0]], [[0]], "one length"),
        ([0, 3], [0, 0], "whole numbers 0 to 2"),
        ([0, 0], [3, 0], "whole numbers 0 to 2"),
        ([0, -1], [0, 0], "whole numbers 0 to 2"),
        ([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3], "whole numbers 0 to 2"),
        ([1.5], [1], "whole numbers 0 to 2"),
        ([float("nan")], [0], "whole numbers 0 to 2"),
    ],
)
def test_confusion_matrix_bad_input(y, y_hat, message):
    with pytest.raises(ValueError, match=f"confusion_matrix: .*{message}"):
        confusion_matrix(y, y_hat, 3)


def test_show_predictions_titles_true_above_predicted():
    X, y = torch.rand(4, 1, 5, 5), torch.tensor([0, 1, 1, 0])
    show_predictions(lambda X: torch.tensor([[1.0, 0.0]]).expand(len(X), 2), [(X, y)], n=3, names=["cat", "dog"])
    assert [axes.get_title() for axes in plt.gcf().axes] == ["cat\ncat", "dog\ncat", "dog\ncat"]


def test_show_predictions_shows_six_with_numbers_and_leaves_training_mode():
    model = nn.Sequential(nn.Flatten(), nn.Linear(25, 3)).train()
    seen = []
    model.register_forward_hook(lambda module, inputs, output: seen.append(output))
    X, y = torch.rand(10, 1, 5, 5), torch.arange(10) % 3
    show_predictions(model, [(X, y), (X, y)])
    predicted = seen[0].argmax(dim=1)
    assert [axes.get_title() for axes in plt.gcf().axes] == [f"{i % 3}\n{predicted[i]}" for i in range(6)]
    assert not model.training and not seen[0].requires_grad


@pytest.mark.parametrize("n", [1, 4])
def test_show_predictions_shows_one_image_or_the_whole_batch(n):
    show_predictions(
        lambda X: torch.eye(2)[:1].expand(len(X), 2), [(torch.rand(4, 1, 5, 5), torch.tensor([0] * 4))], n=n
    )
    assert len(plt.gcf().axes) == n


@pytest.mark.parametrize("n", [0, 5])
def test_show_predictions_too_many_or_none(n):
    with pytest.raises(ValueError, match=f"n is {n}, but the first batch holds 2"):
        show_predictions(lambda X: X, [(torch.rand(2, 1, 5, 5), torch.zeros(2))], n=n)


@pytest.mark.parametrize("y", [torch.tensor([0.9, 1.9]), torch.tensor([[0], [1]]), torch.eye(2, dtype=torch.int64)])
def test_show_predictions_bad_labels(y):
    with pytest.raises(ValueError, match=r"show_predictions: labels must be integers of shape \(B,\), got torch"):
        show_predictions(lambda X: torch.ones(len(X), 2), [(torch.rand(2, 1, 5, 5), y)], n=1)


def test_show_predictions_wants_a_name_for_each_class():
    with pytest.raises(ValueError, match="show_predictions: 2 names for 3 classes"):
        show_predictions(
            lambda X: torch.ones(len(X), 3), [(torch.rand(2, 1, 5, 5), torch.tensor([0, 1]))], n=1, names=["a", "b"]
        )


@pytest.mark.parametrize("reduction", ["mean", "none"])
def test_evaluate_loss_is_the_mean_over_examples(reduction):
    torch.manual_seed(0)
    X, y = torch.randn(10, 3), torch.randn(10, 1)
    model = nn.Sequential(nn.Linear(3, 1), nn.Dropout(0.5))
    loader = tensor_loader((X, y), 4)  # 4, 4 and 2 examples
    found = evaluate_loss(model, loader, nn.MSELoss(reduction=reduction))
    assert found == pytest.approx(nn.functional.mse_loss(model[0](X), y).item(), rel=1e-6)
    assert not model.training and isinstance(found, float)


def test_evaluate_loss_records_no_graph():
    layer, outputs = nn.Linear(1, 1), []
    layer.register_forward_hook(lambda module, inputs, output: outputs.append(output))
    evaluate_loss(layer, [(torch.ones(2, 1), torch.zeros(2, 1))], nn.MSELoss())
    assert not outputs[0].requires_grad


def test_evaluate_loss_of_a_classifier():
    X, y = torch.tensor([[2.0, 0.0], [0.0, 2.0]]), torch.tensor([0, 1])
    assert evaluate_loss(lambda X: X, [(X, y)], nn.CrossEntropyLoss()) == pytest.approx(np.log1p(np.exp(-2)))


@pytest.mark.parametrize("shapes", [((3, 1), (3,)), ((3,), (3, 1))])
def test_evaluate_loss_does_not_broadcast(shapes):
    predictions, targets = map(torch.ones, shapes)
    with pytest.raises(ValueError, match=r"evaluate_loss: predictions of shape \(3.* but targets of \(3"):
        evaluate_loss(lambda X: predictions, [(torch.ones(3, 1), targets)], lambda a, b: (a - b) ** 2)


def test_evaluate_loss_takes_functions_and_refuses_nothing():
    data = [(torch.ones(2, 1), torch.zeros(2, 1))]
    assert evaluate_loss(lambda X: 3 * X, data, lambda a, b: (a - b) ** 2) == 9
    with pytest.raises(ValueError, match="evaluate_loss: the loader is empty"):
        evaluate_loss(lambda X: X, [], nn.MSELoss())
