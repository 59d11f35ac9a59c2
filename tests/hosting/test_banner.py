import pytest

from chat.network.addresses import url
from chat.terminal import language
from hosting.banner import ServerAddresses, banner, print_banner, qr_code, server_addresses

CLOSED = ServerAddresses("localhost", (), 8000, is_open=False)
OPEN = ServerAddresses("localhost", ("192.168.1.5", "fd00::2"), 8000, is_open=True)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


def test_an_open_server_names_every_address_and_that_it_is_open() -> None:
    text = "\n".join(banner(OPEN))
    for expected in (
        "http://localhost:8000/",
        "http://192.168.1.5:8000/",
        "http://[fd00::2]:8000/",
        "anyone on it may use this server without pairing",
    ):
        assert expected in text


def test_a_closed_server_explains_how_to_admit_phones() -> None:
    assert banner(CLOSED)[-1].endswith("python3 manage.py serve --open")


def test_without_a_network_there_is_no_address_to_scan() -> None:
    alone = ServerAddresses("localhost", (), 8000, is_open=True)
    assert "join a Wi-Fi" in banner(alone)[-1]


def test_the_code_holds_the_first_address_never_localhost(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_banner(OPEN)
    printed = capsys.readouterr().out
    assert qr_code(url("192.168.1.5", 8000), coloured=False) in printed
    assert qr_code(url("localhost", 8000), coloured=False) not in printed


def test_a_closed_server_shows_no_code(capsys: pytest.CaptureFixture[str]) -> None:
    print_banner(CLOSED)
    assert "█" not in capsys.readouterr().out


def test_both_colours_are_set_on_a_terminal() -> None:
    lines = qr_code("http://192.168.1.5:8000/", coloured=True).splitlines()
    assert all(line.startswith("\x1b[97;40m") and line.endswith("\x1b[0m") for line in lines)
    assert len(lines) <= 20


@pytest.mark.parametrize(
    ("host", "local"),
    [("0.0.0.0", "localhost"), ("127.0.0.1", "localhost"), ("192.0.2.9", "192.0.2.9")],
)
def test_this_computer_opens_what_is_listened_on(host: str, local: str) -> None:
    assert server_addresses(host, 8000, is_open=True).local == local


def test_the_language_may_be_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: True)
    assert any("手机打开" in line for line in banner(OPEN))
