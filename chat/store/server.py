"""The name that identifies this server to devices, and the journal it uses."""

from __future__ import annotations

from chat.models import Device, Household


def server_and_token_hash(device: str) -> tuple[str, str | None]:
    """The server's name, and the hash of the device's token if there is such a device. One call for
    both, as every returning phone needs them.
    """
    return _server_name(), _token_hash_of(device) if device else None


def server_and_journal() -> tuple[str, str]:
    """The server's name, and the journal that continues the texts of running answers."""
    row = Household.objects.get_or_create(place=1)[0]
    return row.name, row.journal


def remember_journal(name: str) -> None:
    """Save which journal continues the texts; an empty name is none."""
    Household.objects.filter(place=1).update(journal=name)


def _server_name() -> str:
    """The server's name, created at the first call and never changed."""
    return Household.objects.get_or_create(place=1)[0].name


def _token_hash_of(device: str) -> str | None:
    """The hash also of a revoked device, which has to learn that it was revoked."""
    found: str | None = (
        Device.objects.filter(pk=device).values_list("token_hash", flat=True).first()
    )
    return found
