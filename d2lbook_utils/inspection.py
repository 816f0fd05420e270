"""Looking at what happens inside a network."""

from __future__ import annotations

import torch


def activation_statistics(model, X):
    """Run X through the model and describe the output of every leaf module, in the order of calling.

    Args:
        model: a module.
        X: its input, a batch.

    Returns:
        list of rows ``{"layer", "mean", "std", "zeros"}``: the module's name and class, mean and standard
        deviation of all its output numbers, and the share of exact zeros.

    Page: initialization
    """
    rows = []

    def describe(name):
        def hook(module, inputs, output):
            rows.append(
                {
                    "layer": f"{name} {type(module).__name__}".strip(),
                    "mean": output.mean().item(),
                    "std": output.std(correction=0).item(),
                    "zeros": (output == 0).float().mean().item(),
                }
            )

        return hook

    leaves = [(name, module) for name, module in model.named_modules() if not list(module.children())]
    hooks = [module.register_forward_hook(describe(name)) for name, module in leaves]
    try:
        with torch.no_grad():
            model(X)
    finally:
        for hook in hooks:
            hook.remove()
    return rows


def gradient_norms(model):
    """Return the length of the gradient of every parameter that has one, by parameter name.

    The length is taken in float64, because the squares of float32 numbers below 1e-23 underflow.

    Args:
        model: a module after ``backward()``.

    Returns:
        dict from name to float, in the order of ``model.named_parameters()``.

    Page: numerical-stability
    """
    return {
        name: param.grad.cpu().double().norm().item()
        for name, param in model.named_parameters()
        if param.grad is not None
    }
