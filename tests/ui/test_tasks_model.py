"""The table of tasks stays sorted and filtered row by row, and tells Qt so: checked against sorting it all anew."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from redub.core.progress import Progress, Stage
from redub.core.tasks import TaskRecord, TaskState
from redub.ui.tasks.columns import AGE, COLUMNS, PLACE, PLACES, STATE, TAKE
from redub.ui.tasks.model import TasksModel
from redub.ui.tasks.states import group_states

NOW = 1_000_000.0
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def a_record(number: int, state: TaskState = TaskState.MAKING, **fields: object) -> TaskRecord:
    known: dict[str, object] = {
        "id": f"t{number}",
        "state": state,
        "shot": f"shot {number % 7}",
        "take_name": f"Take {number}",
        "site": "rehearsal",
        "created": NOW - number,
    }
    return TaskRecord(**(known | fields))  # type: ignore[arg-type]  # names of TaskRecord's fields


def a_model() -> TasksModel:
    return TasksModel({"rehearsal": "Rehearsal"}, clock=lambda: NOW)


def ids(model: TasksModel) -> list[str]:
    return [record.id for record in model.records]


class Mirror:
    """Follows the rows by Qt's signals alone, as a view does."""

    def __init__(self, model: TasksModel) -> None:
        self.model = model
        self.ids = ids(model)
        self.resets = 0
        model.rowsInserted.connect(self._inserted)
        model.rowsRemoved.connect(self._removed)
        model.rowsMoved.connect(self._moved)
        model.modelReset.connect(self._reset)
        model.layoutChanged.connect(self._laid_out)

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.ids[first:first] = ids(self.model)[first : last + 1]

    def _removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        del self.ids[first : last + 1]

    def _moved(self, _from: QModelIndex, first: int, _last: int, _to: QModelIndex, target: int) -> None:
        one = self.ids.pop(first)
        self.ids.insert(target - 1 if target > first else target, one)

    def _reset(self) -> None:
        self.resets += 1
        self.ids = ids(self.model)

    def _laid_out(self) -> None:
        self.ids = ids(self.model)


@pytest.mark.parametrize("seed", range(3))
def test_model__random_changes_stay_in_order(seed: int, qtbot: QtBot) -> None:
    chance = random.Random(seed)
    model = a_model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert tester.model() is model
    model.put([a_record(number) for number in range(40)])
    mirror = Mirror(model)
    for step in range(250):
        _one_change(model, chance, step)
        assert mirror.ids == ids(model)
    assert mirror.resets < 50
    shown = ids(model)
    model.put(tuple(model.records))
    assert sorted(shown) == sorted(ids(model))
    assert shown == ids(model)


def _one_change(model: TasksModel, chance: random.Random, step: int) -> None:
    number = chance.randrange(60)
    match chance.randrange(20):
        case 0:
            model.sort(chance.randrange(len(COLUMNS)), chance.choice((UP, DOWN)))
        case 1:
            model.look_for(chance.choice(("", "", "take 1", "shot 3")))
        case 2:
            model.show_group(chance.choice(("all", "all", "running", "done", "waiting")))
        case 3:
            model.change((), (f"t{number}",))
        case 4 | 5 | 6:
            done = chance.randrange(100)
            model.show_progress(
                {f"t{number}": Progress(stage=Stage.MAKE, done=done, total=100, seconds_left=done)}
            )
        case _:
            place = chance.choice((None, 3.0, float(step)))
            state = chance.choice(list(TaskState))
            model.change([a_record(number, state, place=place, ahead=chance.randrange(5))])


def test_sort__every_column_is_what_sorting_anew_gives(qtbot: QtBot) -> None:
    model = a_model()
    model.put([a_record(n, TaskState.DONE, duration=float((n * 7) % 5) or None) for n in range(30)])
    for place, column in enumerate(COLUMNS):
        model.sort(place, UP)
        up = ids(model)
        model.sort(place, DOWN)
        assert ids(model) == up[::-1], column.name
    model.sort(PLACES["length"], UP)
    lengths = [record.duration for record in model.records]
    known = [length for length in lengths if length is not None]
    assert lengths == sorted(known) + [None] * lengths.count(None)


def test_sort__the_selection_goes_with_its_tasks(qtbot: QtBot) -> None:
    model = a_model()
    model.put([a_record(number) for number in range(10)])
    held = QPersistentModelIndex(model.index(3, TAKE))
    model.sort(TAKE, DOWN)

    assert held.data() == "Take 3"
    model.change([a_record(3, take_name="Another")])
    assert held.data() == "Another"
    assert held.row() == 9


