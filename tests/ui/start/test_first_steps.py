from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from redub.ui.commands import COMMANDS
from redub.ui.start import StartHint
from redub.ui.start.steps import Step, step_now

SAMPLE = {"is_sample": True, "has_clip": True, "has_rehearsed": False, "is_rehearsal": True}


def number(**changed: bool) -> int | None:
    step = step_now(**(SAMPLE | changed))
    return None if step is None else step.number


@pytest.mark.parametrize(
    "changed,expected",
    [
        ({}, 1),
        ({"has_rehearsed": True}, 2),
        ({"is_sample": False}, 3),
        ({"is_sample": False, "has_rehearsed": True}, 3),
        ({"is_sample": False, "is_rehearsal": False}, None),
        ({"is_sample": False, "has_clip": False}, None),
    ],
)
def test_step__from_the_sample_to_the_account(changed: dict[str, bool], expected: int | None) -> None:
    assert number(**changed) == expected


def test_step__every_way_is_a_command() -> None:
    steps = [step_now(**(SAMPLE | more)) for more in ({}, {"has_rehearsed": True}, {"is_sample": False})]
    ways = {command_id for step in steps if step is not None for command_id, _words in step.ways}

    assert ways <= {command.id for command in COMMANDS}
    assert len(ways) == 3


def test_hint__shows_the_step_and_its_ways(qtbot: QtBot) -> None:
    hint = StartHint()
    qtbot.addWidget(hint)
    first = step_now(**SAMPLE)
    assert first is not None

    hint.show_step(first)
    hint.show_step(Step(number=2, words="Next.", ways=(("file.open_clip", "Open"),)))

    assert hint.accessibleDescription() == "Step 2 of 3. Next."
    hint.show()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in hint.findChildren(QPushButton)))
    shown = [one for one in hint.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in shown] == ["Open"]
    with qtbot.waitSignal(hint.command_wanted) as wanted:
        shown[0].click()
    assert wanted.args == ["file.open_clip"]

    hint.show_step(None)
    assert hint.isHidden()


def test_hint__can_be_skipped(qtbot: QtBot) -> None:
    hint = StartHint()
    qtbot.addWidget(hint)
    (close,) = hint.findChildren(QToolButton)

    with qtbot.waitSignal(hint.closed):
        close.click()
    assert close.accessibleName() == "Skip the first steps"
