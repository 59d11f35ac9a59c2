"""By what name devices know this server, and how it proves that it gave one of them its token."""

from __future__ import annotations

from chat.models import Device, Household


def server_and_token_hash(device: str) -> tuple[str, str | None]:
    """The server's name, and the hash of the device's token if there is such a device. In one go:
    every phone that comes back asks.
    """
    return _server_name(), _token_hash_of(device) if device else None


def server_and_journal() -> tuple[str, str]:
    """The server's name, and the journal that continues the texts of running answers."""
    row = Household.objects.get_or_create(place=1)[0]
    return row.name, row.journal


def remember_journal(name: str) -> None:
    """From now on this journal continues the texts; an empty name is none."""
    Household.objects.filter(place=1).update(journal=name)


def _server_name() -> str:
    """The same as long as the database lives; made when it is first asked for."""
    return Household.objects.get_or_create(place=1)[0].name


def _token_hash_of(device: str) -> str | None:
    """Also of a revoked device, which has to learn that it is one."""
    found: str | None = (
        Device.objects.filter(pk=device).values_list("token_hash", flat=True).first()
    )
    return found
