"""One address of a model's API, and the authentication of calls to it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from inference.remote.account import Account
from inference.remote.address import base_address, host_of, is_loopback
from inference.remote.preset import ProviderPreset

_AZURE_VERSION = "2024-10-21"
"""The latest of Azure's versions that is no preview."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`url` is the base of all calls, `query` goes with each of them. `continuation_url` is the
    base of a call that continues an answer, "" where that is not possible here.
    """

    url: str
    query: tuple[tuple[str, str], ...] = ()
    continuation_url: str = ""

    @property
    def host(self) -> str:
        """For people."""
        return host_of(self.url)

    @property
    def is_loopback(self) -> bool:
        """Whether requests stay on this computer."""
        return is_loopback(self.url)


def endpoints(account: Account, preset: ProviderPreset, model: str) -> tuple[Endpoint, ...]:
    """The account's addresses, of which there may be several with `|` between them.

    Raises `BadAddressError`.
    """
    written = account.base_url or preset.base_url
    return tuple(_endpoint(base_address(one), preset, model) for one in written.split("|"))


def _endpoint(address: str, preset: ProviderPreset, model: str) -> Endpoint:
    if preset.id == "azure":
        return _azure(address, model)
    parts = urlsplit(address)
    url = urlunsplit(parts._replace(query=""))
    continuation_url = _continuation_url(url, preset) if preset.continuation else ""
    return Endpoint(url, tuple(parse_qsl(parts.query)), continuation_url)


def _continuation_url(url: str, preset: ProviderPreset) -> str:
    """A provider's continuation address applies only to its own base URL, not to a relay's."""
    if not preset.continuation_url:
        return url
    return preset.continuation_url if host_of(url) == host_of(preset.base_url) else ""


def _azure(address: str, model: str) -> Endpoint:
    """From a resource's address, or from what its portal shows of a deployment.

    https://learn.microsoft.com/azure/ai-services/openai/reference: a deployment has an address
    of its own and a version; the newer `/openai/v1` has neither.
    """
    parts = urlsplit(address)
    root, _, rest = parts.path.partition("/openai")
    version = dict(parse_qsl(parts.query)).get("api-version", _AZURE_VERSION)
    is_v1 = rest.startswith("/v1")
    path = f"{root}/openai/v1" if is_v1 else f"{root}/openai/deployments/{model}"
    url = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return Endpoint(url, () if is_v1 else (("api-version", version),))