def test_model__youngest_first_and_news_move_nobody(qtbot: QtBot) -> None:
    model = a_model()
    model.put([a_record(2), a_record(1), a_record(3)])
    mirror = Mirror(model)
    model.change([a_record(0)])
    model.change([a_record(2, TaskState.DONE)])

    assert ids(model) == ["t0", "t1", "t2", "t3"]
    assert mirror.resets == 0
    assert model.index(2, STATE).data() == "Done"


def test_counts__whatever_is_shown(qtbot: QtBot) -> None:
    model = a_model()
    states = (TaskState.WAITING, TaskState.MAKING, TaskState.MADE, TaskState.DONE, TaskState.UNCLEAR)
    model.put([a_record(number, state) for number, state in enumerate(states)])
    model.show_group("problem")
    model.look_for("nothing like it")

    assert model.counts() == {"all": 5, "waiting": 1, "running": 2, "done": 1, "problem": 1}
    assert ids(model) == []
    model.look_for("unclear SHOT")
    assert ids(model) == ["t4"]


def test_groups__are_apart_and_complete_but_for_given_up() -> None:
    parts = [group_states(name) for name in ("waiting", "running", "done", "problem")]

    assert sum(map(len, parts)) == len(frozenset.union(*parts))
    assert group_states("all") - frozenset.union(*parts) == {TaskState.GIVEN_UP}


def test_waiting__is_numbered_by_account_and_priority(qtbot: QtBot) -> None:
    model = a_model()
    queue = [a_record(n, TaskState.WAITING, place=float(n)) for n in (1, 2, 3)]
    other = a_record(9, TaskState.WAITING, place=0.5, appkey="other")
    model.put([*queue, other])
    places = {record.id: model.index(row, PLACES["place"]).data() for row, record in enumerate(model.records)}
    assert places == {"t1": "next", "t2": "1 before it", "t3": "2 before it", "t9": "next"}

    model.change(
        [a_record(3, TaskState.WAITING, place=3.0, priority=1), a_record(1, TaskState.QUEUED, ahead=4)]
    )
    places = {record.id: model.index(row, PLACES["place"]).data() for row, record in enumerate(model.records)}
    assert places == {"t1": "4 ahead", "t3": "next", "t2": "1 before it", "t9": "next"}


def test_speed__comes_from_bytes_and_goes_with_their_stage(qtbot: QtBot) -> None:
    now = [NOW]
    model = TasksModel({}, clock=lambda: now[0])
    model.put([a_record(1, TaskState.MADE)])
    for seconds in range(3):
        now[0] = NOW + seconds
        done = 2e6 * seconds
        model.show_progress({"t1": Progress(stage=Stage.DOWNLOAD, done=done, total=10e6, unit="bytes")})
    row = {column.name: model.index(0, place).data() for place, column in enumerate(COLUMNS)}
    assert (row["speed"], row["size"], row["left"]) == ("2.0 MB/s", "10.0 MB", "3 s left")

    model.show_progress({})
    assert model.index(0, PLACES["speed"]).data() == ""


def test_ages__are_said_anew(qtbot: QtBot) -> None:
    now = [NOW]
    model = TasksModel({}, clock=lambda: now[0])
    model.put([a_record(0)])
    assert model.index(0, AGE).data() == "now"
    now[0] = NOW + 7200
    with qtbot.waitSignal(model.dataChanged):
        model.grow_older()
    assert model.index(0, AGE).data() == "2 h"


def test_drag__in_the_order_of_the_queue_only_and_within_the_account(qtbot: QtBot) -> None:
    model = a_model()
    queue = [a_record(n, TaskState.WAITING, place=float(n)) for n in (1, 2, 3)]
    model.put([*queue, a_record(7, TaskState.WAITING, place=1.5, appkey="other"), a_record(9)])
    drag = Qt.ItemFlag.ItemIsDragEnabled
    assert not model.flags(model.index(0, 0)) & drag

    model.sort(PLACE, UP)
    rows = {record.id: row for row, record in enumerate(model.records)}
    assert model.flags(model.index(rows["t1"], 0)) & drag
    assert not model.flags(model.index(rows["t9"], 0)) & drag

    moves: list[tuple[str, str]] = []
    model.move_wanted.connect(lambda id, before: moves.append((id, before)))
    third = model.mimeData([model.index(rows["t3"], 0), model.index(rows["t3"], 1)])
    for row in (0, rows["t2"], len(rows)):
        assert not model.dropMimeData(third, Qt.DropAction.MoveAction, row, 0, QModelIndex())
    assert moves == [("t3", "t1"), ("t3", "t2"), ("t3", "")]
