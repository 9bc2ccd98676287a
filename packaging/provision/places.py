"""Where the checkout, its virtual environment and the logs of the set-up lie."""

from __future__ import annotations

import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
VENV = CHECKOUT / ".venv"
STAMP = VENV / "redub-setup.json"
LOGS = CHECKOUT / "build" / "setup-logs"
PROJECT = CHECKOUT / "pyproject.toml"
RUNTIME_LOCK = CHECKOUT / "packaging" / "requirements.lock"
FACES_LOCK = CHECKOUT / "packaging" / "requirements-faces.lock"
DEV_LOCK = CHECKOUT / "packaging" / "requirements-dev.lock"
PACKAGE_LOCK = CHECKOUT / "packaging" / "requirements-package.lock"
RESOURCES = CHECKOUT / "resources"
RECIPES = CHECKOUT / "packaging" / "recipes"
FROZEN = CHECKOUT / "build" / "frozen"
DIST = CHECKOUT / "dist"


def venv_program(name: str, venv: Path = VENV) -> Path:
    """Return the path of the program `name` in the virtual environment `venv`."""
    return venv / "Scripts" / f"{name}.exe" if sys.platform == "win32" else venv / "bin" / name
