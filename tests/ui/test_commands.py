from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenuBar

from redub.core.clip import AudioFacts, ClipFacts
from redub.core.findings import Finding, Level, Remedy
from redub.core.shot import Shot, Source, StillInterval, Take
from redub.services.editing import ShotView
from redub.ui import icons
from redub.ui.commands import COMMANDS, CommandActions, Menu, Situation
from redub.ui.commands.situation import can_make, needs_clip, needs_still_here

FACTS = ClipFacts(path="/clip.mp4", container="mp4", size=1, duration=10.0)


def a_situation(**changed: object) -> Situation:
    shot = Shot(reference=Source(path="/clip.mp4"), takes=(Take(id="a", name="A", script="Hello."),))
    view = ShotView(shot=shot, take_id="a", facts=FACTS)
    return Situation(view=replace(view, **changed))  # type: ignore[arg-type]  # fields of ShotView


def refused(remedy: Remedy = Remedy.NONE) -> Finding:
    return Finding(level=Level.ERROR, code="x", field="InputSsml", message="It is too short.", remedy=remedy)


def test_table__ids_are_unique_and_name_their_family() -> None:
    ids = [command.id for command in COMMANDS]

    assert [id_ for id_, count in Counter(ids).items() if count > 1] == []
    assert [id_ for id_ in ids if "." not in id_] == []


def test_table__no_two_commands_share_keys() -> None:
    keys = [QKeySequence(shortcut).toString() for command in COMMANDS for shortcut in command.shortcuts]

    assert [key for key, count in Counter(keys).items() if count > 1 or not key] == []


def test_table__every_icon_is_drawn() -> None:
    assert {command.icon for command in COMMANDS if command.icon} <= set(icons.names())


def test_table__every_menu_has_commands() -> None:
    assert {command.menu for command in COMMANDS} == set(Menu)


def test_situation__no_clip() -> None:
    assert "Open a clip" in needs_clip(Situation())


def test_situation__clip_is_being_looked_at() -> None:
    assert "being looked at" in needs_clip(a_situation(facts=None))


def test_situation__unreadable_clip_says_why() -> None:
    assert needs_clip(a_situation(facts=None, trouble="It is no video.")) == "It is no video."


@pytest.mark.parametrize("cursor, possible", [(0.5, False), (1.0, True), (1.5, True), (2.5, False)])
def test_situation__still_under_the_cursor(cursor: float, possible: bool) -> None:
    shot = Shot(still_intervals=(StillInterval(1.0, 2.0),))
    situation = Situation(view=ShotView(shot=shot), cursor=cursor)

    assert (needs_still_here(situation) == "") is possible


def test_make__possible() -> None:
    assert can_make(a_situation()) == ""


def test_make__an_error_stands_in_the_way() -> None:
    assert can_make(a_situation(findings=(refused(),))) == "It is too short."


def test_make__several_errors_are_counted() -> None:
    said = can_make(a_situation(findings=(refused(), refused(), refused())))

    assert said == "It is too short. (and 2 more findings)"


def test_make__what_is_converted_on_the_way_does_not_count() -> None:
    assert can_make(a_situation(findings=(refused(Remedy.CONVERT),))) == ""


def test_make__only_once_at_a_time() -> None:
    assert "already" in can_make(replace(a_situation(), sending=True))


class _Desk:
    """Notes which verb of which family was asked for."""

    def __init__(self, done: list[str], family: str = "") -> None:
        self._done = done
        self._family = family

    def __getattr__(self, name: str) -> _Desk:
        return _Desk(self._done, f"{self._family}.{name}" if self._family else name)

    def __call__(self, *args: object) -> None:
        self._done.append(self._family)


def actions(situation: Situation, done: list[str], said: list[str]) -> CommandActions:
    made = CommandActions(COMMANDS, _Desk(done), lambda: situation, said.append)
    made.judge()
    return made


def test_actions__greyed_with_the_reason_in_the_tooltip(qapp: QApplication) -> None:
    made = actions(a_situation(), [], [])

    undo = made["edit.undo"]
    assert not undo.isEnabled()
    assert undo.toolTip() == "Undo (Ctrl+Z)\nNothing was changed yet."


def test_actions__undo_says_what(qapp: QApplication) -> None:
    made = actions(a_situation(undo_label="Move segment"), [], [])

    undo = made["edit.undo"]
    assert undo.isEnabled()
    assert undo.text() == "Undo “Move segment”"


def test_actions__the_same_check_guards(qapp: QApplication) -> None:
    done: list[str] = []
    said: list[str] = []
    made = actions(Situation(), done, said)

    made.run("mark.start")
    made.run("file.open_clip")

    assert (done, said) == (["files.open_clip"], ["Open a clip first."])


def test_actions__every_command_finds_its_verb(qapp: QApplication) -> None:
    from redub.ui.verbs.desk import WindowDesk

    done: list[str] = []
    for command in COMMANDS:
        command.do(_Desk(done))

    families = {name.split(".")[0] for name in done}
    assert len(done) == len(COMMANDS)
    assert families <= set(WindowDesk.__dataclass_fields__)


def test_actions__menus_in_their_order(qapp: QApplication) -> None:
    bar = QMenuBar()

    made = actions(a_situation(), [], [])
    made.fill(bar)

    titles = [action.text().replace("&", "") for action in bar.actions()]
    assert titles == ["File", "Edit", "Mark", "Play", "Script", "Take", "Service", "View", "Help"]
    bar.deleteLater()


def test_actions__primary_is_named_for_the_service(qapp: QApplication) -> None:
    rehearsal = actions(a_situation(), [], [])
    paid = actions(replace(a_situation(), site="china"), [], [])

    assert rehearsal["take.make"].text() == "Rehearse"
    assert paid["take.make"].text() == "Make"


@pytest.mark.parametrize("name", ["mark.longest_quiet", "mark.silence_still"])
def test_table__silence_is_looked_for_only_where_there_is_sound(name: str) -> None:
    command = next(command for command in COMMANDS if command.id == name)
    sound = AudioFacts(codec="aac", sample_rate=48_000, channels=1, duration=10.0)

    assert "no sound" in command.possible(a_situation())
    assert command.possible(a_situation(facts=replace(FACTS, audio=sound))) == ""
