"""The review sheet: every sentence of a result with its time, what was decided, and the note; for people and tables."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator
from enum import StrEnum

from redub.core.review import Review, Sentence, Verdict
from redub.i18n import _, ngettext

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2em;max-width:60em}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.4em .8em;border-bottom:1px solid #bbb}"
    "td:first-child,td:nth-child(2){white-space:nowrap;font-variant-numeric:tabular-nums}"
    ".redo{font-weight:bold}"
)


class SheetFormat(StrEnum):
    """What a sheet is written as; the values are the endings of the files."""

    HTML = "html"
    CSV = "csv"


def verdict_word(verdict: Verdict) -> str:
    """Say a verdict."""
    return {
        Verdict.OPEN: _("not judged"),
        Verdict.ACCEPTED: _("accepted"),
        Verdict.REDO: _("to be redone"),
    }[verdict]


def summary(review: Review) -> str:
    """Say how a review stands, in a few words; "" before it was begun."""
    redo, accepted, count = len(review.redo), review.count(Verdict.ACCEPTED), len(review.sentences)
    if not review.is_begun:
        return ""
    if redo:
        return ngettext("Review: {n} sentence to redo", "Review: {n} sentences to redo", redo).format(n=redo)
    if accepted == count:
        return _("Review: accepted")
    return _("Review: {n} of {all} accepted").format(n=accepted, all=count)


def sheet(title: str, review: Review, form: SheetFormat) -> bytes:
    """Return the content of the file."""
    return _csv(review) if form is SheetFormat.CSV else _html(title, review)


def clock(seconds: float) -> str:
    """Write a moment as 00:01.250."""
    millis = round(seconds * 1000)
    return f"{millis // 60_000:02}:{millis // 1000 % 60:02}.{millis % 1000:03}"


def _heads() -> tuple[str, ...]:
    return _("Number"), _("From"), _("To"), _("Sentence"), _("Verdict"), _("Note")


def _cells(review: Review) -> Iterator[tuple[Sentence, tuple[str, ...]]]:
    for number, one in enumerate(review.sentences, 1):
        times = clock(one.start), clock(one.end)
        yield one, (str(number), *times, one.line, verdict_word(one.verdict), one.note)


def _csv(review: Review) -> bytes:
    """Write a table that spreadsheets open as UTF-8; what looks like a formula is written as text."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(_heads())
    for _one, cells in _cells(review):
        table.writerow([f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell for cell in cells])
    return written.getvalue().encode("utf-8-sig")


def _html(title: str, review: Review) -> bytes:
    heads = "".join(f"<th>{html.escape(head)}</th>" for head in _heads())
    rows = "\n".join(
        f'<tr class="{one.verdict.value}">{"".join(f"<td>{html.escape(cell)}</td>" for cell in cells)}</tr>'
        for one, cells in _cells(review)
    )
    counts = _("{accepted} accepted, {redo} to be redone, {open} not judged").format(
        accepted=review.count(Verdict.ACCEPTED),
        redo=review.count(Verdict.REDO),
        open=review.count(Verdict.OPEN),
    )
    return (
        f'<!doctype html>\n<html><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{html.escape(title)}</h1><p>{html.escape(counts)}</p>\n"
        f"<table><thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></body></html>\n"
    ).encode()
