"""Which start of the computer this is."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

_LINUX = Path("/proc/sys/kernel/random/boot_id")
_WINDOWS = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"


def boot_id() -> str:
    """The same for as long as the computer runs and another after each start; empty where that
    cannot be told.
    """
    try:
        if sys.platform == "win32":
            return _windows()
        if sys.platform == "darwin":
            return _macos()
        return _LINUX.read_text(encoding="ascii").strip()
    except OSError:
        return ""


if sys.platform == "win32":
    import winreg

    def _windows() -> str:
        """A number that Windows raises at every start."""
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WINDOWS) as key:
            return str(winreg.QueryValueEx(key, "BootId")[0])


if sys.platform == "darwin":

    def _macos() -> str:
        """sysctl(3), `kern.bootsessionuuid`."""
        size = ctypes.c_size_t(64)
        found = ctypes.create_string_buffer(size.value)
        libc = ctypes.CDLL(None)
        if libc.sysctlbyname(b"kern.bootsessionuuid", found, ctypes.byref(size), None, 0):
            return ""
        return found.value.decode("ascii", "replace")
