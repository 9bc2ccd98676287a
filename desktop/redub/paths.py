"""Where everything lies: the resources that the program carries, and the person's own folders.

No other module knows these places. Nothing is created by looking a place up: `ensure` creates a folder when something
is about to be written there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
# In a wheel, and in a frozen program, the resources lie beside the modules; in a checkout at its top level.
_RESOURCE_ROOTS = (_PACKAGE / "resources", _PACKAGE.parent.parent / "resources")


def resource(*parts: str) -> Path:
    """Return the path of the carried resource `parts` (``resource("icons", "play.svg")``), existing or not."""
    root = next((root for root in _RESOURCE_ROOTS if root.is_dir()), _RESOURCE_ROOTS[0])
    return root.joinpath(*parts)


@dataclass(frozen=True, slots=True)
class Places:
    """The person's folders; none of them needs to exist yet.

    :ivar config: settings, and the secrets file where the machine has no keyring
    :ivar data: the task database and what must survive
    :ivar cache: converted clips, proxies, thumbnails: whatever can be made again
    :ivar results: finished videos and their subtitles, for the person to open
    :ivar runtime: locks and the address of the running rehearsal service
    :ivar logs: the program's log files
    """

    config: Path
    data: Path
    cache: Path
    results: Path
    runtime: Path
    logs: Path


def places(environ: Mapping[str, str] = os.environ) -> Places:
    """Return this person's folders: all in one when REDUB_HOME names it, the platform's own otherwise."""
    home = environ.get("REDUB_HOME", "")
    return _in_one_folder(Path(home).expanduser().absolute()) if home else _of_the_platform(environ)


def _in_one_folder(home: Path) -> Places:
    return Places(
        config=home / "config",
        data=home / "data",
        cache=home / "cache",
        results=home / "results",
        runtime=home / "run",
        logs=home / "logs",
    )


def _of_the_platform(environ: Mapping[str, str]) -> Places:
    # Without an author name: Windows would otherwise nest the folders as author\program.
    dirs = platformdirs.PlatformDirs("redub", appauthor=False)
    return Places(
        config=dirs.user_config_path,
        data=dirs.user_data_path,
        cache=dirs.user_cache_path,
        results=dirs.user_videos_path / "Redub",
        runtime=_runtime(environ, dirs.user_cache_path),
        logs=dirs.user_log_path,
    )


def _runtime(environ: Mapping[str, str], cache: Path) -> Path:
    # Only a login session that is set up properly has a folder that is ours alone and empty after a restart.
    session = Path(environ.get("XDG_RUNTIME_DIR", ""))
    is_ours = session.is_absolute() and session.is_dir() and os.access(session, os.W_OK)
    return session / "redub" if is_ours else cache / "run"


def ensure(path: Path) -> Path:
    """Create the folder `path`, and what is missing above it, for this person alone (mode 0700), and return it.

    :raises OSError: when it cannot be created; the caller says what it was needed for
    """
    if not path.parent.is_dir():
        ensure(path.parent)  # not mkdir(parents=True): that leaves the folders above open to others
    path.mkdir(mode=0o700, exist_ok=True)
    return path
