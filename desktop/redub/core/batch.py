"""Many scripts out of a table: which column is what, variables filled from it, and what comes of each row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from redub.core.limits import SiteLimits
from redub.core.scripttext import as_ssml
from redub.core.shot import DriverType, Speech, Take
from redub.core.ssml.document import parse, spoken_count, spoken_text, whole_count
from redub.core.ssml.tokens import escape

_VARIABLE = re.compile(r"\{([^{}<>]{1,60})\}")
_LONGEST_HEAD = 40
_SENTENCE = re.compile(r"[.!?。！？]\s*$")
_MOST_NAME = 60


class Role(StrEnum):
    """What a column is used for."""

    NAME = "name"
    SCRIPT = "script"
    VOICE = "voice"
    LANGUAGE = "language"
    SPEED = "speed"


_WORDS: Mapping[Role, tuple[str, ...]] = {
    Role.SCRIPT: (
        "script",
        "text",
        "copy",
        "say",
        "words",
        "ssml",
        "文案",
        "台词",
        "脚本",
        "内容",
        "文本",
        "稿",
    ),
    Role.NAME: ("name", "title", "take", "id", "名称", "标题", "名字", "编号", "序号"),
    Role.VOICE: ("voice", "timbre", "speaker", "音色", "声音", "发音人"),
    Role.LANGUAGE: ("language", "lang", "locale", "语言", "语种"),
    Role.SPEED: ("speed", "rate", "语速", "速度"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: the names of its columns, and its rows, each as wide."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """How a table becomes takes.

    :ivar columns: which column (from 0) is used for what; without SCRIPT the `template` is filled
    :ivar template: InputSsml with variables such as {name}
    :ivar pause: what line breaks in a script become: the length of a pause, or None for a space
    """

    columns: Mapping[Role, int] = field(default_factory=dict)
    template: str = ""
    pause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What a row becomes.

    :ivar row: its number in the table, from 1
    :ivar take: the take, with an id that is still to be given
    :ivar trouble: why the row cannot become a take, or what the service would refuse of it; "" when all is well
    :ivar left_out: no take is made of it
    """

    row: int
    take: Take
    trouble: str = ""
    left_out: bool = False


def table_of(rows: Sequence[Sequence[str]], has_head: bool) -> Table:
    """Return the table of `rows`; without a head the columns are called A, B, C and so on."""
    cleaned = [tuple(cell.strip() for cell in row) for row in rows]
    width = max(map(len, cleaned), default=0)
    if has_head and cleaned:
        names = tuple(name or _letter(place) for place, name in enumerate(cleaned[0]))
        return Table(columns=names, rows=tuple(cleaned[1:]))
    return Table(columns=tuple(_letter(place) for place in range(width)), rows=tuple(cleaned))


