"""Whether a model's files are those of one that can be chatted with.

Pure but for the look into the installed library that an unknown architecture costs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from inference.catalog.found import architectures
from inference.catalog.found.installed_library import names_architecture
from inference.catalog.found.other_formats import other_format
from inference.catalog.found.unsuitable import Unsuitability, Unsuitable
from inference.catalog.gguf import GgufHeader
from inference.catalog.gguf_names import is_projector

_POOLING_RANK = 4
"""llama.cpp's `LLAMA_POOLING_TYPE_RANK`; 1 to 3 make a vector of a text's, 0 none."""

_BY_ARCHITECTURE: tuple[tuple[Collection[str], Unsuitability], ...] = (
    (architectures.PROJECTORS, Unsuitability.PROJECTOR),
    (architectures.DRAFTS, Unsuitability.DRAFT),
    (architectures.ENCODERS, Unsuitability.EMBEDDING),
    (architectures.ENCODER_DECODERS, Unsuitability.ENCODER_DECODER),
    (architectures.SPEECH, Unsuitability.SPEECH),
    (architectures.IMAGES, Unsuitability.IMAGE),
)

_ENCODERS_NAMES = """
    albert bert big_bird camembert deberta deberta-v2 distilbert electra ernie ernie_m esm
    eurobert funnel gte jina_bert longformer luke megatron-bert mobilebert modernbert mpnet new
    nomic_bert nystromformer rembert roberta roberta-prelayernorm roformer squeezebert xlm
    xlm-roberta xlm-roberta-xl xlnet
"""
_ENCODERS = frozenset(_ENCODERS_NAMES.split())
_ENCODER_DECODERS_NAMES = """
    bart bigbird_pegasus blenderbot blenderbot-small fsmt led longt5 m2m_100 marian mbart mt5
    mvp nllb-moe pegasus pegasus_x prophetnet seamless_m4t switch_transformers t5 t5gemma udop
    umt5
"""
_ENCODER_DECODERS = frozenset(_ENCODER_DECODERS_NAMES.split())
_SPEECH_NAMES = """
    bark clap clvp encodec hubert mctct mimi moonshine musicgen parler_tts sew speech_to_text
    speecht5 unispeech univnet vits wav2vec2 wav2vec2-bert wavlm whisper
"""
_SPEECH = frozenset(_SPEECH_NAMES.split())
_IMAGES_NAMES = """
    beit chinese_clip clip convnext convnextv2 deit detr dinov2 dinov3_vit mask2former resnet
    sam segformer siglip siglip2 swin swinv2 vision-text-dual-encoder vit vit_mae yolos
"""
_IMAGES = frozenset(_IMAGES_NAMES.split())
_BY_MODEL_TYPE: tuple[tuple[Collection[str], Unsuitability], ...] = (
    (_ENCODERS, Unsuitability.EMBEDDING),
    (_ENCODER_DECODERS, Unsuitability.ENCODER_DECODER),
    (_SPEECH, Unsuitability.SPEECH),
    (_IMAGES, Unsuitability.IMAGE),
)
_BY_HEAD: tuple[tuple[str, Unsuitability], ...] = (
    ("ForSequenceClassification", Unsuitability.CLASSIFIER),
    ("ForTokenClassification", Unsuitability.CLASSIFIER),
    ("ForQuestionAnswering", Unsuitability.CLASSIFIER),
    ("ForMaskedLM", Unsuitability.EMBEDDING),
    ("ForImageClassification", Unsuitability.IMAGE),
    ("ForObjectDetection", Unsuitability.IMAGE),
    ("ForCTC", Unsuitability.SPEECH),
)
_SENTENCE_TRANSFORMERS = ("modules.json", "config_sentence_transformers.json")


def of_header(header: GgufHeader, name: str) -> Unsuitable | None:
    """Why the GGUF file `name` is not for chat; None where no reason is found."""
    if header.kind == "adapter":
        return Unsuitable(Unsuitability.ADAPTER, _base_of(header))
    if header.kind == "mmproj" or is_projector(name):
        return Unsuitable(Unsuitability.PROJECTOR)
    if pooled := _pooled(header, name):
        return Unsuitable(pooled)
    for names, reason in _BY_ARCHITECTURE:
        if header.architecture in names:
            return Unsuitable(reason)
    if header.architecture in architectures.CHAT or names_architecture(header.architecture):
        return None
    return Unsuitable(Unsuitability.UNKNOWN_ARCHITECTURE, header.architecture)


def of_config(
    config: Mapping[str, Any], files: Collection[str], name: str = ""
) -> Unsuitable | None:
    """Why a folder in Hugging Face's format is not for chat; None where no reason is found.

    `config` is its config.json, `files` are the names in it, `name` is the folder's.
    """
    if "model_index.json" in files:
        return Unsuitable(Unsuitability.IMAGE)
    is_reranker = "rerank" in name.lower()
    if is_reranker or any(file in files for file in _SENTENCE_TRANSFORMERS):
        return Unsuitable(Unsuitability.RERANKER if is_reranker else Unsuitability.EMBEDDING)
    if "quantization" in config and not _has_method(config):
        return Unsuitable(Unsuitability.MLX)
    if reason := _by_class(config) or _by_type(config):
        return Unsuitable(reason)
    library = other_format(files)
    return Unsuitable(Unsuitability.OTHER_FORMAT, library) if library else None


def of_adapter(config: Mapping[str, Any]) -> Unsuitable:
    """An adapter's folder, by its adapter_config.json."""
    base = config.get("base_model_name_or_path")
    return Unsuitable(Unsuitability.ADAPTER, base if isinstance(base, str) else "")


def _has_method(config: Mapping[str, Any]) -> bool:
    """MLX writes its settings twice, the second time where transformers looks for its own."""
    settings = config.get("quantization_config")
    return isinstance(settings, dict) and "quant_method" in settings


def _by_class(config: Mapping[str, Any]) -> Unsuitability | None:
    classes = _classes(config)
    for head, reason in _BY_HEAD:
        if classes and all(found.endswith(head) for found in classes):
            return reason
    return None


def _by_type(config: Mapping[str, Any]) -> Unsuitability | None:
    """By `model_type`, unless the architecture class generates text: BERT has one that does."""
    kind = config.get("model_type")
    if any(found.endswith(("ForCausalLM", "LMHeadModel")) for found in _classes(config)):
        return None
    for kinds, reason in _BY_MODEL_TYPE:
        if isinstance(kind, str) and kind in kinds:
            return reason
    return Unsuitability.ENCODER_DECODER if config.get("is_encoder_decoder") is True else None


def _classes(config: Mapping[str, Any]) -> list[str]:
    listed = config.get("architectures")
    return [found for found in listed if isinstance(found, str)] if isinstance(listed, list) else []


def _pooled(header: GgufHeader, name: str) -> Unsuitability | None:
    pooling = header.number("pooling_type") or 0
    if pooling == _POOLING_RANK or "rerank" in name.lower():
        return Unsuitability.RERANKER
    return Unsuitability.EMBEDDING if pooling > 0 else None


def _base_of(header: GgufHeader) -> str:
    for key in ("general.base_model.0.name", "general.basename"):
        found = header.values.get(key)
        if isinstance(found, str) and found:
            return found
    return ""
