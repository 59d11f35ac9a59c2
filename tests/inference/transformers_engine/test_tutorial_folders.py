"""The folders that tutorials name, as tiny random models of the same make."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from transformers import AutoTokenizer

from inference.backends.base import Backend
from inference.config import EngineConfig
from inference.errors import InferenceError, InferenceErrorCode
from inference.events import GenerationFinished, TextDelta
from inference.specs.registry import open_backends
from inference.transformers_engine.loading import quantisation
from inference.types import Channel, ModelNote
from tests.inference.backends.contract import ignore, read, request
from tests.inference.transformers_engine.any_model import any_model
from tests.inference.transformers_engine.real_tokenizers import tokenizer_folder

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
THINKING = CHATML.replace("assistant\n", "assistant\n<think>\n")
R1 = (
    "{% for message in messages %}"
    "{{ {'user': '<｜User｜>', 'assistant': '<｜Assistant｜>'}[message.role] }}"
    "{{ message.content }}"
    "{% endfor %}{% if add_generation_prompt %}<｜Assistant｜><think>\n{% endif %}"
)


@dataclass(frozen=True, slots=True)
class Make:
    """`template` None is a base model that brings none; `channel` is where its text begins."""

    architecture: str
    tokenizer: str
    template: str | None
    channel: Channel = "answer"
    notes: tuple[ModelNote, ...] = ()


FOLDERS = {
    "DeepSeek-R1-Distill-Qwen-1.5B": Make("qwen2", "deepseek", R1, channel="reasoning"),
    "Qwen2.5-0.5B": Make("qwen2", "qwen3", CHATML),
    "Qwen2.5-0.5B-Instruct": Make("qwen2", "qwen3", CHATML),
    "Qwen3-4B-Thinking-2507": Make("qwen3", "qwen3", THINKING, channel="reasoning"),
    "chinese-llama-2-7b": Make("llama", "qwen3", None, notes=(ModelNote.BASE_MODEL,)),
    "Chinese-LLaMA-2-7B-hf": Make("llama", "qwen3", None),
    "baichuan-7B-Chat": Make("llama", "qwen3", None, notes=(ModelNote.PLAIN_TEMPLATE,)),
}


def save(make: Make, folder: Path, **changes: object) -> None:
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder(make.tokenizer))
    tokenizer.chat_template = make.template
    model = any_model(make.architecture, vocab_size=len(tokenizer))
    for name, value in changes.items():
        setattr(model.config, name, value)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def backend(folder: Path) -> Backend:
    (made,) = open_backends(EngineConfig((str(folder),), folder.parent, slots=2, kv_tokens=512))
    return made


@pytest.mark.parametrize("name", sorted(FOLDERS))
async def test_it_loads_under_its_name_and_answers(tmp_path: Path, name: str) -> None:
    make = FOLDERS[name]
    save(make, tmp_path / name)
    model = backend(tmp_path / name)
    await model.load(ignore)
    first, *_, end = await read(model.generate(request("你好", max_new_tokens=24)))
    await model.close()
    assert (model.card.id, model.card.notes) == (name, make.notes)
    assert model.card.is_base is (ModelNote.BASE_MODEL in make.notes)
    assert isinstance(first, TextDelta)
    assert first.channel == make.channel
    assert isinstance(end, GenerationFinished)


async def test_a_gptq_folder_names_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantisation, "find_spec", lambda _: None)
    folder = tmp_path / "Qwen1.5-4B-Chat-GPTQ-Int4"
    gptq = {"quant_method": "gptq", "bits": 4, "group_size": 128}
    save(Make("qwen2", "qwen3", CHATML), folder, quantization_config=gptq)
    with pytest.raises(InferenceError) as raised:
        await backend(folder).load(ignore)
    assert raised.value.code is InferenceErrorCode.BACKEND_NOT_INSTALLED
    assert raised.value.detail["package"] == "gptqmodel optimum"
