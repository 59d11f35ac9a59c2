"""What a folder is for that holds no model to chat with, told by its JSON files alone."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from inference.errors import InferenceError, InferenceErrorCode
from inference.local.folder_files import CONFIG, read_json

_CLASSIFIES = ("ForSequenceClassification", "ForTokenClassification", "ForQuestionAnswering")
_ENCODERS = frozenset(
    {
        *("bert", "roberta", "xlm-roberta", "distilbert", "albert", "electra", "deberta"),
        *("deberta-v2", "ernie", "modernbert", "nomic_bert", "mpnet", "camembert", "nezha"),
    }
)
_TRANSLATES = frozenset(
    {"t5", "mt5", "umt5", "bart", "mbart", "pegasus", "marian", "m2m_100", "longt5", "fsmt"}
)
_HEARS = frozenset({"whisper", "wav2vec2", "hubert", "speech_to_text", "moonshine", "sew"})
_SEES = frozenset(
    {"vit", "clip", "siglip", "dinov2", "resnet", "detr", "swin", "convnext", "deit", "sam"}
)


class Unsuitable(StrEnum):
    """Why a folder, or a file, cannot be chatted with; `chat.sentences` has the words."""

    EMBEDS = "embeds"
    CLASSIFIES = "classifies"
    ENCODER = "encoder"
    TRANSLATES = "translates"
    HEARS = "hears"
    SEES = "sees"
    DRAWS = "draws"
    ADAPTER = "adapter"
    NO_TEXT = "no_text"
    UNKNOWN = "unknown"
    CODE_ELSEWHERE = "code_elsewhere"
    CODE_FAILS = "code_fails"


def purpose(folder: Path) -> Unsuitable | None:
    """What the folder is for; None where it may be chatted with, or nothing is known of it."""
    if (folder / "model_index.json").is_file():
        return Unsuitable.DRAWS
    config = read_json(folder / CONFIG)
    if not config and (folder / "adapter_config.json").is_file():
        return Unsuitable.ADAPTER
    if (folder / "modules.json").is_file() or (folder / "1_Pooling").is_dir():
        return Unsuitable.EMBEDS
    return _by_config(config)


def unsuitable(model: str, reason: Unsuitable, **detail: str) -> InferenceError:
    """The refusal, with what its sentence says beside the reason."""
    told = " ".join([f"{model}: {reason}", *detail.values()])
    code = InferenceErrorCode.MODEL_UNSUITABLE
    return InferenceError(code, told, detail={"model": model, "reason": reason.value, **detail})


def _by_config(config: Mapping[str, Any]) -> Unsuitable | None:
    """An encoder of text that was made to write, a decoder, is none of these."""
    classes = [str(name) for name in config.get("architectures") or ()]
    kind = str(config.get("model_type") or "")
    if classes and all(name.endswith(_CLASSIFIES) for name in classes):
        return Unsuitable.CLASSIFIES
    if kind in _ENCODERS and not config.get("is_decoder"):
        return Unsuitable.ENCODER
    kinds = {_HEARS: Unsuitable.HEARS, _SEES: Unsuitable.SEES, _TRANSLATES: Unsuitable.TRANSLATES}
    return next((why for names, why in kinds.items() if kind in names), None)
