"""Speak a script: runs through espeak-ng, pauses cut in exactly, words and sounds on one clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from redub.core.ssml import pinyin
from redub.core.ssml.document import SENTENCE_ENDS, Document, punctuation_tail
from redub.core.ssml.spoken import segments
from redub.media.espeak import Engine, Manner, Phoneme, Samples, Utterance
from redub.media.runs import MANDARIN, Run, runs
from redub.media.voices import LocalVoice
from redub.media.wordtimes import Heard, Word, heard_words, with_sentences, written_word

_PINYIN_VOICE = "cmn-latn-pinyin"
_FADE_SECONDS = 0.004
_GAP_AFTER_SENTENCE, _GAP_AFTER_CLAUSE, _GAP = 0.28, 0.14, 0.03


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a script is spoken: pace (1.0 is normal), steps of pitch and liveliness from the voice's own."""

    pace: float = 1.0
    pitch: int = 0
    liveliness: int = 0


@dataclass(frozen=True, slots=True)
class Narration:
    """A spoken script: mono samples, samples a second, words and sounds in order."""

    samples: Samples
    rate: int
    words: tuple[Word, ...]
    phonemes: tuple[Phoneme, ...]


def narrate(document: Document, voice: LocalVoice, delivery: Delivery, engine: Engine) -> Narration:
    """Speak `document`; blocking, a few milliseconds for each second of speech.

    :raises EnvironmentFault: the speech library fails
    """
    composer = _Composer(engine, voice, delivery)
    # What is read in words (numbers, dates) follows the words around it; the voice's language decides last.
    found = runs(segments(document, _reading_language(voice)), voice)
    for number, run in enumerate(found, 1):
        composer.add(run, is_last=number == len(found))
    return composer.narration()


def _reading_language(voice: LocalVoice) -> str:
    """Return the one language that numbers are read in, or "" where Chinese and English both may be."""
    prefix = voice.language.split("-")[0]
    return "" if prefix in {"zh", "yue", "en"} else prefix


class _Composer:
    """Puts utterances and silences one behind the other and keeps the clock."""

    def __init__(self, engine: Engine, voice: LocalVoice, delivery: Delivery) -> None:
        self._engine = engine
        self._voice = voice
        self._delivery = delivery
        self._pieces: list[Samples] = []
        self._length = 0
        self._words: list[Word] = []
        self._phonemes: list[Phoneme] = []

    def narration(self) -> Narration:
        samples = np.concatenate(self._pieces) if self._pieces else np.zeros(0, np.int16)
        words = tuple(with_sentences(self._words))
        return Narration(samples, self._engine.rate, words, tuple(self._phonemes))

    def add(self, run: Run, *, is_last: bool) -> None:
        """Speak `run` behind what there is, with its pauses inside."""
        text, places = self._text(run)
        utterance = self._engine.speak(text, self._manner(run.voice))
        if not utterance.words:
            # Signs alone: espeak-ng answers with the room that the voice leaves behind words.
            utterance = replace(utterance, samples=utterance.samples[:0], phonemes=())
        heard = heard_words(run, places, utterance)
        cuts = _cuts(run, heard, utterance.duration)
        clock = _Clock(self._length / self._engine.rate, cuts)
        self._add_words(run, heard, clock)
        self._phonemes.extend(
            Phoneme(sound.ipa, clock.start(sound.seconds)) for sound in utterance.phonemes if sound.ipa
        )
        self._append(_with_silences(utterance, cuts))
        if not is_last:
            self._append(self._silence(_gap_after(run.text) / self._delivery.pace))

    def _add_words(self, run: Run, heard: Sequence[Heard], clock: _Clock) -> None:
        """Add the words of a run; signs before its first word go with the word before them."""
        silent = run.units[: heard[0].first] if heard else run.units
        lead = "".join(unit.text for unit in silent)
        words = [written_word(run, one, clock.start(one.start), clock.end(one.end)) for one in heard]
        if self._words and lead:
            last = self._words[-1]
            self._words[-1] = replace(last, after=last.after + lead)
        elif words:
            words[0] = replace(words[0], before=lead)
        self._words.extend(words)

    def _append(self, samples: Samples) -> None:
        self._pieces.append(samples)
        self._length += len(samples)

    def _silence(self, seconds: float) -> Samples:
        return np.zeros(round(seconds * self._engine.rate), np.int16)

    def _manner(self, voice: str) -> Manner:
        return Manner(
            voice=f"{voice}+{self._voice.variant}",
            words_per_minute=round(175 * self._delivery.pace),
            pitch=self._voice.pitch + self._delivery.pitch,
            liveliness=50 + self._delivery.liveliness,
        )

    def _text(self, run: Run) -> tuple[str, list[int]]:
        """Write `run` for espeak-ng; with the unit of each character of what is written."""
        written: list[str] = []
        places: list[int] = []
        for index, unit in enumerate(run.units):
            piece = self._reading(unit.phonemes) if unit.phonemes and run.voice == MANDARIN else ""
            # A bracket of the script must not open a phoneme.
            piece = piece or unit.text.replace("[", " ").replace("]", " ")
            written.append(piece)
            places.extend([index] * len(piece))
        return "".join(written), places

    def _reading(self, syllables: Sequence[str]) -> str:
        """Write pinyin as phonemes of the Mandarin voice, or "" when it knows no such syllable."""
        sounds = [self._engine.mnemonics(_plain(one), _PINYIN_VOICE) for one in syllables]
        # A syllable that is not pinyin comes back as an English word: the character's own reading is better.
        return "" if any("(" in sound for sound in sounds) else f"[[{' '.join(sounds)}]]"


