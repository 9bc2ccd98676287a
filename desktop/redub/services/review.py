"""Reviewing results: what stands beside a result and how it is aligned, what was decided, and what comes of it."""

from __future__ import annotations

import asyncio
import logging
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from redub.core import edits
from redub.core.errors import RedubError, UserError
from redub.core.faces import Box, Look
from redub.core.history import Edit
from redub.core.outputplan import Footage, plan_output
from redub.core.part import as_sent
from redub.core.redolist import redo_script
from redub.core.review import (
    Alignment,
    Review,
    Sentence,
    as_it_is,
    by_plan,
    by_sentence,
    mouth_view,
)
from redub.core.shot import DriverType, Selection, StillInterval, Take
from redub.core.tasks import TaskRecord
from redub.i18n import _, ngettext
from redub.media.alignedsound import write_aligned
from redub.media.probe import probe
from redub.media.subtitles import parse_srt
from redub.paths import ensure
from redub.services.askedshot import Asked, asked_for
from redub.services.changes import Changes
from redub.services.editing import ShotView
from redub.services.faces import FaceBook
from redub.services.ledger import Ledger
from redub.services.reviewsheet import SheetFormat, sheet
from redub.services.takerecords import media_of
from redub.store import reviews
from redub.store.files import disk_errors, make_folder, publish, write_atomically

log = logging.getLogger(__name__)

REFERENCE = "reference"
MOST_PANES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """One video that stands beside others.

    :ivar key: id of its task, or `REFERENCE`
    :ivar alignment: which of its moments belongs to a moment of the result that is judged
    :ivar seconds: its own length
    :ivar view: the part of the picture around the mouth at one of its own moments
    """

    key: str
    title: str
    path: Path
    alignment: Alignment
    seconds: float
    view: Callable[[float], Box]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A result with what stands beside it.

    :ivar record: the task whose result is judged; its pane is the first one
    :ivar offered: (key, title) of everything that could stand beside it
    :ivar remark: what could not be aligned, and why; "" when all is well
    """

    record: TaskRecord
    panes: tuple[Pane, ...]
    review: Review
    offered: tuple[tuple[str, str], ...]
    remark: str = ""

    @property
    def seconds(self) -> float:
        """Return the length of the result."""
        return self.panes[0].seconds


class Reviews:
    """Opens results for judging and keeps what was decided; `changes` tells the id of a task that was judged."""

    def __init__(self, folder: Path, cache: Path, ledger: Ledger, faces: FaceBook) -> None:
        """Keep verdicts in `folder`; sounds that are laid out along a result lie in `cache` while they are heard."""
        self._folder, self._cache = folder, cache
        self._ledger, self._faces = ledger, faces
        self._turn = asyncio.Lock()
        self.changes: Changes[str] = Changes()

    async def open(self, id: str, view: ShotView, beside: tuple[str, ...] | None = None) -> Session:
        """Return the result of task `id` with what stands `beside` it; None puts the reference there.

        :raises UserError: the video is not there any more, or cannot be read
        """
        record = await self._ledger.read(lambda store: store.get(id))
        others = await self._ledger.read(lambda store: store.listed())
        return await asyncio.to_thread(self._opened, record, others, view, beside)

    async def keep(self, id: str, review: Review) -> None:
        """Keep what was decided about the result of task `id`; earlier decisions never overtake later ones."""
        async with self._turn:
            await asyncio.to_thread(reviews.save, self._folder, id, review)
        self.changes.tell(id)

    async def of(self, id: str) -> Review:
        """Return what was decided about the result of task `id`."""
        async with self._turn:
            return await asyncio.to_thread(reviews.load, self._folder, id)

    def write_sound(self, pane: Pane, name: str) -> Path:
        """Write the sound of a pane, aligned to the result, and return the file; blocks."""
        folder = ensure(self._cache / "review")
        with disk_errors(folder, "could not be written into"):
            return write_aligned(pane.path, folder / f"{name}.wav", pane.alignment)

    def forget_sounds(self) -> None:
        """Delete the sounds; blocks."""
        shutil.rmtree(self._cache / "review", ignore_errors=True)

    def _opened(
        self,
        record: TaskRecord,
        others: tuple[TaskRecord, ...],
        view: ShotView,
        beside: tuple[str, ...] | None,
    ) -> Session:
        path = _video_of(record)
        seconds = probe(path).duration
        sentences = _sentences(record, path)
        review = reviews.load(self._folder, record.id).taken_over(sentences) if sentences else Review()
        reference, remark = self._reference(record, view, seconds)
        look = reference.view if reference is not None else _usual_view
        inner = reference.alignment if reference is not None else as_it_is(seconds)
        first = Pane(
            key=record.id,
            title=_title(record),
            path=path,
            alignment=as_it_is(seconds),
            seconds=seconds,
            view=lambda moment: look(inner.moment(moment)),
        )
        comparable = {one.id: one for one in others if _is_beside(one, record)}
        offered = [(REFERENCE, reference.title)] if reference is not None else []
        offered += [(one.id, _title(one)) for one in comparable.values()]
        wanted = ((REFERENCE,) if beside is None else beside)[: MOST_PANES - 1]
        panes = [first]
        for key in wanted:
            if key == REFERENCE and reference is not None:
                panes.append(reference)
            elif key in comparable:
                panes.append(self._other(comparable[key], sentences, seconds))
        return Session(
            record=record,
            panes=tuple(panes),
            review=review,
            offered=tuple(offered),
            remark=remark,
        )

    def _other(self, record: TaskRecord, sentences: tuple[Sentence, ...], seconds: float) -> Pane:
        path = _video_of(record)
        own = probe(path).duration
        return Pane(
            key=record.id,
            title=_title(record),
            path=path,
            alignment=by_sentence(sentences, _sentences(record, path), seconds, own),
            seconds=own,
            view=_usual_view,
        )

    def _reference(self, record: TaskRecord, view: ShotView, seconds: float) -> tuple[Pane | None, str]:
        """Return the reference's pane where the open shot has the clip that the result was made from."""
        asked, facts = asked_for(record.request), view.facts
        if asked is None or facts is None or facts.video is None or not _is_made_from(record, view):
            return None, _(
                "The clip that it was made from is not the one that is open: it cannot stand beside it."
            )
        selection, stills, remark = _on_the_clip(asked, record, view)
        footage = Footage(
            duration=facts.duration,
            width=facts.video.shown_width,
            height=facts.video.shown_height,
            fps=facts.video.frame_rate or 25.0,
        )
        alignment = by_plan(plan_output(footage, selection, stills, asked.options, seconds))
        looks, person = self._looks(view)
        pane = Pane(
            key=REFERENCE,
            title=_("Reference · {name}").format(name=Path(facts.path).stem),
            path=Path(facts.path),
            alignment=alignment,
            seconds=facts.duration,
            view=lambda moment: mouth_view(looks, person, moment),
        )
        return pane, remark

    def _looks(self, view: ShotView) -> tuple[tuple[Look, ...], int | None]:
        known = self._faces.known(view.facts)
        return (known.looks, known.driven) if known is not None else ((), None)


