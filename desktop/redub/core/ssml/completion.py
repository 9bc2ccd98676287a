"""What can be written at a place of a source: marks, their settings, the values that these may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from redub.core.ssml.tokens import Kind, tokenize
from redub.core.ssml.vocabulary import SAY_AS_KINDS, TAGS, Content, Tag

_CLOSE = re.compile(r"</([\w-]*)$")
_NAME = re.compile(r"<([\w-]*)$")
_VALUE = re.compile(r"<([\w-]+)\s[^<>]*?([\w-]+)\s*=\s*([\"'])([^\"'<>]*)$")
_SETTING = re.compile(r"<([\w-]+)(?:\s+[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s+([\w-]*)$")
_LENGTHS = ("250ms", "500ms", "1s", "2s", "3s")


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that can be written.

    :ivar text: what is put in; `caret` is where the caret stands in it afterwards
    :ivar sentence: what it does
    """

    text: str
    caret: int
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Completions:
    """What can be written instead of `start` to `end` of the source; `prefix` is what of it was typed already."""

    start: int
    end: int
    prefix: str
    offers: tuple[Completion, ...]


def completions(source: str, at: int) -> Completions | None:
    """Return what can be written at the offset `at`, or None where plain text is."""
    begin = source.rfind("<", 0, at)
    if begin < 0 or (source.rfind(">", 0, at) > begin and not _in_quotes(source[begin:at])):
        return None
    head = source[begin:at]
    for shape, offers in ((_CLOSE, _closings), (_NAME, _names), (_VALUE, _values), (_SETTING, _settings)):
        found = shape.search(head)
        if found:
            prefix = found[found.lastindex or 0]
            made = tuple(one for one in offers(found, source[:begin]) if one.text.startswith(prefix))
            return Completions(at - len(prefix), at, prefix, made) if made else None
    return None


def _in_quotes(head: str) -> bool:
    return head.count('"') % 2 == 1


def open_marks(source: str) -> tuple[str, ...]:
    """Return the marks that have begun in `source` and not ended, inner ones first."""
    names: list[str] = []
    for token in tokenize(source):
        if token.kind is Kind.OPEN:
            names.insert(0, token.name)
        elif token.kind is Kind.CLOSE and token.name in names:
            del names[: names.index(token.name) + 1]
    return tuple(names)


def _closings(_found: re.Match[str], before: str) -> Iterator[Completion]:
    for name in dict.fromkeys(open_marks(before)):
        yield Completion(f"{name}>", len(name) + 1)


def _names(_found: re.Match[str], before: str) -> Iterator[Completion]:
    around = open_marks(before)
    outer = TAGS.get(around[0]) if around else None
    for tag in TAGS.values():
        fits = outer is None or outer.content is Content.INLINE or tag.name in outer.holds
        if fits and not (tag.name == "speak" and around):
            yield _begun(tag)
    if around:
        yield Completion(f"/{around[0]}>", len(around[0]) + 2)


def _begun(tag: Tag) -> Completion:
    """Write a mark with what it needs, the caret where something is still to be said."""
    needed = "".join(
        f' {rule.name}="{rule.values[0] if len(rule.values) == 1 else ""}"'
        for rule in tag.attributes
        if rule.required
    )
    if tag.content is Content.EMPTY:
        return Completion(f"{tag.name}/>", len(tag.name), tag.sentence)
    text = f"{tag.name}{needed}></{tag.name}>"
    hole = text.find('""') + 1
    return Completion(text, hole or len(tag.name) + len(needed) + 1, tag.sentence)


def _settings(found: re.Match[str], _before: str) -> Iterator[Completion]:
    tag = TAGS.get(found[1])
    for rule in tag.attributes if tag else ():
        if not re.search(rf"\s{rule.name}\s*=", found[0]):
            yield Completion(f'{rule.name}=""', len(rule.name) + 2, rule.sentence)


def _values(found: re.Match[str], _before: str) -> Iterator[Completion]:
    tag = TAGS.get(found[1])
    rule = tag.attribute(found[2]) if tag else None
    if rule is None:
        return
    for value in rule.values or (_LENGTHS if rule.name == "time" else ()):
        kind = SAY_AS_KINDS.get(value) if rule.name == "interpret-as" else None
        yield Completion(value, len(value), kind.sentence if kind else "")