def _plain(syllable: str) -> str:
    tone = syllable[len(syllable.rstrip("12345")) :] or "5"
    # The voice spells the sound after j, q, x and y as u, as pinyin does, and after n and l as v.
    return re.sub(r"^([jqxy])v", r"\1u", pinyin.sound(syllable)) + tone


def _cuts(run: Run, heard: Sequence[Heard], duration: float) -> list[tuple[float, float]]:
    """Return where silences go into a run: (seconds from its beginning, seconds of silence), in order."""
    return [(_cut(run, heard, index, duration), seconds) for index, seconds in run.pauses]


def _cut(run: Run, heard: Sequence[Heard], index: int, duration: float) -> float:
    if index == 0:
        return 0.0
    for word in heard:
        if index <= word.first:
            return word.start
        inside = index < word.last and any(not u.text.isspace() for u in run.units[index : word.last])
        if inside and not run.spaced:
            letters = max(1, _letters(run, word))
            share = min(1.0, (index - word.first) / letters)
            return word.start + (word.end - word.start) * share
    return duration


def _letters(run: Run, word: Heard) -> int:
    """Count the units of a word without the punctuation behind it."""
    text = run.units[word.first : word.last]
    return max((place + 1 for place, unit in enumerate(text) if unit.text[:1].isalnum()), default=1)


@dataclass(frozen=True, slots=True)
class _Clock:
    """Turns times inside one utterance into times of the whole."""

    begin: float
    cuts: list[tuple[float, float]]

    def start(self, seconds: float) -> float:
        """Place a beginning: a silence at the same moment comes before it."""
        return self.begin + seconds + sum(silence for cut, silence in self.cuts if cut <= seconds)

    def end(self, seconds: float) -> float:
        """Place an end: a silence at the same moment comes after it."""
        return self.begin + seconds + sum(silence for cut, silence in self.cuts if cut < seconds)


def _with_silences(utterance: Utterance, cuts: Sequence[tuple[float, float]]) -> Samples:
    """Cut silences into an utterance; its two sides are faded so that nothing clicks."""
    pieces: list[Samples] = []
    place = 0
    for seconds, silence in cuts:
        cut = min(len(utterance.samples), round(seconds * utterance.rate))
        pieces.append(_faded(utterance.samples[place:cut], utterance.rate, at_start=place > 0, at_end=True))
        pieces.append(np.zeros(round(silence * utterance.rate), np.int16))
        place = cut
    pieces.append(_faded(utterance.samples[place:], utterance.rate, at_start=place > 0, at_end=False))
    return np.concatenate(pieces)


def _faded(samples: Samples, rate: int, *, at_start: bool, at_end: bool) -> Samples:
    count = min(len(samples) // 2, round(_FADE_SECONDS * rate))
    if not count or not (at_start or at_end):
        return samples
    faded = samples.astype(np.float32)
    ramp = np.linspace(0.0, 1.0, count, dtype=np.float32)
    if at_start:
        faded[:count] *= ramp
    if at_end:
        faded[-count:] *= ramp[::-1]
    return faded.astype(np.int16)


def _gap_after(text: str) -> float:
    """Return the silence between two runs, by the punctuation at the end of the first."""
    tail = text.rstrip()
    count = punctuation_tail(tail)
    if not count:
        return _GAP
    return _GAP_AFTER_SENTENCE if any(sign in SENTENCE_ENDS for sign in tail[-count:]) else _GAP_AFTER_CLAUSE
