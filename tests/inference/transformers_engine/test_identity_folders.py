"""Folders in the shapes of ChatGLM, of base models and of Gemma give the tokens of `generate`, for
the prompt that transformers itself makes of a message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from inference.transformers_engine.loading.model_code import model_code
from inference.transformers_engine.loading.placement import Placement
from inference.transformers_engine.local_model import LocalModel
from tests.inference.backends.contract import request
from tests.inference.transformers_engine.any_model import any_model
from tests.inference.transformers_engine.made_tokenizers import gemma_like, sentencepiece_like
from tests.inference.transformers_engine.own_model import save_own_model
from tests.inference.transformers_engine.scheduling.test_serial_worker import CollectingReader

NEW_TOKENS = 16
LAYERS = ["sliding_attention", "full_attention"]
QUESTIONS = (
    "Once upon a time, the user said hello",
    "你好，世界 👋🏽",
    "a\n\n\n<table><td>1 < 2</td>\n\nand  two",
    "word " * 40,
)


@dataclass(frozen=True)
class Case:
    """A folder opened by our engine, and what `generate` answers to each question."""

    opened: LocalModel
    prompts: list[list[int]]
    expected: list[list[int]]


def save_base(folder: Path) -> None:
    """The tokenizer adds a BOS, and there is no template."""
    tokenizer = sentencepiece_like()
    tokenizer.chat_template = None
    model = any_model("llama", vocab_size=len(tokenizer), eos_token_id=tokenizer.eos_token_id)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def save_gemma(folder: Path, kind: str) -> None:
    """Prompts are longer than the window that a layer sees."""
    tokenizer = gemma_like()
    size = {"vocab_size": len(tokenizer), "eos_token_id": tokenizer.eos_token_id}
    model = any_model(kind, sliding_window=16, tie_word_embeddings=True, layer_types=LAYERS, **size)
    for name, weights in model.named_parameters():
        if ".post_" in name:
            # Tied and random, it would repeat the prompt's last token for ever.
            weights.data.fill_(8.0)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


FOLDERS: dict[str, Callable[[Path], None]] = {
    "base": save_base,
    "chatglm": save_own_model,
    "gemma2": partial(save_gemma, kind="gemma2"),
    "gemma3": partial(save_gemma, kind="gemma3_text"),
}


@pytest.fixture(scope="module", params=sorted(FOLDERS))
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp("folders") / f"tiny-{request.param}"
    folder.mkdir()
    FOLDERS[request.param](folder)
    prompts, expected = reference(folder)
    placement = Placement(
        device="cpu", dtype="float32", trusted_code=frozenset({model_code(folder).digest})
    )
    opened = LocalModel.open(folder, placement, 4, 4 * 512, lambda _: None)
    yield Case(opened, prompts, expected)
    opened.close(5)


def reference(folder: Path) -> tuple[list[list[int]], list[list[int]]]:
    """The prompts and the answers of transformers alone."""
    tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=True)
    model = AutoModelForCausalLM.from_pretrained(
        folder, trust_remote_code=True, dtype=torch.float32
    ).eval()
    prompts = [reference_prompt(tokenizer, question) for question in QUESTIONS]
    return prompts, [generated(model, prompt) for prompt in prompts]


def reference_prompt(tokenizer: Any, question: str) -> list[int]:
    if not tokenizer.chat_template:
        return list(tokenizer.encode(question))
    messages = [{"role": "user", "content": question}]
    prompt = tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_dict=False)
    return list(prompt)


def generated(model: Any, prompt: list[int]) -> list[int]:
    tokens = torch.tensor([prompt])
    with torch.inference_mode():
        out = model.generate(
            tokens,
            attention_mask=torch.ones_like(tokens),
            max_new_tokens=NEW_TOKENS,
            do_sample=False,
        )
    return list(out[0, len(prompt) :].tolist())


def answers(opened: LocalModel, *questions: str) -> list[tuple[list[int], list[int]]]:
    """Prompt and answer of runs that are begun together."""
    readers = [CollectingReader() for _ in questions]
    runs = [
        opened.begin(request(question, temperature=0.0, max_new_tokens=NEW_TOKENS), reader)
        for question, reader in zip(questions, readers, strict=True)
    ]
    assert [reader.wait() for reader in readers] == [None] * len(readers)
    sequences = [run.sequence for run in runs]
    return [(one.tokens[: one.prompt_tokens], one.tokens[one.prompt_tokens :]) for one in sequences]


def test_alone(case: Case) -> None:
    for question, prompt, expected in zip(QUESTIONS, case.prompts, case.expected, strict=True):
        assert answers(case.opened, question) == [(prompt, expected)]


def test_four_at_once(case: Case) -> None:
    wanted = list(zip(case.prompts, case.expected, strict=True))
    assert answers(case.opened, *QUESTIONS) == wanted


def test_the_answers_differ(case: Case) -> None:
    """Else equal answers would show nothing."""
    assert len({tuple(answer) for answer in case.expected}) == len(QUESTIONS)
