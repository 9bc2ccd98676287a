"""The script as a document: text and marks with their exact places, written back exactly as they were."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redub.core.ssml.building import MAX_DEPTH, Builder, is_empty_only
from redub.core.ssml.nodes import Junk, Mark, Node, Text, walk
from redub.core.ssml.problems import Problem
from redub.core.ssml.rereading import reread
from redub.core.ssml.tokens import (
    LINE_BREAKS,
    decode,
    escape,
    escape_value,
    read_tag,
    without_control_characters,
)

__all__ = [
    "MAX_DEPTH",
    "Document",
    "Junk",
    "Mark",
    "Node",
    "Text",
    "parse",
    "plain_to_ssml",
    "punctuation_tail",
    "serialise",
    "spoken_count",
    "spoken_text",
    "walk",
    "whole_count",
]

SENTENCE_ENDS = ".!?…。！？"
PUNCTUATION = SENTENCE_ENDS + ",;:、，；：．"
_CLOSERS = "\"'”’」』）)】》"
_REMEMBERED = 16
_LONG = 300
"""From how many characters on reading a script anew is saved; fragments must not displace the script itself."""


@dataclass(frozen=True, slots=True)
class Document:
    """A script: its source, its nodes, and what is wrong with how it is written."""

    source: str
    nodes: tuple[Node, ...]
    problems: tuple[Problem, ...] = ()


class _Last:
    """The script that was read last: the next one mostly is the same but for a few characters."""

    document: Document | None = None


@functools.lru_cache(maxsize=_REMEMBERED)
def parse(ssml: str) -> Document:
    """Read `ssml`; never raises, and `serialise(parse(s).nodes) == s` holds for every string.

    The same script is read again and again while it is written (checks, counters, both views), and each time it
    differs from the last one in a few characters: what was read is remembered, and only what changed is read anew.
    """
    is_long = len(ssml) >= _LONG
    last = _Last.document if is_long else None
    made = reread(last, ssml) if last is not None else None
    if made is None:
        builder = Builder(ssml)
        nodes = builder.build()
        made = (nodes, tuple(sorted(builder.problems, key=lambda one: (one.start, one.end))))
    document = Document(ssml, *made)
    if is_long:
        _Last.document = document
    return document


def serialise(nodes: Iterable[Node]) -> str:
    """Write `nodes` as InputSsml: untouched nodes as the source had them, changed and new ones escaped."""
    return "".join(_written(node) for node in nodes)


def plain_to_ssml(text: str, pause_at_line_breaks: str | None = None) -> str:
    """Make a script of plain `text`: signs made safe, line breaks turned into a space or a pause.

    :param pause_at_line_breaks: the length of the pause, such as "500ms", or None for a space
    """
    lines = [line.strip() for line in LINE_BREAKS.split(without_control_characters(text))]
    lines = [escape(line) for line in lines if line]
    if pause_at_line_breaks is None:
        return " ".join(lines)
    pause = f'<break time="{escape_value(pause_at_line_breaks)}"/>'
    return " ".join([*(_before_punctuation(line, pause) for line in lines[:-1]), *lines[-1:]])


def spoken_text(document: Document) -> str:
    """Return what is heard as text: spoken forms in place of what is written, marks removed."""
    return "".join(_heard(document.nodes))


def whole_count(ssml: str) -> int:
    """Count the whole string in UTF-16 units, the strictest reading of the upper limit of InputSsml."""
    return len(ssml.encode("utf-16-le", "surrogatepass")) // 2


def spoken_count(ssml: str) -> int:
    """Count the characters that are heard, the strictest reading of the lower limit of InputSsml."""
    return len(spoken_text(parse(ssml)).strip())


def punctuation_tail(text: str) -> int:
    """Return how many characters at the end of `text` are punctuation, with closing quotes and brackets."""
    bare = text.rstrip(PUNCTUATION + _CLOSERS)
    tail = text[len(bare) :]
    return len(tail) if any(sign in PUNCTUATION for sign in tail) else 0


def _before_punctuation(line: str, pause: str) -> str:
    """Put `pause` at the end of `line`, before its punctuation: the page wants it after text."""
    if line.endswith(("&lt;", "&gt;", "&amp;")):
        return line + pause
    cut = len(line) - punctuation_tail(line)
    return line[:cut] + pause + line[cut:] if cut else line


def _heard(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Mark):
            alias = node.get("alias") if node.tag == "sub" else ""
            if alias:
                yield alias
            else:
                yield from _heard(node.children)


def _written(node: Node) -> str:
    if isinstance(node, Junk):
        return node.raw
    if isinstance(node, Text):
        unchanged = node.raw and decode(node.raw).text == node.text
        return node.raw if unchanged else escape(LINE_BREAKS.sub(" ", node.text))
    return _opening(node) + serialise(node.children) + _closing(node)


def _opening(mark: Mark) -> str:
    shut = mark.opening.endswith("/>")
    if mark.opening and _says(mark.opening, mark) and not (shut and mark.children):
        return mark.opening
    settings = "".join(f' {name}="{escape_value(value)}"' for name, value in mark.attributes)
    empty = not mark.children and (shut or (not mark.closing and is_empty_only(mark.tag)))
    return f"<{mark.tag}{settings}{'/' if empty else ''}>"


def _says(opening: str, mark: Mark) -> bool:
    """Say whether `opening` still says what `mark` says."""
    token = read_tag(opening)
    if token is None or token.name != mark.tag:
        return False
    return tuple((attribute.name, attribute.value) for attribute in token.attributes) == mark.attributes


def _closing(mark: Mark) -> str:
    if mark.closing:
        token = read_tag(mark.closing)
        return mark.closing if token and token.name == mark.tag else f"</{mark.tag}>"
    if mark.opening:
        return f"</{mark.tag}>" if mark.opening.endswith("/>") and mark.children else ""
    return "" if not mark.children and is_empty_only(mark.tag) else f"</{mark.tag}>"
