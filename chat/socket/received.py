"""A frame out of what a socket received."""

from __future__ import annotations

from chat.conf import conf
from chat.errors import ChatError, ErrorCode
from chat.wire.codec import parse
from chat.wire.protocol import ClientFrame


def read_frame(text: str | None) -> ClientFrame:
    """`text` is None for a binary message. Raises `ChatError`: `binary_frame`, `frame_too_large`,
    or what `chat.wire.codec.parse` raises.
    """
    if text is None:
        raise ChatError(ErrorCode.BINARY_FRAME)
    limit = conf().frame_bytes
    size = len(text.encode(errors="surrogatepass"))
    if size > limit:
        raise ChatError(ErrorCode.FRAME_TOO_LARGE, size=size, limit=limit)
    return parse(text)
