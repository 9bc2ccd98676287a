"""The README's table of settings is made from their declaration; when it is not the same, this prints the right one."""

from __future__ import annotations

from pathlib import Path

from redub.store.settings import DECLARED, GROUPS, Declaration

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "| setting | default | what it is for |", "\n\n"


def test_readme__has_the_table_of_settings() -> None:
    text = README.read_text("utf-8")
    begun = text.index(BEGIN)
    written = text[begun : text.index(END, begun)]

    assert written == table(), f"The table in README.md must be:\n\n{table()}\n"


def table() -> str:
    lines = [BEGIN, "|---|---|---|"]
    for group, title in GROUPS.items():
        lines.append(f"| **{title}** | | |")
        lines += [_line(one) for one in DECLARED.values() if one.group == group]
    return "\n".join(lines)


def _line(one: Declaration) -> str:
    allowed = f" ({', '.join(one.choices)})" if one.choices else ""
    if one.low is not None and one.high is not None:
        allowed = f" ({one.low:g} to {one.high:g})"
    later = " Counts from the next start on." if one.restart else ""
    return f"| `{one.name}` | {_default(one)}{allowed} | {one.sentence}{later} |"


def _default(one: Declaration) -> str:
    if isinstance(one.default, bool):
        return "yes" if one.default else "no"
    return f"{one.default:g}" if isinstance(one.default, float) else f"{one.default}"
