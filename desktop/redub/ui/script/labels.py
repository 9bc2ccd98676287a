"""How marks look: their icon, their colour token and the few words on their chips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from redub.core.ssml.document import Mark
from redub.core.ssml.vocabulary import DEFAULT_STRENGTH, SAY_AS_KINDS, TAGS
from redub.i18n import _

_LONGEST = 18


@dataclass(frozen=True, slots=True)
class MarkLook:
    """The icon (resources/icons) and the colour token of one tag."""

    icon: str
    tone: str


LOOKS = {
    "break": MarkLook("pause-mark", "mark_pause"),
    "phoneme": MarkLook("pinyin", "mark_sound"),
    "word": MarkLook("word", "mark_sound"),
    "sub": MarkLook("alias", "mark_meaning"),
    "say-as": MarkLook("read-as", "mark_meaning"),
    "speak": MarkLook("spoken-whole", "mark_action"),
    "insert-action": MarkLook("action", "mark_action"),
}
_UNKNOWN = MarkLook("warning", "error")


def look(tag: str) -> MarkLook:
    """Return how the marks of `tag` look."""
    return LOOKS.get(tag, _UNKNOWN)


def chip_words(mark: Mark) -> str:
    """Return the words on the chip of `mark`, "" where the icon says it all."""
    writer = _WRITERS.get(mark.tag)
    words = writer(mark) if writer is not None else mark.tag
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def mark_sentence(mark: Mark) -> str:
    """Return what `mark` does, for tooltips."""
    rule = TAGS.get(mark.tag)
    if rule is None:
        return _("The service cannot read {name}.").format(name=mark.tag)
    words = chip_words(mark)
    return f"{rule.label}: {words}. {rule.sentence}" if words else f"{rule.label}. {rule.sentence}"


def _pause_words(mark: Mark) -> str:
    time = mark.get("time")
    if time.endswith("ms") and time[:-2].isdigit():
        return f"{int(time[:-2]) / 1000:g} s"
    if time.endswith("s") and time[:-1].isdigit():
        return f"{int(time[:-1])} s"
    return time or mark.get("strength", DEFAULT_STRENGTH)


def _kind_words(mark: Mark) -> str:
    kind = mark.get("interpret-as")
    return SAY_AS_KINDS[kind].label if kind in SAY_AS_KINDS else kind


_WRITERS: dict[str, Callable[[Mark], str]] = {
    "break": _pause_words,
    "phoneme": lambda mark: mark.get("ph"),
    "sub": lambda mark: mark.get("alias"),
    "say-as": _kind_words,
    "word": lambda _mark: "",
    "speak": lambda _mark: "",
    "insert-action": lambda _mark: "",
}
