"""The server's `hello`."""

from __future__ import annotations

from chat.conf import conf
from chat.version import VERSION
from chat.wire.protocol import PROTOCOL_VERSION, Limits, Model, ServerHello


def greeting(device: str, models: list[Model]) -> ServerHello:
    """For a client on `device` that may use these models."""
    return ServerHello(
        protocol=PROTOCOL_VERSION,
        version=VERSION,
        device=device,
        open=conf().open,
        models=models,
        limits=Limits(
            frame_bytes=conf().frame_bytes,
            runs_per_device=conf().runs_per_device,
            queue_length=conf().queue_length,
        ),
    )
