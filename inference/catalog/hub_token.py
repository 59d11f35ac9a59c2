"""The owner's access token of a hub, for gated models.

From the environment, or from the login of the hubs' own programs (`hf auth login`, `ms login`),
where these are installed.
"""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec

from inference.catalog.sources import Hub

_VARIABLES: dict[Hub, tuple[str, ...]] = {
    "Hugging Face": ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"),
    "ModelScope": ("MODELSCOPE_API_TOKEN",),
}


def hub_token(hub: Hub) -> str:
    """ "" for none. Blocking: the hub's client may be imported for it."""
    for variable in _VARIABLES[hub]:
        if token := os.environ.get(variable, "").strip():
            return token
    return _login(hub)


def hub_secrets(hub: Hub) -> dict[str, str]:
    """The headers of authentication; none without a token. ModelScope's downloads know the cookie,
    its API the header.
    """
    token = hub_token(hub)
    if not token or not token.isascii() or not token.isprintable():
        return {}
    secrets = {"Authorization": f"Bearer {token}"}
    return secrets | {"Cookie": f"m_session_id={token}"} if hub == "ModelScope" else secrets


def _login(hub: Hub) -> str:
    """The token that the hub's client has stored; "" also where the client fails."""
    package = "huggingface_hub" if hub == "Hugging Face" else "modelscope_hub"
    if find_spec(package) is None:
        return ""
    try:
        client = import_module(package)
        token = client.get_token() if hub == "Hugging Face" else client.HubConfig().load_token()
    except Exception:  # noqa: BLE001 - a client of another version, or a file that is not readable
        return ""
    return token if isinstance(token, str) else ""
