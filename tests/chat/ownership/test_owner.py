from __future__ import annotations

import os

import pytest

from chat.ownership.owner import Owner, command_line, decoded, served_at


def test_what_is_written_is_read() -> None:
    owner = Owner(server=7, address="http://localhost:8000/", is_stopping=True)
    assert decoded(owner.encoded()) == owner
    assert (owner.pid, owner.parent) == (os.getpid(), os.getppid())
    assert owner.is_here


@pytest.mark.parametrize("record", [b"", b"1234\n", b"{}", b"[]", b"\xff", b'{"pid": "x"}'])
def test_what_is_no_record_is_none(record: bytes) -> None:
    assert decoded(record) is None


def test_a_record_that_is_being_written_is_none() -> None:
    assert decoded(Owner().encoded()[:-20]) is None


def test_a_record_stays_in_its_line() -> None:
    owner = decoded(Owner(pid=1, command="serve\nkill 1").encoded())
    assert owner
    assert owner.command == "serve kill 1"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["/srv/manage.py", "serve", "--port", "80"], "manage.py serve --port 80"),
        (["/venv/uvicorn/__main__.py", "a:b"], "uvicorn a:b"),
        ([], ""),
    ],
)
def test_the_command_is_named_without_its_folders(arguments: list[str], line: str) -> None:
    assert command_line(arguments) == line


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("", "http://localhost:8000/"),
        ("0.0.0.0", "http://localhost:8000/"),
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("localhost", "http://127.0.0.1:8000/"),
        ("fd00::1", "http://[fd00::1]:8000/"),
    ],
)
def test_the_address_is_one_that_this_computer_can_open(host: str, url: str) -> None:
    assert served_at(host, 8000) == url
