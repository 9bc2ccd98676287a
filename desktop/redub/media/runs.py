"""Cut a script into runs that one voice can speak: by writing system, with its readings and pauses in place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from redub.core.ssml.scripts import Script, script_of
from redub.core.ssml.spoken import Pause, Say, Segment
from redub.media.voices import LocalVoice, espeak_voice

MANDARIN = "cmn"

# Which espeak-ng voice speaks a writing system that the chosen voice does not.
_FOREIGN: Mapping[Script, str] = {
    Script.LATIN: "en-us",
    Script.HAN: MANDARIN,
    Script.KANA: "ja",
    Script.HANGUL: "ko",
    Script.CYRILLIC: "ru",
    Script.GREEK: "el",
    Script.HEBREW: "he",
    Script.ARABIC: "ar",
    Script.THAI: "th",
    Script.ETHIOPIC: "am",
    Script.DEVANAGARI: "hi",
}
# Which writing system a language is written in, when it is not Latin letters.
_OWN: Mapping[str, Script] = {
    "zh": Script.HAN,
    "yue": Script.HAN,
    "ja": Script.KANA,
    "ko": Script.HANGUL,
    "uk": Script.CYRILLIC,
    "bg": Script.CYRILLIC,
    "mk": Script.CYRILLIC,
    "el": Script.GREEK,
    "he": Script.HEBREW,
    "ar": Script.ARABIC,
    "th": Script.THAI,
    "am": Script.ETHIOPIC,
}
_CJK = frozenset({Script.HAN, Script.KANA, Script.HANGUL})
_NUMBER_SIGNS = frozenset("+-.,:/%$€£¥￥°²³")


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest thing to speak: one character, or one piece with a given reading.

    :ivar text: as it is spoken
    :ivar start: offset in the source of what is written for it; `end` behind it
    :ivar phonemes: pinyin syllables when the reading is given
    """

    text: str
    start: int
    end: int
    phonemes: tuple[str, ...] = ()


@dataclass(slots=True)
class Run:
    """Units that one espeak-ng voice speaks in one breath.

    :ivar pauses: (index of the unit before which, seconds) in order; the index may be behind the last unit
    :ivar spaced: whether the words of this writing are set apart by spaces
    """

    voice: str
    spaced: bool = True
    units: list[Unit] = field(default_factory=list)
    pauses: list[tuple[int, float]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return what is spoken, as text."""
        return "".join(unit.text for unit in self.units)


def runs(segments: Iterable[Segment], voice: LocalVoice) -> tuple[Run, ...]:
    """Cut `segments` into runs for `voice`, in the order in which they are spoken."""
    units: list[Unit] = []
    pauses: list[tuple[int, float]] = []
    for segment in segments:
        if isinstance(segment, Pause):
            pauses.append((len(units), segment.seconds))
        else:
            units.extend(_units(segment))
    return tuple(_grouped(units, pauses, _Chooser(voice).voices(units)))


def _units(say: Say) -> Iterator[Unit]:
    if say.phonemes:
        yield Unit(say.text, say.start, say.end, say.phonemes)
        return
    for index, sign in enumerate(say.text):
        if say.offsets:
            yield Unit(sign, say.offsets[index], say.offsets[index + 1])
        else:
            yield Unit(sign, say.start, say.end)


def _grouped(units: Sequence[Unit], pauses: Sequence[tuple[int, float]], voices: Sequence[str]) -> list[Run]:
    found: list[Run] = []
    waiting = list(pauses)
    for index, (unit, voice) in enumerate(zip(units, voices, strict=True)):
        if not found or found[-1].voice != voice:
            found.append(Run(voice, spaced=_is_spaced(voice)))
        while waiting and waiting[0][0] == index:
            found[-1].pauses.append((len(found[-1].units), waiting.pop(0)[1]))
        found[-1].units.append(unit)
    if waiting and not found:
        found.append(Run("en-us"))
    if found:
        found[-1].pauses.extend((len(found[-1].units), seconds) for _, seconds in waiting)
    return found


def _is_spaced(voice: str) -> bool:
    return voice not in {MANDARIN, "yue", "ja", "th"}


class _Chooser:
    """Chooses the espeak-ng voice of every unit; signs and digits go with the words beside them."""

    def __init__(self, voice: LocalVoice) -> None:
        self._main = espeak_voice(voice.language) or "en-us"
        own = _OWN.get(voice.language.split("-")[0], Script.LATIN)
        self._by_script = {**_FOREIGN, own: self._main}

    def voices(self, units: Sequence[Unit]) -> list[str]:
        chosen = [self._of(unit) for unit in units]
        self._place_numbers(units, chosen)
        self._fill(chosen)
        return [voice or self._main for voice in chosen]

    def _of(self, unit: Unit) -> str:
        if unit.phonemes:
            return MANDARIN
        script = next((script for script in map(script_of, unit.text) if script), Script.NONE)
        return self._by_script[script] if script else ""

    def _place_numbers(self, units: Sequence[Unit], chosen: list[str]) -> None:
        """Give a number to the letters that touch it: to Chinese behind it first, then to those before it."""
        index = 0
        while index < len(units):
            end = index
            while end < len(units) and not chosen[end] and _is_number_sign(units[end].text):
                end += 1
            if end == index:
                index += 1
                continue
            before = chosen[index - 1] if index else ""
            after = chosen[end] if end < len(units) else ""
            if any(unit.text.isdigit() for unit in units[index:end]):
                chosen[index:end] = [self._number_voice(before, after)] * (end - index)
            index = end

    def _number_voice(self, before: str, after: str) -> str:
        cjk = {self._by_script[script] for script in _CJK}
        return after if after in cjk else before or after

    @staticmethod
    def _fill(chosen: list[str]) -> None:
        """Give what has no voice to the words before it, and at the beginning to the first words."""
        last = next((voice for voice in chosen if voice), "")
        for index, voice in enumerate(chosen):
            last = voice or last
            chosen[index] = last


def _is_number_sign(text: str) -> bool:
    return text.isdigit() or text in _NUMBER_SIGNS or unicodedata.category(text[:1] or " ") == "No"
