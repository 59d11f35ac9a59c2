import pytest

from hosting.sources.address import shown


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://pypi.org/simple", "pypi.org"),
        ("http://me:secret@127.0.0.1:8080/simple", "127.0.0.1:8080"),
        ("http://me:sec@ret@host/", "host"),
        ("me:secret@proxy:3128", "proxy:3128"),
        ("file:///wheels", "/wheels"),
        ("http://me:secret@[broken/", "[broken/"),
    ],
)
def test_a_source_is_shown_by_its_host(url: str, host: str) -> None:
    assert shown(url) == host