def redo_edit(review: Review, record: TaskRecord, view: ShotView) -> tuple[Edit, str]:
    """Return the edit that makes the redo list the next take, and that take's id.

    The take says only these sentences, with the marks, voice and options of the take that they come from as it is
    now: what was corrected there since counts. It stands behind that take, or last when that was removed.

    :raises UserError: nothing is to be redone, or the result was spoken by a recording
    """
    take = next((one for one in view.shot.takes if one.id == record.take_id), None)
    asked = asked_for(record.request)
    script = take.script if take is not None else asked.script if asked is not None else ""
    if not review.redo:
        raise UserError(
            _("Nothing is to be redone."),
            next_step=_("Mark the sentences that are to be spoken again first."),
        )
    if not script.strip() or (take is not None and take.driver is not DriverType.TEXT):
        raise UserError(
            _("The next take cannot be written."),
            why=_("This result was spoken by a recording, not from a script."),
            next_step=_("Record the sentences anew; the review sheet lists them."),
        )
    wanted = redo_script(script, [one.text for one in review.sentences], review.redo)
    count = len(review.redo)
    said = ngettext("{name} · {n} sentence again", "{name} · {n} sentences again", count)
    model = take or view.take or Take(id="", name=record.take_name)
    made = replace(
        model,
        id=uuid.uuid4().hex,
        name=said.format(name=record.take_name or model.name, n=count),
        driver=DriverType.TEXT,
        script=wanted,
    )
    places = [one.id for one in view.shot.takes]
    place = places.index(record.take_id) + 1 if record.take_id in places else len(places)
    return (
        Edit(
            _("Make the redo list the next take"),
            lambda shot: edits.move_take(edits.add_take(shot, made), made.id, place),
        ),
        made.id,
    )


