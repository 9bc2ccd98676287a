"""Cut a script into text, marks and junk; every string is accepted, every character in one token."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from redub.core.ssml.problems import Problem, problem

NAME = r"[^\W\d][\w.:\-]*"
_TAG = re.compile(rf"<(/?)({NAME})((?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*+)>")
_BROKEN_TAG = re.compile(rf"<(/?)({NAME})([^<>]*)>")
_UNFINISHED = re.compile(rf"</?({NAME})[^<>]*")
_ATTRIBUTE = re.compile(
    rf"(?P<gap>\s*)(?P<name>{NAME})(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'/]+)))"
)
_REFERENCE = re.compile(r"&(?:#(?P<decimal>\d+)|#[xX](?P<hex>[0-9a-fA-F]+)|(?P<name>[^\W\d]\w*));")
_SIGNS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CDATA_END = re.compile(r"]]>")
_LONGEST_NUMBER = 9


class Kind(StrEnum):
    """What a token is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    EMPTY = "empty"
    JUNK = "junk"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One name="value" of a mark with its places; `value` is decoded, `value_start` inside the quotes."""

    name: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the source with what is wrong inside it; the places of `attributes` count from its `start`."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with its coded signs replaced; `offsets` has one entry for each character and one for the end."""

    text: str
    offsets: tuple[int, ...]


def escape(text: str) -> str:
    """Write `text` so that the service reads it as text (& < >)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_value(value: str) -> str:
    """Write `value` so that it can stand between double quotation marks."""
    return escape(value).replace('"', "&quot;")


def decode(raw: str) -> Decoded:
    """Replace the five coded signs and numbered characters; whatever else stays as it is written."""
    if "&" not in raw:
        return Decoded(raw, tuple(range(len(raw) + 1)))
    text: list[str] = []
    offsets: list[int] = []
    place = 0
    for found in _REFERENCE.finditer(raw):
        sign = _referenced(found)
        if sign is None:
            continue
        text.extend(raw[place : found.start()])
        offsets.extend(range(place, found.start()))
        text.append(sign)
        offsets.append(found.start())
        place = found.end()
    text.extend(raw[place:])
    offsets.extend(range(place, len(raw) + 1))
    return Decoded("".join(text), tuple(offsets))


def tokenize(source: str) -> Iterator[Token]:
    """Yield tokens that cover `source` without gap or overlap."""
    scanner = _Scanner(source)
    place = 0
    while place < len(source):
        token = scanner.token_at(place)
        yield token
        place = token.end


@functools.lru_cache(maxsize=1024)
def read_tag(raw: str) -> Token | None:
    """Read `raw` as exactly one mark's beginning or end (broken or not), or None when it is not that."""
    token = _Scanner(raw).token_at(0) if raw else None
    named = token and token.name and token.end == len(raw)
    return token if named else None


def attributes_at(raw: str, at: int) -> dict[str, Attribute]:
    """Read the settings of the mark's beginning `raw` that stands at offset `at` of the source, by name."""
    token = read_tag(raw)
    return {one.name: _moved(one, at) for one in token.attributes} if token else {}


def _moved(attribute: Attribute, by: int) -> Attribute:
    return Attribute(
        name=attribute.name,
        value=attribute.value,
        start=attribute.start + by,
        end=attribute.end + by,
        value_start=attribute.value_start + by,
        value_end=attribute.value_end + by,
    )


def without_control_characters(text: str) -> str:
    """Remove the invisible characters that no script may hold; line breaks and tabs stay."""
    return _CONTROL.sub("", text)


def text_problems(raw: str, at: int) -> Iterator[Problem]:
    """Yield what is wrong with the signs of a text that stands at offset `at`."""
    if "&" in raw:
        yield from _reference_problems(raw, at)
    for found in _CDATA_END.finditer(raw):
        start = at + found.start()
        yield problem("cdata_end", start, start + 3, (start, start + 3, "]]&gt;"))
    for found in _CONTROL.finditer(raw):
        start = at + found.start()
        yield problem("control_character", start, start + 1, (start, start + 1, ""))


def _reference_problems(raw: str, at: int) -> Iterator[Problem]:
    place = raw.find("&")
    while place >= 0:
        found = _REFERENCE.match(raw, place)
        start = at + place
        if not found:
            yield problem("raw_ampersand", start, start + 1, (start, start + 1, "&amp;"))
        elif _referenced(found) is None:
            yield _unknown_reference(found, at)
        place = raw.find("&", place + 1)


def _unknown_reference(found: re.Match[str], at: int) -> Problem:
    start, end = at + found.start(), at + found.end()
    if not found["name"]:
        return problem("character_reference", start, end, (start, end, ""), name=found[0])
    known = html.unescape(found[0])
    instead = f"&amp;{found[0][1:]}" if known == found[0] else escape(known)
    return problem("entity", start, end, (start, end, instead), name=found[0])


def _referenced(found: re.Match[str]) -> str | None:
    """Return the character that a reference stands for, or None when it stands for none."""
    if found["name"]:
        return _SIGNS.get(found["name"])
    digits, radix = (found["decimal"], 10) if found["decimal"] else (found["hex"], 16)
    digits = digits.lstrip("0") or "0"
    if len(digits) > _LONGEST_NUMBER:
        return None
    number = int(digits, radix)
    if number > 0x10FFFF or _CONTROL.match(chr(number)):
        return None
    return chr(number)


