from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QProcess

from redub.ui.instance.another import start_another


@pytest.mark.parametrize(
    "is_packaged,arguments", [(False, ["-m", "redub", "--new-window"]), (True, ["--new-window"])]
)
def test_start_another__on_its_own(
    is_packaged: bool, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, list[str]]] = []

    def start(program: str, given: list[str]) -> tuple[bool, int]:
        started.append((program, given))
        return True, 4711

    monkeypatch.setattr(QProcess, "startDetached", start)
    monkeypatch.setattr(sys, "frozen", is_packaged, raising=False)

    assert start_another()
    assert started == [(sys.executable, arguments)]
