"""What was uploaded: recognised by its content, unpacked within bounds, read as conversations."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import msgspec
from msgspec import Struct

from chat.errors import ChatError, ErrorCode
from chat.transfer import chatgpt
from chat.transfer.portable import FORMAT, VERSION, PortableConversation, PortableFile

_ZIP = b"PK"
_MEMBER = re.compile(r"(?:.*/)?(?:conversations|myllm)[^/]*\.json", re.IGNORECASE)


class _Header(Struct):
    format: str = ""
    version: int = 0


def read_upload(body: bytes, limit: int) -> list[PortableConversation]:
    """The conversations in our own JSON or in ChatGPT's, alone or in a zip.

    Raises `ChatError`: `bad_import` naming what is wrong, or `body_too_large` for what unpacks
    to more than `limit` bytes.
    """
    texts = _unzip(body, limit) if body.startswith(_ZIP) else [body]
    return [conversation for text in texts for conversation in _read(text)]


def refused(reason: str) -> ChatError:
    """A file that cannot be imported, and why."""
    return ChatError(ErrorCode.BAD_IMPORT, reason=reason[:500])


def _unzip(body: bytes, limit: int) -> list[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = [one for one in archive.infolist() if _MEMBER.fullmatch(one.filename)]
            if not members:
                raise refused("the zip holds no conversations.json")
            return _members(archive, members, limit)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise refused(f"the zip cannot be read ({error})") from None


def _members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limit: int) -> list[bytes]:
    """Read and counted, whatever sizes their headers claim."""
    texts: list[bytes] = []
    left = limit
    for member in members:
        with archive.open(member) as file:
            texts.append(file.read(left + 1))
        left -= len(texts[-1])
        if left < 0:
            raise ChatError(ErrorCode.BODY_TOO_LARGE, limit=limit, setting="MYLLM_IMPORT_BYTES")
    return texts


def _read(text: bytes) -> list[PortableConversation]:
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        if text.startswith(b"["):
            return chatgpt.read(text)
        return _read_own(text)
    except msgspec.ValidationError as error:
        raise refused(str(error)) from None
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise refused(f"not valid JSON ({error})") from None


def _read_own(text: bytes) -> list[PortableConversation]:
    header = msgspec.json.decode(text, type=_Header)
    if header.format != FORMAT:
        raise refused('neither `{"format": "myllm", …}` nor a list of ChatGPT conversations')
    if header.version != VERSION:
        raise refused(f"`version` is {header.version}, known is {VERSION}")
    return msgspec.json.decode(text, type=PortableFile).conversations
