from __future__ import annotations

import argparse
import logging
from pathlib import Path

import pytest

from redub import cli, log
from redub.core.errors import (
    Bug,
    CloudFault,
    EnvironmentFault,
    RedubError,
    Refused,
    TaskFailed,
    Unclear,
    Unreachable,
    UserError,
)
from redub.core.findings import Finding, Level
from redub.paths import Places
from redub.services.objections import Objected
from redub.terminal.exits import Exit, exit_for

OBJECTED = Objected((Finding(level=Level.ERROR, code="c", field="f", message="m"),))


@pytest.mark.parametrize(
    "error, code",
    [
        (OBJECTED, Exit.REFUSED_BY_CHECK),
        (UserError("x"), Exit.WRONG_USE),
        (Refused("x", code=100008), Exit.FAILED),
        (Unclear("x"), Exit.FAILED),
        (CloudFault("x", code=100005), Exit.FAILED),
        (CloudFault("x"), Exit.UNREACHABLE),
        (Unreachable("x"), Exit.UNREACHABLE),
        (TaskFailed("x"), Exit.FAILED),
        (EnvironmentFault("x"), Exit.FAILED),
        (Bug("x"), Exit.FAILED),
    ],
)
def test_exit_for__each_kind_of_error(error: RedubError, code: Exit) -> None:
    assert exit_for(error) is code


def test_a_mistake_of_our_own__gets_a_sentence_and_the_place_of_the_log(
    redub_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, expect_log: object
) -> None:
    def fails(*_arguments: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr("redub.log.setup_logging", lambda *_arguments: None)
    code = cli.main([], fails)

    err = capsys.readouterr().err
    assert code == Exit.FAILED
    assert str(redub_home / "logs") in err
    assert "ZeroDivisionError" not in err


def test_a_mistake_before_there_is_a_log__is_in_the_log(
    redub_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, expect_log: object
) -> None:
    def fails(*_arguments: object) -> None:
        raise ZeroDivisionError

    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(cli, "window_parser", fails)
    code = cli.main([], lambda *_arguments: 0)
    for handler in root.handlers:
        handler.close()

    assert code == Exit.FAILED
    assert "ZeroDivisionError" in (redub_home / "logs" / log.FILE_NAME).read_text(encoding="utf-8")
    assert "ZeroDivisionError" not in capsys.readouterr().err


def test_a_home_of_nobody__is_wrong_use(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDUB_HOME", "~nobody-here/redub")

    assert cli.main(["tasks"], lambda *_arguments: 0) == Exit.WRONG_USE
    assert "REDUB_HOME" in capsys.readouterr().err


def test_without_a_command__the_window_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redub.log.setup_logging", lambda *_arguments: None)
    opened: list[tuple[Path | None, str]] = []
    shot = tmp_path / "a.redub"
    shot.touch()

    def window(chosen: argparse.Namespace, _places: Places) -> int:
        opened.append((chosen.document, chosen.site))
        return 7

    codes = [cli.main(argv, window) for argv in ([], [str(shot)], ["--site", "china"])]

    assert codes == [7, 7, 7]
    assert opened == [(None, ""), (shot, ""), (None, "china")]