class _Scanner:
    """Reads one token at a time; remembers which endings are not to be found any more, to stay linear."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._missing: set[str] = set()

    def token_at(self, place: int) -> Token:
        source = self._source
        if source[place] != "<":
            end = source.find("<", place)
            return self._text(place, len(source) if end < 0 else end)
        found = _TAG.match(source, place) or _BROKEN_TAG.match(source, place)
        if found:
            tag = _tag(found[0])
            problems = tuple(one.moved(place) for one in tag.problems)
            return Token(tag.kind, place, found.end(), tag.name, tag.attributes, problems)
        if source.startswith(("<!", "<?"), place):
            return self._declaration(place)
        return self._sign(place)

    def _text(self, start: int, end: int) -> Token:
        raw = self._source[start:end]
        return Token(Kind.TEXT, start, end, problems=tuple(text_problems(raw, start)))

    def _sign(self, place: int) -> Token:
        """Read a < that begins no finished mark: it stays text."""
        found = _UNFINISHED.match(self._source, place)
        safe = (place, place + 1, "&lt;")
        if not found:
            wrong = problem("raw_less_than", place, place + 1, safe)
            return Token(Kind.TEXT, place, place + 1, problems=(wrong,))
        wrong = problem("unfinished_tag", place, found.end(1), safe, name=found[1])
        inside = tuple(text_problems(found[0], place))
        return Token(Kind.TEXT, place, found.end(), problems=(wrong, *inside))

    def _declaration(self, place: int) -> Token:
        for opening, closing, code in (
            ("<!--", "-->", "comment"),
            ("<![CDATA[", "]]>", "cdata"),
            ("<?", "?>", "instruction"),
        ):
            if self._source.startswith(opening, place):
                return self._junk(place, self._find(closing, place + len(opening)), code)
        subset = self._source.startswith("[", self._find_any("[>", place + 2))
        return self._junk(place, self._find("]>" if subset else ">", place + 2), "doctype")

    def _junk(self, start: int, end: int, code: str) -> Token:
        """Make junk of `start`..`end`; without an end only its first two signs are junk."""
        end = end if end > 0 else start + 2
        raw = self._source[start:end]
        text = escape(raw[len("<![CDATA[") : -len("]]>")]) if code == "cdata" and raw.endswith("]]>") else ""
        return Token(Kind.JUNK, start, end, problems=(problem(code, start, end, (start, end, text)),))

    def _find(self, ending: str, place: int) -> int:
        """Return the offset behind the next `ending`, or -1."""
        if ending in self._missing:
            return -1
        found = self._source.find(ending, place)
        if found < 0:
            self._missing.add(ending)
            return -1
        return found + len(ending)

    def _find_any(self, signs: str, place: int) -> int:
        ends = [self._find(sign, place) - 1 for sign in signs]
        return min((end for end in ends if end >= 0), default=len(self._source))


@functools.lru_cache(maxsize=1024)
def _tag(raw: str) -> Token:
    """Read one mark's beginning or end as if the source began with it: a script has few and many of each."""
    found = _TAG.fullmatch(raw) or _BROKEN_TAG.fullmatch(raw)
    assert found is not None  # the scanner has found it with one of the two
    start, end = found.start(), found.end()
    inside, at = found[3], found.start(3)
    slash = inside.rstrip().endswith("/") and not found[1]
    spaced = slash and not inside.endswith("/")
    if slash:
        inside = inside.rstrip()[:-1]
    attributes, problems = _attributes(found[2], inside, at)
    if spaced:
        tail = (at + len(inside), end, "/>")
        problems.append(problem("attribute_syntax", at + len(inside), end, tail, name=found[2]))
    kind = Kind.CLOSE if found[1] else Kind.EMPTY if slash else Kind.OPEN
    if kind is Kind.CLOSE and inside.strip():
        problems = [problem("closing_attributes", start, end, (start, end, f"</{found[2]}>"), name=found[2])]
        attributes = []
    return Token(kind, start, end, found[2], tuple(attributes), tuple(problems))


def _attributes(tag: str, inside: str, at: int) -> tuple[list[Attribute], list[Problem]]:
    """Read what stands inside a mark behind its name; `at` is the offset of `inside` in the source."""
    attributes: list[Attribute] = []
    problems: list[Problem] = []
    inside = inside.rstrip()
    names: set[str] = set()
    place = 0
    while place < len(inside):
        found = _ATTRIBUTE.match(inside, place)
        if not found:
            rest = (at + place, at + len(inside))
            problems.append(problem("attribute_syntax", *rest, (*rest, ""), name=tag))
            break
        place = found.end()
        attribute = _attribute(found, at)
        problems.extend(_attribute_problems(found, attribute, tag, inside, at))
        if attribute.name in names:
            cut = (at + found.start(), at + found.end(), "")
            problems.append(
                problem("duplicate_attribute", attribute.start, attribute.end, cut, name=attribute.name)
            )
        names.add(attribute.name)
        attributes.append(attribute)
    return attributes, problems


def _attribute(found: re.Match[str], at: int) -> Attribute:
    group = next(name for name in ("double", "single", "bare") if found[name] is not None)
    low, high = found.span(group)
    return Attribute(
        name=found["name"],
        value=decode(found[group]).text,
        start=at + found.start("name"),
        end=at + found.end(),
        value_start=at + low,
        value_end=at + high,
    )


def _attribute_problems(
    found: re.Match[str], attribute: Attribute, tag: str, inside: str, at: int
) -> Iterator[Problem]:
    if not found["gap"]:
        here = (attribute.start, attribute.start, " ")
        yield problem("attribute_syntax", attribute.start, attribute.end, here, name=tag)
    if found["bare"] is not None:
        quoted = (attribute.value_start, attribute.value_end, f'"{found["bare"]}"')
        yield problem(
            "attribute_quotes",
            attribute.start,
            attribute.end,
            quoted,
            name=attribute.name,
            value=found["bare"],
        )
    raw = inside[attribute.value_start - at : attribute.value_end - at]
    yield from text_problems(raw, attribute.value_start)
