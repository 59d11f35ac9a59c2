"""Turns an exception while a folder was loaded into an error that names a remedy."""

from __future__ import annotations

from pathlib import Path
from pickle import UnpicklingError

import torch
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModelForCausalLM

from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from inference.errors import InferenceError, InferenceErrorCode
from inference.transformers_engine.loading.file_fault import damaged, file_error, missing
from inference.transformers_engine.loading.folder_check import not_installed
from inference.transformers_engine.loading.folder_files import CONFIG
from inference.transformers_engine.loading.quantisation import package_named
from inference.transformers_engine.loading.weight_files import named_weights
from inference.transformers_engine.out_of_memory import is_out_of_memory

_LIBRARIES = frozenset({"transformers", "torch", "tokenizers", "huggingface_hub"})


def load_failure(error: Exception, folder: Path, *, runs_code: bool) -> InferenceError:
    """The `InferenceError` of any exception while the folder was loaded, also of its own code."""
    match error:
        case ImportError() if not (runs_code and _is_of_another_version(error)):
            return not_installed(package_named(error), error)
        case FileNotFoundError():
            return missing(folder / Path(str(error).rpartition(": ")[2]).name, error)
        case SafetensorError() | UnpicklingError():
            return damaged(named_weights(folder), error)
        case _ if runs_code and not is_out_of_memory(error):
            return Unsuitable(Unsuitability.CODE_FAILS, _first_line(error)).error(folder.name)
        case _:
            return _failed(error, folder)


def _is_of_another_version(error: ImportError) -> bool:
    """Whether what cannot be imported belongs to a library that is installed: to install it again
    would not help.
    """
    return (error.name or "").partition(".")[0] in _LIBRARIES


def _failed(error: Exception, folder: Path) -> InferenceError:
    """torch and transformers have no exception classes for these."""
    if is_out_of_memory(error):
        return file_error(InferenceErrorCode.OUT_OF_MEMORY, folder, error)
    if "PytorchStreamReader" in str(error):
        return damaged(named_weights(folder), error)
    if "ignore_mismatched_sizes" in str(error) or not _can_be_built(folder):
        return damaged(folder / CONFIG, error)
    return file_error(InferenceErrorCode.MODEL_LOAD_FAILED, folder, error)


def _can_be_built(folder: Path) -> bool:
    """Whether the configuration describes a model, whatever the weights are."""
    try:
        with torch.device("meta"):
            AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(folder))
    except Exception:  # noqa: BLE001 - a wrong value fails wherever it is first used
        return False
    return True


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".split("\n", 1)[0][:200]
