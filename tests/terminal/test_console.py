"""What stdout cannot take: signs, a full disk."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from redub.core.errors import EnvironmentFault
from redub.core.tasks import TaskRecord, TaskState
from redub.terminal import console
from redub.terminal.commands.make import _farewell

FULL = Path("/dev/full")


def ascii_stdout(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """Let stdout take ASCII only, as in a console without UTF-8."""
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii", write_through=True))
    return written


def test_result__signs_that_stdout_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    written = ascii_stdout(monkeypatch)

    console.result("/clips/中.mp4")

    assert written.getvalue().decode("ascii").strip() == "/clips/\\u4e2d.mp4"


def test_result_json__is_json_in_every_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    written = ascii_stdout(monkeypatch)

    console.result_json({"clip": "é 中 😀 \udce9"})

    assert json.loads(written.getvalue()) == {"clip": "é 中 😀 \udce9"}


@pytest.mark.skipif(not FULL.exists(), reason="This system has no device that is always full.")
def test_result__on_a_full_disk_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with FULL.open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)

        with pytest.raises(EnvironmentFault, match="could not be written"):
            console.result("x")


@pytest.mark.parametrize(
    "states, said",
    [
        ((), "Nothing was sent."),
        ((TaskState.DONE,), "Nothing more was sent."),
        ((TaskState.QUEUED,), "Come back with: redub follow"),
        ((TaskState.INTENDED,), "It is not known"),
        ((TaskState.DONE, TaskState.UNCLEAR), "It is not known"),
    ],
)
def test_farewell__never_says_that_nothing_was_sent_when_it_may_have_been(
    states: tuple[TaskState, ...], said: str
) -> None:
    records = [TaskRecord(id=str(number), state=state) for number, state in enumerate(states)]

    assert said in _farewell(records)
