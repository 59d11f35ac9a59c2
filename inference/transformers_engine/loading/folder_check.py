"""Checks of a folder before its weights are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.models.auto.modeling_auto import (
    MODEL_FOR_CAUSAL_LM_MAPPING,
    MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING,
)
from transformers.models.auto.tokenization_auto import (
    TOKENIZER_MAPPING_NAMES,
    tokenizer_class_from_name,
)

from inference.catalog.found.named_path import unsuitable_path
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from inference.errors import InferenceError, InferenceErrorCode
from inference.pip_command import pip_command
from inference.transformers_engine.loading.file_fault import damaged, missing
from inference.transformers_engine.loading.folder_files import (
    CONFIG,
    GENERATION_CONFIG,
    TEMPLATE,
    TEMPLATE_JSON,
    TOKENIZER_CONFIG,
    has_vocabulary,
    is_damaged,
    is_text,
    read_json,
)
from inference.transformers_engine.loading.model_code import ModelCode, model_code
from inference.transformers_engine.loading.placement import Placement
from inference.transformers_engine.loading.quantisation import Quantisation, quantisation
from inference.transformers_engine.loading.sampling_values import check_sampling_values
from inference.transformers_engine.loading.vocabulary import check_vocabulary, missing_packages
from inference.transformers_engine.loading.weight_files import check_weights

_JSON = (
    *(CONFIG, TOKENIZER_CONFIG, GENERATION_CONFIG, "tokenizer.json", "vocab.json"),
    *("special_tokens_map.json", "added_tokens.json", TEMPLATE_JSON),
    *("model.safetensors.index.json", "pytorch_model.bin.index.json"),
)


def check_files(folder: Path) -> None:
    """Raises `InferenceError`: `model_file_missing`, `model_file_damaged`, `model_unsuitable`."""
    is_anything = any((folder / name).is_file() for name in (CONFIG, "adapter_config.json"))
    if is_anything and (found := unsuitable_path(folder)):
        raise found.error(folder.name)
    if not (folder / CONFIG).is_file():
        raise missing(folder / CONFIG, "no such file")
    for name in _JSON:
        if is_damaged(folder / name):
            raise damaged(folder / name, "no JSON object")
    if (folder / TEMPLATE).exists() and not is_text(folder / TEMPLATE):
        raise damaged(folder / TEMPLATE, "no text")
    _check_architecture(folder)
    check_weights(folder)
    if not has_vocabulary(folder):
        raise missing(folder / "tokenizer.json", "no tokenizer")
    check_vocabulary(folder)
    check_sampling_values(folder)


def check_packages(folder: Path) -> None:
    """Check the packages of a folder whose tokenizer is transformers' own. Raises
    `backend_not_installed`.
    """
    if packages := missing_packages(folder):
        raise not_installed(" ".join(packages), f"{folder}: its tokenizer")


def check_text_model(folder: Path, config: Any) -> None:
    """Check an architecture that transformers itself knows. Raises `model_unsuitable`."""
    if type(config) in MODEL_FOR_CAUSAL_LM_MAPPING:
        return
    if type(config) in MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING:
        raise Unsuitable(Unsuitability.VISION).error(folder.name)
    raise Unsuitable(Unsuitability.NO_TEXT_MODEL, config.model_type).error(folder.name)


def checked_weights(folder: Path, device: torch.device) -> Quantisation | None:
    """How the weights are quantised, None where they are not.

    Raises `InferenceError`: `gpu_needed` or `backend_not_installed`.
    """
    found = quantisation(folder, read_json(folder / CONFIG))
    if found is None:
        return None
    if found.needs_gpu and device.type == "cpu":
        code = InferenceErrorCode.GPU_NEEDED
        detail = {"model": folder.name, "method": found.name}
        raise InferenceError(code, f"{folder}: {found.name} needs a GPU", detail=dict(detail))
    if packages := found.missing_packages:
        raise not_installed(" ".join(packages), f"{folder}: {found.name}")
    return found


def may_run_code(folder: Path, placement: Placement) -> bool:
    """Whether code of the folder runs: it has to be needed and allowed, by the model's name in the
    settings or by the digest of all of it.

    Raises `InferenceError`: `remote_code_untrusted`, `model_file_missing`, `model_unsuitable`.
    """
    is_needed = needs_code(read_json(folder / CONFIG), read_json(folder / TOKENIZER_CONFIG))
    if not is_needed and not placement.trust_remote_code:
        return False
    code = model_code(folder)
    if is_needed:
        _check_code(folder, code)
    if placement.trust_remote_code or code.digest in placement.trusted_code:
        return bool(code.files) and not code.elsewhere
    raise _untrusted(folder)


def needs_code(config: Mapping[str, Any], tokenizer: Mapping[str, Any]) -> bool:
    """Whether only code of the folder knows this architecture, or its tokenizer."""
    kind = config.get("model_type")
    if config.get("auto_map") and kind not in CONFIG_MAPPING:
        return True
    name = str(tokenizer.get("tokenizer_class") or "").removesuffix("Fast")
    is_known = _has_class(name) if name else kind in TOKENIZER_MAPPING_NAMES
    return bool(tokenizer.get("auto_map")) and not is_known


def not_installed(packages: str, reason: object) -> InferenceError:
    """The error of missing packages, with the command that installs them here."""
    command = pip_command(packages)
    return InferenceError(
        InferenceErrorCode.BACKEND_NOT_INSTALLED,
        f"{reason}: {command}",
        detail={"package": packages, "command": command},
    )


def _check_architecture(folder: Path) -> None:
    config = read_json(folder / CONFIG)
    kind = config.get("model_type") or ""
    if not isinstance(kind, str):
        raise damaged(folder / CONFIG, f"model_type is {kind!r}")
    if kind not in CONFIG_MAPPING and not config.get("auto_map"):
        raise Unsuitable(Unsuitability.UNKNOWN_TO_TRANSFORMERS, kind).error(folder.name)


def _check_code(folder: Path, code: ModelCode) -> None:
    if code.elsewhere:
        repository = code.elsewhere[0].partition("--")[0]
        raise Unsuitable(Unsuitability.CODE_ELSEWHERE, repository).error(folder.name)
    if code.missing:
        raise missing(folder / code.missing[0], "named, not there")


def _untrusted(folder: Path) -> InferenceError:
    return InferenceError(
        InferenceErrorCode.REMOTE_CODE_UNTRUSTED,
        f"{folder} runs code of its own; list {folder.name} in MYLLM_TRUST_REMOTE_CODE",
        detail={"model": folder.name},
    )


def _has_class(name: str) -> bool:
    return any(tokenizer_class_from_name(one) is not None for one in (name, f"{name}Fast"))