def export_take(record: TaskRecord, folder: Path) -> tuple[Path, ...]:
    """Copy the result and its subtitles into `folder`, under one name, and return where they lie; blocks.

    Another file is never written over, and a copy that is cut off leaves no file behind.

    :raises UserError, EnvironmentFault: a file is not there, or the folder does not take it
    """
    video = _video_of(record)
    subtitles = _subtitles_of(record, video)
    made = [_copy(video, make_folder(folder) / video.name)]
    if subtitles is not None:
        made.append(_copy(subtitles, made[0].with_suffix(".srt")))
    return tuple(made)


def export_sheet(record: TaskRecord, review: Review, path: Path) -> Path:
    """Write the review sheet to `path`; its ending says HTML or CSV; blocks.

    :raises UserError, EnvironmentFault: it could not be written
    """
    form = SheetFormat.CSV if path.suffix.casefold() == ".csv" else SheetFormat.HTML
    write_atomically(path, sheet(_title(record), review, form))
    return path


def _copy(source: Path, target: Path) -> Path:
    partial = target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        with disk_errors(target, "could not be copied"):
            shutil.copyfile(source, partial)
        return publish(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def _video_of(record: TaskRecord) -> Path:
    if not record.result:
        raise UserError(_("There is nothing to review yet."), why=record.message)
    path = Path(record.result)
    if not path.exists():
        raise UserError(
            _("The video is not there any more."),
            why=_("It was at {path}.").format(path=path),
            next_step=_("Say in the table of tasks where it is now."),
        )
    return path


def _subtitles_of(record: TaskRecord, video: Path) -> Path | None:
    places = (
        (Path(record.subtitles), video.with_suffix(".srt"))
        if record.subtitles
        else (video.with_suffix(".srt"),)
    )
    return next((path for path in places if path.is_file()), None)


def _sentences(record: TaskRecord, video: Path) -> tuple[Sentence, ...]:
    """Return the subtitles of a result; () where there are none that can be read."""
    path = _subtitles_of(record, video)
    if path is None:
        return ()
    try:
        cues = parse_srt(path.read_bytes().decode("utf-8", errors="replace"))
    except (OSError, RedubError) as exc:
        log.info("reviewed without subtitles: %s", exc)
        return ()
    return tuple(Sentence(cue.start, cue.end, cue.text) for cue in sorted(cues, key=lambda cue: cue.start))


def _title(record: TaskRecord) -> str:
    """Name a result so that two of the same take can be told apart."""
    made = datetime.fromtimestamp(record.created, UTC).astimezone()
    return f"{record.take_name or record.name or record.id[:8]} · {made:%m-%d %H:%M}"


def _is_beside(one: TaskRecord, record: TaskRecord) -> bool:
    """Say whether a task has a result of the same shot."""
    return one.id != record.id and one.shot == record.shot and bool(one.result) and Path(one.result).exists()


def _is_made_from(record: TaskRecord, view: ShotView) -> bool:
    """Say whether a result was made from the clip that is open: the same name and size."""
    facts = view.facts
    medium = next((one for one in media_of(record) if one.kind == REFERENCE), None)
    if facts is None or medium is None:
        return False
    return medium.name == Path(facts.path).name and medium.size in {None, facts.size}


def _on_the_clip(
    asked: Asked, record: TaskRecord, view: ShotView
) -> tuple[Selection, tuple[StillInterval, ...], str]:
    """Return what was asked for in times of the creator's clip, and a remark where they are not certain.

    Of a clip that was converted only a part may have been sent; the request has the times of that part then. They
    are found again as long as the segment of the shot is the one that was sent.
    """
    if view.part is not None:
        sent = as_sent(view.shot, view.part).selection
        if (sent.make_type, sent.start) == (asked.selection.make_type, asked.selection.start):
            return view.shot.selection, view.shot.still_intervals, ""
    medium = next((one for one in media_of(record) if one.kind == REFERENCE), None)
    may_be_part = medium is not None and bool(medium.sent_sha256) and asked.selection.start is not None
    changed = may_be_part and asked.selection != replace(view.shot.selection, only_part=None)
    remark = _("The segment was changed since: the reference may stand a little off.") if changed else ""
    return asked.selection, asked.still_intervals, remark


def _usual_view(_moment: float) -> Box:
    return mouth_view((), None, 0.0)
