"""Choosing where tensors live: CUDA, Apple's MPS, or the CPU."""

from __future__ import annotations

import os

import torch


def default_device() -> torch.device:
    """Return the best device of this machine: CUDA, else MPS, else the CPU.

    The environment variable ``D2LBOOK_DEVICE`` overrides the choice, e.g. ``cpu`` or ``cuda:1``.

    Raises:
        ValueError: ``D2LBOOK_DEVICE`` names no device, or one that this machine does not have.
    """
    wanted = os.environ.get("D2LBOOK_DEVICE", "").strip()
    if wanted:
        return _device_named(wanted)
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def all_devices() -> list[torch.device]:
    """Return every CUDA device, or the one default device in a list if there is none."""
    if default_device() == torch.device("cuda"):
        return [torch.device("cuda", i) for i in range(torch.cuda.device_count())]
    return [default_device()]


def _device_named(name: str) -> torch.device:
    try:
        device = torch.device(name)
        torch.ones(1).to(device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise ValueError(
            f"default_device: D2LBOOK_DEVICE={name!r} cannot be used here ({str(error).splitlines()[0]}); "
            "choose cpu, cuda, cuda:0 or mps, or unset it"
        ) from error
    return device
