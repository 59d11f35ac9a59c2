"""A certificate authority for one computer, which the user installs on a phone.

A thief of its key must not be able to impersonate a bank: name constraints in the authority's
certificate limit it to private names and addresses, and browsers enforce them.
"""

from __future__ import annotations

import datetime
import ipaddress
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hosting.tls.names import DOMAINS, NETWORKS, IPAddress, IPNetwork, Names

AUTHORITY_DAYS = 3650
CERTIFICATE_DAYS = 397
"""Apple's limit is 825 for authorities added by hand, 398 for all others."""
CLOCK_TOLERANCE = datetime.timedelta(days=2)
"""Certificates are valid from the past on: a phone's clock may be behind."""


@dataclass(frozen=True, slots=True)
class Authority:
    """`certificate` is what a phone trusts; `key` never leaves this computer."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def issue(self, names: Names, now: datetime.datetime) -> Issued:
        """A certificate for a server of these names, and a new key for it."""
        key = _new_key()
        certificate = (
            _builder("MyLLM", self.certificate.subject, key, now, CERTIFICATE_DAYS)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName(_general_names(names)), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
            .sign(self.key, hashes.SHA256())
        )
        return Issued(key, certificate)

    def fingerprint(self) -> str:
        """The text that a person compares with the phone's display."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()


@dataclass(frozen=True, slots=True)
class Issued:
    """A server's certificate and its key."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def create_authority(now: datetime.datetime) -> Authority:
    """A new authority, which no phone trusts yet."""
    key = _new_key()
    name = f"MyLLM {now:%Y-%m-%d}"
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        _builder(name, subject, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(_private_names_only(), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Authority(key, certificate)


def names_in(certificate: x509.Certificate) -> Names:
    """The names and addresses that the certificate covers."""
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return Names(
        hosts=frozenset(found.get_values_for_type(x509.DNSName)),
        addresses=frozenset(map(_address, found.get_values_for_type(x509.IPAddress))),
    )


def _address(value: IPAddress | IPNetwork) -> IPAddress:
    """Networks are for constraints alone."""
    if isinstance(value, ipaddress.IPv4Network | ipaddress.IPv6Network):
        raise ValueError(f"{value} is no address")
    return value


def key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def certificate_bytes(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def read_key(content: bytes) -> ec.EllipticCurvePrivateKey:
    """Raises `ValueError` for anything but an elliptic curve key in PEM."""
    key = serialization.load_pem_private_key(content, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("not an elliptic curve's key")
    return key


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _builder(
    name: str,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime.datetime,
    days: int,
) -> x509.CertificateBuilder:
    begins = now - CLOCK_TOLERANCE
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _private_names_only() -> x509.NameConstraints:
    return x509.NameConstraints(
        permitted_subtrees=[
            *(x509.DNSName(domain) for domain in DOMAINS),
            *(x509.IPAddress(network) for network in NETWORKS),
        ],
        excluded_subtrees=None,
    )


def _general_names(names: Names) -> list[x509.GeneralName]:
    return [
        *(x509.DNSName(host) for host in sorted(names.hosts)),
        *(x509.IPAddress(address) for address in sorted(names.addresses, key=str)),
    ]
