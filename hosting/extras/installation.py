"""Installs an extra while the server runs, one at a time."""

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
        """Whether pip still runs."""
        return not self.ended.is_set()

    def run(self) -> None:
        """Blocks until the installation has ended; runs in its own thread."""
        try:
            install(self.extra, self._record)
        except Refusal as refusal:
            self.failure = str(refusal)
        except Exception as error:  # noqa: BLE001 - no one joins the thread
            self.failure = repr(error)
        finally:
            self.ended.set()

    def _record(self, progress: InstallProgress) -> None:
        note = progress.note or self.progress.note
        self.progress = InstallProgress(
            progress.megabytes, progress.total, progress.is_writing, note
        )


_lock = threading.Lock()
_by_extra: dict[str, Installation] = {}


def begin_installation(extra: Extra) -> Installation:
    """The running installation of the extra, or a new one, which waits for those of other extras:
    pip cannot run twice in one environment. The caller has the owner's consent. Returns at once.
    """
    with _lock:
        running = _by_extra.get(extra.id)
        if running is not None and running.is_under_way:
            return running
        before = [one for one in _by_extra.values() if one.is_under_way]
        new = Installation(extra, InstallProgress(0.0, extra.megabytes))
        _by_extra[extra.id] = new
    arguments = (new, before)
    threading.Thread(target=_after, args=arguments, name=f"install {extra.id}", daemon=True).start()
    return new


def installation_of(extra: Extra) -> Installation | None:
    """The latest one in this process."""
    with _lock:
        return _by_extra.get(extra.id)


def _after(new: Installation, before: list[Installation]) -> None:
    for other in before:
        other.ended.wait()
    new.run()
