"""The grammar of an answer that has to be JSON."""

from __future__ import annotations

from inference.errors import InferenceError, InferenceErrorCode
from inference.response_format import ResponseFormat
from inference.text.grammar_rest import rest_of
from inference.text.tool_calls.json_schema_grammar import JsonSchemaGrammar

_ANY_OBJECT = {"type": "object"}
_PLACE = "answer"


def answer_grammar(wanted: ResponseFormat, so_far: str = "") -> str:
    """In GBNF: the whole answer, or what may follow the answer so far.

    Raises `InferenceError` with `invalid_request` for a schema that is not understood (see
    `JsonSchemaGrammar`), and for an answer so far that it does not allow.
    """
    schema = wanted.json_schema
    rules: dict[str, str] = {}
    try:
        root = JsonSchemaGrammar(schema or {}, rules, _PLACE).value(schema or _ANY_OBJECT, _PLACE)
    except InferenceError as error:
        raise _refused(error.message) from None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        raise _refused("the JSON schema cannot be read") from None
    text = "".join(f"{name} ::= {rule}\n" for name, rule in ({"root": root} | rules).items())
    rest = rest_of(text, so_far)
    if rest is None:
        raise _refused("the answer so far is not of this response_format")
    return rest


def _refused(reason: str) -> InferenceError:
    return InferenceError(InferenceErrorCode.INVALID_REQUEST, reason, detail={"reason": reason})
