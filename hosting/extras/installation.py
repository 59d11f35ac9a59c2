"""The installation of an extra that goes on while the server runs, one at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from chat.terminal.refusal import Refusal
from hosting.extras.extra import Extra
from hosting.extras.installing import InstallProgress, install


@dataclass
class Installation:
    """`progress` is the latest; `failure` is a sentence for people, "" for none."""

    extra: Extra
    progress: InstallProgress
    failure: str = ""
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def is_under_way(self) -> bool:
        """Whether pip still works on it."""
        return not self.ended.is_set()

    def run(self) -> None:
        """In a thread of its own."""
        try:
            install(self.extra, self._keep)
        except Refusal as refusal:
            self.failure = str(refusal)
        except Exception as error:  # noqa: BLE001 - nobody reads the thread's own end
            self.failure = repr(error)
        finally:
            self.ended.set()

    def _keep(self, progress: InstallProgress) -> None:
        note = progress.note or self.progress.note
        self.progress = InstallProgress(
            progress.megabytes, progress.total, progress.is_writing, note
        )


_lock = threading.Lock()
_by_extra: dict[str, Installation] = {}


def begin_installation(extra: Extra) -> Installation:
    """The one that is under way, or a new one, which waits for another extra's to end: pip cannot
    run twice in one environment. Whoever calls has the owner's consent. Returns at once.
    """
    with _lock:
        running = _by_extra.get(extra.id)
        if running is not None and running.is_under_way:
            return running
        before = [one for one in _by_extra.values() if one.is_under_way]
        begun = Installation(extra, InstallProgress(0.0, extra.megabytes))
        _by_extra[extra.id] = begun
    arguments = (begun, before)
    threading.Thread(target=_after, args=arguments, name=f"install {extra.id}", daemon=True).start()
    return begun


def installation_of(extra: Extra) -> Installation | None:
    """The latest in this process."""
    with _lock:
        return _by_extra.get(extra.id)


def _after(begun: Installation, before: list[Installation]) -> None:
    for other in before:
        other.ended.wait()
    begun.run()
