"""Whatever a client sends, as the OpenAPI page allows it or not: the answer is as described."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.live.live_server import LiveServer
from tests.patience import PATIENCE

EXAMPLES = 25
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_route_answers_as_it_is_described(
    scripted_server: LiveServer, mode: GenerationMode
) -> None:
    routes = schemathesis.openapi.from_url(
        f"http://127.0.0.1:{scripted_server.port}/api/v1/openapi.json", timeout=PATIENCE
    )
    operations = [found for found in routes.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == routes.statistic.operations.total
    for operation in operations:
        # It would install packages into the environment that the tests run in.
        if not operation.ok().path.endswith("/install"):
            _try(operation.ok(), mode)


def _try(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    def answers(case: Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS, timeout=PATIENCE)

    with suppress(Unsatisfiable):  # a route without parameters cannot get a wrong one
        answers()
