"""Read what scripts are written in: plain text of any usual encoding, Word documents, tables (csv, xlsx)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

import docx
import openpyxl
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from redub.core.errors import UserError
from redub.store.files import disk_errors

LARGEST = 32 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 10_000, 100
_DELIMITERS = ",;\t|"
_SNIFFED = 64 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_FOREIGN = (
    zipfile.BadZipFile,
    PackageNotFoundError,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    OSError,
)
"""What the readers of Office files raise for files that are none, or are damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as it is in the file: rows of texts, all of the same width.

    :ivar remark: what should be known of it, such as formulas without a value; "" when nothing
    """

    rows: tuple[tuple[str, ...], ...]
    remark: str = ""


def read_text(path: Path) -> str:
    """Return the text in a file, whatever its encoding: UTF-8, UTF-16 with its mark, GB18030 or Windows' Latin.

    :raises UserError: it is empty, too large, or no text
    """
    data = _bytes(path)
    text = _decoded(data)
    if text is None or _CONTROL.search(text):
        raise UserError(
            f"“{path.name}” is not a text.",
            why="Its content is that of some other kind of file.",
            next_step="Save the script as a text (UTF-8), a Word document (docx), or a table (csv, xlsx).",
        )
    if not text.strip():
        raise _empty(path)
    return text


def read_document(path: Path) -> str:
    """Return the paragraphs of a Word document (docx), one a line, those of its tables in their place.

    :raises UserError: it is empty, too large, or no such document
    """
    data = _bytes(path)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document.iter_inner_content()))
    except _FOREIGN as exc:
        raise _no_office_file(path, "Word document", "docx", exc) from exc
    text = "\n".join(line for line in lines if line.strip())
    if not text.strip():
        raise _empty(path)
    return text


def read_csv(path: Path) -> Grid:
    """Return a table of separated values; the separator is found out.

    :raises UserError: it is empty, too large, or no text
    """
    text = read_text(path)
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text), _dialect(text)) if any(cell.strip() for cell in row)
        ]
    except csv.Error as exc:
        raise UserError(
            f"“{path.name}” cannot be read as a table.",
            why="Its quotation marks or lines are not those of a table.",
            next_step="Open it in a spreadsheet program and save it again as csv or xlsx.",
            detail=str(exc),
        ) from exc
    return _grid(path, rows, "")


def read_workbook(path: Path) -> Grid:
    """Return the first sheet of an Excel workbook (xlsx) that holds anything; of formulas their last values.

    :raises UserError: it is empty, too large, or no such workbook
    """
    data = _bytes(path)
    try:
        rows = _sheet_rows(data, values=True)
        gaps = sum(cell is None for row in rows for cell in row)
        formulas = _formulas(data, rows) if gaps else 0
    except _FOREIGN as exc:
        raise _no_office_file(path, "workbook", "xlsx", exc) from exc
    remark = ""
    if formulas:
        remark = (
            f"{formulas} formulas have no value yet and are taken as empty. "
            "Open the table in a spreadsheet program and save it, so that they are worked out."
        )
    texts = [["" if cell is None else _cell_text(cell) for cell in row] for row in rows]
    return _grid(path, [row for row in texts if any(cell.strip() for cell in row)], remark)


def _bytes(path: Path) -> bytes:
    with disk_errors(path, "could not be opened"):
        size = path.stat().st_size
        if size > LARGEST:
            raise UserError(
                f"“{path.name}” is too large for a script.",
                why=f"It has {size / 1e6:.0f} MB; a script has a few thousand characters.",
                next_step="Check that the right file was chosen.",
            )
        data = path.read_bytes()
    if not data.strip():
        raise _empty(path)
    return data


def _decoded(data: bytes) -> str | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _try(data, name)
    text = _try(data, "utf-8")
    if text is not None:
        return text
    return _try(data, "gb18030") if _looks_chinese(data) else _try(data, "cp1252")


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _looks_chinese(data: bytes) -> bool:
    """Say whether the bytes beyond ASCII come in pairs, as Chinese characters do, and not alone, as accents do."""
    runs = [found[0] for found in _HIGH.finditer(data)]
    high = sum(map(len, runs))
    paired = sum(len(run) - len(run) % 2 for run in runs)
    return bool(high) and paired / high > 0.7 and _try(data, "gb18030") is not None


def _dialect(text: str) -> type[csv.Dialect]:
    try:
        return csv.Sniffer().sniff(text[:_SNIFFED], _DELIMITERS)
    except csv.Error:
        first = text.splitlines()[0]
        best = max(_DELIMITERS, key=first.count)

        class Plain(csv.excel):
            delimiter = best

        return Plain


def _lines(content: Iterable[Paragraph | WordTable]) -> Iterator[str]:
    for part in content:
        if isinstance(part, Paragraph):
            yield from part.text.splitlines() or [""]
        else:
            for row in part.rows:
                for cell in row.cells:
                    yield from cell.text.splitlines()


def _sheet_rows(data: bytes, *, values: bool) -> list[list[object]]:
    """Return the rows of the first sheet that holds anything, up to one more than may be."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values)
    try:
        for sheet in book.worksheets:
            if isinstance(sheet, ReadOnlyWorksheet):
                sheet.reset_dimensions()  # what the file says of its own size is often wrong
            rows = [
                list(row)[: MOST_COLUMNS + 1]
                for row in sheet.iter_rows(max_row=MOST_ROWS + 2, values_only=True)
            ]
            if any(cell is not None for row in rows for cell in row):
                return rows
        return []
    finally:
        book.close()


def _formulas(data: bytes, rows: list[list[object]]) -> int:
    """Count the formulas that have no value."""
    written = _sheet_rows(data, values=False)
    return sum(
        value is None and isinstance(cell, str) and cell.startswith("=")
        for row, others in zip(written, rows, strict=False)
        for cell, value in zip(row, others, strict=False)
    )


def _cell_text(cell: object) -> str:
    """Write a cell as a person reads it: 3 and not 3.0."""
    return f"{cell:g}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def _grid(path: Path, rows: list[list[str]], remark: str) -> Grid:
    if not rows:
        raise _empty(path)
    width = max(map(len, rows))
    if len(rows) > MOST_ROWS + 1 or width > MOST_COLUMNS:
        raise UserError(
            f"“{path.name}” is too large a table.",
            why=f"It has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns.",
            next_step="Split it, or remove what is not needed.",
        )
    return Grid(rows=tuple((*row, *[""] * (width - len(row))) for row in rows), remark=remark)


def _empty(path: Path) -> UserError:
    return UserError(
        f"“{path.name}” is empty.",
        why="There is no text in it.",
        next_step="Check that the right file was chosen, and that it was saved.",
    )


def _no_office_file(path: Path, noun: str, ending: str, exc: Exception) -> UserError:
    return UserError(
        f"“{path.name}” cannot be read as a {noun}.",
        why=f"It is damaged, locked by a password, or another kind of file with the ending {ending}.",
        next_step=f"Open it in an office program and save it again as {ending}.",
        detail=f"{type(exc).__name__}: {exc}",
    )
