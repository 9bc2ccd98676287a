"""SSML of other services (Azure, Polly, Google, Alibaba, Huawei), translated as far as ours can say the same.

What has no counterpart loses its mark and keeps its words, and is named in a sentence. To add a mark: a row in
`_MARKS` when it means something here, or in `_LOST` with the way out when it does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from redub.core.ssml import pinyin
from redub.core.ssml.document import parse, punctuation_tail, spoken_text
from redub.core.ssml.nodes import Mark, Node, Text, walk
from redub.core.ssml.rules import break_seconds, phoneme
from redub.core.ssml.scripts import Script, is_han, script_of
from redub.core.ssml.tokens import escape, escape_value
from redub.core.ssml.vocabulary import BREAK_MILLISECONDS, SAY_AS_KINDS, STRENGTHS

_SIGNS: Mapping[str, tuple[str, ...]] = {
    "Azure": ("mstts:", "bookmark", "lexicon", "http://www.w3.org/2001/mstts"),
    "Amazon Polly": ("amazon:", "mark"),
    "Google": ("google:", "par", "seq", "media"),
    "Alibaba Cloud": ("soundevent", "w", "bgm", "effect"),
    "Huawei Cloud": ("emotion", "pinyin", "action"),
}
_KINDS = {
    "number": "cardinal",
    "number_digit": "digits",
    "digit": "digits",
    "spell-out": "characters",
    "verbatim": "characters",
    "character": "characters",
    "unit": "measure",
    "phone": "telephone",
    "money": "currency",
}
_LOST = {
    "prosody": "set the speed and the volume under Voice",
    "voice": "choose the voice under Voice",
    "mstts:express-as": "choose an emotion under Voice",
    "emotion": "choose an emotion under Voice",
    "amazon:emotion": "choose an emotion under Voice",
    "mstts:silence": "put in pauses where they are wanted",
    "audio": "other sounds cannot be mixed into speech",
    "soundevent": "other sounds cannot be mixed into speech",
    "mstts:backgroundaudio": "other sounds cannot be mixed into speech",
    "media": "other sounds cannot be mixed into speech",
    "emphasis": "there is no emphasis in this SSML",
    "lang": "choose the language under Voice",
}
_UNHEARD = frozenset({"audio", "soundevent", "desc", "metadata", "lexicon", "mstts:backgroundaudio"})
"""Marks whose inside is not spoken."""
_TIME = re.compile(r"\s*\+?(\d{1,6}(?:\.\d{1,6})?)\s*(ms|s)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Translation:
    """A foreign script in our words.

    :ivar dialect: whose SSML it seems to be, "" when that cannot be said
    :ivar translated: how many marks have a counterpart here
    :ivar lost: a phrase for each kind of mark that has none, with the way out
    """

    source: str
    dialect: str
    translated: int
    lost: tuple[str, ...]


def translate(text: str) -> Translation | None:
    """Return foreign SSML as a script of ours; None when there is no mark in `text` that any service knows."""
    nodes = parse(text).nodes
    names = [node.tag for node in walk(nodes) if isinstance(node, Mark)]
    if not any(name.lower() in _MARKS or name.lower() in _LOST or ":" in name for name in names):
        return None
    work = _Work()
    source = re.sub(r"\s+", " ", "".join(work.write(nodes))).strip()
    lost = tuple(f"{name} ({_LOST[name]})" if name in _LOST else name for name in work.lost)
    return Translation(source, _dialect(text, names), work.translated, lost)


def _dialect(text: str, names: Iterable[str]) -> str:
    lowered = {name.lower() for name in names}
    for dialect, signs in _SIGNS.items():
        for sign in signs:
            found = any(name.startswith(sign) for name in lowered) if sign.endswith(":") else sign in lowered
            if found or (sign.startswith("http") and sign in text):
                return dialect
    return "Azure" if "voice" in lowered and "www.w3.org" in text else ""


@dataclass(slots=True)
class _Work:
    """One translation: what was put across, and what was lost (in the order of its first place)."""

    translated: int = 0
    lost: dict[str, None] = field(default_factory=dict)
    said: str = ""

    def write(self, nodes: Iterable[Node]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, Text):
                self.said = (self.said + node.text)[-80:]
                yield escape(node.text)
            elif isinstance(node, Mark):
                yield self._mark(node)

    def _mark(self, mark: Mark) -> str:
        name = mark.tag.lower()
        writer = _MARKS.get(name)
        written = writer(self, mark) if writer else None
        if written is not None:
            self.translated += name not in _TRANSPARENT
            return written
        self.lose(name)
        return "" if name in _UNHEARD else "".join(self.write(mark.children))

    def lose(self, what: str) -> None:
        self.lost.setdefault(what)

    def speak(self, text: str) -> str:
        self.said = (self.said + text)[-80:]
        return escape(text)


def _inside(mark: Mark) -> str:
    return "".join(node.text for node in walk(mark.children) if isinstance(node, Text))


def _through(work: _Work, mark: Mark) -> str:
    return "".join(work.write(mark.children))


def _break(work: _Work, mark: Mark) -> str | None:
    found = _TIME.fullmatch(mark.get("time"))
    strength = mark.get("strength").lower()
    if strength == "none" and not found:
        return ""
    if found:
        milliseconds = round(float(found[1]) * (1 if found[2].lower() == "ms" else 1000))
        low, high = BREAK_MILLISECONDS
        setting = f'time="{_length(min(high, max(low, milliseconds)))}"'
    else:
        setting = f'strength="{strength if strength in STRENGTHS else "medium"}"'
    return f"<break {setting}/>" if work.said.strip() else ""


def _length(milliseconds: int) -> str:
    whole = f"{milliseconds // 1000}s"
    return whole if milliseconds % 1000 == 0 and break_seconds(whole) else f"{milliseconds}ms"


def _paragraph(strength: str) -> Callable[[_Work, Mark], str]:
    def write(work: _Work, mark: Mark) -> str:
        inside = "".join(work.write(mark.children)).strip()
        tail = punctuation_tail(inside)
        if inside.endswith((">", ";")):
            tail = 0
        cut = len(inside) - tail
        return f'{inside[:cut]}<break strength="{strength}"/>{inside[cut:]} ' if inside else ""

    return write


def _sub(work: _Work, mark: Mark) -> str | None:
    text, alias = _inside(mark), mark.get("alias")
    if not alias.strip() or not text.strip():
        return None
    return f'<sub alias="{escape_value(alias)}">{work.speak(text)}</sub>'


def _say_as(work: _Work, mark: Mark) -> str | None:
    wanted = mark.get("interpret-as").lower()
    kind, text = _KINDS.get(wanted, wanted), _inside(mark)
    if kind not in SAY_AS_KINDS:
        work.lose(f"say-as {wanted}")
        return _through(work, mark)
    return f'<say-as interpret-as="{kind}">{work.speak(text)}</say-as>' if text.strip() else None


def _phoneme(work: _Work, mark: Mark) -> str | None:
    text = _inside(mark)
    syllables = [
        pinyin.numbered(one) for one in re.findall(r"[^\s\d]+\s*[1-5]?", mark.get("ph") or mark.get("py"))
    ]
    syllables = [one.replace(" ", "") for one in syllables]
    fits = len(syllables) == len(text) and all(map(is_han, text)) and all(map(pinyin.has_tone, syllables))
    if not fits or not text:
        work.lose(f"phoneme {mark.get('alphabet') or 'ipa'} (only pinyin is understood)")
        return _through(work, mark)
    work.speak(text)
    return "".join(phoneme(sign, syllable) for sign, syllable in zip(text, syllables, strict=True))


def _word(work: _Work, mark: Mark) -> str | None:
    text = _inside(mark)
    scripts = {script_of(sign) for sign in text} - {Script.NONE}
    return f"<word>{work.speak(text)}</word>" if text.strip() and len(scripts) == 1 else _through(work, mark)


_MARKS: Mapping[str, Callable[[_Work, Mark], str | None]] = {
    "speak": _through,
    "s": _through,
    "sentence": _through,
    "p": _paragraph("strong"),
    "paragraph": _paragraph("strong"),
    "break": _break,
    "sub": _sub,
    "say-as": _say_as,
    "phoneme": _phoneme,
    "pinyin": _phoneme,
    "w": _word,
    "word": _word,
    "token": _word,
}
_TRANSPARENT = frozenset({"speak", "s", "sentence"})


def foreign_words(text: str) -> str:
    """Return the words of foreign SSML without any mark, as plain text."""
    return spoken_text(parse(text))
