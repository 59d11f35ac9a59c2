"""Texts are never cut inside of a grapheme cluster."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.text.graphemes import cut, graphemes

CLUSTERS = [
    "👨‍👩‍👧‍👦",
    "🇨🇳",
    "👍🏽",
    "👩🏽‍🚀",
    "❤️‍🔥",
    "1️⃣",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "e\u0301\u0323",
    "각",
    "\u1112\u1161\u11ab",
    "क्षि",
    "नि",
    "กำ",
    "\u06dd١",
    "が",
    "カ\uff9e",
    "\r\n",
    "中",
    "a",
]


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_cluster_is_one_between_letters(cluster: str) -> None:
    assert list(graphemes(f"x{cluster}y")) == ["x", cluster, "y"]


def test_flags_in_a_row_are_taken_in_pairs() -> None:
    assert list(graphemes("🇨🇳🇺🇸🇯🇵")) == ["🇨🇳", "🇺🇸", "🇯🇵"]


@given(st.lists(st.sampled_from(CLUSTERS), max_size=20), st.integers(0, 20))
def test_a_cut_text_has_whole_clusters(clusters: list[str], count: int) -> None:
    text = "".join(f"{one}|" for one in clusters)
    assert cut(text, 2 * count, 1000) == "".join(f"{one}|" for one in clusters[:count])


@given(st.text(max_size=30), st.integers(0, 10), st.integers(1, 20))
def test_the_bounds_hold_for_any_text(text: str, clusters: int, characters: int) -> None:
    kept = cut(text, clusters, characters)
    assert text.startswith(kept)
    assert len(kept) <= characters
    assert "".join(graphemes(text)) == text


@given(st.text(alphabet=st.sampled_from("".join(CLUSTERS) + "\u200d\u200b \t்த"), max_size=12))
def test_no_cluster_of_the_standard_is_cut(text: str) -> None:
    regex = pytest.importorskip("regex")
    ends = _ends(regex.findall(r"\X", text))
    assert _ends(list(graphemes(text))) <= ends


def _ends(clusters: list[str]) -> set[int]:
    return {sum(map(len, clusters[:number])) for number in range(len(clusters) + 1)}


def test_a_mark_repeated_without_end_is_bounded() -> None:
    assert len(cut("a" + "\u0301" * 1000, 40, 200)) == 200
