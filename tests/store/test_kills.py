"""A process that is killed right after the store has answered: what was answered is on the disk, whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import redub
from redub.core.tasks import TaskState
from redub.store.tasks import TaskStore

DESKTOP = Path(redub.__file__).parent.parent

PROGRAM = """
import os, sys, threading, time
from pathlib import Path
from redub.store import files, shotfile
from redub.store.tasks import Intent, TaskStore
from redub.core.shot import Shot, Take

folder, point = Path(sys.argv[1]), sys.argv[2]
store = TaskStore(folder / "tasks.db")
record = store.intend(Intent(request="{}"))
if point == "after intent":
    print(record.id, flush=True)
    os._exit(9)
if point == "while others write":
    def chatter():
        for _ in range(10_000):
            store.note(record.id, "noise", "x" * 500)
    for _ in range(4):
        threading.Thread(target=chatter, daemon=True).start()
    for number in range(5):
        taken = store.accepted(store.intend(Intent(request=str(number))).id, f"remote-{number}")
        print(taken.id, taken.task_id, flush=True)
    os._exit(9)
if point == "after accepted":
    store.accepted(record.id, "remote-1")
    print(record.id, "remote-1", flush=True)
    os._exit(9)
if point == "in a write":
    store._database.write(lambda db: (db.execute("UPDATE tasks SET state = 'queued', task_id = 'half'"), os._exit(9)))
if point == "while saving":
    path = folder / "x.redub"
    shotfile.save(Shot(takes=(Take(id="old", name="old"),)), path)
    files.os.fsync = lambda handle: os._exit(9)
    shotfile.save(Shot(takes=(Take(id="new", name="new"),)), path)
if point == "while publishing":
    (folder / "x.part").write_bytes(b"video")
    Path.unlink = lambda self, missing_ok=False: os._exit(9)
    files.publish(folder / "x.part", folder / "x.mp4")
"""


def killed_at(point: str, folder: Path) -> list[str]:
    """Run the program until it dies at `point` and return the lines that it had said before."""
    environment = os.environ | {"PYTHONPATH": str(DESKTOP)}
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), point],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 9, ended.stderr
    return ended.stdout.splitlines()


@pytest.mark.slow
def test_killed__after_the_intent(tmp_path: Path) -> None:
    (id,) = killed_at("after intent", tmp_path)

    with TaskStore(tmp_path / "tasks.db") as store:
        assert store.get(id).state is TaskState.INTENDED
        assert [record.id for record in store.recover()] == [id]
        assert store.get(id).state is TaskState.UNCLEAR


@pytest.mark.slow
@pytest.mark.parametrize("point", ["after accepted", "while others write"])
def test_killed__after_a_task_id_was_returned(tmp_path: Path, point: str) -> None:
    said = [line.split() for line in killed_at(point, tmp_path)]

    with TaskStore(tmp_path / "tasks.db") as store:
        assert [store.get(id).task_id for id, _task_id in said] == [task_id for _id, task_id in said]
        assert {store.get(id).state for id, _task_id in said} == {TaskState.QUEUED}


@pytest.mark.slow
def test_killed__in_the_middle_of_a_write(tmp_path: Path) -> None:
    killed_at("in a write", tmp_path)

    with TaskStore(tmp_path / "tasks.db") as store:
        (record,) = store.recover()
        assert (record.state, record.task_id) == (TaskState.UNCLEAR, "")


@pytest.mark.slow
def test_killed__while_a_shot_is_saved(tmp_path: Path) -> None:
    from redub.store import shotfile

    killed_at("while saving", tmp_path)

    assert shotfile.load(tmp_path / "x.redub").takes[0].id == "old"


@pytest.mark.slow
def test_killed__while_a_result_gets_its_name(tmp_path: Path) -> None:
    from redub.store import files

    killed_at("while publishing", tmp_path)

    assert (tmp_path / "x.mp4").read_bytes() == b"video"
    assert files.publish(tmp_path / "x.part", tmp_path / "x.mp4") == tmp_path / "x.mp4"
    assert not (tmp_path / "x (2).mp4").exists()
