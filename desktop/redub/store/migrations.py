"""The versions of the task database, as the SQL statements that make each from the one before.

To change the tables: 1. add a version at the end of MIGRATIONS, never touch an older one; 2. keep a file of
the last version in tests/store/data and a test that opens it.
"""

from __future__ import annotations

_TASKS = """
CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    task_id TEXT NOT NULL DEFAULT '',
    shot TEXT NOT NULL DEFAULT '',
    take_id TEXT NOT NULL DEFAULT '',
    take_name TEXT NOT NULL DEFAULT '',
    site TEXT NOT NULL DEFAULT '',
    base_url TEXT NOT NULL DEFAULT '',
    appkey TEXT NOT NULL DEFAULT '',
    request TEXT NOT NULL DEFAULT '',
    body_hash TEXT NOT NULL DEFAULT '',
    ahead INTEGER,
    fail_code INTEGER,
    message TEXT NOT NULL DEFAULT '',
    media_url TEXT NOT NULL DEFAULT '',
    subtitles_url TEXT NOT NULL DEFAULT '',
    expected_seconds REAL,
    duration REAL,
    folder TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    result TEXT NOT NULL DEFAULT '',
    subtitles TEXT NOT NULL DEFAULT '',
    created REAL NOT NULL DEFAULT 0,
    submitted REAL,
    finished REAL,
    updated REAL NOT NULL DEFAULT 0,
    run_id TEXT NOT NULL DEFAULT ''
) STRICT
"""

_EVENTS = """
CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL REFERENCES tasks (id),
    time REAL NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT ''
) STRICT
"""

# The waiting list, the take record and what was answered.
_TEXT, _COUNT = "TEXT NOT NULL DEFAULT ''", "INTEGER NOT NULL DEFAULT 0"
_NEW_COLUMNS = {
    "identity": _TEXT,
    "again_of": _TEXT,
    "priority": _COUNT,
    "place": "REAL",
    "not_before": "REAL",
    "held": _COUNT,
    "refusals": _COUNT,
    "code": "INTEGER",
    "request_id": _TEXT,
    "expected_width": "INTEGER",
    "expected_height": "INTEGER",
    "expected_rate": "REAL",
    "concurrency": _TEXT,
    "limits": _TEXT,
    "media": _TEXT,
    "result_hash": _TEXT,
    "result_bytes": "INTEGER",
    "making_since": "REAL",
    "forgotten": "REAL",
}

_ANSWERS = """
CREATE TABLE answers (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL REFERENCES tasks (id),
    time REAL NOT NULL,
    question TEXT NOT NULL,
    code INTEGER,
    request_id TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT ''
) STRICT
"""

_ACCOUNTS = """
CREATE TABLE accounts (
    account TEXT PRIMARY KEY,
    paused INTEGER NOT NULL DEFAULT 0,
    places INTEGER,
    learned REAL,
    rest_until REAL,
    rests INTEGER NOT NULL DEFAULT 0,
    why TEXT NOT NULL DEFAULT ''
) STRICT
"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        _TASKS,
        _EVENTS,
        "CREATE INDEX tasks_by_state ON tasks (state)",
        "CREATE INDEX tasks_by_body ON tasks (body_hash)",
        "CREATE INDEX events_by_task ON events (id, number)",
    ),
    (
        *(f"ALTER TABLE tasks ADD COLUMN {name} {kind}" for name, kind in _NEW_COLUMNS.items()),
        _ANSWERS,
        _ACCOUNTS,
        "CREATE INDEX tasks_by_identity ON tasks (identity)",
        "CREATE INDEX answers_by_task ON answers (id, number)",
    ),
)
