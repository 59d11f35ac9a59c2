from pathlib import Path

import pytest

from chat.terminal import language
from hosting.sources.tried_sources import TriedSources
from MyLLM.bootstrap.failure import explain

PIP_SAID = {
    "network": (
        "WARNING: Retrying after connection broken by 'NewConnectionError('<...>: Failed to "
        "establish a new connection: [Errno 101] Network is unreachable')'\n"
        "ERROR: No matching distribution found for daphne==4.2.3"
    ),
    "released with": (
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have\n"
        "updated the package versions, please update the hashes.\n"
        "    a==1 from https://x/a-1-py3-none-any.whl#sha256=0 (from -r requirements.txt):\n"
        "        Expected sha256 00\n             Got        11\n"
    ),
    "cannot be reached": "ERROR: HTTP error 403 while getting https://x/a-1-py3-none-any.whl",
    "too full": (
        'pip._vendor.urllib3.exceptions.ProtocolError: ("Connection broken: '
        "OSError(28, 'No space left on device')\")"
    ),
    "permissions": "ERROR: Could not install packages: [Errno 13] Permission denied: '/a'",
    "no xllamacpp==9": "ERROR: No matching distribution found for xllamacpp==9",
    "apt install": "The virtual environment was not created because ensurepip is not available.",
    "something new": "line one\nERROR: something new\nand a hint",
}


@pytest.mark.parametrize("expected", PIP_SAID)
def test_the_sentence_names_what_matters(expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
    sentence = str(explain(PIP_SAID[expected], Path("/here/.venv")))
    assert expected in sentence
    assert "\n" not in sentence


def test_empty_output_is_explained_too() -> None:
    assert str(explain("", Path("/here/.venv")))


def test_the_tried_sources_and_what_to_do_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
    tried = TriedSources("MYLLM_PIP_INDEXES", ("http://a/", "http://b/"), "http://proxy:1")
    sentence = str(explain(PIP_SAID["network"], Path("/here/.venv"), tried))
    assert "(a, b, through the proxy proxy:1)" in sentence
    assert "switch the proxy off, or name other sources in MYLLM_PIP_INDEXES" in sentence
