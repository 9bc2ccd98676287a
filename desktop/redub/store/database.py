"""One SQLite file: a single thread writes, any thread reads, every write is on the disk before it returns.

Writes are functions over a connection, handed to the writer thread and run one after the other, each in a
transaction of its own (BEGIN IMMEDIATE, so that a second program waits instead of failing half-way).
Reads use connections that cannot write.
"""

from __future__ import annotations

import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from redub.core.errors import Bug, EnvironmentFault, RedubError, UserError
from redub.store.files import make_folder

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
Job = tuple[Callable[[sqlite3.Connection], object], "Future[object]"]

APPLICATION_ID = 0x52644462
"""Tells our database from another program's (PRAGMA application_id)."""

_BUSY_SECONDS = 15.0


class Damaged(EnvironmentFault):
    """The file is no database any more, or a part of it cannot be read."""


class Database:
    """An open database; `close` it, or use it as a context manager by `contextlib.closing`."""

    def __init__(self, path: Path, migrations: Sequence[Sequence[str]]) -> None:
        """Open or create the file at `path` and bring it up to date.

        :param migrations: the SQL statements of each version, from version 1 on; only ever added to
        :raises UserError: the file was made by a newer version, or by another program
        :raises EnvironmentFault: the file is damaged or cannot be opened; it is left as it is
        """
        self._path = path
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._readers: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self._mark = path.with_name(f"{path.name}.check")
        make_folder(path.parent)
        self._writer = self._opened(migrations)
        # A daemon: who forgets to close must not hang the program's end. What has returned is on the disk.
        self._thread = threading.Thread(target=self._serve, name=f"redub-writer-{path.stem}", daemon=True)
        self._thread.start()

    def write(self, work: Work[T]) -> T:
        """Run `work` in a transaction on the writer thread and return its result once it is on the disk.

        :raises EnvironmentFault: the disk is full, gone or damaged; nothing of `work` was kept
        """
        outcome: Future[object] = Future()
        with self._lock:
            self._check_open()
            self._jobs.put((work, outcome))
        return outcome.result()  # type: ignore[return-value]  # the queue forgets T; `work` returned it

    def read(self, work: Work[T]) -> T:
        """Run `work` on a connection that cannot write, in the calling thread."""
        reader = self._borrow_reader()
        try:
            return work(reader)
        except sqlite3.Error as exc:
            raise self._fault(exc) from exc
        finally:
            self._return_reader(reader)

    @property
    def met_damage(self) -> bool:
        """Say whether a run before this one has met damage."""
        return self._mark.exists()

    def check(self) -> None:
        """Read through the whole file; takes a moment for a large one.

        :raises Damaged: a part of it cannot be read
        """
        found = self.read(lambda db: db.execute("PRAGMA quick_check(1)").fetchone()[0])
        if found != "ok":
            raise _damaged(self._path, str(found))
        self._mark.unlink(missing_ok=True)

    def close(self) -> None:
        """Let what was handed in finish, then close the file; closing twice does nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(None)
        self._thread.join()
        with self._lock:
            for reader in self._readers:
                reader.close()
            self._readers.clear()
        self._writer.close()

    def _opened(self, migrations: Sequence[Sequence[str]]) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(
                self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            _prepare(connection, self._path, migrations)
        except BaseException as exc:
            if connection is not None:
                connection.close()
            if isinstance(exc, sqlite3.Error):
                raise database_fault(exc, self._path) from exc
            raise
        return connection

    def _serve(self) -> None:
        """Run the jobs in their order until None comes."""
        while (job := self._jobs.get()) is not None:
            work, outcome = job
            try:
                result = _transact(self._writer, work)
            except BaseException as exc:  # noqa: BLE001 - it is the caller's: raised there, in its own thread
                outcome.set_exception(self._mapped(exc))
            else:
                outcome.set_result(result)

    def _mapped(self, exc: BaseException) -> BaseException:
        if not isinstance(exc, sqlite3.Error):
            return exc
        fault = self._fault(exc)
        fault.__cause__ = exc
        return fault

    def _fault(self, exc: sqlite3.Error) -> RedubError:
        """Return what `exc` means, and leave a mark for the next start where it means damage."""
        fault = database_fault(exc, self._path)
        if isinstance(fault, Damaged):
            with contextlib.suppress(OSError):
                self._mark.touch()
        return fault

    def _check_open(self) -> None:
        if self._closed:
            raise Bug("The task list was used after it had been closed.")

    def _borrow_reader(self) -> sqlite3.Connection:
        with self._lock:
            self._check_open()
            if self._readers:
                return self._readers.pop()
        try:
            return sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro",
                uri=True,
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error as exc:
            raise database_fault(exc, self._path) from exc

    def _return_reader(self, reader: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._readers.append(reader)
                return
        reader.close()


def database_fault(exc: sqlite3.Error, path: Path) -> RedubError:
    """Return what an SQLite error means: the disk's fault, the file's, or our own."""
    name = getattr(exc, "sqlite_errorname", "") or ""
    detail = f"{type(exc).__name__}: {exc} ({name})" if name else f"{type(exc).__name__}: {exc}"
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return _damaged(path, detail)
    for prefix, (why, next_step) in _REASONS.items():
        if name.startswith(prefix):
            what = "The list of tasks could not be read or written."
            return EnvironmentFault(what, why=why, next_step=next_step, detail=f"{path}: {detail}")
    return Bug("The list of tasks was used in a wrong way.", detail=detail)


def _damaged(path: Path, detail: str) -> Damaged:
    return Damaged(
        "The list of tasks is damaged.",
        why=f"{path} cannot be read as a database any more; it has been kept as it is.",
        next_step="Close every copy of Redub and start it again: it then saves what can still be read.",
        detail=detail,
    )


_REASONS = {
    "SQLITE_FULL": ("There is no space left on its disk.", "Make space, then try again; nothing was lost."),
    "SQLITE_READONLY": ("It may only be read, not written.", "Check the rights of its folder."),
    "SQLITE_CANTOPEN": ("It cannot be opened.", "Check that its folder is there and may be written to."),
    "SQLITE_PERM": ("This program has no right to it.", "Check the rights of its folder."),
    "SQLITE_IOERR": ("Its disk reported a fault.", "Check the disk, then start the program again."),
    "SQLITE_BUSY": ("Another copy of the program keeps it busy.", "Close the other copy, then try again."),
    "SQLITE_LOCKED": ("Another copy of the program keeps it busy.", "Close the other copy, then try again."),
    "SQLITE_NOMEM": ("The computer has no memory left.", "Close other programs, then try again."),
}


def _prepare(connection: sqlite3.Connection, path: Path, migrations: Sequence[Sequence[str]]) -> None:
    """Check whose file it is and how old, then set it up and migrate it."""
    found = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found != APPLICATION_ID and (found or version or _has_tables(connection)):
        raise UserError(
            f"{path.name} belongs to another program.",
            why="It is a database, but not one that Redub made.",
            next_step=f"Move {path} to another place.",
        )
    if version > len(migrations):
        raise UserError(
            "The list of tasks was made by a newer version of Redub.",
            why=f"It has version {version}; this program knows versions up to {len(migrations)}.",
            next_step="Install the newest Redub; the list has been left as it is.",
        )
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    if version < len(migrations):
        _back_up(connection, path, version)
        _transact(connection, lambda inside: _migrate(inside, migrations))


def _has_tables(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Keep a copy of an older database beside it before it is changed."""
    if not version:
        return
    copy = sqlite3.connect(path.with_name(f"{path.name}.v{version}.bak"))
    try:
        connection.backup(copy)
    finally:
        copy.close()


def _migrate(connection: sqlite3.Connection, migrations: Sequence[Sequence[str]]) -> None:
    """Run what is missing; the version is read again inside, another program may have been faster."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for statements in migrations[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={max(version, len(migrations))}")


def _transact(connection: sqlite3.Connection, work: Work[T]) -> T:
    """Run `work` between BEGIN IMMEDIATE and COMMIT; whatever it raises undoes it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return result
