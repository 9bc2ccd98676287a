"""What is taken of the VLC that is installed here: libvlc, libvlccore and the plugins that play files.

A packaged program finds them by what `packaging/frozen/surroundings.py` sets.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from provision import console, native, places

TARGET = "libvlc/plugins"
"""Not ``vlc``: a folder of that name beside the modules looks like the module `vlc`."""

# Windows of VLC's own, its scripts, servers and screens: this program plays files into its own pictures.
_UNUSED = frozenset(
    {"gui", "lua", "control", "services_discovery", "meta_engine", "access_output", "visualization"}
)
_SUFFIXES = {"win32": ".dll", "darwin": ".dylib"}
_MAKE_CACHE = (
    "import ctypes,sys;library=ctypes.CDLL(sys.argv[1]);library.libvlc_new.restype=ctypes.c_void_p;"
    "words=(ctypes.c_char_p*2)(b'--reset-plugins-cache',b'--quiet');sys.exit(not library.libvlc_new(2,words))"
)


def binaries() -> Iterator[tuple[Path, str]]:
    """Yield each file to carry, and the folder within ``_internal`` where it is to lie.

    :raises Failed: there is no VLC here to take it from
    """
    library = native.libvlc()
    if library is None:
        raise console.Failed("There is no VLC on this machine to be packed with the program.")
    core = library.resolve().parent
    for name in _libraries():
        found = next((folder / name for folder in (library.parent, core) if (folder / name).exists()), None)
        if found is not None:
            yield found, "."
    plugins = _plugins(library)
    for path in sorted(plugins.rglob(f"*{_SUFFIXES.get(sys.platform, '.so')}")):
        kind = path.relative_to(plugins).parts[0]
        if kind not in _UNUSED:
            yield path, f"{TARGET}/{path.parent.relative_to(plugins).as_posix()}"


def write_cache(inside: Path) -> None:
    """Let the carried libvlc write the list of its plugins, without which every start opens each of them."""
    if sys.platform != "linux":
        return  # the list holds the times of the files, which an installer there sets anew
    environ = os.environ | {"VLC_PLUGIN_PATH": str(inside / TARGET), "LD_LIBRARY_PATH": str(inside)}
    argv = [str(places.venv_program("python")), "-c", _MAKE_CACHE, str(inside / "libvlc.so.5")]
    made = subprocess.run(argv, env=environ, capture_output=True, text=True, check=False)
    if made.returncode != 0 or not (inside / TARGET / "plugins.dat").is_file():
        raise console.Failed(f"The carried libvlc does not start. It said: {made.stderr.strip()}")


def _libraries() -> tuple[str, ...]:
    if sys.platform == "win32":
        return ("libvlc.dll", "libvlccore.dll")
    if sys.platform == "darwin":
        return ("libvlc.dylib", "libvlccore.dylib")
    return ("libvlc.so.5", "libvlccore.so.9")


def _plugins(library: Path) -> Path:
    beside = (
        library.parent / "vlc" / "plugins",
        library.parent / "plugins",
        library.parent.parent / "plugins",
    )
    found = next((folder for folder in beside if folder.is_dir()), None)
    if found is None:
        raise console.Failed("VLC is here, and its plugins are not: they are needed to pack the program.")
    return found
