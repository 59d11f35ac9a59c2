"""How a model without a template is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from tokenizers.processors import TemplateProcessing
from transformers import PreTrainedTokenizerFast

from inference.text.prompt_style import CONTINUED, OWN, PLAIN, named_style
from inference.transformers_engine.loading.folder_style import folder_style
from inference.transformers_engine.prompts.chat_template import ChatTemplate
from inference.types import ChatMessage, ModelNote

TURNS = [
    ChatMessage("user", "one"),
    ChatMessage("assistant", "two"),
    ChatMessage("user", "three"),
]


class Words:
    """A tokenizer that shows the text it was given to encode."""

    chat_template: str | None = None
    added_tokens_decoder: dict[int, Any] = {}  # noqa: RUF012 - as transformers has it

    def __init__(self) -> None:
        self.text = ""

    def apply_chat_template(self, messages: list[dict[str, str]], **wanted: Any) -> str:
        real = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(WordLevel({"a": 0}, "a")))
        self.text = str(real.apply_chat_template(messages, **wanted))
        return self.text

    def encode(self, text: str, **_: Any) -> list[int]:
        return [1]


def prompt(name: str, *messages: ChatMessage) -> str:
    words = Words()
    template = ChatTemplate(words, named_style(name))
    template.encode(list(messages), enable_thinking=None)
    return words.text


@pytest.mark.parametrize(
    "name",
    ["chinese-llama-2-7b", "Qwen2.5-0.5B", "bloom-560m", "gpt2", "models--openai--gpt2", "chatty"],
)
def test_a_model_that_was_not_trained_to_chat_is_a_base_model(name: str) -> None:
    style = named_style(name)
    assert style.is_base
    assert style.note is ModelNote.BASE_MODEL
    assert style.stop == ()


@pytest.mark.parametrize(
    "name", ["Baichuan-13B-Chat", "falcon-7b-instruct", "gemma-2b-it", "vicuna-7b-v1.5", "x_sft"]
)
def test_one_that_was_gets_roles_and_ends_before_the_next(name: str) -> None:
    assert named_style(name) is PLAIN
    assert PLAIN.note is ModelNote.PLAIN_TEMPLATE
    assert "\nUser:" in PLAIN.stop


def test_a_base_model_continues_the_text_as_it_is() -> None:
    assert prompt("gpt2", ChatMessage("user", "Once upon a time")) == "Once upon a time"
    assert prompt("gpt2", *TURNS) == "onetwo\n\nthree"
    system = ChatMessage("system", "A tale")
    assert prompt("gpt2", system, TURNS[0]) == "A tale\n\none"


@pytest.mark.parametrize("name", ["Chinese-LLaMA-2-7B-hf", "models--Linly-AI--ChatFlow-7B"])
def test_linlys_models_are_asked_by_their_instruction(name: str) -> None:
    asked = ChatMessage("user", "北京有什么好玩的地方？")
    assert prompt(name, asked) == "### Instruction:北京有什么好玩的地方？  ### Response:"
    wanted = "### Instruction:one  ### Response:two\n\n### Instruction:three  ### Response:"
    assert prompt(name, *TURNS) == wanted
    assert not named_style(name).is_base
    assert named_style(name).stop == ("### Instruction:",)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "chinese-alpaca-2-7b",
            "[INST] <<SYS>>\nYou are a helpful assistant. 你是一个乐于助人的助手。\n<</SYS>>\n\n"
            "one [/INST] two </s><s>[INST] three [/INST]",
        ),
        (
            "Qwen-1_8B-Chat",
            "<|im_start|>user\none<|im_end|>\n<|im_start|>assistant\ntwo<|im_end|>\n"
            "<|im_start|>user\nthree<|im_end|>\n<|im_start|>assistant\n",
        ),
        ("chatglm2-6b", "[Round 1]\n\n问：one\n\n答：two\n\n[Round 2]\n\n问：three\n\n答："),
        (
            "BELLE-Llama2-13B-chat-0.4M",
            "Human: \none \n\nAssistant: \ntwo\n\nHuman: \nthree \n\nAssistant: \n",
        ),
    ],
)
def test_known_models_are_asked_as_their_makers_do(name: str, wanted: str) -> None:
    assert prompt(name, *TURNS) == wanted


@pytest.mark.parametrize("name", ["chinese-alpaca-2-7b", "chatglm2-6b", "Chinese-LLaMA-2-7B-hf"])
def test_the_systems_words_are_in_the_prompt(name: str) -> None:
    assert "be short" in prompt(name, ChatMessage("system", "be short"), *TURNS)


def test_a_template_of_the_folder_comes_first(tmp_path: Path) -> None:
    folder = tmp_path / "Chinese-LLaMA-2-7B-hf"
    folder.mkdir()
    assert folder_style(folder).template
    (folder / "chat_template.jinja").write_text("{{ messages }}")
    assert folder_style(folder) is OWN
    (folder / "chat_template.jinja").unlink()
    (folder / "tokenizer_config.json").write_text(json.dumps({"chat_template": "x"}))
    assert folder_style(folder) is OWN


def test_an_entry_of_the_cache_has_its_name_above_the_hash(tmp_path: Path) -> None:
    folder = tmp_path / "models--Linly-AI--Chinese-LLaMA-2-7B-hf" / "snapshots" / "0123abc"
    folder.mkdir(parents=True)
    assert folder_style(folder).stop == ("### Instruction:",)


def test_words_of_the_folders_above_give_nothing_of_the_model(tmp_path: Path) -> None:
    folder = tmp_path / "chat-models" / "gpt2"
    folder.mkdir(parents=True)
    assert folder_style(folder) is CONTINUED


@pytest.mark.parametrize("adds_bos", [True, False])
def test_a_base_model_is_given_the_tokens_of_its_tokenizer_itself(adds_bos: bool) -> None:
    words = ["<s>", "Once", "upon", "a", "time", "?"]
    real = Tokenizer(WordLevel({word: at for at, word in enumerate(words)}, "?"))
    real.pre_tokenizer = WhitespaceSplit()
    if adds_bos:
        real.post_processor = TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 0)])
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=real, bos_token="<s>", unk_token="?")
    text = "Once upon a time"
    asked = ChatTemplate(tokenizer, CONTINUED).encode(
        [ChatMessage("user", text)], enable_thinking=None
    )
    assert asked.tokens == tokenizer.encode(text)
    assert (asked.tokens[0] == 0) is adds_bos
