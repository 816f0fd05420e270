import pytest
import torch
from torch.nn import functional as F
from torchvision.ops import sigmoid_focal_loss

from d2lbook_utils import squared_loss
from d2lbook_utils.losses import focal_loss, l2_penalty, log_rmse


def gradient(function, x):
    x = x.detach().clone().requires_grad_()
    function(x).sum().backward()
    return x.grad


@pytest.mark.parametrize("shape", [(0, 1), (1, 1), (5,), (4, 3)])
def test_squared_loss_is_half_of_torch(shape):
    torch.manual_seed(0)
    y_hat, y = torch.randn(2, *shape, dtype=torch.float64)
    torch.testing.assert_close(squared_loss(y_hat, y), F.mse_loss(y_hat, y, reduction="none") / 2)
    torch.testing.assert_close(gradient(lambda x: squared_loss(x, y), y_hat), y_hat - y)


def test_squared_loss_does_not_broadcast():
    with pytest.raises(ValueError, match=r"squared_loss: y_hat has shape \(5, 1\) but y has \(5,\)"):
        squared_loss(torch.ones(5, 1), torch.ones(5))


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0, 5.0])
@pytest.mark.parametrize("alpha", [None, 0.25, 0.7])
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_focal_loss_equals_torchvision(gamma, alpha, dtype):
    torch.manual_seed(0)
    logits = torch.cat([torch.randn(40, dtype=dtype) * 4, torch.zeros(2, dtype=dtype)])
    targets = torch.arange(42) % 2
    theirs = lambda x: sigmoid_focal_loss(x, targets.to(dtype), gamma=gamma, alpha=-1 if alpha is None else alpha)
    ours = lambda x: focal_loss(x, targets, gamma=gamma, alpha=alpha)
    tolerance = {"rtol": 1e-4, "atol": 1e-5} if dtype == torch.float32 else {"rtol": 1e-9, "atol": 1e-12}
    torch.testing.assert_close(ours(logits), theirs(logits), **tolerance)
    torch.testing.assert_close(gradient(ours, logits), gradient(theirs, logits), **tolerance)


def test_focal_loss_without_gamma_is_binary_cross_entropy():
    logits, targets = torch.tensor([-1e4, -3.0, 0.0, 3.0, 1e4]), torch.tensor([1.0, 0.0, 1.0, 1.0, 0.0])
    torch.testing.assert_close(
        focal_loss(logits, targets, gamma=0), F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    )


@pytest.mark.parametrize("gamma", [0.5, 2.0])
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16])
def test_focal_loss_is_finite_far_out(gamma, dtype):
    logits, targets = torch.tensor([-1e4, 1e4, -1e4, 1e4], dtype=dtype), torch.tensor([0, 0, 1, 1])
    function = lambda x: focal_loss(x, targets, gamma=gamma)
    torch.testing.assert_close(function(logits), torch.tensor([0, 1e4, 1e4, 0], dtype=dtype))
    torch.testing.assert_close(gradient(function, logits), torch.tensor([0, 1, -1, 0], dtype=dtype))


def test_focal_loss_edges():
    assert focal_loss(torch.zeros(0), torch.zeros(0)).shape == (0,)
    assert torch.equal(
        focal_loss(torch.tensor([1.0]), torch.tensor([True])), focal_loss(torch.tensor([1.0]), torch.tensor([1]))
    )
    half = (
        focal_loss(torch.tensor([1.0]), torch.tensor([1]), alpha=0.0),
        focal_loss(torch.tensor([1.0]), torch.tensor([0]), alpha=1.0),
    )
    assert half == (0, 0)


def test_focal_loss_has_gamma_2_and_no_weights_unless_told():
    torch.manual_seed(0)
    logits, targets = torch.randn(20, dtype=torch.float64), torch.arange(20) % 2
    theirs = sigmoid_focal_loss(logits, targets.double(), gamma=2, alpha=-1)
    torch.testing.assert_close(focal_loss(logits, targets), theirs)


