"""The folder of the authority and the server's certificate, readable by its owner alone."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from hosting.tls import authority
from hosting.tls.authority import Authority, Issued
from hosting.tls.names import Names

RENEWED_BEFORE = datetime.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """The folder; created when it is first written to."""

    folder: Path

    @property
    def authority_file(self) -> Path:
        """The certificate that phones trust; it is public."""
        return self.folder / "authority.crt"

    @property
    def server_file(self) -> Path:
        """The server's key, then its certificate: OpenSSL reads both from one file."""
        return self.folder / "server.pem"

    def authority(self, now: datetime.datetime) -> Authority:
        """The stored authority; a new one if there is none, or if it would expire before the next
        certificate. Raises `Refusal` if the stored files cannot be used.
        """
        try:
            stored = self._stored_authority()
        except (OSError, ValueError) as error:
            raise _unusable(self.folder, error) from None
        lasting = datetime.timedelta(days=authority.CERTIFICATE_DAYS)
        if stored and now + lasting < stored.certificate.not_valid_after_utc:
            return stored
        return self._store(authority.create_authority(now))

    def renew(self, names: Names, now: datetime.datetime) -> bool:
        """Issue a certificate if it is missing, lacks names, is another authority's or expires
        soon. Returns whether one was issued. Raises as `authority` does.
        """
        issuer = self.authority(now)
        if self._is_good(issuer, names, now):
            return False
        issued = issuer.issue(names, now)
        self._write(self.server_file, _both(issued))
        return True

    def ends(self) -> datetime.datetime | None:
        """The end of the server's certificate; None if there is none. Creates nothing. Raises
        `Refusal` if the stored files cannot be used.
        """
        try:
            self._stored_authority()
            certificate = x509.load_pem_x509_certificate(self.server_file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise _unusable(self.folder, error) from None
        return certificate.not_valid_after_utc

    def _is_good(self, issuer: Authority, names: Names, now: datetime.datetime) -> bool:
        try:
            certificate = x509.load_pem_x509_certificate(self.server_file.read_bytes())
            certificate.verify_directly_issued_by(issuer.certificate)
            covered = names <= authority.names_in(certificate)
        except (FileNotFoundError, ValueError, x509.ExtensionNotFound, InvalidSignature):
            return False
        return covered and now + RENEWED_BEFORE < certificate.not_valid_after_utc

    def _stored_authority(self) -> Authority | None:
        if not self._key_file.exists():
            return None
        key = authority.read_key(self._key_file.read_bytes())
        certificate = x509.load_pem_x509_certificate(self.authority_file.read_bytes())
        if certificate.public_key() != key.public_key():
            raise ValueError("authority.key is not the key of authority.crt")
        return Authority(key, certificate)

    def _store(self, created: Authority) -> Authority:
        """Writes the key last: the certificate alone is ignored."""
        self._write(self.authority_file, authority.certificate_bytes(created.certificate))
        self._write(self._key_file, authority.key_bytes(created.key))
        return created

    @property
    def _key_file(self) -> Path:
        return self.folder / "authority.key"

    def _write(self, file: Path, content: bytes) -> None:
        """Atomic; the file is never readable by others."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = file.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        with os.fdopen(
            os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as new:
            new.write(content)
        unfinished.replace(file)


def _both(issued: Issued) -> bytes:
    return authority.key_bytes(issued.key) + authority.certificate_bytes(issued.certificate)


def _unusable(folder: Path, error: OSError | ValueError) -> Refusal:
    return Refusal(
        pick(
            f"{folder} 里的证书文件无法使用（{error}）。移走这个文件夹后会重新生成，"
            "手机需要再信任一次。",
            f"The certificates in {folder} cannot be used ({error}). Move the folder away and new "
            "ones are made, which phones have to trust again.",
        )
    )
