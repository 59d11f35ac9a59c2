"""A family is known by the words of its template."""

from __future__ import annotations

import json

import pytest

from inference.text.tool_calls.family import readable, taught
from inference.text.tool_calls.formats.bare import BARE
from inference.text.tool_calls.formats.fenced import FENCED
from tests.inference.transformers_engine.real_tokenizers import tokenizer_folder


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("<tool_call>\n{\"name\": <function-name>}", "hermes"),
        ("<tool_call>\n<function=f>\n<parameter=x>", "qwen_coder"),
        ("<tool_call>{function-name}<arg_key><arg_value>", "glm"),
        ("<｜tool▁calls▁begin｜><｜tool▁sep｜>'\\n```json", "deepseek_v3"),
        ("<｜tool▁calls▁begin｜><｜tool▁sep｜>", "deepseek_v31"),
        ("[TOOL_CALLS]", "mistral"),
        ("[TOOL_CALLS]x[ARGS]", "mistral_args"),
        ("<|python_tag|>", "llama_json"),
        ("[func_name1(params_name1=params_value1)]", "llama_list"),
        ("<|tool|>{{ tools }}<|/tool|>", "phi"),
        ("<|tool_call|>", "granite"),
        ("<|START_ACTION|>", "command_r7b"),
        ("<|tool_calls_section_begin|><|tool_call_begin|>", "kimi"),
        ("<|channel|>commentary<|message|>", "harmony"),
    ],
)  # fmt: skip
def test_a_template_shows_its_family(template: str, name: str) -> None:
    found = taught(template)
    assert found is not None
    assert found.name == name
    assert readable(template) == (found, FENCED, BARE)


def test_a_template_without_tools_is_of_none() -> None:
    assert taught("{% for m in messages %}{{ m.content }}{% endfor %}") is None
    assert readable("") == (FENCED, BARE)


@pytest.mark.parametrize(("model", "name"), [("qwen3", "hermes"), ("deepseek", "deepseek_v3")])
def test_a_real_template_shows_its_family(model: str, name: str) -> None:
    config = (tokenizer_folder(model) / "tokenizer_config.json").read_text(encoding="utf-8")
    found = taught(json.loads(config)["chat_template"])
    assert found is not None
    assert found.name == name
