"""Models out of the environment."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from MyLLM.env.models import models
from MyLLM.env.typed import Typed


def test_models_are_read_as_they_are_typed() -> None:
    typed = Typed("X", "builtin, 'scripted/plain'  # both")
    assert models(typed) == ("builtin", "scripted/plain")


@pytest.mark.parametrize("value", ["gpt-9", ",", "builtin,scripted/nonsense"])
def test_an_unknown_model_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MYLLM_MODELS"):
        models(Typed("MYLLM_MODELS", value))


def test_a_path_to_no_model_is_refused_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"none 不能用来聊天：没有这个.* no such file"):
        models(Typed("MYLLM_MODELS", str(tmp_path / "none")))
