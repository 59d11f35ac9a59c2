from hosting.sources.stall import LEAST_BYTES, STALLED_SECONDS, Activity, StallWatch


class Run:
    """Time and downloaded bytes as the test says."""

    def __init__(self) -> None:
        self.now = 0.0
        self.bytes = 0
        self.busy = False
        self.stall = StallWatch(lambda: self.bytes, lambda: self.busy, lambda: self.now)

    def is_still_after(
        self, seconds: float, heard: Activity = Activity.NONE, downloaded: int = 0
    ) -> bool:
        self.now += seconds
        self.bytes += downloaded
        return self.stall.is_stalled(heard)


def begun() -> Run:
    run = Run()
    assert not run.is_still_after(0, Activity.PROGRESS)
    return run


def test_before_its_first_line_a_run_waits_for_no_source() -> None:
    assert not Run().is_still_after(100)


def test_silence_is_told_and_then_counted_anew() -> None:
    run = begun()
    assert not run.is_still_after(STALLED_SECONDS - 1)
    assert run.is_still_after(1)
    assert not run.is_still_after(STALLED_SECONDS - 1)
    assert run.is_still_after(1)


def test_a_line_is_a_sign_of_life() -> None:
    run = begun()
    run.is_still_after(STALLED_SECONDS - 1)
    assert not run.is_still_after(1, Activity.PROGRESS)
    assert not run.is_still_after(STALLED_SECONDS - 1)


def test_a_slow_download_moves() -> None:
    run = begun()
    for _ in range(50):
        assert not run.is_still_after(STALLED_SECONDS / 2, downloaded=LEAST_BYTES // 2)


def test_a_trickle_is_none() -> None:
    run = begun()
    told = [run.is_still_after(1, downloaded=LEAST_BYTES // 20) for _ in range(10)]
    assert told == [False] * 9 + [True]


def test_a_finished_file_that_is_moved_away_takes_nothing_back() -> None:
    run = begun()
    run.is_still_after(1, downloaded=10 * LEAST_BYTES)
    run.is_still_after(1, downloaded=-10 * LEAST_BYTES)
    assert not run.is_still_after(STALLED_SECONDS - 1, downloaded=LEAST_BYTES)


def test_once_all_is_here_it_may_take_its_time() -> None:
    run = begun()
    run.is_still_after(1, Activity.DOWNLOADED)
    assert not run.is_still_after(1000)


def test_work_on_what_is_here_is_no_waiting() -> None:
    run = begun()
    run.busy = True
    assert not run.is_still_after(STALLED_SECONDS)
    run.busy = False
    assert run.is_still_after(STALLED_SECONDS)