def has_head(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row looks like the names of the columns: short, different, no sentences, no figures."""
    if len(rows) < 2:
        return False
    first = [cell.strip() for cell in rows[0]]
    filled = [cell for cell in first if cell]
    if len(filled) < max(1, len(first) - 1) or len({cell.casefold() for cell in filled}) < len(filled):
        return False
    if any(_role_of(cell) is not None for cell in filled):
        return True
    plain = all(len(cell) <= _LONGEST_HEAD and not _SENTENCE.search(cell) for cell in filled)
    return plain and not any(_number(cell) is not None for cell in filled) and len(filled) > 1


def guessed(table: Table) -> dict[Role, int]:
    """Return which column is probably used for what: by its name, and the longest texts are the scripts."""
    found: dict[Role, int] = {}
    for place, name in enumerate(table.columns):
        role = _role_of(name)
        if role is not None:
            found.setdefault(role, place)
    if Role.SCRIPT not in found and table.rows:
        free = [place for place in range(len(table.columns)) if place not in found.values()]
        lengths = {place: sum(len(row[place]) for row in table.rows[:200]) for place in free}
        if lengths:
            found[Role.SCRIPT] = max(lengths, key=lambda place: lengths[place])
    return found


def variables(template: str) -> tuple[str, ...]:
    """Return the names of the variables in a script, each once, in order."""
    return tuple(dict.fromkeys(name.strip() for name in _VARIABLE.findall(template)))


def filled(template: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return `template` with its variables filled, and the names for which there is no value or an empty one.

    Names are compared without regard to case. Values are text: what could be a tag in them is made safe.
    """
    known = {name.casefold(): value for name, value in values.items()}
    missing: list[str] = []

    def value(found: re.Match[str]) -> str:
        name = found[1].strip()
        text = known.get(name.casefold(), "")
        if not text:
            missing.append(name)
            return found[0]
        return escape(" ".join(text.split()))

    return _VARIABLE.sub(value, template), tuple(dict.fromkeys(missing))


def coming(
    table: Table, wiring: Wiring, like: Take, limits: SiteLimits, voices: frozenset[str] = frozenset()
) -> tuple[Coming, ...]:
    """Return what each row of `table` becomes.

    :param like: the take whose voice and options the new ones get where the table says nothing
    :param voices: the keys of the service's voices; empty while they are not known
    """
    return tuple(
        _coming(number, row, table, wiring, like, limits, voices) for number, row in enumerate(table.rows, 1)
    )


def _coming(
    number: int,
    row: tuple[str, ...],
    table: Table,
    wiring: Wiring,
    like: Take,
    limits: SiteLimits,
    voices: frozenset[str],
) -> Coming:
    def cell(role: Role) -> str:
        place = wiring.columns.get(role)
        return row[place] if place is not None and place < len(row) else ""

    values = dict(zip(table.columns, row, strict=False))
    own = Role.SCRIPT in wiring.columns
    source = as_ssml(cell(Role.SCRIPT), wiring.pause) if own else wiring.template
    script, missing = filled(source, values)
    speech, odd = _speech(like.speech, cell(Role.VOICE), cell(Role.LANGUAGE), cell(Role.SPEED), voices)
    take = replace(
        like,
        id="",
        name=(cell(Role.NAME) or _name_of(script) or str(number))[:_MOST_NAME],
        driver=DriverType.TEXT,
        script=script,
        recording=None,
        speech=speech,
    )
    if not script.strip():
        return Coming(row=number, take=take, trouble="There is nothing to say.", left_out=True)
    troubles = [*_missing(missing), *odd, *_length(script, limits)]
    return Coming(row=number, take=take, trouble=" ".join(troubles))


def _missing(names: Sequence[str]) -> list[str]:
    return [f"There is no value for {{{name}}}." for name in names]


def _length(script: str, limits: SiteLimits) -> list[str]:
    limit = limits["script.length"]
    whole, spoken = whole_count(script), spoken_count(script)
    if limit.too_high(whole):
        return [f"The script is too long: {whole} of {limit.high:g} characters."]
    if limit.too_low(spoken):
        return [f"The script is too short: {spoken} of at least {limit.low:g} characters."]
    return []


def _speech(
    speech: Speech, voice: str, language: str, speed: str, voices: frozenset[str]
) -> tuple[Speech, list[str]]:
    """Return how a row is spoken, and what cannot be used of its cells."""
    odd: list[str] = []
    if voice and voice != speech.timbre_key:
        speech = replace(speech, timbre_key=voice, emotion=None, emotion_intensity=None, language=None)
        if voices and voice not in voices:
            odd.append(f"The service has no voice {voice}.")
    if language:
        speech = replace(speech, language=language)
    if speed:
        number = _number(speed)
        if number is None or not 0.5 <= number <= 1.5:
            odd.append(f"“{speed}” is no speed from 0.5 to 1.5.")
        else:
            speech = replace(speech, speed=number)
    return speech, odd


def _name_of(script: str) -> str:
    """Name a take after its first words."""
    words = spoken_text(parse(script)).split()
    name = " ".join(words[:5])
    return name if len(name) <= 24 else f"{name[:23].rstrip()}…"


def _number(text: str) -> float | None:
    try:
        return float(text.strip().rstrip("x×").replace(",", "."))
    except ValueError:
        return None


def _role_of(name: str) -> Role | None:
    plain = name.casefold().strip()
    parts = set(re.split(r"[\W_]+", plain))
    for role, words in _WORDS.items():
        if any(word in parts or (not word.isascii() and word in plain) for word in words):
            return role
    return None


def _letter(place: int) -> str:
    """Call a column as spreadsheets do: A to Z, then AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
