"""Classifies refusals by the codes that providers document, else by their messages."""

from __future__ import annotations

import re

from inference.errors import InferenceErrorCode
from inference.remote.refusal import Refusal

Code = InferenceErrorCode

_CODES: dict[Code, frozenset[str]] = {
    # OpenAI; Moonshot; DashScope; Ark; SiliconFlow 30001; z.ai 1113
    Code.PROVIDER_BALANCE: frozenset(
        {
            "insufficient_quota",
            "billing_hard_limit_reached",
            "billing_not_active",
            "exceeded_current_quota_error",
            "arrearage",
            "accountoverdueerror",
            "insufficient_balance",
            "insufficient_user_quota",
            "30001",
            "1113",
            "402",
        }
    ),
    # OpenAI, Azure; DashScope; Ark; z.ai 1301; Spark 10013, 10014
    Code.PROVIDER_CONTENT_FILTERED: frozenset(
        {
            "content_filter",
            "content_policy_violation",
            "responsibleaipolicyviolation",
            "data_inspection_failed",
            "datainspectionfailed",
            "inputtextriskdetection",
            "outputtextriskdetection",
            "sensitivecontentdetected",
            "sensitive_words_detected",
            "1301",
            "10013",
            "10014",
            "10019",
        }
    ),
    # OpenAI; llama.cpp; z.ai 1261
    Code.CONTEXT_EXCEEDED: frozenset(
        {"context_length_exceeded", "exceed_context_size_error", "string_above_max_length", "1261"}
    ),
    # OpenAI; Moonshot; Azure; Ark; DashScope; SiliconFlow 20012; z.ai 1211
    Code.PROVIDER_MODEL_UNKNOWN: frozenset(
        {
            "model_not_found",
            "resource_not_found_error",
            "deploymentnotfound",
            "invalidendpoint.notfound",
            "invalidendpointormodel.notfound",
            "modelnotfound",
            "invalid_model",
            "model_not_exist",
            "20012",
            "1211",
        }
    ),
    # OpenAI; Moonshot; Ark; Gemini; z.ai 1000 to 1004
    Code.PROVIDER_KEY_REFUSED: frozenset(
        {
            "invalid_api_key",
            "invalid_authentication_error",
            "authentication_error",
            "authenticationerror",
            "api_key_invalid",
            "unauthenticated",
            "invalid_iam_token",
            "invalidapikey",
            "1000",
            "1001",
            "1002",
            "1003",
            "1004",
        }
    ),
    # Moonshot; Ark; z.ai 1305; SiliconFlow 50505
    Code.PROVIDER_OVERLOADED: frozenset(
        {"engine_overloaded_error", "serveroverloaded", "overloaded_error", "1305", "50505"}
    ),
    # OpenAI; Moonshot; Gemini; z.ai 1302, 1303; Spark 11202, 11203
    Code.PROVIDER_RATE_LIMITED: frozenset(
        {
            "rate_limit_exceeded",
            "rate_limit_reached_error",
            "resource_exhausted",
            "throttling",
            "throttling.ratequota",
            "rpm_rate_limit_exceeded",
            "tpm_rate_limit_exceeded",
            "1302",
            "1303",
            "11202",
            "11203",
        }
    ),
    # Moonshot; Ark; z.ai 1220; Gemini
    Code.PROVIDER_FORBIDDEN: frozenset(
        {"permission_denied", "permission_denied_error", "accessdenied", "modelnotopen", "1220"}
    ),
}

_WORDS: dict[Code, re.Pattern[str]] = {
    Code.CONTEXT_EXCEEDED: re.compile(
        r"maximum context length|context size|context window|context_length|range of input length"
        r"|exceeded model token limit|prompt is too long|exceeds? max(imum)? length"
    ),
    Code.PROVIDER_BALANCE: re.compile(
        r"insufficient (account )?balance|balance is insufficient|余额不足|欠费|in arrears"
        r"|used all available credits|credit balance"
    ),
    Code.PROVIDER_CONTENT_FILTERED: re.compile(
        r"inappropriate content|content management policy|requires moderation|敏感"
    ),
    Code.PROVIDER_KEY_REFUSED: re.compile(
        r"(incorrect|invalid) api[ _-]?key|api[ _-]?key not valid|invalid token"
    ),
    Code.PROVIDER_MODEL_UNKNOWN: re.compile(
        r"model .{0,100}(does not exist|not found)|model not exist|no such model|unknown model"
    ),
}

_STATUSES: dict[int, Code] = {
    401: Code.PROVIDER_KEY_REFUSED,
    402: Code.PROVIDER_BALANCE,
    403: Code.PROVIDER_FORBIDDEN,
    408: Code.PROVIDER_OVERLOADED,
    413: Code.CONTEXT_EXCEEDED,
    429: Code.PROVIDER_RATE_LIMITED,
    451: Code.PROVIDER_CONTENT_FILTERED,
    503: Code.PROVIDER_OVERLOADED,
    529: Code.PROVIDER_OVERLOADED,
}


def kind_of(refusal: Refusal) -> InferenceErrorCode:
    """By the codes first: a balance that is used up comes as 402, 403 and 429.

    A 404 that names no model is an address at which there is nothing.
    """
    for code, known in _CODES.items():
        if known & refusal.codes:
            return code
    words = refusal.message.lower()
    if refusal.status in (0, 400, 401, 403, 404, 413, 422, 429, 500):
        for code, pattern in _WORDS.items():
            if pattern.search(words):
                return code
    return _by_status(refusal.status)


def _by_status(status: int) -> InferenceErrorCode:
    if found := _STATUSES.get(status):
        return found
    refused = 300 <= status < 500
    return Code.PROVIDER_REFUSED if refused else Code.PROVIDER_FAILED
