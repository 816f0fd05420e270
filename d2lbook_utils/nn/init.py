"""Starting values for the parameters of modules."""

from __future__ import annotations

from torch import nn


def init_normal(module, std=0.01):
    """Draw a linear layer's weights from a normal distribution and set its biases to zero; for ``net.apply``.

    Other modules are left alone.

    Args:
        module: any module; only ``nn.Linear`` and its subclasses are changed.
        std: standard deviation of the weights, 0 or more.

    Raises:
        ValueError: a negative standard deviation.

    Page: softmax-regression-concise
    """
    if not std >= 0:
        raise ValueError(f"init_normal: std must be 0 or more, got {std}")
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=std)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
