from collections.abc import Iterator

import pytest

from chat.terminal.language import pick, prefers_chinese


@pytest.fixture(autouse=True)
def uncached(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    prefers_chinese.cache_clear()
    yield
    prefers_chinese.cache_clear()


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "zh_TW", "zh-Hans", "Chinese_China.936"])
def test_a_chinese_locale_reads_chinese(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", locale)
    assert pick("你好", "hello") == "你好"


@pytest.mark.parametrize("locale", ["en_US.UTF-8", "C.UTF-8", "de_DE"])
def test_any_other_reads_english(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", locale)
    assert pick("你好", "hello") == "hello"


def test_the_more_particular_variable_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert prefers_chinese()
