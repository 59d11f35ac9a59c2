"""All settings of hosting."""

from __future__ import annotations

from dataclasses import dataclass

from hosting.conf.limits import HostingLimits
from hosting.conf.network import NetworkSettings
from hosting.conf.process import ProcessSettings
from hosting.conf.registries import RegistrySettings


@dataclass(frozen=True)
class HostingSettings(NetworkSettings, ProcessSettings, RegistrySettings, HostingLimits):
    """The keys of `MYLLM_HOSTING` in Django's settings, in lower case. Every one has a default."""
