"""The syllables of Mandarin in pinyin, and how a reading is written for the service: "chuan2"."""

from __future__ import annotations

import re
import unicodedata

_FINALS = {
    "": "a o e ai ei ao ou an en ang eng er n ng m",
    "y": "a o e ao ou an in ang ing ong u ue uan un i ai",
    "w": "u a o ai ei an en ang eng",
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ei ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve",
    "l": "a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang m ng",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "ch": "a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "sh": "a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang",
    "r": "e i ao ou an en ang eng ong u ua uo ui uan un",
    "z": "a e i ai ei ao ou an en ang eng ong u uo ui uan un",
    "c": "a e i ai ei ao ou an en ang eng ong u uo ui uan un",
    "s": "a e i ai ao ou an en ang eng ong u uo ui uan un",
}

SYLLABLES = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())
"""Every syllable, with v for ü."""

_NUMBERED = re.compile(r"([a-zê]+)([1-5])")
_TONE_SIGNS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def split(ph: str) -> tuple[str, ...]:
    """Cut the value of ph into its syllables."""
    return tuple(ph.split())


def sound(syllable: str) -> str:
    """Return a syllable without its tone, in small letters and with v for ü."""
    plain = unicodedata.normalize("NFC", syllable.lower()).replace("u:", "v").replace("ü", "v")
    return plain.rstrip("0123456789")


def has_tone(syllable: str) -> bool:
    """Say whether a syllable ends in exactly one tone number, 1 to 5."""
    return bool(_NUMBERED.fullmatch(sound(syllable) + syllable[len(syllable.rstrip("0123456789")) :]))


def is_syllable(syllable: str) -> bool:
    """Say whether there is such a syllable, whatever its tone; an r at the end (erhua) is let pass."""
    plain = sound(syllable)
    return plain in SYLLABLES or (plain.endswith("r") and plain[:-1] in SYLLABLES) or plain == "r"


def numbered(syllable: str) -> str:
    """Write a syllable with its tone as a number: "chuán" becomes "chuan2", "ma" stays without one."""
    letters, tone = [], ""
    for sign in unicodedata.normalize("NFD", syllable.lower()):
        if sign in _TONE_SIGNS:
            tone = _TONE_SIGNS[sign]
        else:
            letters.append(sign)
    return unicodedata.normalize("NFC", "".join(letters)).replace("ü", "v") + tone


def marked(syllable: str) -> str:
    """Write a syllable with its tone as a sign, as people read it: "chuan2" becomes "chuán", "lv4" becomes "lǜ"."""
    plain, tone = syllable.rstrip("0123456789"), syllable[-1:]
    plain = plain.replace("v", "ü").replace("u:", "ü")
    sign = next((mark for mark, number in _TONE_SIGNS.items() if number == tone), "")
    place = _toned_letter(plain)
    if not sign or place is None:
        return plain
    return unicodedata.normalize("NFC", plain[: place + 1] + sign + plain[place + 1 :])


def _toned_letter(plain: str) -> int | None:
    """Return which letter carries the tone: a or e, the o of ou, else the last vowel."""
    for letters in ("a", "e", "ou"):
        if letters in plain:
            return plain.index(letters)
    vowels = [place for place, letter in enumerate(plain) if letter in "iouü"]
    return vowels[-1] if vowels else None
