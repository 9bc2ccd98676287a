"""libvlc as it is on this machine: whether it can be used, and the one instance of the program."""

from __future__ import annotations

import os
import threading
from functools import cache
from typing import Any

from redub.i18n import _

_OPTIONS = (
    "--quiet",
    "--no-video-title-show",
    "--avcodec-hw=none",
    "--no-stats",
    "--no-snapshot-preview",
    "--no-lua",
    "--no-spu",  # subtitles beside a file are shown as text under the picture, never in it
    "--no-sub-autodetect-file",
)
_lock = threading.Lock()


@cache
def _binding() -> Any:  # python-vlc carries no annotations
    """Import python-vlc, which looks for the library; None when there is none that can be used.

    Without the library the import succeeds on Linux and yields the program's own symbols, so one that every libvlc
    has is asked for.
    """
    try:
        import vlc  # here, because looking for the library takes longer than a window may wait at its start
    except (ImportError, OSError, SystemExit):  # it exits the program when PYTHON_VLC_LIB_PATH leads nowhere
        return None
    return vlc if vlc.dll is not None and hasattr(vlc.dll, "libvlc_new") else None


def binding() -> Any:
    """Return the module `vlc`; call `available` first."""
    return _binding()


def available() -> str:
    """Return "" when libvlc can be used, else the sentence that says what is missing."""
    if _binding() is None:
        return _("Sound needs VLC's library (libvlc), which is not installed on this machine.")
    return ""


@cache
def _made(silent: bool) -> Any:
    options = (*_OPTIONS, "--aout=dummy") if silent else _OPTIONS
    return _binding().Instance(*options)


def instance() -> Any:
    """Return the instance of libvlc, made at the first call (0.1 to 0.3 s, so never on the window's thread).

    With REDUB_SILENT=1 in the environment nothing is sent to the loudspeakers.
    """
    with _lock:
        return _made(os.environ.get("REDUB_SILENT") == "1")
