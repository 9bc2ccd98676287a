from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from redub.core.errors import Bug, EnvironmentFault, UserError
from redub.store import database as database_module
from redub.store.database import Damaged, Database, database_fault

ONE = ("CREATE TABLE things (name TEXT PRIMARY KEY) STRICT",)
TWO = ("ALTER TABLE things ADD COLUMN size INTEGER NOT NULL DEFAULT 7",)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "tasks.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with closing(Database(path, (ONE,))) as opened:
        yield opened


def names(db: sqlite3.Connection) -> list[str]:
    return [row[0] for row in db.execute("SELECT name FROM things ORDER BY name")]


def adding(name: str) -> database_module.Work[str]:
    def work(db: sqlite3.Connection) -> str:
        db.execute("INSERT INTO things (name) VALUES (?)", (name,))
        return name

    return work


def test_write__is_seen_by_readers_and_after_opening_again(path: Path) -> None:
    with closing(Database(path, (ONE,))) as first:
        assert first.write(adding("a")) == "a"
        assert first.read(names) == ["a"]
    with closing(Database(path, (ONE,))) as second:
        assert second.read(names) == ["a"]


def test_write__is_synced_and_logged_ahead(database: Database) -> None:
    settings = database.write(
        lambda db: [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    )

    assert settings == ["wal", 2]


def test_write__runs_on_one_named_thread(database: Database) -> None:
    seen = {database.write(lambda _db: threading.current_thread().name) for _ in range(3)}

    assert seen == {"redub-writer-tasks"}


def test_write__from_many_threads(database: Database) -> None:
    def add_ten(first: int) -> None:
        for number in range(first, first + 10):
            database.write(adding(f"{number:03}"))

    threads = [threading.Thread(target=add_ten, args=(first,)) for first in range(0, 80, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert database.read(names) == [f"{number:03}" for number in range(80)]


def test_write__what_raises_leaves_nothing(database: Database) -> None:
    def work(db: sqlite3.Connection) -> None:
        adding("half")(db)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        database.write(work)

    assert database.read(names) == []
    assert database.write(adding("after")) == "after"


def test_write__a_mistake_of_ours_is_a_bug(database: Database) -> None:
    database.write(adding("a"))

    with pytest.raises(Bug) as caught:
        database.write(adding("a"))

    assert isinstance(caught.value.__cause__, sqlite3.IntegrityError)


def test_read__cannot_write(database: Database) -> None:
    with pytest.raises(EnvironmentFault, match="only be read"):
        database.read(adding("a"))


def test_close__drains_joins_and_refuses(path: Path) -> None:
    database = Database(path, (ONE,))
    gate, done = threading.Event(), threading.Event()

    def slow() -> None:
        database.write(lambda db: (gate.wait(5), adding("late")(db)))
        done.set()

    writing = threading.Thread(target=slow)
    writing.start()
    closing_thread = threading.Thread(target=database.close)
    closing_thread.start()
    gate.set()
    writing.join()
    closing_thread.join()
    database.close()

    with pytest.raises(Bug, match="closed"):
        database.write(adding("x"))
    with pytest.raises(Bug, match="closed"):
        database.read(names)


def test_migrations__an_older_file_is_brought_up_and_kept(path: Path) -> None:
    with closing(Database(path, (ONE,))) as old:
        old.write(adding("a"))

    with closing(Database(path, (ONE, TWO))) as new:
        assert new.read(lambda db: db.execute("SELECT name, size FROM things").fetchall()) == [("a", 7)]

    copy = path.with_name("tasks.db.v1.bak")
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)


def test_migrations__one_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    Database(path, (ONE,)).close()

    with pytest.raises(Bug):
        Database(path, (ONE, ("ALTER TABLE things ADD COLUMN size", "NONSENSE")))

    with closing(Database(path, (ONE, TWO))) as after:
        assert after.read(lambda db: db.execute("SELECT size FROM things").fetchall()) == []


def test_open__refuses_a_newer_file_by_name(path: Path) -> None:
    Database(path, (ONE, TWO)).close()
    before = path.read_bytes()

    with pytest.raises(UserError, match=r"newer version of Redub.*version 2"):
        Database(path, (ONE,))

    assert path.read_bytes() == before


def test_open__refuses_another_programs_file(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (title)")

    with pytest.raises(UserError, match="belongs to another program"):
        Database(path, (ONE,))


@pytest.mark.parametrize("at", [0, 4096])
def test_open__damaged_file_is_kept(path: Path, at: int) -> None:
    with closing(Database(path, (ONE,))) as database:
        for number in range(2000):
            if number % 500 == 0:
                database.write(adding(f"thing {number}"))
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xee" * 6000)
    before = path.read_bytes()

    with (
        pytest.raises(EnvironmentFault, match=r"damaged.*kept as it is") as caught,
        closing(Database(path, (ONE,))) as broken,
    ):
        broken.read(names)

    assert "start it again" in caught.value.next_step
    assert isinstance(caught.value, Damaged)
    assert path.read_bytes() == before


def test_open__a_file_that_is_no_database(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is a letter to my aunt\n" * 100)

    with pytest.raises(EnvironmentFault, match="damaged"):
        Database(path, (ONE,))

    assert path.read_bytes().startswith(b"this is a letter")


def test_open__a_folder_in_its_place(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(EnvironmentFault, match="cannot be opened"):
        Database(path, (ONE,))


def test_write__another_program_has_it_and_lets_go(database: Database, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        releasing = threading.Timer(0.05, lambda: other.execute("COMMIT"))
        releasing.start()

        assert database.write(adding("waited")) == "waited"
        releasing.join()


def test_write__another_program_never_lets_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "_BUSY_SECONDS", 0.05)
    with (
        closing(Database(path, (ONE,))) as database,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(EnvironmentFault, match="Another copy of the program"):
            database.write(adding("x"))

        other.execute("ROLLBACK")
        assert database.write(adding("x")) == "x"


def test_write__disk_is_full(database: Database) -> None:
    database.write(lambda db: db.execute("PRAGMA max_page_count=1").fetchall())

    def fill(db: sqlite3.Connection) -> None:
        for number in range(2000):
            adding(f"{number:0500}")(db)

    with pytest.raises(EnvironmentFault, match="no space left"):
        database.write(fill)

    assert database.read(names) == []


@pytest.mark.parametrize(
    "name,kind",
    [
        ("SQLITE_FULL", EnvironmentFault),
        ("SQLITE_READONLY_DBMOVED", EnvironmentFault),
        ("SQLITE_IOERR_FSYNC", EnvironmentFault),
        ("SQLITE_CORRUPT_INDEX", Damaged),
        ("SQLITE_NOTADB", Damaged),
        ("SQLITE_BUSY_SNAPSHOT", EnvironmentFault),
        ("SQLITE_CANTOPEN", EnvironmentFault),
        ("SQLITE_CONSTRAINT", Bug),
        ("", Bug),
    ],
)
def test_database_fault__whose_it_is(name: str, kind: type[Exception]) -> None:
    exc = sqlite3.OperationalError("x")
    exc.sqlite_errorname = name

    assert type(database_fault(exc, Path("tasks.db"))) is kind
