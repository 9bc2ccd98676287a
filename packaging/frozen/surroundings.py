"""Runs in the packaged program before its first line: where VLC's parts lie, and what children inherit."""

import os
import sys
from pathlib import Path

_INSIDE = Path(getattr(sys, "_MEIPASS", ""))
_LIBRARIES = {"win32": "libvlc.dll", "darwin": "libvlc.dylib"}


def _point_to_vlc() -> None:
    """Set what the module `vlc` and libvlc read when they are loaded, unless somebody chose another VLC."""
    library = _INSIDE / _LIBRARIES.get(sys.platform, "libvlc.so.5")
    plugins = _INSIDE / "libvlc" / "plugins"
    if library.is_file() and plugins.is_dir() and "PYTHON_VLC_LIB_PATH" not in os.environ:
        os.environ["PYTHON_VLC_LIB_PATH"] = str(library)
        os.environ["VLC_PLUGIN_PATH"] = str(plugins)


def _give_back_the_loader() -> None:
    """Undo what PyInstaller's loader set for this process: a browser or setpriv must find its own libraries.

    The dynamic linker has read the variable already, so that nothing changes for this process. A child that is this
    program again has to set it for itself: without the last line its loader would take it for set, and find the
    libraries of the system in place of those that it carries, or none.
    """
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        else:
            os.environ.pop(name, None)
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


_point_to_vlc()
if sys.platform != "win32":
    _give_back_the_loader()
