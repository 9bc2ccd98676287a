"""Marks as a table (CSV): kind, start and end in seconds with three decimals."""

from __future__ import annotations

import csv
import io

from redub.core.errors import UserError
from redub.core.marklist import Marked, MarkList

_HEAD = ("Mark", "StartTime", "EndTime")


def write_marks(marks: MarkList) -> bytes:
    """Return the table."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(_HEAD)
    table.writerows((mark.name, f"{mark.start:.3f}", f"{mark.end:.3f}") for mark in marks.marks)
    return written.getvalue().encode("utf-8-sig")


def read_marks(data: bytes) -> tuple[Marked, ...]:
    """Return the marks of a table, with or without its first line; blank lines are passed over.

    :raises UserError: a line has no two times, named by its number
    """
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig", errors="replace"))))
    return tuple(
        _marked(number, row)
        for number, row in enumerate(rows, 1)
        if any(cell.strip() for cell in row) and not (number == 1 and not _has_times(row))
    )


def _has_times(row: list[str]) -> bool:
    try:
        return float(row[2]) >= float(row[1])
    except (IndexError, ValueError):
        return False


def _marked(number: int, row: list[str]) -> Marked:
    if not _has_times(row):
        raise UserError(
            f"Line {number} of the table is no mark.",
            why="A mark has a name, a start and an end, both in seconds.",
            next_step="Write it like “Still,1.000,2.500”.",
        )
    return Marked(row[0].strip(), float(row[1]), float(row[2]))
