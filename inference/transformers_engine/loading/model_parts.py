"""Where parts of a model are that every architecture has and calls otherwise."""

from __future__ import annotations

from typing import Any

import torch


def layers(model: Any) -> list[torch.nn.Module]:
    """The decoder's layers, whatever the architecture calls them: its longest list."""
    lists = [part for part in model.modules() if isinstance(part, torch.nn.ModuleList)]
    return [*max(lists, key=len)] if lists else [model.base_model]


def entrance(model: Any) -> torch.device:
    """Where the prompt goes. Offloaded weights lie nowhere; accelerate's hook says where to."""
    hook = getattr(model.get_input_embeddings(), "_hf_hook", None)
    return torch.device(getattr(hook, "execution_device", None) or model.device)
