from hosting.sources.stall import LEAST_BYTES, STALLED_SECONDS, Activity, StallWatch


class Run:
    """Time and downloaded bytes as the test sets them."""

    def __init__(self) -> None:
        self.now = 0.0
        self.bytes = 0
        self.busy = False
        self.stall = StallWatch(lambda: self.bytes, lambda: self.busy, lambda: self.now)

    def is_stalled_after(
        self, seconds: float, activity: Activity = Activity.NONE, downloaded: int = 0
    ) -> bool:
        self.now += seconds
        self.bytes += downloaded
        return self.stall.is_stalled(activity)


def started() -> Run:
    run = Run()
    assert not run.is_stalled_after(0, Activity.PROGRESS)
    return run


def test_before_its_first_line_a_run_waits_for_no_source() -> None:
    assert not Run().is_stalled_after(100)


def test_a_stall_is_reported_and_counting_restarts() -> None:
    run = started()
    assert not run.is_stalled_after(STALLED_SECONDS - 1)
    assert run.is_stalled_after(1)
    assert not run.is_stalled_after(STALLED_SECONDS - 1)
    assert run.is_stalled_after(1)


def test_a_line_is_progress() -> None:
    run = started()
    run.is_stalled_after(STALLED_SECONDS - 1)
    assert not run.is_stalled_after(1, Activity.PROGRESS)
    assert not run.is_stalled_after(STALLED_SECONDS - 1)


def test_a_slow_download_is_progress() -> None:
    run = started()
    for _ in range(50):
        assert not run.is_stalled_after(STALLED_SECONDS / 2, downloaded=LEAST_BYTES // 2)


def test_a_trickle_is_no_progress() -> None:
    run = started()
    stalled = [run.is_stalled_after(1, downloaded=LEAST_BYTES // 20) for _ in range(10)]
    assert stalled == [False] * 9 + [True]


def test_a_finished_file_that_is_moved_away_is_not_subtracted() -> None:
    run = started()
    run.is_stalled_after(1, downloaded=10 * LEAST_BYTES)
    run.is_stalled_after(1, downloaded=-10 * LEAST_BYTES)
    assert not run.is_stalled_after(STALLED_SECONDS - 1, downloaded=LEAST_BYTES)


def test_after_the_downloads_there_is_no_stall() -> None:
    run = started()
    run.is_stalled_after(1, Activity.DOWNLOADED)
    assert not run.is_stalled_after(1000)


def test_local_work_is_no_stall() -> None:
    run = started()
    run.busy = True
    assert not run.is_stalled_after(STALLED_SECONDS)
    run.busy = False
    assert run.is_stalled_after(STALLED_SECONDS)
