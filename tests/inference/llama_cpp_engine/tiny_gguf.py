"""Whole GGUF models of random weights, whose tokenizers are of one kind each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from gguf import GGUFWriter, TokenType

_WIDTH = 32
_BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
_PIECES = ["▁", *(f"▁{letter}" for letter in "abcdefgh"), *"abcdefghimnstz<>/[]|_:."]


def sentence_piece_model(path: Path, template: str, controls: tuple[str, ...]) -> Path:
    """A llama of one layer; its tokenizer has `<s>`, which it puts first, and a space prefix."""
    tokens = ["<unk>", "<s>", "</s>", *controls, *_BYTES, *_PIECES]
    writer = GGUFWriter(path, "llama")
    _describe(writer, len(tokens))
    _tokenize(writer, tokens, 3 + len(controls))
    writer.add_chat_template(template)
    for name, shape in _shapes(len(tokens)).items():
        writer.add_tensor(name, np.random.default_rng(0).normal(size=shape).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _describe(writer: GGUFWriter, tokens: int) -> None:
    writer.add_context_length(512)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(_WIDTH)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(tokens)


def _tokenize(writer: GGUFWriter, tokens: list[str], controls: int) -> None:
    others = len(tokens) - controls - len(_BYTES)
    kinds = [TokenType.UNKNOWN, *[TokenType.CONTROL] * (controls - 1)]
    kinds += [TokenType.BYTE] * len(_BYTES) + [TokenType.NORMAL] * others
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)


def _shapes(tokens: int) -> dict[str, tuple[int, ...]]:
    square = (_WIDTH, _WIDTH)
    names = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
    return {
        "token_embd.weight": (tokens, _WIDTH),
        "output_norm.weight": (_WIDTH,),
        "output.weight": (tokens, _WIDTH),
        "blk.0.attn_norm.weight": (_WIDTH,),
        "blk.0.ffn_norm.weight": (_WIDTH,),
        **{f"blk.0.{name}.weight": square for name in names},
    }
