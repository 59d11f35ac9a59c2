"""A folder as ChatGLM's: its tokenizer, configuration and model are code of its own."""

from __future__ import annotations

import json
from pathlib import Path

from tests.inference.transformers_engine.any_model import any_model

TOKENIZER = """
import re

from transformers import PreTrainedTokenizer

CONTROLS = ["[gMASK]", "<sop>", "<|system|>", "<|user|>", "<|assistant|>"]
SPLIT = re.compile("(" + "|".join(map(re.escape, CONTROLS)) + ")")


class Glm(PreTrainedTokenizer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    @property
    def vocab_size(self):
        return 256 + len(CONTROLS)

    def get_vocab(self):
        return {self._convert_id_to_token(number): number for number in range(self.vocab_size)}

    def _tokenize(self, text, **kwargs):
        tokens = []
        for part in SPLIT.split(text):
            tokens += [part] if part in CONTROLS else [f"byte{one}" for one in part.encode()]
        return tokens

    def _convert_token_to_id(self, token):
        known = token in CONTROLS
        return 256 + CONTROLS.index(token) if known else int(token.removeprefix("byte"))

    def _convert_id_to_token(self, index):
        return f"byte{index}" if index < 256 else CONTROLS[index - 256]

    def convert_tokens_to_string(self, tokens):
        octets = b""
        for token in tokens:
            octets += token.encode() if token in CONTROLS else bytes([int(token[4:])])
        return octets.decode(errors="replace")

    def build_inputs_with_special_tokens(self, token_ids_0, token_ids_1=None):
        return self.convert_tokens_to_ids(["[gMASK]", "<sop>"]) + token_ids_0

    def save_vocabulary(self, save_directory, filename_prefix=None):
        return ()
"""
TEMPLATE = (
    "[gMASK]<sop>{% for m in messages %}<|{{ m.role }}|>\n {{ m.content }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
CONFIG = """
from transformers import LlamaConfig


class GlmConfig(LlamaConfig):
    model_type = "own_glm"
"""
MODEL = """
from transformers import LlamaForCausalLM

from .configuration_glm import GlmConfig


class GlmModel(LlamaForCausalLM):
    config_class = GlmConfig
"""


def save_own_model(folder: Path) -> None:
    """Bytes are tokens, and five control tokens, which the tokenizer finds itself."""
    any_model("llama", vocab_size=256 + 5).save_pretrained(folder)
    code = {"tokenization": TOKENIZER, "configuration": CONFIG, "modeling": MODEL}
    for name, text in code.items():
        _put(folder, f"{name}_glm.py", text)
    classes = {
        "AutoConfig": "configuration_glm.GlmConfig",
        "AutoModelForCausalLM": "modeling_glm.GlmModel",
    }
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "own_glm", "auto_map": classes}
    _put(folder, "config.json", json.dumps(config))
    received = {
        "tokenizer_class": "Glm",
        "auto_map": {"AutoTokenizer": ["tokenization_glm.Glm", None]},
        "chat_template": TEMPLATE,
    }
    _put(folder, "tokenizer_config.json", json.dumps(received))
    _put(folder, "vocab.txt", "")


def _put(folder: Path, name: str, code: str) -> None:
    (folder / name).write_text(code)
