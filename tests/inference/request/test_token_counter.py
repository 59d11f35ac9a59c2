"""A text is tokenized once, however often it is counted."""

from __future__ import annotations

from inference.request.token_counter import TokenCounter


def test_only_new_texts_are_tokenized() -> None:
    asked: list[list[str]] = []

    def tokenize(texts: list[str]) -> list[int]:
        asked.append(texts)
        return [len(text) for text in texts]

    counter = TokenCounter(tokenize)
    first = counter(["one", "three"])
    second = counter(["one", "three", "seven"])
    assert asked == [["one", "three"], ["seven"]]
    assert second[:2] == first
    assert counter(["seven", "one"]) == [second[2], first[0]]
    assert asked == [["one", "three"], ["seven"]]
    assert first[1] - first[0] == 2