@pytest.mark.parametrize(
    "targets, options, message",
    [
        (torch.zeros(2), {}, r"needs equal shapes and gamma >= 0, got logits \(3,\), targets \(2,\), gamma 2.0"),
        (torch.zeros(3, 1), {}, r"needs equal shapes .* targets \(3, 1\)"),
        (torch.zeros(3), {"gamma": -1}, "needs equal shapes and gamma >= 0, got .*gamma -1"),
        (torch.zeros(3), {"gamma": float("nan")}, "needs equal shapes and gamma >= 0"),
        (torch.tensor([0, 1, 2]), {}, "targets must be 0 or 1"),
        (torch.tensor([0.9, 0.1, 0.0]), {}, "targets must be 0 or 1"),
        (torch.zeros(3), {"alpha": -0.1}, "alpha must be 0 to 1, got -0.1"),
        (torch.zeros(3), {"alpha": 1.1}, "alpha must be 0 to 1, got 1.1"),
    ],
)
def test_focal_loss_bad_input(targets, options, message):
    with pytest.raises(ValueError, match=f"focal_loss: {message}"):
        focal_loss(torch.zeros(3), targets, **options)


def test_l2_penalty_gives_torchs_weight_decay():
    torch.manual_seed(0)
    w = torch.randn(4, 3, dtype=torch.float64)
    torch.testing.assert_close(l2_penalty(w), torch.linalg.vector_norm(w) ** 2 / 2)
    ours, theirs = w.clone().requires_grad_(), w.clone().requires_grad_()
    (3 * l2_penalty(ours)).backward()
    one, two = torch.optim.SGD([ours], lr=0.1), torch.optim.SGD([theirs], lr=0.1, weight_decay=3)
    theirs.grad = torch.zeros_like(theirs)
    one.step(), two.step()
    torch.testing.assert_close(ours, theirs)
    assert l2_penalty(torch.zeros(0)) == 0


def test_log_rmse_equals_scikit_learn():
    from sklearn.metrics import root_mean_squared_error

    torch.manual_seed(0)
    predictions, targets = torch.rand(2, 50, 1, dtype=torch.float64) * 1e5 + 1e4
    ours = log_rmse(predictions, targets)
    theirs = root_mean_squared_error(targets.log(), predictions.log())
    assert ours.item() == pytest.approx(theirs, rel=1e-12)


def test_log_rmse():
    assert log_rmse(torch.tensor([200.0]), torch.tensor([100.0])).item() == pytest.approx(0.693147, rel=1e-5)
    assert log_rmse(torch.tensor([50.0]), torch.tensor([100.0])).item() == pytest.approx(0.693147, rel=1e-5)
    with pytest.raises(ValueError, match=r"log_rmse: predictions have shape \(2, 1\) but targets have \(2,\)"):
        log_rmse(torch.ones(2, 1), torch.ones(2))
    with pytest.raises(ValueError, match="log_rmse: needs positive numbers"):
        log_rmse(torch.tensor([1.0, 0.0]), torch.ones(2))
    with pytest.raises(ValueError, match="log_rmse: needs positive numbers"):
        log_rmse(torch.tensor([1.0, float("nan")]), torch.ones(2))
    for price in (0.0, -1.0, float("nan")):
        with pytest.raises(ValueError, match="log_rmse: needs positive numbers"):
            log_rmse(torch.ones(2), torch.tensor([1.0, price]))
    with pytest.raises(ValueError, match=r"log_rmse: predictions have shape \(0,\)"):
        log_rmse(torch.ones(0), torch.ones(0))


def test_log_rmse_gradient_equals_autograd_of_the_formula():
    torch.manual_seed(0)
    predictions, targets = torch.rand(2, 5, 1, dtype=torch.float64) + 1
    theirs = gradient(lambda x: F.mse_loss(x.log(), targets.log()).sqrt(), predictions)
    torch.testing.assert_close(gradient(lambda x: log_rmse(x, targets), predictions), theirs)
