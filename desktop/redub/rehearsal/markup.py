"""The SSML rules, read strictly: well-formed, known marks, their attributes and contents (INT 65921, CN 81278)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

_ROOT = "redub-rehearsal"
_STRENGTHS = frozenset({"x-weak", "weak", "medium", "strong", "x-strong"})
_READINGS = frozenset(
    {"cardinal", "digits", "telephone", "address", "id", "date", "time", "punctuation", "characters"}
    | {"measure", "currency"}
)
_LENGTH = re.compile(r"(\d{1,6})(ms|s)", re.ASCII)
_SYLLABLE = re.compile(r"[a-zêü:]{1,7}[1-5]", re.IGNORECASE)
_SECONDS, _MILLISECONDS = range(1, 10), range(50, 9001)


class FaultyScriptError(Exception):
    """A script breaks a rule of the SSML page; the text says which."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One known mark.

    :ivar check: raises FaultyScriptError for values and contents (attributes, text) that are not documented
    :ivar needs: attributes that it must have
    :ivar takes: further attributes that it may have; None lets any pass
    :ivar holds: marks that may stand inside
    """

    check: Callable[[Mapping[str, str], str], None]
    needs: frozenset[str] = frozenset()
    takes: frozenset[str] | None = frozenset()
    holds: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Open:
    """A mark that is being read: its attributes, the text and the number of marks in it so far."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    marks: list[str] = field(default_factory=list)


def check_markup(ssml: str) -> None:
    """Check `ssml`; a <speak> root may be there or not.

    :raises FaultyScriptError: with the first rule that is broken
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.CommentHandler = _foreign
    parser.StartCdataSectionHandler = _foreign
    parser.ProcessingInstructionHandler = _foreign
    try:
        parser.Parse(f"<{_ROOT}>{ssml}</{_ROOT}>", True)
    except (expat.ExpatError, UnicodeEncodeError) as exc:
        raise FaultyScriptError(f"it is not well-formed ({exc})") from exc


def _foreign(*_parts: object) -> None:
    raise FaultyScriptError("it holds a comment, CDATA or processing instruction; only marks are known")


class _Reader:
    """Follows the marks of one script."""

    def __init__(self) -> None:
        self._open: list[_Open] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the opening of a mark; the first is our own root."""
        if self._open:
            _check_start(name, attributes, self._open[-1])
            self._open[-1].marks.append(name)
        self._open.append(_Open(name, attributes))

    def end(self, _name: str) -> None:
        """Take the end of a mark, whose whole content is known now."""
        done = self._open.pop()
        if self._open:
            _MARKS[done.name].check(done.attributes, done.text)
            self._open[-1].text += done.text
        else:
            _check_root(done)

    def characters(self, data: str) -> None:
        """Take text."""
        here = self._open[-1]
        here.text += data
        if here.name == _ROOT and data.strip():
            here.marks.append("")


def _check_root(root: _Open) -> None:
    if "speak" in root.marks and len(root.marks) > 1:
        raise FaultyScriptError("<speak> does not stand around the whole script")


def _check_start(name: str, attributes: Mapping[str, str], outer: _Open) -> None:
    mark = _MARKS.get(name)
    if mark is None:
        raise FaultyScriptError(f"<{name}> is not a known mark")
    if outer.name != _ROOT and name not in _MARKS[outer.name].holds:
        raise FaultyScriptError(f"<{name}> may not stand inside <{outer.name}>")
    missing = sorted(mark.needs - attributes.keys())
    if missing:
        raise FaultyScriptError(f"<{name}> has no {missing[0]}")
    foreign = sorted(attributes.keys() - mark.needs - mark.takes) if mark.takes is not None else []
    if foreign:
        raise FaultyScriptError(f"<{name}> has no attribute {foreign[0]}")


def _check_break(attributes: Mapping[str, str], text: str) -> None:
    _need_empty("break", text)
    time, strength = attributes.get("time"), attributes.get("strength")
    if time is not None and strength is not None:
        raise FaultyScriptError("<break> has a time or a strength, not both")
    if time is not None and not _is_length(time):
        raise FaultyScriptError(f"<break> takes 1s to 9s or 50ms to 9000ms in whole numbers, not {time!r}")
    if strength is not None and strength not in _STRENGTHS:
        raise FaultyScriptError(f"<break> knows no strength {strength!r}")


def _is_length(time: str) -> bool:
    found = _LENGTH.fullmatch(time)
    if found is None:
        return False
    return int(found[1]) in (_SECONDS if found[2] == "s" else _MILLISECONDS)


def _check_phoneme(attributes: Mapping[str, str], text: str) -> None:
    if attributes["alphabet"] != "py":
        raise FaultyScriptError("the alphabet of <phoneme> is py")
    syllables = attributes["ph"].split()
    wrong = [one for one in syllables if not _SYLLABLE.fullmatch(one)]
    if wrong or not syllables:
        raise FaultyScriptError(f"{attributes['ph']!r} is no pinyin with tones 1 to 5")
    if len(syllables) != len(text.strip()):
        raise FaultyScriptError("<phoneme> has not as many syllables as characters")


def _check_word(_attributes: Mapping[str, str], text: str) -> None:
    _need_text("word", text)
    kinds = {_is_chinese(sign) for sign in text if sign.isalpha()}
    if len(kinds) > 1:
        raise FaultyScriptError("<word> is all Chinese or all English")


def _is_chinese(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith("CJK")


def _check_sub(attributes: Mapping[str, str], text: str) -> None:
    _need_text("sub", text)
    _need_text("sub alias", attributes["alias"])


def _check_say_as(attributes: Mapping[str, str], text: str) -> None:
    _need_text("say-as", text)
    if attributes["interpret-as"] not in _READINGS:
        raise FaultyScriptError(f"<say-as> knows no {attributes['interpret-as']!r}")


def _check_action(_attributes: Mapping[str, str], text: str) -> None:
    _need_empty("insert-action", text)


def _check_speak(_attributes: Mapping[str, str], _text: str) -> None:
    """Nothing more: what stands inside has been checked by itself."""


def _need_empty(name: str, text: str) -> None:
    if text:
        raise FaultyScriptError(f"<{name}> holds nothing")


def _need_text(name: str, text: str) -> None:
    if not text.strip():
        raise FaultyScriptError(f"<{name}> is empty")


_INLINE = frozenset({"break", "phoneme", "word", "sub", "say-as", "insert-action"})
_ACTION = frozenset({"insert-action"})
_MARKS: Mapping[str, _Mark] = {
    "break": _Mark(_check_break, takes=frozenset({"time", "strength"})),
    "phoneme": _Mark(_check_phoneme, needs=frozenset({"alphabet", "ph"})),
    "word": _Mark(_check_word, holds=_ACTION),
    "sub": _Mark(_check_sub, needs=frozenset({"alias"}), holds=_ACTION),
    "say-as": _Mark(_check_say_as, needs=frozenset({"interpret-as"})),
    "insert-action": _Mark(_check_action, takes=None),  # the page that could be read names no attributes
    "speak": _Mark(_check_speak, holds=_INLINE),
}
