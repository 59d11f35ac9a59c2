"""Why a file is not a chat model, and what to do, in the reader's language."""

from __future__ import annotations

import pytest

from chat.errors import ErrorCode
from chat.errors.model_reasons import reason
from chat.errors.sentences import sentence
from inference import Unsuitability, Unsuitable


@pytest.mark.parametrize("kind", Unsuitability)
@pytest.mark.parametrize("about", ["", "Qwen/Qwen3"])
def test_each_reason_has_a_chinese_sentence_that_says_what_to_do(
    kind: Unsuitability, about: str
) -> None:
    text = reason(Unsuitable(kind, about), chinese=True)
    assert "请" in text
    assert "{" not in text
    assert not text.endswith("。")


def test_a_models_failure_has_the_reason_in_the_readers_language() -> None:
    error = Unsuitable(Unsuitability.ADAPTER, "Qwen/Qwen3").error("my-lora")
    code = ErrorCode(error.code.value)
    assert sentence(code, error.detail, "zh") == (
        "「my-lora」不能用来聊天：它是 Qwen/Qwen3 的适配器（LoRA），不是完整的模型，"
        "请先合并到那个模型里，或直接选那个模型。"
    )
    assert "an adapter (LoRA) for Qwen/Qwen3" in sentence(code, error.detail, "en")


def test_an_unknown_reason_of_a_model_is_kept() -> None:
    detail: dict[str, str | int] = {"model": "m", "reason": "its own words"}
    assert "its own words" in sentence(ErrorCode.MODEL_UNSUITABLE, detail, "zh")
