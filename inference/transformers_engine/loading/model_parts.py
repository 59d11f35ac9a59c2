"""Finds parts of a model that architectures name differently."""

from __future__ import annotations

from typing import Any

import torch


def layers(model: Any) -> list[torch.nn.Module]:
    """The decoder's layers: the model's longest module list."""
    lists = [part for part in model.modules() if isinstance(part, torch.nn.ModuleList)]
    return [*max(lists, key=len)] if lists else [model.base_model]


def entrance(model: Any) -> torch.device:
    """The device of the prompt. Offloaded weights have none; then accelerate's hook names it."""
    hook = getattr(model.get_input_embeddings(), "_hf_hook", None)
    return torch.device(getattr(hook, "execution_device", None) or model.device)
