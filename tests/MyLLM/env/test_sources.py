"""Where packages come from, out of the environment."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from hosting.sources.indexes import pip_indexes
from MyLLM.env.sources import sources


def test_package_sources_are_urls() -> None:
    typed = {"MYLLM_PIP_INDEXES": "http://a/simple, http://b/simple"}
    assert sources(typed, pip_indexes) == ("http://a/simple", "http://b/simple")
    with pytest.raises(ImproperlyConfigured, match="MYLLM_PIP_INDEXES"):
        sources({"MYLLM_PIP_INDEXES": "nonsense"}, pip_indexes)
