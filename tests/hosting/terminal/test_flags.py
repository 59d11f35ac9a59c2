import argparse

import pytest

from hosting.terminal.flags import add_flags, flags_to_environment


def environment(*arguments: str) -> dict[str, str]:
    environ: dict[str, str] = {}
    flags_to_environment(arguments, environ)
    return environ


def test_every_flag_has_its_setting() -> None:
    flags = ["--open", "--tls", "--host", "::1", "--port", "9000", "--model", "a"]
    assert environment("serve", *flags) == {
        "MYLLM_OPEN": "1",
        "MYLLM_TLS": "1",
        "MYLLM_HOST": "::1",
        "MYLLM_PORT": "9000",
        "MYLLM_MODELS": "a",
    }


def test_models_are_repeated_or_listed() -> None:
    assert environment("serve", "--model", "a", "--model=b,c")["MYLLM_MODELS"] == "a,b,c"


@pytest.mark.parametrize(
    "arguments", [(), ("serve",), ("runserver", "--port", "9000"), ("serve", "--verbosity", "0")]
)
def test_what_is_not_given_is_not_set(arguments: tuple[str, ...]) -> None:
    assert environment(*arguments) == {}


def test_a_wrong_value_is_passed_on_for_the_settings_to_refuse() -> None:
    assert environment("serve", "--port", "many") == {"MYLLM_PORT": "many"}


def test_an_option_without_its_value_is_left_to_serve() -> None:
    assert environment("serve", "--port") == {}


def test_help_names_every_setting() -> None:
    parser = argparse.ArgumentParser()
    add_flags(parser)
    for name in ("MYLLM_HOST", "MYLLM_PORT", "MYLLM_OPEN", "MYLLM_TLS", "MYLLM_MODELS"):
        assert name in parser.format_help()
