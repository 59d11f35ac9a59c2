"""A Hugging Face folder into memory: weights, tokenizer, and what they say of themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import AutoConfig, AutoModelForCausalLM, GenerationConfig
from transformers.utils import logging as transformers_logging

from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from inference.errors import InferenceError, InferenceErrorCode
from inference.local.architecture import context_tokens, is_batchable, is_offloaded
from inference.local.chat_template import ChatTemplate
from inference.local.folder_check import (
    check_files,
    check_text_model,
    checked_weights,
    file_error,
    may_run_code,
    not_installed,
)
from inference.local.folder_style import folder_style
from inference.local.loading_progress import OnProgress, weights_told_to
from inference.local.onednn_caches import bound_caches
from inference.local.out_of_memory import is_out_of_memory
from inference.local.placement import (
    Placement,
    chosen_device,
    chosen_dtype,
    device_map,
    free_memory,
    weights_bytes,
)
from inference.local.quantisation import package_named
from inference.local.tokenizer import load_template, load_tokenizer
from inference.types import SamplingOptions

_BEFORE_WEIGHTS = 0.1
"""Configuration and tokenizer, as a part of the loading."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in evaluation mode and what is needed to talk with it."""

    model: Any
    tokenizer: Any
    template: ChatTemplate
    ends: frozenset[int]
    context_tokens: int
    defaults: SamplingOptions
    batchable: bool
    offloaded: bool


def load(folder: Path, placement: Placement, on_progress: OnProgress) -> LoadedModel:
    """Blocking. `on_progress` grows from 0 to 1.

    Raises `InferenceError`: `model_file_missing`, `model_file_damaged`, `out_of_memory`,
    `backend_not_installed`, `device_unavailable`, `gpu_needed`, `remote_code_untrusted`,
    `model_unsuitable` or `model_load_failed`.
    """
    runs_code = False
    bound_caches()
    try:
        check_files(folder)
        runs_code = may_run_code(folder, placement)
        return _load(folder, placement, on_progress, runs_code=runs_code)
    except InferenceError:
        raise
    except Exception as error:
        raise _told(error, folder, runs_code=runs_code) from error


def _told(error: Exception, folder: Path, *, runs_code: bool) -> InferenceError:
    """What went wrong, as one of ours; code of the folder may raise anything."""
    match error:
        case ImportError():
            return not_installed(package_named(error), error)
        case FileNotFoundError():
            missing = folder / Path(str(error).rpartition(": ")[2]).name
            return file_error(InferenceErrorCode.MODEL_FILE_MISSING, missing, error)
        case json.JSONDecodeError() | UnicodeDecodeError() | SafetensorError() | UnpicklingError():
            return file_error(InferenceErrorCode.MODEL_FILE_DAMAGED, folder, error)
        case _ if runs_code:
            return Unsuitable(Unsuitability.CODE_FAILS, _first_line(error)).error(folder.name)
        case _:
            return file_error(_code_of(error), folder, error)


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".split("\n", 1)[0][:200]


def _code_of(error: Exception) -> InferenceErrorCode:
    """torch has no classes of its own for these."""
    if is_out_of_memory(error):
        return InferenceErrorCode.OUT_OF_MEMORY
    if "PytorchStreamReader" in str(error):
        return InferenceErrorCode.MODEL_FILE_DAMAGED
    return InferenceErrorCode.MODEL_LOAD_FAILED


def _load(
    folder: Path, placement: Placement, on_progress: OnProgress, *, runs_code: bool
) -> LoadedModel:
    if placement.threads:
        torch.set_num_threads(placement.threads)
    config = AutoConfig.from_pretrained(folder, trust_remote_code=runs_code)
    if not runs_code:
        check_text_model(folder, config)
    weights = checked_weights(folder, chosen_device(placement))
    if weights is not None:
        # Older folders say it in a file that transformers does not read.
        config.quantization_config = dict(weights.settings)
    style = folder_style(folder)
    tokenizer = load_tokenizer(folder, runs_code=runs_code)
    template = load_template(folder, tokenizer, style)
    on_progress(_BEFORE_WEIGHTS)
    model = _model(folder, config, placement, on_progress, runs_code=runs_code)
    on_progress(1.0)
    return LoadedModel(
        model=model,
        tokenizer=tokenizer,
        template=template,
        ends=end_tokens(model.generation_config, tokenizer),
        context_tokens=context_tokens(config),
        defaults=recommended(model.generation_config),
        batchable=is_batchable(model),
        offloaded=is_offloaded(model),
    )


def _model(
    folder: Path, config: Any, placement: Placement, on_progress: OnProgress, *, runs_code: bool
) -> Any:
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
            trust_remote_code=runs_code,
            **device_map(device, weights_bytes(folder), free),
        )
    if missing := sorted(report["missing_keys"]):
        # transformers makes random weights up for what is missing: the text would be noise.
        raise file_error(InferenceErrorCode.MODEL_FILE_DAMAGED, folder, f"without {missing[0]}")
    return model.eval()


def end_tokens(generation: GenerationConfig, tokenizer: Any) -> frozenset[int]:
    """Every token after which the turn is over; folders name one or several."""
    named = generation.eos_token_id
    several = named if isinstance(named, list) else [named, tokenizer.eos_token_id]
    return frozenset(token for token in several if token is not None)


def recommended(generation: GenerationConfig) -> SamplingOptions:
    """What the model's makers recommend; greedy, as transformers is, where that is nothing, or
    where they switched sampling off. Their values hold then for who switches it on.
    """
    named = ("temperature", "top_k", "top_p", "min_p")
    values = {name: getattr(generation, name) for name in named}
    penalty = generation.repetition_penalty
    if not generation.do_sample and all(value is None for value in values.values()):
        return SamplingOptions(temperature=0.0, repetition_penalty=penalty)
    switch = False if generation.do_sample is False else None
    return SamplingOptions(**values, do_sample=switch, repetition_penalty=penalty)
