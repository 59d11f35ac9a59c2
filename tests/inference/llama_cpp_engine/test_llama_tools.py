"""The built-in model calls tools as the grammar of a format has it, and the calls are read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from inference.backends.model_file import OwnedFile
from inference.llama_cpp_engine import completion as llama_completion
from inference.llama_cpp_engine.backend import LlamaCppBackend
from inference.llama_cpp_engine.request import body
from inference.llama_cpp_engine.size import SizeSettings
from inference.text.tool_calls.arguments import problems
from inference.text.tool_calls.call_events import AnswerText, CallFinished
from inference.text.tool_calls.call_parser import CallParser
from inference.text.tool_calls.formats.hermes import HERMES
from inference.text.tool_calls.grammar import tool_grammar
from inference.text.tool_calls.tool import Tool
from inference.types import ModelCard, SamplingOptions
from tests.inference.backends.contract import ignore, read, request, text_of
from tests.inference.text.test_grammar_rest import allows

pytestmark = pytest.mark.model

WANTED = SizeSettings(slots=1, kv_tokens=1024, threads=2)
WEATHER = Tool(
    "weather",
    parameters={
        "type": "object",
        "properties": {
            "city": {"type": "string", "minLength": 1, "maxLength": 20},
            "unit": {"enum": ["celsius", "fahrenheit"]},
        },
        "required": ["city", "unit"],
        "additionalProperties": False,
    },
)
NOTE = Tool(
    "note",
    parameters={
        "type": "object",
        "properties": {
            "title": {"type": "string", "maxLength": 24},
            "tags": {"type": "array", "items": {"type": "string", "maxLength": 8}, "maxItems": 2},
        },
        "required": ["title"],
        "additionalProperties": False,
    },
)
TOOLS = {tool.name: tool for tool in (WEATHER, NOTE)}
GRAMMAR = tool_grammar(HERMES, [*TOOLS.values()], "required", parallel=False)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def backend(builtin_file: Path) -> AsyncIterator[LlamaCppBackend]:
    card = ModelCard("m", "M", "llama_cpp", slots=1)
    made = LlamaCppBackend(card, OwnedFile(builtin_file), WANTED, SamplingOptions(temperature=0.0))
    await made.load(ignore)
    yield made
    await made.close()


@pytest.fixture
def constrained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Completions are asked for with the grammar of the tools."""

    def asked(*given: Any) -> dict[str, Any]:
        return {**body(*given), **GRAMMAR.llama_fields()}

    monkeypatch.setattr(llama_completion, "body", asked)


@pytest.mark.usefixtures("constrained")
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "question",
    [
        "What is the weather in Paris in celsius?",
        "Write down that I have to buy milk.",
        'Note the title "a \\"quoted\\" <tool_call> word".',
        "杭州今天的天气怎么样？",
    ],
)
async def test_a_required_call_is_read_and_its_arguments_are_valid(
    backend: LlamaCppBackend, question: str
) -> None:
    text = text_of(await read(backend.generate(request(question, max_new_tokens=200))))
    parser = CallParser([HERMES], [*TOOLS.values()])
    events = [*parser.push(text), *parser.flush()]
    (finished,) = [event for event in events if isinstance(event, CallFinished)]
    assert allows(GRAMMAR.text, text)
    assert not any(isinstance(event, AnswerText) for event in events)
    assert problems(finished.call, TOOLS[finished.call.name]) == []
