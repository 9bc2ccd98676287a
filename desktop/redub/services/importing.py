"""Scripts out of files: text, Word, subtitles whose times become pauses, and tables of many scripts."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from redub.core.batch import Coming, Role, Table, Wiring, coming, table_of
from redub.core.errors import UserError
from redub.core.history import Edit
from redub.core.limits import SiteLimits
from redub.core.scripttext import as_ssml, is_ssml
from redub.core.shot import DriverType, Shot, Take
from redub.core.ssml.cutting import split_script
from redub.core.ssml.document import plain_to_ssml
from redub.i18n import _, ngettext
from redub.media.subtitles import Cue, parse_srt
from redub.store import scriptfiles
from redub.store.scriptfiles import Grid

TEXTS, WORD, SUBTITLES = ("txt", "md", "ssml", "xml"), ("docx",), ("srt", "vtt")
SEPARATED, WORKBOOKS = ("csv", "tsv"), ("xlsx", "xlsm")
ENDINGS = (*TEXTS, *WORD, *SUBTITLES, *SEPARATED, *WORKBOOKS)

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.1, 9.0
"""Seconds: shorter gaps between subtitles are those between any two words; the service takes no longer ones."""
_LAST_SPACED = "\u2e7f"
"""Scripts behind this sign set no blanks between words."""
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>|\{\\[^}]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file holds: one script as `text` (plain, or SSML when `is_ssml`), or many in a `grid`."""

    path: Path
    text: str = ""
    is_ssml: bool = False
    grid: Grid | None = None

    @property
    def is_table(self) -> bool:
        """Say whether it holds many scripts."""
        return self.grid is not None

    def script(self, pause: str | None = None) -> str:
        """Return the one script as InputSsml; line breaks become a space, or a pause of this length."""
        return as_ssml(self.text, pause) if self.is_ssml else plain_to_ssml(self.text, pause)


def read(path: Path) -> Imported:
    """Read a file by its ending; blocking.

    :raises UserError: it is no such file, empty, damaged or too large
    :raises EnvironmentFault: it cannot be opened
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending in SEPARATED:
        return Imported(path=path, grid=scriptfiles.read_csv(path))
    if ending in WORKBOOKS:
        return Imported(path=path, grid=scriptfiles.read_workbook(path))
    if ending in WORD:
        return Imported(path=path, text=scriptfiles.read_document(path))
    text = scriptfiles.read_text(path)
    if ending in SUBTITLES:
        return Imported(path=path, text=subtitles_to_ssml(_cues(text, ending)), is_ssml=True)
    return Imported(path=path, text=text.strip(), is_ssml=is_ssml(text))


def read_script(path: Path) -> str:
    """Return the one script in a file as InputSsml; errors as of `read`, and for a table."""
    found = read(path)
    if found.grid is not None:
        raise UserError(
            _("“{name}” is a table of many scripts.").format(name=path.name),
            why=_("One script is wanted here."),
            next_step=_("Save the one script as a text, or import the table in the window."),
        )
    return found.script()


def _cues(text: str, ending: str) -> tuple[Cue, ...]:
    found = parse_srt(text)
    if ending == "vtt":
        # A blank line ends a cue there; notes and styles may follow it.
        found = tuple(replace(cue, text=cue.text.split("\n\n")[0]) for cue in found)
    return found


def subtitles_to_ssml(cues: Sequence[Cue]) -> str:
    """Write subtitles as one script: the gaps between them become pauses, to a tenth of a second."""
    spoken = [(cue, plain_to_ssml(_TAGS.sub("", cue.text))) for cue in cues]
    spoken = [(cue, words) for cue, words in spoken if words]
    script = ""
    for (cue, words), (after, _next_words) in pairwise(spoken):
        script += _before_sign(words, _pause(after.start - cue.end))
        script += "" if words[-1] > _LAST_SPACED else " "
    return script + (spoken[-1][1] if spoken else "")


def _pause(gap: float) -> str:
    seconds = min(_LONGEST_PAUSE, round(gap, 1))
    return f'<break time="{round(seconds * 1000)}ms"/>' if seconds >= _SHORTEST_PAUSE else ""


def _before_sign(words: str, pause: str) -> str:
    """Put a pause behind the last word: the service takes none behind punctuation."""
    bare = words.rstrip(".,;:!?…。，；：！？、")
    return f"{bare}{pause}{words[len(bare) :]}" if bare else words


def one_take(shot: Shot, take_id: str, script: str) -> Shot:
    """Let a take speak `script`."""
    take = shot.take(take_id)
    return shot.with_take(replace(take, driver=DriverType.TEXT, script=script))


def split_takes(name: str, script: str, like: Take, most: int) -> tuple[Take, ...]:
    """Return takes that say `script` in pieces of at most `most` characters, cut at the ends of sentences."""
    pieces = split_script(script, most, 4)
    numbered = len(pieces) > 1
    return tuple(
        replace(
            like,
            id="",
            name=f"{name} {number}" if numbered else name,
            driver=DriverType.TEXT,
            script=piece,
            recording=None,
        )
        for number, piece in enumerate(pieces, 1)
    )


def adding(takes: Sequence[Take]) -> Edit:
    """Return the edit that adds `takes`, all in one step, each with an id of its own."""
    named = tuple(replace(take, id=uuid.uuid4().hex) for take in takes)
    words = ngettext("Import {n} take", "Import {n} takes", len(named)).format(n=len(named))
    return Edit(words, lambda shot: replace(shot, takes=(*shot.takes, *named)))


def takes_of(found: Sequence[Coming]) -> tuple[Take, ...]:
    """Return the takes of the rows that become one."""
    return tuple(one.take for one in found if not one.left_out)


def kinds() -> Mapping[str, tuple[str, ...]]:
    """Return the endings of the files that can be read, by what a person calls them."""
    return {
        _("Texts"): TEXTS,
        _("Word documents"): WORD,
        _("Subtitles"): SUBTITLES,
        _("Tables"): (*SEPARATED, *WORKBOOKS),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How the person wants a file to become takes.

    :ivar has_head: the first row of a table names its columns
    :ivar wiring: which column is what, and what line breaks become
    """

    has_head: bool = False
    wiring: Wiring = field(default_factory=Wiring)


def plan(
    found: Imported, wishes: Wishes, like: Take, limits: SiteLimits, voices: frozenset[str] = frozenset()
) -> tuple[Coming, ...]:
    """Return the takes that a file becomes, each with what is wrong with it; a second for some thousand rows."""
    if found.grid is not None:
        return coming(table_of(found.grid.rows, wishes.has_head), wishes.wiring, like, limits, voices)
    name, most = found.path.stem, int(limits["script.length"].high or 0)
    takes = split_takes(name, found.script(wishes.wiring.pause), like, most)
    rows = tuple((take.name, take.script) for take in takes)
    ready = Table(columns=("name", "script"), rows=rows)
    wiring = Wiring(columns={Role.NAME: 0, Role.SCRIPT: 1})
    judged = coming(ready, wiring, like, limits, voices)
    return tuple(replace(one, take=take) for one, take in zip(judged, takes, strict=True))
