"""Why something that looks like a model cannot be chatted with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from inference.errors import InferenceError, InferenceErrorCode


class Unsuitability(StrEnum):
    """What the thing is in place of a chat model."""

    EMBEDDING = "embedding"
    RERANKER = "reranker"
    CLASSIFIER = "classifier"
    ENCODER_DECODER = "encoder_decoder"
    SPEECH = "speech"
    IMAGE = "image"
    VISION = "vision"
    ADAPTER = "adapter"
    PROJECTOR = "projector"
    DRAFT = "draft"
    SHARD = "shard"
    SHARD_MISSING = "shard_missing"
    MLX = "mlx"
    OTHER_FORMAT = "other_format"
    ARCHIVE = "archive"
    PART_OF_FOLDER = "part_of_folder"
    NO_MODEL_FILE = "no_model_file"
    UNKNOWN_ARCHITECTURE = "unknown_architecture"
    EMPTY_FOLDER = "empty_folder"
    HUB_CACHE = "hub_cache"
    GGUF_FOLDER = "gguf_folder"
    NO_MODEL = "no_model"
    NO_SUCH_PATH = "no_such_path"
    NO_WEIGHTS = "no_weights"
    NO_TEXT_MODEL = "no_text_model"
    UNKNOWN_TO_TRANSFORMERS = "unknown_to_transformers"
    CODE_ELSEWHERE = "code_elsewhere"
    CODE_FAILS = "code_fails"


@dataclass(frozen=True, slots=True)
class Unsuitable:
    """`about` is the name that the sentence needs: the model an adapter belongs to, an
    architecture, a repository, an error, a file that is to be chosen instead; "" where it needs
    none or none is known.
    """

    reason: Unsuitability
    about: str = ""

    @property
    def sentence(self) -> str:
        """What it is and what to do, in English, without a full stop: for terminals and logs."""
        known, unnamed = _SENTENCES[self.reason]
        return known.format(about=self.about) if self.about else unnamed or known

    def error(self, model: str) -> InferenceError:
        """`model_unsuitable` for the model of this name, all that sentences need in its detail."""
        return InferenceError(
            InferenceErrorCode.MODEL_UNSUITABLE,
            f"{model}: {self.sentence}",
            detail={
                "model": model,
                "reason": self.sentence,
                "unsuitable": self.reason.value,
                "about": self.about,
            },
        )


_SENTENCES: dict[Unsuitability, tuple[str, str]] = {
    Unsuitability.EMBEDDING: (
        "it turns text into vectors for search and writes no answers; choose a chat model, "
        "often named Instruct or Chat",
        "",
    ),
    Unsuitability.RERANKER: (
        "it orders search results and writes no answers; choose a chat model, often named "
        "Instruct or Chat",
        "",
    ),
    Unsuitability.CLASSIFIER: (
        "it sorts text into classes and writes no answers; choose a chat model, often named "
        "Instruct or Chat",
        "",
    ),
    Unsuitability.ENCODER_DECODER: (
        "it turns one text into another, as in translation, and holds no conversation; choose a "
        "chat model, often named Instruct or Chat",
        "",
    ),
    Unsuitability.SPEECH: ("it is for speech or sound; choose a chat model that reads text", ""),
    Unsuitability.IMAGE: ("it is for images; choose a chat model that reads text", ""),
    Unsuitability.VISION: (
        "it is a vision model, which is run here from a GGUF file alone; choose its GGUF version, "
        "or a model for text",
        "",
    ),
    Unsuitability.ADAPTER: (
        "it is an adapter (LoRA) for {about} and no whole model; merge it into that model, or "
        "choose the model itself",
        "it is an adapter (LoRA) and no whole model; merge it into the model it belongs to, or "
        "choose that model",
    ),
    Unsuitability.PROJECTOR: (
        "it is the part of a vision model that reads images; choose the model's own file",
        "",
    ),
    Unsuitability.DRAFT: (
        "it only guesses the next words of another model to make it faster; choose that model",
        "",
    ),
    Unsuitability.SHARD: (
        "it is one part of a model in several files; choose the first, {about}",
        "it is one part of a model in several files; choose the first",
    ),
    Unsuitability.SHARD_MISSING: (
        "it is a model in several files, and {about} is missing; download it and put it into the "
        "same folder",
        "it is a model in several files, and not all are there; download the others and put them "
        "into the same folder",
    ),
    Unsuitability.OTHER_FORMAT: (
        "its weights are in the format of {about}; choose a GGUF file, or a folder with "
        "safetensors files",
        "its weights are in a format that is not read here; choose a GGUF file, or a folder with "
        "safetensors files",
    ),
    Unsuitability.ARCHIVE: (
        "it is a packed archive; unpack it, and name the .gguf file or the folder with the "
        "config.json that is in it",
        "",
    ),
    Unsuitability.PART_OF_FOLDER: (
        "it is one file of a model; name its folder, {about}",
        "it is one file of a model; name its folder",
    ),
    Unsuitability.NO_MODEL_FILE: (
        "it is no model that can be used by itself; choose a .gguf file, or a folder with a "
        "config.json and safetensors files",
        "",
    ),
    Unsuitability.MLX: (
        "it is in the format of MLX, for Apple's own library; choose a GGUF file, or a folder in "
        "Hugging Face's format",
        "",
    ),
    Unsuitability.UNKNOWN_ARCHITECTURE: (
        "its architecture, {about}, is not known to the llama.cpp installed here; update MyLLM, "
        "or choose another model",
        "its architecture is not known to the llama.cpp installed here; update MyLLM, or choose "
        "another model",
    ),
    Unsuitability.EMPTY_FOLDER: (
        "it is an empty folder; name the one that holds the model's config.json, or a .gguf file",
        "",
    ),
    Unsuitability.HUB_CACHE: (
        "it is a folder of models, as a hub's cache is, and no model itself; name one of them, "
        "such as {about}",
        "it is a hub's cache without a model; name a model's own folder",
    ),
    Unsuitability.GGUF_FOLDER: (
        "it is a folder of GGUF files; name one of them, such as {about}",
        "it is a folder of GGUF files; name one of them",
    ),
    Unsuitability.NO_MODEL: (
        "it is a folder without a model: there is no config.json and no .gguf file in it; name "
        "the folder that holds them",
        "",
    ),
    Unsuitability.NO_SUCH_PATH: (
        "there is no such file or folder; name one that is there",
        "",
    ),
    Unsuitability.NO_WEIGHTS: (
        "it holds neither a GGUF file nor weights with a config.json; choose another repository",
        "",
    ),
    Unsuitability.NO_TEXT_MODEL: (
        "transformers has no model of the kind {about} that writes text; choose a chat model",
        "transformers has no model of its kind that writes text; choose a chat model",
    ),
    Unsuitability.UNKNOWN_TO_TRANSFORMERS: (
        "its architecture, {about}, is not known to the transformers installed here; upgrade "
        "transformers, or choose another model",
        "its config.json names no architecture; download it again, or choose another model",
    ),
    Unsuitability.CODE_ELSEWHERE: (
        "its program code lies in another repository, {about}, and is never fetched; put its .py "
        "files into the model's folder and change auto_map in its config.json",
        "its program code lies in another repository and is never fetched; choose another model",
    ),
    Unsuitability.CODE_FAILS: (
        "its own program code does not work with the transformers installed here ({about}); "
        "choose another model",
        "its own program code does not work with the transformers installed here; choose another "
        "model",
    ),
}
"""With a name, and without one where that reads differently."""
