"""The same two calls as each family of models writes them."""

from __future__ import annotations

from inference.text.tool_calls.call_events import CallEvent, CallFinished, ToolCall
from inference.text.tool_calls.call_parser import CallParser
from inference.text.tool_calls.family import FORMATS
from inference.text.tool_calls.formats.bare import BARE
from inference.text.tool_calls.formats.fenced import FENCED
from inference.text.tool_calls.tool import Tool

WEATHER = Tool(
    "weather",
    parameters={
        "type": "object",
        "properties": {
            "city": {"type": "string", "maxLength": 20},
            "days": {"type": "integer", "minimum": 0, "maximum": 9},
        },
        "required": ["city"],
        "additionalProperties": False,
    },
)
NOW = Tool("now")
TOOLS = (WEATHER, NOW)
CALLS = [ToolCall("weather", {"city": "杭州", "days": 3}), ToolCall("now", {})]
BY_NAME = {each.name: each for each in (*FORMATS, FENCED, BARE)}

_ARGUMENTS = '{"city": "杭州", "days": 3}'
_JSON = f'{{"name": "weather", "arguments": {_ARGUMENTS}}}'
_NOW = '{"name": "now", "arguments": {}}'
_NESTED, _NESTED_NOW = (f'{{"type": "function", "function": {each}}}' for each in (_JSON, _NOW))
_LIST = f"[{_JSON}, {_NOW}]"
_LLAMA, _LLAMA_NOW = (each.replace("arguments", "parameters") for each in (_JSON, _NOW))
_COHERE = f"[{_LLAMA}, {_LLAMA_NOW}]".replace('"name"', '"tool_call_id": "0", "tool_name"')
_DEEPSEEK = "<｜tool▁calls▁begin｜>{}<｜tool▁calls▁end｜>"
_V3 = "<｜tool▁call▁begin｜>function<｜tool▁sep｜>{}\n```json\n{}\n```<｜tool▁call▁end｜>\n"
_V31 = "<｜tool▁call▁begin｜>{}<｜tool▁sep｜>{}<｜tool▁call▁end｜>"
_KIMI = "<|tool_call_begin|>functions.{}:{}<|tool_call_argument_begin|>{}<|tool_call_end|>"
_HARMONY = "<|channel|>commentary to=functions.{} <|constrain|>json<|message|>{}<|call|>"
_QWEN = "<tool_call>\n<function={}>\n{}</function>\n</tool_call>\n"
_PARAMETER = "<parameter={}>\n{}\n</parameter>\n"
_GLM = "<tool_call>{}\n{}</tool_call>\n"
_KEY = "<arg_key>{}</arg_key>\n<arg_value>{}</arg_value>\n"

WRITTEN = [
    ("hermes", f"<tool_call>\n{_JSON}\n</tool_call>\n<tool_call>\n{_NOW}\n</tool_call>"),
    ("hermes", f"<tool_call>{_NESTED}</tool_call><tool_call>{_NESTED_NOW}</tool_call>"),
    ("fenced", f"```json\n[{_NESTED}, {_NESTED_NOW}]\n```"),
    ("bare", f"{_JSON}\n{_NOW}"),
    ("bare", f"{_NESTED}\n{_NESTED_NOW}"),
    ("bare", _LIST),
    ("bare", '{"name": "weather", "arguments": "{\\"city\\": \\"杭州\\", \\"days\\": 3}"}' + _NOW),
    ("fenced", f"```json\n{_JSON}\n```\n```json\n{_NOW}\n```"),
    (
        "qwen_coder",
        _QWEN.format("weather", _PARAMETER.format("city", "杭州") + _PARAMETER.format("days", "3"))
        + _QWEN.format("now", ""),
    ),
    (
        "glm",
        _GLM.format("weather", _KEY.format("city", "杭州") + _KEY.format("days", "3"))
        + _GLM.format("now", ""),
    ),
    (
        "deepseek_v3",
        _DEEPSEEK.format(_V3.format("weather", _ARGUMENTS) + _V3.format("now", "{}")),
    ),
    (
        "deepseek_v31",
        _DEEPSEEK.format(_V31.format("weather", _ARGUMENTS) + _V31.format("now", "{}")),
    ),
    ("mistral", f"[TOOL_CALLS] {_LIST}"),
    ("mistral_args", f"[TOOL_CALLS]weather[ARGS]{_ARGUMENTS}[TOOL_CALLS]now[CALL_ID]a1[ARGS]{{}}"),
    ("llama_json", f"{_LLAMA}; {_LLAMA_NOW}"),
    ("llama_json", f"<|python_tag|>{_LLAMA}; {_LLAMA_NOW}"),
    ("llama_list", "[weather(city='杭州', days=3), now()]"),
    ("phi", f"<|tool_call|>{_LIST}<|/tool_call|>"),
    ("phi", f"functools{_LIST}"),
    ("granite", f"<|tool_call|>{_LIST}"),
    ("command_r7b", f"<|START_ACTION|>{_COHERE}<|END_ACTION|>"),
    ("command_r", f"Action: ```json\n{_COHERE}\n```"),
    (
        "kimi",
        "<|tool_calls_section_begin|>"
        + _KIMI.format("weather", 0, _ARGUMENTS)
        + _KIMI.format("now", 1, "{}")
        + "<|tool_calls_section_end|>",
    ),
    (
        "harmony",
        f"{_HARMONY.format('weather', _ARGUMENTS)}<|start|>assistant to=functions.now"
        "<|channel|>commentary json<|message|>{}<|call|>",
    ),
]


def read(name: str, pieces: list[str]) -> list[CallEvent]:
    """The events for this text, in this format."""
    parser = CallParser([BY_NAME[name]], TOOLS)
    return [*(event for piece in pieces for event in parser.push(piece)), *parser.flush()]


def calls(events: list[CallEvent]) -> list[ToolCall]:
    """Those that were finished."""
    return [event.call for event in events if isinstance(event, CallFinished)]
