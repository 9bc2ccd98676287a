"""The table of limits as a table: the lines of the README, and what ``redub check --limits`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from redub.core.limit import Limit
from redub.core.limits import SiteLimits, limits_for
from redub.core.saying import amount
from redub.core.shot import ConcurrencyType

_HEAD = ("field", "rule", "International: Shared", "International: Exclusive", "China")


def limit_table() -> str:
    """Return every rule as a line of a Markdown table."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    international, china = limits_for("international"), limits_for("china")
    yield _line(_HEAD)
    yield _line(["---"] * len(_HEAD))
    for key, row in international.rows.items():
        yield _line([f"`{row.field}`", row.rule, *_cells(key, row, china)])


def _cells(key: str, row: Limit, china: SiteLimits) -> list[str]:
    if not row.has_numbers:
        words = ", ".join(f"`{value}`" for value in row.values) or "yes"
        return [words] * 3
    return [
        bounds(row, ConcurrencyType.SHARED),
        bounds(row, ConcurrencyType.EXCLUSIVE),
        bounds(china[key], ConcurrencyType.EXCLUSIVE),
    ]


def bounds(row: Limit, concurrency: ConcurrencyType | None) -> str:
    """Say the numbers of a row: "1 to 600 s", "over 5 s", "under 10 MB"."""
    high = row.highest(concurrency)
    if high is None:
        return f"{'over' if row.above else 'from'} {amount(row.low or 0, row.unit)}"
    if row.low is None:
        return f"{'under' if row.below else 'up to'} {amount(high, row.unit)}"
    return f"{row.low:g} to {amount(high, row.unit)}"


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
