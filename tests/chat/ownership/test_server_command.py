"""The addresses of other servers, by their command lines."""

from __future__ import annotations

import pytest

from chat.ownership.server_command import address_by_command

APPLICATION = "MyLLM.asgi:application"


@pytest.mark.parametrize(
    ("line", "address"),
    [
        (f"/venv/bin/uvicorn {APPLICATION}", "http://127.0.0.1:8000/"),
        (f"/venv/bin/uvicorn {APPLICATION} --host 0.0.0.0 --port 8313", "http://localhost:8313/"),
        (f"/lib/uvicorn/__main__.py --port=8313 {APPLICATION} --reload", "http://127.0.0.1:8313/"),
        (f"uvicorn.exe --host ::1 --port 9 {APPLICATION}", "http://[::1]:9/"),
        (f"uvicorn {APPLICATION} --uds /run/myllm.sock", ""),
        (f"/venv/bin/daphne -b 0.0.0.0 -p 8313 {APPLICATION}", "http://localhost:8313/"),
        (f"daphne -p8313 {APPLICATION}", "http://127.0.0.1:8313/"),
        (f"hypercorn {APPLICATION} --bind 0.0.0.0:8313", "http://localhost:8313/"),
        (f"gunicorn -b :8313 -k uvicorn.workers.UvicornWorker {APPLICATION}", None),
        ("manage.py serve --port 8313", ""),
        ("/usr/bin/pytest", ""),
        ("", ""),
    ],
)
def test_the_address_is_read(line: str, address: str | None) -> None:
    found = address_by_command(line.split(), {})
    assert found == ("http://127.0.0.1:8313/" if address is None else address)


def test_a_port_may_come_from_the_servers_own_variable() -> None:
    found = address_by_command(["uvicorn", APPLICATION], {"UVICORN_PORT": "8313"})
    assert found == "http://127.0.0.1:8313/"
