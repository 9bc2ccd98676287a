"""Reviewing results: what stands beside a result and how it is aligned, what was decided, and what comes of it."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from redub.core.errors import RedubError
from redub.core.faces import Box, Look
from redub.core.outputplan import Footage, plan_output
from redub.core.part import as_sent
from redub.core.review import (
    Alignment,
    Review,
    Sentence,
    as_it_is,
    by_plan,
    by_sentence,
    mouth_view,
)
from redub.core.shot import Selection, StillInterval
from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.media.alignedsound import write_aligned
from redub.media.probe import probe
from redub.paths import ensure
from redub.services.askedshot import Asked, asked_for
from redub.services.changes import Changes
from redub.services.editing import ShotView
from redub.services.faces import FaceBook
from redub.services.ledger import Ledger
from redub.services.reviewfiles import sentences_of, title_of, video_of
from redub.services.reviewsheet import summary
from redub.services.takerecords import media_of
from redub.store import reviews
from redub.store.files import disk_errors

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
    """Opens results for judging and keeps what was decided; `changes` tells how one stands, in words, by task."""

    def __init__(self, folder: Path, cache: Path, ledger: Ledger, faces: FaceBook) -> None:
        """Keep verdicts in `folder`; sounds that are laid out along a result lie in `cache` while they are heard."""
        self._folder, self._cache = folder, cache
        self._ledger, self._faces = ledger, faces
        self._turn = asyncio.Lock()
        self.changes: Changes[dict[str, str]] = Changes()

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
        self.changes.tell({id: summary(review)})

    async def summaries(self) -> dict[str, str]:
        """Return how every review stands, by task, in a few words; one that cannot be read is left out."""
        async with self._turn:
            return await asyncio.to_thread(self._summaries)

    def _summaries(self) -> dict[str, str]:
        found = {}
        for task in reviews.tasks(self._folder):
            try:
                found[task] = summary(reviews.load(self._folder, task))
            except RedubError as error:
                log.info("a review cannot be read: %s", error)
        return found

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
        path = video_of(record)
        seconds = probe(path).duration
        sentences = sentences_of(record, path)
        review = reviews.load(self._folder, record.id).taken_over(sentences) if sentences else Review()
        reference, remark = self._reference(record, view, seconds)
        look = reference.view if reference is not None else _usual_view
        inner = reference.alignment if reference is not None else as_it_is(seconds)
        first = Pane(
            key=record.id,
            title=title_of(record),
            path=path,
            alignment=as_it_is(seconds),
            seconds=seconds,
            view=lambda moment: look(inner.moment(moment)),
        )
        comparable = {one.id: one for one in others if _is_beside(one, record)}
        offered = [(REFERENCE, reference.title)] if reference is not None else []
        offered += [(one.id, title_of(one)) for one in comparable.values()]
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
        path = video_of(record)
        own = probe(path).duration
        return Pane(
            key=record.id,
            title=title_of(record),
            path=path,
            alignment=by_sentence(sentences, sentences_of(record, path), seconds, own),
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
