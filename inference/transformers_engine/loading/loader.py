"""Loads a Hugging Face folder: weights, tokenizer, and the settings that come with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoModelForCausalLM, GenerationConfig
from transformers.utils import logging as transformers_logging

from inference.errors import InferenceError
from inference.transformers_engine.loading.architecture import (
    context_tokens,
    is_batchable,
    is_offloaded,
)
from inference.transformers_engine.loading.file_fault import damaged, reading
from inference.transformers_engine.loading.folder_check import (
    check_files,
    check_packages,
    check_text_model,
    checked_weights,
    may_run_code,
)
from inference.transformers_engine.loading.folder_files import CONFIG, GENERATION_CONFIG
from inference.transformers_engine.loading.folder_style import folder_style
from inference.transformers_engine.loading.load_failure import load_failure
from inference.transformers_engine.loading.loading_progress import OnProgress, weights_reported_to
from inference.transformers_engine.loading.onednn_caches import bound_caches
from inference.transformers_engine.loading.placement import (
    Placement,
    chosen_device,
    chosen_dtype,
    device_map,
    free_memory,
    weights_bytes,
)
from inference.transformers_engine.loading.tokenizer import load_template, load_tokenizer
from inference.transformers_engine.loading.trial_answer import try_answer
from inference.transformers_engine.loading.weight_files import named_weights
from inference.transformers_engine.prompts.chat_template import ChatTemplate
from inference.types import SamplingOptions

_BEFORE_WEIGHTS = 0.1
"""The share of the loading that configuration and tokenizer take."""
_ALL_TOKENS = -1
"""A `top_k` without a limit, as vLLM and some models' makers write it; 0 in `SamplingOptions`."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in evaluation mode, with its tokenizer, chat template and recommended options."""

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
        raise load_failure(error, folder, runs_code=runs_code) from error


def _load(
    folder: Path, placement: Placement, on_progress: OnProgress, *, runs_code: bool
) -> LoadedModel:
    if placement.threads:
        torch.set_num_threads(placement.threads)
    with reading(folder / CONFIG, runs_code=runs_code):
        config = AutoConfig.from_pretrained(folder, trust_remote_code=runs_code)
    if not runs_code:
        check_text_model(folder, config)
        check_packages(folder)
    if (folder / GENERATION_CONFIG).is_file():
        with reading(folder / GENERATION_CONFIG):
            GenerationConfig.from_pretrained(folder)
    weights = checked_weights(folder, chosen_device(placement))
    if weights is not None:
        # Older folders have it in a file that transformers does not read.
        config.quantization_config = dict(weights.settings)
    style = folder_style(folder)
    tokenizer = load_tokenizer(folder, runs_code=runs_code)
    template = load_template(folder, tokenizer, style)
    on_progress(_BEFORE_WEIGHTS)
    model = _model(folder, config, placement, on_progress, runs_code=runs_code)
    if runs_code:
        try_answer(model, tokenizer)
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
    with weights_reported_to(lambda part: on_progress(_BEFORE_WEIGHTS + 0.85 * part)):
        model, report = AutoModelForCausalLM.from_pretrained(
            folder,
            config=config,
            dtype=dtype,
            offload_folder=placement.offload_folder,
            output_loading_info=True,
            trust_remote_code=runs_code,
            **device_map(device, weights_bytes(folder), free),
        )
    if absent := sorted(report["missing_keys"]):
        # transformers initialises missing weights at random: the text would be noise.
        raise damaged(named_weights(folder), f"without {absent[0]}")
    return model.eval()


def end_tokens(generation: GenerationConfig, tokenizer: Any) -> frozenset[int]:
    """The tokens that end a turn; folders name one or several."""
    named = generation.eos_token_id
    several = named if isinstance(named, list) else [named, tokenizer.eos_token_id]
    return frozenset(token for token in several if token is not None)


def recommended(generation: GenerationConfig) -> SamplingOptions:
    """The sampling options that the model's publishers recommend. Greedy, as in transformers, where
    they recommend none or switched sampling off; their other values then apply to requests that
    switch it on.
    """
    named = ("temperature", "top_k", "top_p", "min_p")
    values = {name: getattr(generation, name) for name in named}
    if values["top_k"] == _ALL_TOKENS:
        values["top_k"] = 0
    penalty = generation.repetition_penalty
    if not generation.do_sample and all(value is None for value in values.values()):
        return SamplingOptions(temperature=0.0, repetition_penalty=penalty)
    switch = False if generation.do_sample is False else None
    return SamplingOptions(**values, do_sample=switch, repetition_penalty=penalty)
