"""A Hugging Face folder into memory: weights, tokenizer, and what they say of themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, GenerationConfig
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.utils import logging as transformers_logging

from inference.errors import InferenceError, InferenceErrorCode
from inference.local.architecture import context_tokens, is_batchable, is_offloaded
from inference.local.loading_progress import OnProgress, weights_told_to
from inference.local.out_of_memory import is_out_of_memory
from inference.local.placement import (
    Placement,
    chosen_device,
    chosen_dtype,
    device_map,
    free_memory,
    weights_bytes,
)
from inference.local.quantisation import missing_packages, package_named
from inference.types import SamplingOptions

_BEFORE_WEIGHTS = 0.1
"""Configuration and tokenizer, as a part of the loading."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in evaluation mode and what is needed to talk with it."""

    model: Any
    tokenizer: Any
    ends: frozenset[int]
    context_tokens: int
    defaults: SamplingOptions
    batchable: bool
    offloaded: bool


def load(folder: Path, placement: Placement, on_progress: OnProgress) -> LoadedModel:
    """Blocking. `on_progress` grows from 0 to 1.

    Raises `InferenceError`: `model_file_missing`, `model_file_damaged`, `out_of_memory`,
    `backend_not_installed`, `device_unavailable`, `remote_code_untrusted` or
    `model_load_failed`.
    """
    try:
        _check(folder, placement)
        return _load(folder, placement, on_progress)
    except ImportError as error:
        raise _not_installed(package_named(error), error) from None
    except FileNotFoundError as error:
        missing = folder / Path(str(error).rpartition(": ")[2]).name
        raise _error(InferenceErrorCode.MODEL_FILE_MISSING, missing, error) from None
    except (json.JSONDecodeError, UnicodeDecodeError, SafetensorError, UnpicklingError) as error:
        raise _error(InferenceErrorCode.MODEL_FILE_DAMAGED, folder, error) from None
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        raise _error(_code_of(error), folder, error) from None


def _code_of(error: Exception) -> InferenceErrorCode:
    """torch has no classes of its own for these."""
    if is_out_of_memory(error):
        return InferenceErrorCode.OUT_OF_MEMORY
    if "PytorchStreamReader" in str(error):
        return InferenceErrorCode.MODEL_FILE_DAMAGED
    return InferenceErrorCode.MODEL_LOAD_FAILED


def _check(folder: Path, placement: Placement) -> None:
    """What can be said of a folder before its weights are read."""
    if not (folder / "config.json").is_file():
        raise _error(InferenceErrorCode.MODEL_FILE_MISSING, folder, "no config.json")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if missing := missing_packages(config):
        raise _not_installed(" ".join(missing), "the weights are quantised")
    if needs_remote_code(config) and not placement.trust_remote_code:
        raise _untrusted(folder)
    if not weights_bytes(folder):
        raise _error(InferenceErrorCode.MODEL_FILE_MISSING, folder, "no weights")


def _load(folder: Path, placement: Placement, on_progress: OnProgress) -> LoadedModel:
    trusted = {"trust_remote_code": placement.trust_remote_code}
    if placement.threads:
        torch.set_num_threads(placement.threads)
    config = AutoConfig.from_pretrained(folder, **trusted)
    tokenizer = AutoTokenizer.from_pretrained(folder, **trusted)
    on_progress(_BEFORE_WEIGHTS)
    model = _model(folder, config, placement, on_progress)
    on_progress(1.0)
    return LoadedModel(
        model=model,
        tokenizer=tokenizer,
        ends=end_tokens(model.generation_config, tokenizer),
        context_tokens=context_tokens(config),
        defaults=recommended(model.generation_config),
        batchable=is_batchable(model),
        offloaded=is_offloaded(model),
    )


def _model(folder: Path, config: Any, placement: Placement, on_progress: OnProgress) -> Any:
    device = chosen_device(placement)
    dtype = chosen_dtype(placement, config.dtype, device)
    free = free_memory(device) if placement.memory is None else placement.memory
    transformers_logging.disable_progress_bar()
    with weights_told_to(lambda part: on_progress(_BEFORE_WEIGHTS + 0.85 * part)):
        model, report = AutoModelForCausalLM.from_pretrained(
            folder,
            config=config,
            dtype=dtype,
            offload_folder=placement.offload_folder,
            output_loading_info=True,
            trust_remote_code=placement.trust_remote_code,
            **device_map(device, weights_bytes(folder), free),
        )
    if missing := sorted(report["missing_keys"]):
        # transformers makes random weights up for what is missing: the text would be noise.
        raise _error(InferenceErrorCode.MODEL_FILE_DAMAGED, folder, f"without {missing[0]}")
    return model.eval()


def end_tokens(generation: GenerationConfig, tokenizer: Any) -> frozenset[int]:
    """Every token after which the turn is over; folders name one or several."""
    named = generation.eos_token_id
    several = named if isinstance(named, list) else [named, tokenizer.eos_token_id]
    return frozenset(token for token in several if token is not None)


def recommended(generation: GenerationConfig) -> SamplingOptions:
    """What the model's makers recommend; greedy where they switched sampling off."""
    if generation.do_sample is False:
        return SamplingOptions(temperature=0.0)
    return SamplingOptions(
        temperature=generation.temperature,
        top_k=generation.top_k,
        top_p=generation.top_p,
        min_p=generation.min_p,
        repetition_penalty=generation.repetition_penalty,
    )


def needs_remote_code(config: dict[str, Any]) -> bool:
    """Whether only code from the folder knows this architecture."""
    return bool(config.get("auto_map")) and config.get("model_type") not in CONFIG_MAPPING


def _not_installed(packages: str, reason: object) -> InferenceError:
    return InferenceError(
        InferenceErrorCode.BACKEND_NOT_INSTALLED,
        f"{reason}: pip install {packages}",
        detail={"package": packages},
    )


def _untrusted(folder: Path) -> InferenceError:
    return InferenceError(
        InferenceErrorCode.REMOTE_CODE_UNTRUSTED,
        f"{folder} runs code of its own; list {folder.name} in MYLLM_TRUST_REMOTE_CODE",
        detail={"model": folder.name},
    )


def _error(code: InferenceErrorCode, file: Path, reason: object) -> InferenceError:
    return InferenceError(code, f"{file}: {reason}", detail={"file": file.name})
