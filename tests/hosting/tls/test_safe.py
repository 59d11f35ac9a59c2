"""Keys and certificates: who may read them, what they are for, and when there are new ones."""

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
from hosting.tls.names import Names, names_of
from hosting.tls.safe import RENEWED_BEFORE, Safe

NOW = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
NAMES = names_of(["192.168.1.5"], ["myllm.local"])


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    return Safe(tmp_path / "tls")


def served(safe: Safe) -> x509.Certificate:
    return x509.load_pem_x509_certificate(safe.server_file.read_bytes())


def test_a_certificate_covers_this_computer_its_addresses_and_its_name(safe: Safe) -> None:
    assert safe.renew(NAMES, NOW)
    assert names_in(served(safe)) == Names(
        frozenset({"localhost", "myllm.local"}),
        frozenset(map(ipaddress.ip_address, ("127.0.0.1", "::1", "192.168.1.5"))),
    )


def test_what_belongs_to_somebody_on_the_internet_is_left_out() -> None:
    assert names_of(["8.8.8.8", "2001:4860::1"], ["bank.example"]) == names_of([], [])


def test_a_client_that_trusts_the_authority_trusts_the_server(safe: Safe) -> None:
    safe.renew(NAMES, NOW)
    trusted = Store([x509.load_pem_x509_certificate(safe.authority_file.read_bytes())])
    verifier = PolicyBuilder().store(trusted).time(NOW).build_server_verifier
    address = x509.IPAddress(ipaddress.ip_address("192.168.1.5"))
    for name in (address, x509.DNSName("myllm.local")):
        assert len(verifier(name).verify(served(safe), [])) == 2


def test_phones_take_no_longer_certificates(safe: Safe) -> None:
    safe.renew(NAMES, NOW)
    certificate = served(safe)
    lasting = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    assert lasting < 398 * DAY


def test_nobody_else_reads_the_keys(safe: Safe) -> None:
    safe.renew(NAMES, NOW)
    modes = {file.name: file.stat().st_mode & 0o777 for file in safe.folder.iterdir()}
    assert modes == {"authority.key": 0o600, "authority.crt": 0o600, "server.pem": 0o600}
    assert safe.folder.stat().st_mode & 0o777 == 0o700


def test_its_end_is_told_without_making_anything(safe: Safe) -> None:
    assert safe.ends() is None
    assert not safe.folder.exists()
    safe.renew(NAMES, NOW)
    assert safe.ends() == served(safe).not_valid_after_utc


def test_a_certificate_that_is_good_is_kept(safe: Safe) -> None:
    safe.renew(NAMES, NOW)
    before = served(safe)
    assert not safe.renew(NAMES, NOW + DAY)
    assert not safe.renew(names_of([], []), NOW + DAY)
    assert served(safe) == before


def test_a_new_address_gets_a_new_certificate_of_the_same_authority(safe: Safe) -> None:
    safe.renew(NAMES, NOW)
    authority = safe.authority_file.read_bytes()
    moved = names_of(["10.42.0.1"], ["myllm.local"])
    assert safe.renew(moved, NOW)
    assert names_in(served(safe)) == moved
    assert safe.authority_file.read_bytes() == authority


def test_a_certificate_near_its_end_is_renewed(safe: Safe) -> None:
    safe.renew(NAMES, NOW)
    near = served(safe).not_valid_after_utc - RENEWED_BEFORE
    assert not safe.renew(NAMES, near - DAY)
    assert safe.renew(NAMES, near + DAY)


def test_an_authority_ends_after_all_it_has_issued(safe: Safe) -> None:
    safe.renew(NAMES, NOW)
    first = safe.authority(NOW).certificate
    late = NOW + (AUTHORITY_DAYS - CERTIFICATE_DAYS) * DAY
    assert safe.authority(late - 4 * DAY).certificate == first
    assert safe.renew(NAMES, late)
    assert safe.authority(late).certificate != first


def test_a_certificate_of_another_authority_is_replaced(safe: Safe, tmp_path: Path) -> None:
    other = Safe(tmp_path / "other")
    other.renew(NAMES, NOW)
    safe.authority(NOW)
    safe.server_file.write_bytes(other.server_file.read_bytes())
    assert safe.renew(NAMES, NOW)


def test_a_damaged_certificate_is_replaced(safe: Safe) -> None:
    safe.renew(NAMES, NOW)
    safe.server_file.write_bytes(b"nothing")
    assert safe.renew(NAMES, NOW)


def test_a_damaged_authority_is_told(safe: Safe) -> None:
    safe.renew(NAMES, NOW)
    (safe.folder / "authority.key").write_bytes(b"nothing")
    with pytest.raises(Refusal, match=str(safe.folder)):
        safe.authority(NOW)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_half_written_file_is_no_obstacle(safe: Safe) -> None:
    safe.folder.mkdir(mode=0o700)
    (safe.folder / "server.new").write_bytes(b"half")
    assert safe.renew(NAMES, NOW)


def test_the_authority_speaks_for_private_names_alone(safe: Safe) -> None:
    safe.authority(NOW)
    certificate = x509.load_pem_x509_certificate(safe.authority_file.read_bytes())
    limits = certificate.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    permitted = limits.value.permitted_subtrees or []
    assert x509.DNSName("local") in permitted
    assert x509.IPAddress(ipaddress.ip_network("192.168.0.0/16")) in permitted


def test_a_stolen_key_cannot_pose_as_a_bank(safe: Safe) -> None:
    bank = Names(frozenset({"bank.example"}), frozenset())
    issued = safe.authority(NOW).issue(bank, NOW).certificate
    trusted = Store([safe.authority(NOW).certificate])
    verifier = PolicyBuilder().store(trusted).time(NOW)
    with pytest.raises(VerificationError, match="constraint"):
        verifier.build_server_verifier(x509.DNSName("bank.example")).verify(issued, [])
