"""`lock`: writes the exact versions, with hashes, that every machine installs.

One lock serves Linux, macOS and Windows on Python 3.11 and newer. uv does the resolving; it lives in a throw-away
environment, and neither it nor the index that it asked leaves a trace in the files.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from pathlib import Path

from provision import console, faces, places

_HEADER = """\
# Exact versions of {what}, with hashes, for Linux, macOS and Windows on Python 3.11 and newer.
# Made from pyproject.toml by: python3 packaging/setup.py lock
"""


def lock() -> int:
    """Write all locks anew from pyproject.toml."""
    with tempfile.TemporaryDirectory() as name, console.step("Resolving the versions"):
        folder = Path(name)
        uv = _uv(folder / "uv")
        _compile(uv, folder, places.RUNTIME_LOCK, "what Redub needs to run", "--extra", "build")
        same = ("--constraints", str(places.RUNTIME_LOCK.relative_to(places.CHECKOUT)))
        extras = ("--extra", "build", "--extra", "dev")
        _compile(uv, folder, places.DEV_LOCK, "what the checks of Redub need", *extras, *same)
        same_as_checks = ("--constraints", str(places.DEV_LOCK.relative_to(places.CHECKOUT)))
        _compile_package(uv, folder, same_as_checks)
        _compile_faces(uv, folder)
    return 0


def _compile_package(uv: str, folder: Path, same: tuple[str, ...]) -> None:
    """Lock what freezes the program, alone: it is no part of what it freezes."""
    wanted = folder / "package.in"
    project = tomllib.loads(places.PROJECT.read_text(encoding="utf-8"))["project"]
    wanted.write_text("\n".join(project["optional-dependencies"]["package"]), encoding="utf-8")
    inputs = (str(wanted), "--no-config")
    _compile(uv, folder, places.PACKAGE_LOCK, "what packages Redub", *same, inputs=inputs)


def _compile_faces(uv: str, folder: Path) -> None:
    """Lock the optional part: MediaPipe without its own list of packages, in versions that the other locks name."""
    wanted, settings = folder / "faces.in", folder / "uv.toml"
    project = tomllib.loads(places.PROJECT.read_text(encoding="utf-8"))["project"]
    extra = project["optional-dependencies"]["faces"]
    wanted.write_text("\n".join([f"{faces.REQUIREMENT} ; {faces.MARKER}", *extra]), encoding="utf-8")
    settings.write_text(faces.METADATA, encoding="utf-8")
    inputs = (str(wanted), "--config-file", str(settings))
    same = ("--constraints", str(places.DEV_LOCK.relative_to(places.CHECKOUT)))
    _compile(uv, folder, places.FACES_LOCK, "what finds faces", *same, inputs=inputs)


def _uv(venv: Path) -> str:
    console.run_quietly([sys.executable, "-m", "venv", str(venv)], log="lock")
    console.run_quietly([str(places.venv_program("python", venv)), "-m", "pip", "install", "uv"], log="lock")
    return str(places.venv_program("uv", venv))


def _compile(
    uv: str,
    folder: Path,
    target: Path,
    what: str,
    *arguments: str,
    # What this machine is set up with (another index, local wheels) must not decide for others.
    inputs: tuple[str, ...] = ("pyproject.toml", "--no-config"),
) -> None:
    output = folder / target.name
    console.run_quietly(
        [
            *(uv, "pip", "compile", *inputs, "--output-file", str(output), "--quiet"),
            *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
            *("--default-index", "https://pypi.org/simple"),
            *arguments,
        ],
        log="lock",
        environ={name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))},
    )
    target.write_text(_HEADER.format(what=what) + output.read_text(encoding="utf-8"), encoding="utf-8")
