"""The extras as the API offers them."""

from __future__ import annotations

from chat.catalog.extras import OfferedExtra
from hosting.extras.extra import EXTRAS, Extra, find_extra
from hosting.extras.installation import begin_installation, installation_of


class InstalledExtras:
    """An `ExtraSource`: pip installs into the running environment."""

    def extras(self, *, chinese: bool) -> list[OfferedExtra]:
        return [_offered(extra, chinese=chinese) for extra in EXTRAS]

    def begin(self, extra: str) -> bool:
        found = find_extra(extra)
        if found is not None and not found.is_installed:
            begin_installation(found)
        return found is not None


def _offered(extra: Extra, *, chinese: bool) -> OfferedExtra:
    purpose = extra.purpose_zh if chinese else extra.purpose_en
    known = (extra.id, purpose, extra.megabytes, extra.is_installed)
    running = installation_of(extra)
    if running is None:
        return OfferedExtra(*known)
    progress = running.progress
    return OfferedExtra(
        *known, running.is_under_way, progress.megabytes, progress.note, running.failure
    )
