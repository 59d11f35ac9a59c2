"""Ollama's description of a model is read, with the cautious answer where it is uncertain."""

from __future__ import annotations

from typing import Any

import pytest

from inference.remote.ollama_facts import CONTEXT_TOKENS, facts
from inference.types import Ability

QWEN = """{{ range $i, $_ := .Messages }}{{ $last := eq (len (slice $.Messages $i)) 1 -}}
<|im_start|>{{ .Role }}
{{ .Content }}{{ if not $last }}<|im_end|>{{ end }}
{{- if and (ne .Role "assistant") $last }}<|im_start|>assistant{{ end }}{{ end }}"""


def _shown(trained: int = 32768, **more: Any) -> dict[str, Any]:
    info = {"general.architecture": "x", "general.parameter_count": 1, "x.context_length": trained}
    return {"modelinfo": info, "capabilities": ["completion"]} | more


@pytest.mark.parametrize(
    ("trained", "bound", "parameters", "wanted"),
    [
        (32768, 0, "", CONTEXT_TOKENS),
        (2048, 0, "", 2048),
        (32768, 16384, "", 16384),
        (2048, 16384, None, 2048),
        (32768, 4096, 'stop    "x"\nnum_ctx                        20000', 20000),
        (0, 0, "", CONTEXT_TOKENS),
    ],
)
def test_the_context_is_the_modelfiles_else_the_owners_else_a_usual_one(
    trained: int, bound: int, parameters: str | None, wanted: int
) -> None:
    assert facts("a", _shown(trained, parameters=parameters), bound).context_tokens == wanted


@pytest.mark.parametrize(
    ("template", "continues"),
    [
        (QWEN, True),
        (QWEN.replace("{{ if not $last }}<|im_end|>{{ end }}", "<|im_end|>"), False),
        ("{{ range .Messages }}<|im_start|>{{ .Content }}<|im_end|>{{ end }}", False),
        ("[INST] {{ .Prompt }} [/INST] {{ .Response }}</s>", True),
        ("{{ .Prompt }}", False),
        ("{% for message in messages %}{{ message.content }}{% endfor %}", True),
        ("", False),
        (None, False),
    ],
)
def test_going_on_is_promised_only_where_the_template_leaves_the_end_open(
    template: str | None, continues: bool
) -> None:
    assert facts("a", _shown(template=template), 0).continues is continues


def test_going_on_is_not_promised_for_reasoning_or_for_ollamas_own_renderers() -> None:
    thinks = _shown(template=QWEN, capabilities=["completion", "thinking"])
    assert not facts("a", thinks, 0).continues
    assert not facts("a", _shown(template=QWEN, modelfile="FROM a\nRENDERER qwen3\n"), 0).continues


def test_abilities_are_named() -> None:
    known = facts("a", _shown(capabilities=["completion", "vision", "insert", "thinking"]), 0)
    assert known.abilities == (Ability.REASONING, Ability.VISION)
    assert known.thinks
    assert not facts("a", _shown(capabilities=["embedding"]), 0).writes


def test_an_old_server_that_reports_little_is_assumed_to_have_a_chat_model() -> None:
    known = facts("a", {}, 0)
    assert known.writes
    assert not known.is_cloud


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [("kimi-k2:1t-cloud", True), ("a/b:cloud", True), ("cloud", False), ("a:cloudy", False)],
)
def test_a_model_of_the_makers_servers_is_known_by_its_tag(name: str, elsewhere: bool) -> None:
    assert facts(name, _shown(), 0).is_cloud is elsewhere
