"""The error of a repository that every hub refused. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from inference.errors import InferenceError, InferenceErrorCode

_GATED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class HubAnswer:
    """A hub's refusal: its name for people, and the status; None where it did not answer."""

    hub: str
    repository: str
    status: int | None


def refusal(answers: Sequence[HubAnswer]) -> InferenceError | None:
    """`hub_gated` where one of them requires authorisation, `hub_not_found` where none of them has
    it; None where one did not answer, since a retry may succeed.
    """
    gated = [answer for answer in answers if answer.status in _GATED]
    absent = [answer for answer in answers if answer.status == HTTPStatus.NOT_FOUND]
    if not answers or len(gated) + len(absent) < len(answers):
        return None
    if gated:
        return _error(InferenceErrorCode.HUB_GATED, gated)
    return _error(InferenceErrorCode.HUB_NOT_FOUND, absent)


def _error(code: InferenceErrorCode, answers: Sequence[HubAnswer]) -> InferenceError:
    hubs = ", ".join(dict.fromkeys(answer.hub for answer in answers))
    repository = answers[0].repository
    return InferenceError(
        code, f"{repository} at {hubs}: {code}", detail={"hub": hubs, "repository": repository}
    )
