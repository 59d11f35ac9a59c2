"""Keys and certificates: who may read them, what they cover, and when they are renewed."""

from __future__ import annotations

import datetime
import ipaddress
import os
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from chat.terminal.refusal import Refusal
from hosting.tls.authority import AUTHORITY_DAYS, CERTIFICATE_DAYS, names_in
from hosting.tls.key_folder import RENEWED_BEFORE, KeyFolder
from hosting.tls.names import Names, names_of

NOW = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
NAMES = names_of(["192.168.1.5"], ["myllm.local"])


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "tls")


def served(keys: KeyFolder) -> x509.Certificate:
    return x509.load_pem_x509_certificate(keys.server_file.read_bytes())


def test_a_certificate_covers_this_computer_its_addresses_and_its_name(keys: KeyFolder) -> None:
    assert keys.renew(NAMES, NOW)
    assert names_in(served(keys)) == Names(
        frozenset({"localhost", "myllm.local"}),
        frozenset(map(ipaddress.ip_address, ("127.0.0.1", "::1", "192.168.1.5"))),
    )


def test_public_names_and_addresses_are_left_out() -> None:
    assert names_of(["8.8.8.8", "2001:4860::1"], ["bank.example"]) == names_of([], [])


def test_a_client_that_trusts_the_authority_trusts_the_server(keys: KeyFolder) -> None:
    keys.renew(NAMES, NOW)
    trusted = Store([x509.load_pem_x509_certificate(keys.authority_file.read_bytes())])
    verifier = PolicyBuilder().store(trusted).time(NOW).build_server_verifier
    address = x509.IPAddress(ipaddress.ip_address("192.168.1.5"))
    for name in (address, x509.DNSName("myllm.local")):
        assert len(verifier(name).verify(served(keys), [])) == 2


def test_certificates_are_not_longer_than_phones_accept(keys: KeyFolder) -> None:
    keys.renew(NAMES, NOW)
    certificate = served(keys)
    lasting = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    assert lasting < 398 * DAY


def test_only_their_owner_reads_the_keys(keys: KeyFolder) -> None:
    keys.renew(NAMES, NOW)
    modes = {file.name: file.stat().st_mode & 0o777 for file in keys.folder.iterdir()}
    assert modes == {"authority.key": 0o600, "authority.crt": 0o600, "server.pem": 0o600}
    assert keys.folder.stat().st_mode & 0o777 == 0o700


def test_reading_its_end_creates_nothing(keys: KeyFolder) -> None:
    assert keys.ends() is None
    assert not keys.folder.exists()
    keys.renew(NAMES, NOW)
    assert keys.ends() == served(keys).not_valid_after_utc


def test_a_certificate_that_is_good_is_kept(keys: KeyFolder) -> None:
    keys.renew(NAMES, NOW)
    before = served(keys)
    assert not keys.renew(NAMES, NOW + DAY)
    assert not keys.renew(names_of([], []), NOW + DAY)
    assert served(keys) == before


def test_a_new_address_gets_a_new_certificate_of_the_same_authority(keys: KeyFolder) -> None:
    keys.renew(NAMES, NOW)
    authority = keys.authority_file.read_bytes()
    moved = names_of(["10.42.0.1"], ["myllm.local"])
    assert keys.renew(moved, NOW)
    assert names_in(served(keys)) == moved
    assert keys.authority_file.read_bytes() == authority


def test_a_certificate_near_its_end_is_renewed(keys: KeyFolder) -> None:
    keys.renew(NAMES, NOW)
    near = served(keys).not_valid_after_utc - RENEWED_BEFORE
    assert not keys.renew(NAMES, near - DAY)
    assert keys.renew(NAMES, near + DAY)


def test_an_authority_ends_after_all_it_has_issued(keys: KeyFolder) -> None:
    keys.renew(NAMES, NOW)
    first = keys.authority(NOW).certificate
    late = NOW + (AUTHORITY_DAYS - CERTIFICATE_DAYS) * DAY
    assert keys.authority(late - 4 * DAY).certificate == first
    assert keys.renew(NAMES, late)
    assert keys.authority(late).certificate != first


def test_a_certificate_of_another_authority_is_replaced(keys: KeyFolder, tmp_path: Path) -> None:
    other = KeyFolder(tmp_path / "other")
    other.renew(NAMES, NOW)
    keys.authority(NOW)
    keys.server_file.write_bytes(other.server_file.read_bytes())
    assert keys.renew(NAMES, NOW)


def test_a_damaged_certificate_is_replaced(keys: KeyFolder) -> None:
    keys.renew(NAMES, NOW)
    keys.server_file.write_bytes(b"nothing")
    assert keys.renew(NAMES, NOW)


def test_a_damaged_authority_is_reported(keys: KeyFolder) -> None:
    keys.renew(NAMES, NOW)
    (keys.folder / "authority.key").write_bytes(b"nothing")
    with pytest.raises(Refusal, match=str(keys.folder)):
        keys.authority(NOW)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_an_incomplete_file_is_replaced(keys: KeyFolder) -> None:
    keys.folder.mkdir(mode=0o700)
    (keys.folder / "server.new").write_bytes(b"half")
    assert keys.renew(NAMES, NOW)


def test_the_authority_is_limited_to_private_names(keys: KeyFolder) -> None:
    keys.authority(NOW)
    certificate = x509.load_pem_x509_certificate(keys.authority_file.read_bytes())
    limits = certificate.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    permitted = limits.value.permitted_subtrees or []
    assert x509.DNSName("local") in permitted
    assert x509.IPAddress(ipaddress.ip_network("192.168.0.0/16")) in permitted


def test_a_stolen_key_cannot_impersonate_a_bank(keys: KeyFolder) -> None:
    bank = Names(frozenset({"bank.example"}), frozenset())
    issued = keys.authority(NOW).issue(bank, NOW).certificate
    trusted = Store([keys.authority(NOW).certificate])
    verifier = PolicyBuilder().store(trusted).time(NOW)
    with pytest.raises(VerificationError, match="constraint"):
        verifier.build_server_verifier(x509.DNSName("bank.example")).verify(issued, [])
