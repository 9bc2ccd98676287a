"""Short ways to make findings and to say numbers in them."""

from __future__ import annotations

from redub.core.findings import Finding, Level, Remedy
from redub.core.limits import GIGABYTE, MEGABYTE, Limit
from redub.core.shot import ConcurrencyType


def error(code: str, field: str, message: str, fix: str = "", remedy: Remedy = Remedy.NONE) -> Finding:
    """Make a finding that the service would refuse."""
    return Finding(level=Level.ERROR, code=code, field=field, message=message, fix=fix, remedy=remedy)


def warning(code: str, field: str, message: str, fix: str = "", remedy: Remedy = Remedy.NONE) -> Finding:
    """Make a finding that may disappoint."""
    return Finding(level=Level.WARNING, code=code, field=field, message=message, fix=fix, remedy=remedy)


def info(code: str, field: str, message: str, fix: str = "", remedy: Remedy = Remedy.NONE) -> Finding:
    """Make a finding that only explains."""
    return Finding(level=Level.INFO, code=code, field=field, message=message, fix=fix, remedy=remedy)


def amount(value: float, unit: str) -> str:
    """Say `value` in its unit as a person would: "12.4 s", "6 GB", "3 intervals"."""
    if unit == "bytes":
        size, word = (value / GIGABYTE, "GB") if value >= GIGABYTE else (value / MEGABYTE, "MB")
        return f"{size:.1f}".removesuffix(".0") + f" {word}"
    if unit == "s":
        return f"{value:.3f}".rstrip("0").rstrip(".") + " s"
    return f"{value:g} {unit}".strip()


def span(seconds: float) -> str:
    """Say how long work takes, as roughly as it is known: "a few seconds", "about 40 seconds"."""
    if seconds < 8:
        return "a few seconds"
    if seconds < 100:
        return f"about {round(seconds / 5) * 5} seconds"
    return f"about {round(seconds / 60)} minutes" if seconds < 5400 else f"about {seconds / 3600:.1f} hours"


def beyond(
    limit: Limit,
    value: float,
    concurrency: ConcurrencyType | None,
    fix_low: str,
    fix_high: str,
    remedy: Remedy = Remedy.NONE,
) -> list[Finding]:
    """Return the finding that `value` breaks `limit`, or nothing; `remedy` is for either side."""
    said = f"{limit.rule} Here it is {amount(value, limit.unit)}."
    if limit.too_low(value):
        return [error(f"{limit.key}.low", limit.field, said, fix_low, remedy)]
    if limit.too_high(value, concurrency):
        return [error(f"{limit.key}.high", limit.field, said, fix_high, remedy)]
    return []
