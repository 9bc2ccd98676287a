"""The virtual environment of the checkout, filled from the lock: made once, and again only when something changed.

A stamp in .venv says what it was filled from. It is taken away before anything is changed and written when all is
done, so that an installation that was broken off is never taken for a finished one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from provision import console, packages, places

_Stamp = dict[str, Any]


def ready(*, dev: bool) -> None:
    """Make sure that .venv holds the locked packages (with `dev` those of the checks as well) and the project."""
    wanted = wanted_stamp()
    have = read_stamp()
    if _same_interpreter(have, wanted):
        have = have or {}
    else:
        _make_venv()
        have = {}
    lock = places.DEV_LOCK if dev else places.RUNTIME_LOCK
    if have.get(lock.name) != wanted[lock.name]:
        _install_lock(lock)
        have = _identity(wanted) | ({} if dev else _still_true(have, wanted)) | _covered_by(lock, wanted)
    if have.get("project") != wanted["project"]:
        _install_project()
    _write_stamp(have | {"project": wanted["project"]})


def is_current(*, dev: bool) -> bool:
    """Tell whether `ready` would have nothing to do."""
    wanted, have = wanted_stamp(), read_stamp()
    lock = places.DEV_LOCK if dev else places.RUNTIME_LOCK
    same = have is not None and all(have.get(key) == wanted[key] for key in (lock.name, "project"))
    return same and _same_interpreter(have, wanted)


def wanted_stamp() -> _Stamp:
    """Return what .venv should have been filled from, for this interpreter and this checkout."""
    return {
        "python": "{}.{}".format(*sys.version_info[:2]),
        "checkout": str(places.CHECKOUT),
        places.RUNTIME_LOCK.name: _digest(places.RUNTIME_LOCK),
        places.DEV_LOCK.name: _digest(places.DEV_LOCK),
        "project": _digest(places.PROJECT),
    }


def read_stamp() -> _Stamp | None:
    """Return what .venv was filled from, None where nobody knows."""
    try:
        stamp = json.loads(places.STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) else None


def _digest(path: Path) -> str:
    # Read as text: a checkout with other line ends is the same file.
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()


def _identity(stamp: _Stamp) -> _Stamp:
    return {key: stamp[key] for key in ("python", "checkout")}


def _covered_by(lock: Path, wanted: _Stamp) -> _Stamp:
    # The lock of the checks holds every package of the other one, in the same version.
    names = {lock.name, places.RUNTIME_LOCK.name}
    return {name: wanted[name] for name in names}


def _still_true(have: _Stamp, wanted: _Stamp) -> _Stamp:
    return {key: value for key, value in have.items() if wanted.get(key) == value}


def _same_interpreter(have: _Stamp | None, wanted: _Stamp) -> bool:
    if not places.venv_program("python").exists():
        return False
    # A .venv of somebody's own making has no stamp; it is used as it is when its Python is the same.
    return _identity(have) == _identity(wanted) if have else _venv_works(wanted["python"])


def _venv_works(version: str) -> bool:
    code = "import pip, sys; print('{}.{}'.format(*sys.version_info[:2]))"
    try:
        asked = subprocess.run(
            [str(places.venv_program("python")), "-c", code], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return asked.returncode == 0 and asked.stdout.strip() == version


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        packages.provide(["venv"], "Python cannot make a virtual environment here")
    if places.VENV.exists():
        shutil.rmtree(places.VENV)
    with console.step("Making .venv"):
        console.run_quietly([sys.executable, "-m", "venv", str(places.VENV)], log="venv")


def _install_lock(lock: Path) -> None:
    places.STAMP.unlink(missing_ok=True)
    title = "the packages of the checks" if lock == places.DEV_LOCK else "the Python packages"
    with console.step(f"Installing {title} (a minute or two when it is the first time)"):
        _pip("--require-hashes", "-r", str(lock))


def _install_project() -> None:
    places.STAMP.unlink(missing_ok=True)
    with console.step("Installing Redub itself"):
        # Without isolation nothing is downloaded: the build backend came with the lock.
        _pip("--no-deps", "--no-build-isolation", "--editable", str(places.CHECKOUT))


def _pip(*arguments: str) -> None:
    python = str(places.venv_program("python"))
    console.run_quietly(
        [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments], log="pip"
    )


def _write_stamp(stamp: _Stamp) -> None:
    content = json.dumps(stamp, indent=1)
    if read_stamp() != stamp:
        places.STAMP.write_text(content, encoding="utf-8")
