"""The parts of a download are summed, with the rate of the latest seconds."""

from __future__ import annotations

from ollama import ProgressResponse

from inference.remote.ollama_pull import PullProgress


def _step(digest: str, done: int, total: int = 1000) -> ProgressResponse:
    return ProgressResponse(status="pulling", digest=digest, completed=done, total=total)


def test_parts_are_summed_and_the_rate_is_of_the_latest_seconds() -> None:
    progress = PullProgress()
    progress.note(ProgressResponse(status="pulling manifest"), 0.0)
    assert (progress.download.total, progress.download.bytes_per_second) == (0, None)
    for at, done in ((10.0, 0), (12.0, 400), (14.0, 1000)):
        progress.note(_step("a", done), at)
    progress.note(_step("b", 100, 500), 14.5)
    received = progress.download
    assert (received.done, received.total) == (1100, 1500)
    assert received.bytes_per_second == 1100 / 4.5
    assert received.bytes_per_second is not None


def test_only_success_is_the_end() -> None:
    progress = PullProgress()
    progress.note(_step("a", 1000), 0.0)
    assert not progress.is_done
    progress.note(ProgressResponse(status="success"), 0.0)
    assert progress.is_done
