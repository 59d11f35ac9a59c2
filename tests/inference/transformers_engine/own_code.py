"""A folder that brings program code along: a tokenizer written in Python, one token a byte."""

from __future__ import annotations

import json
from pathlib import Path

from tests.inference.transformers_engine.any_model import any_model

_VOCABULARY = 256

TOKENIZER = """
from transformers import PreTrainedTokenizer

from .names import name, number


class Bytes(PreTrainedTokenizer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    @property
    def vocab_size(self):
        return 256

    def get_vocab(self):
        return {name(byte): byte for byte in range(256)} | self.added_tokens_encoder

    def _tokenize(self, text, **kwargs):
        return [name(byte) for byte in text.encode()]

    def _convert_token_to_id(self, token):
        return number(token)

    def _convert_id_to_token(self, index):
        return name(index)

    def convert_tokens_to_string(self, tokens):
        return bytes(number(token) for token in tokens).decode(errors="replace")

    def save_vocabulary(self, save_directory, filename_prefix=None):
        return ()
"""
NAMES = """
def name(byte):
    return f"byte{byte}"


def number(token):
    return int(token.removeprefix("byte"))
"""


def save_own_code(folder: Path, tokenizer: str = TOKENIZER) -> None:
    """A tiny Llama whose tokenizer is `words.py`."""
    any_model("llama", vocab_size=_VOCABULARY).save_pretrained(folder)
    received = {
        "tokenizer_class": "Bytes",
        "auto_map": {"AutoTokenizer": ["words.Bytes", None]},
        "chat_template": "{% for m in messages %}{{ m.content }}\n{% endfor %}",
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(received))
    (folder / "vocab.txt").write_text("")
    (folder / "words.py").write_text(tokenizer)
    (folder / "names.py").write_text(NAMES)
