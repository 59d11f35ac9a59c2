"""Small tokenizers in the shapes of real ones, made from a list of words."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable

from tokenizers import AddedToken, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.processors import TemplateProcessing
from transformers import PreTrainedTokenizerFast

_LETTERS = string.ascii_letters + string.digits + string.punctuation
_WORDS = ("the", "and", "user", "model", "hello", "system", "you", "time", "Once")
_SPACE = "▁"

GEMMA_TEMPLATE = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for message in messages %}"
    "{% set role = 'model' if message['role'] == 'assistant' else message['role'] %}"
    "{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<start_of_turn>model\n' }}{% endif %}"
)
LLAMA_TEMPLATE = (
    "{% for message in messages %}{% if message['role'] == 'assistant' %}"
    "{{ ' ' + message['content'] + ' ' + eos_token }}{% else %}"
    "{{ bos_token + '[INST] ' + message['content'] + ' [/INST]' }}{% endif %}{% endfor %}"
)
CHATML = (
    "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def gemma_like() -> PreTrainedTokenizerFast:
    """Runs of newlines and HTML tags are added tokens, as in Gemma 3."""
    ends = ("<bos>", "<eos>", "<start_of_turn>", "<end_of_turn>")
    made = _pieces(ends)
    made.normalizer = normalizers.Replace(" ", _SPACE)
    made.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    made.decoder = _decoder()
    texts = ["\n\n", "\n\n\n", _SPACE * 2, "<table>", "</td>", "<unused3>"]
    made.add_tokens([AddedToken(text, normalized=False, special=False) for text in texts])
    return _wrapped(made, ends, GEMMA_TEMPLATE)


def sentencepiece_like() -> PreTrainedTokenizerFast:
    """As Llama 2's: a space before the first word, bytes for unknown characters, a BOS."""
    made = _pieces(("<s>", "</s>"))
    made.normalizer = normalizers.Sequence(
        [normalizers.Prepend(_SPACE), normalizers.Replace(" ", _SPACE)]
    )
    made.decoder = decoders.Sequence([_decoder(), decoders.Strip(" ", 1, 0)])
    return _wrapped(made, ("<s>", "</s>"), LLAMA_TEMPLATE)


def metaspace_like() -> PreTrainedTokenizerFast:
    """The newer form of the same: the space is put in by the pre-tokenizer."""
    made = _pieces(("<s>", "</s>"))
    made.pre_tokenizer = pre_tokenizers.Metaspace(_SPACE, prepend_scheme="first", split=False)
    made.decoder = decoders.Sequence([_decoder(), decoders.Strip(" ", 1, 0)])
    return _wrapped(made, ("<s>", "</s>"), LLAMA_TEMPLATE)


def byte_level(
    special: tuple[str, ...] = ("<|im_start|>", "<|im_end|>"), template: str = CHATML
) -> PreTrainedTokenizerFast:
    """As GPT-2's, with ChatML's tokens or others; the second of them ends an answer."""
    made = Tokenizer(_bpe(pre_tokenizers.ByteLevel.alphabet(), byte_fallback=False))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    return _wrapped(made, special, template)


MADE: dict[str, Callable[[], PreTrainedTokenizerFast]] = {
    "gemma": gemma_like,
    "sentencepiece": sentencepiece_like,
    "metaspace": metaspace_like,
    "byte_level": byte_level,
}


def _pieces(special: tuple[str, ...]) -> Tokenizer:
    octets = [f"<0x{octet:02X}>" for octet in range(256)]
    return Tokenizer(_bpe(["<unk>", *special, *octets, _SPACE, "\n", *_LETTERS]))


def _bpe(pieces: Iterable[str], *, byte_fallback: bool = True) -> BPE:
    """Each word is made of its letters, from the left."""
    merges = {(word[:end], word[end]): None for word in _WORDS for end in range(1, len(word))}
    names = dict.fromkeys([*sorted(set(pieces)), *(one + other for one, other in merges)])
    numbers = {name: at for at, name in enumerate(names)}
    unknown = "<unk>" if byte_fallback else None
    return BPE(numbers, list(merges), unk_token=unknown, byte_fallback=byte_fallback)


def _decoder() -> decoders.Decoder:
    return decoders.Sequence(
        [decoders.Replace(_SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    )


def _wrapped(made: Tokenizer, special: tuple[str, ...], template: str) -> PreTrainedTokenizerFast:
    made.add_special_tokens([AddedToken(text, normalized=False) for text in special])
    bos = special[0]
    if bos in ("<s>", "<bos>"):
        number = made.token_to_id(bos)
        made.post_processor = TemplateProcessing(single=f"{bos} $A", special_tokens=[(bos, number)])
    return PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token=bos, eos_token=special[1], chat_template=template
    )
