"""What pasted text becomes in a script."""

from __future__ import annotations

from redub.core.findings import Level
from redub.core.ssml.check import problems
from redub.core.ssml.document import Mark, parse, plain_to_ssml, walk
from redub.core.ssml.tokens import LINE_BREAKS, escape, without_control_characters


def fragment_of(text: str, pause_at_line_breaks: str | None = None) -> str:
    """Return pasted `text` as a piece of a source.

    Text that already is a script with valid marks stays one; whatever else is plain text: signs are made safe, line
    breaks become a space or a pause.
    """
    one_line = LINE_BREAKS.sub(" ", text.strip("\r\n"))
    has_marks = any(isinstance(node, Mark) for node in walk(parse(one_line).nodes))
    if has_marks and not any(one.level is Level.ERROR for one in problems(one_line)):
        return one_line
    if not LINE_BREAKS.search(text):
        return escape(without_control_characters(text))  # spaces at both ends are meant
    return plain_to_ssml(text, pause_at_line_breaks)
