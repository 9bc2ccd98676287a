"""What a synthesiser has to do to speak a script: say this, in this reading, pause that long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redub.core.ssml import pinyin
from redub.core.ssml.document import Document, Mark, Node, Text, spoken_text
from redub.core.ssml.reading import reading
from redub.core.ssml.scripts import main_language
from redub.core.ssml.tokens import decode
from redub.core.ssml.vocabulary import DEFAULT_STRENGTH, STRENGTHS

_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(ms|s)\s*")
_LONGEST_PAUSE = 10.0
_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Say:
    """Speak `text`.

    :ivar written: what the source shows for it
    :ivar start: offset in the source of what is written; `end` behind it
    :ivar offsets: source offset of each character of `text` and of its end, or () when the spoken form is
        another than the written one and only the whole range is known
    :ivar kind: "" for plain text, "sub", "phoneme", or the kind of reading (interpret-as)
    :ivar phonemes: pinyin with tone numbers, one syllable for each character, when the reading is given
    """

    text: str
    written: str
    start: int
    end: int
    offsets: tuple[int, ...] = ()
    kind: str = ""
    phonemes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pause:
    """Be silent for `seconds`; `start` and `end` are the mark's place in the source."""

    seconds: float
    start: int
    end: int


Segment = Say | Pause


def segments(document: Document, language: str = "") -> tuple[Segment, ...]:
    """Return what is to be spoken, in order.

    :param language: in which language marked numbers are read: "zh", "en" …; "" takes that of the words
        before them, or of most of the script
    """
    reader = _Reader(language, main_language(spoken_text(document)))
    return tuple(reader.read(document.nodes))


def pause_seconds(mark: Mark) -> float:
    """Return how long a break lasts: its time, else its strength; what cannot be understood lasts nothing."""
    time = mark.get("time")
    if time:
        found = _LENGTH.fullmatch(time)
        seconds = float(found[1]) / (1000 if found[2] == "ms" else 1) if found else 0.0
        return min(_LONGEST_PAUSE, seconds)
    return STRENGTHS.get(mark.get("strength", DEFAULT_STRENGTH), 0.0)


class _Reader:
    """Walks the nodes in order; remembers the words just said, which decide how a number is read."""

    def __init__(self, language: str, usual: str) -> None:
        self._language = language
        self._usual = usual
        self._said = ""

    def read(self, nodes: Iterable[Node]) -> Iterator[Segment]:
        for node in nodes:
            if isinstance(node, Text):
                yield from self._text(node)
            elif isinstance(node, Mark):
                yield from self._mark(node)

    def _text(self, node: Text) -> Iterator[Segment]:
        if node.text:
            self._said = (self._said + node.text)[-_CONTEXT:]
            offsets = tuple(node.start + offset for offset in decode(node.raw).offsets)
            yield Say(node.text, node.text, node.start, node.end, offsets)

    def _mark(self, mark: Mark) -> Iterator[Segment]:
        if mark.tag == "break":
            yield Pause(pause_seconds(mark), mark.start, mark.end)
        elif mark.tag in {"sub", "say-as"}:
            yield from self._other_words(mark)
        elif mark.tag == "phoneme" and mark.get("ph").strip():
            yield from self._readings(mark)
        else:
            yield from self.read(mark.children)

    def _other_words(self, mark: Mark) -> Iterator[Segment]:
        written = _inner_text(mark)
        if mark.tag == "sub":
            kind, spoken = "sub", mark.get("alias") or written
        else:
            kind = mark.get("interpret-as")
            spoken = reading(written, kind, self._language or self._near_language())
        if spoken == written:
            yield from self.read(mark.children)
        elif spoken.strip():
            self._said = (self._said + spoken)[-_CONTEXT:]
            yield Say(spoken, written, mark.inner_start, mark.inner_end, kind=kind)

    def _near_language(self) -> str:
        near = self._said if any(sign.isalpha() for sign in self._said) else ""
        return main_language(near) if near else self._usual

    def _readings(self, mark: Mark) -> Iterator[Segment]:
        """Yield one character with its reading at a time, or all at once when their numbers differ."""
        written, syllables = _inner_text(mark), pinyin.split(mark.get("ph"))
        if not written.strip():
            return
        self._said = (self._said + written)[-_CONTEXT:]
        texts = [child for child in mark.children if isinstance(child, Text)]
        if len(written) != len(syllables) or len(texts) != 1:
            yield Say(written, written, mark.inner_start, mark.inner_end, kind="phoneme", phonemes=syllables)
            return
        edges = [texts[0].start + offset for offset in decode(texts[0].raw).offsets]
        for index, sign in enumerate(written):
            start, end = edges[index], edges[index + 1]
            yield Say(sign, sign, start, end, (start, end), "phoneme", (syllables[index],))


def _inner_text(mark: Mark) -> str:
    return spoken_text(Document("", mark.children))
