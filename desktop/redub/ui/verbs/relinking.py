"""The reference that was moved, replaced or changed on disk: said at once, found again, put back with every mark."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from redub.core import edits
from redub.core.clip import ClipFacts
from redub.core.history import Edit
from redub.core.identity import ClipIdentity, identity_of
from redub.core.shot import Shot, Source
from redub.i18n import _
from redub.services.editing import ShotView
from redub.services.relinking import Found, changes, difference_words, find_again, stamp_of
from redub.services.threads import in_thread
from redub.store.knownclips import KnownClips
from redub.ui.ask import ask_open
from redub.ui.notices import Notice, NoticeAction, NoticeLevel
from redub.ui.verbs.drops import Kind, file_filter
from redub.ui.verbs.looking import Looking
from redub.ui.verbs.tools import Tools

NOTICE = "reference"
FILE_NAME = "clips.json"


class Relinking:
    """Watches the file of the open reference, and leads back to it.

    The shot is never changed by itself: what is offered is an edit, and undo takes it back.
    """

    def __init__(self, tools: Tools) -> None:
        self._tools, self._look = tools, Looking(tools).look
        self._known = KnownClips(tools.places.data / FILE_NAME)
        self._watch: asyncio.Task[None] | None = None
        self._path = ""
        self._identity: ClipIdentity | None = None
        self._is_lost = False

    def show_view(self, view: ShotView) -> None:
        """Watch the reference of `view`, and say when it is not what it was."""
        reference = view.shot.reference
        path = (reference.path or "") if reference is not None else ""
        if path != self._path:
            self._begin(path)
        if view.facts is not None and view.facts.path == path:
            self._see(view.facts)
        elif view.trouble and path and not self._is_lost:
            self._is_lost = True
            self._tools.start(self._say_lost(path, view.trouble), "look for the clip")

    def _begin(self, path: str) -> None:
        self._path, self._identity, self._is_lost = path, None, False
        self._tools.notices.withdraw(NOTICE)
        if self._watch is not None:
            self._watch.cancel()
        self._watch = None
        if path:
            self._watch = self._tools.scope.start(self._follow(path), name="watch the clip")

    async def _follow(self, path: str) -> None:
        async for _stamp in changes(path):
            await self._look()

    # What is there.

    def _see(self, facts: ClipFacts) -> None:
        """Note what lies at the path now; say when it is another clip than before."""
        now, before = identity_of(facts), self._identity
        if self._is_lost:
            self._is_lost = False
            self._tools.notices.withdraw(NOTICE)
        if now == before:
            return
        self._identity = now
        self._tools.start(self._compare(facts.path, before, now), "remember the clip")

    async def _compare(self, path: str, before: ClipIdentity | None, now: ClipIdentity) -> None:
        if before is None:
            before = await asyncio.to_thread(self._known.identity, path)
        await asyncio.to_thread(self._known.remember, path, now)
        words = difference_words(before, now) if before is not None else ""
        if words and path == self._path:
            text = _("“{name}” was changed on disk: {words}.").format(name=Path(path).name, words=words)
            self._tools.say(text, _marks_stay(), NoticeLevel.WARNING, replace=NOTICE)

    # What is not there.

    async def _say_lost(self, path: str, trouble: str) -> None:
        lost, shot = Path(path), self._tools.editing.view.path
        identity = self._identity or await asyncio.to_thread(self._known.identity, path)
        self._identity = identity
        found = None
        if await asyncio.to_thread(stamp_of, path) is None:
            found = await in_thread(lambda stopped: find_again(lost, identity, shot, stopped))
        if identity is None and found is None:
            return  # it never was there: preview and findings say why it cannot be used
        if self._is_lost and path == self._path:
            self._tools.notices.post(self._offer(lost, trouble, found))

    def _offer(self, lost: Path, trouble: str, found: Found | None) -> Notice:
        choose = NoticeAction(_("Choose…"), self.choose)
        if found is None:
            more = _("Your marks are kept. Put it back, or choose where it is now.")
            actions: tuple[NoticeAction, ...] = (choose,)
        else:
            same = _("The same clip lies in {folder} as “{name}”.")
            named = _("A clip of the same name lies in {folder}.")
            more = (same if found.is_same else named).format(folder=found.path.parent, name=found.path.name)
            actions = (NoticeAction(_("Relink"), partial(self.take, found.path)), choose)
        return Notice(level=NoticeLevel.ERROR, text=trouble, more=more, actions=actions, replace=NOTICE)

    def remembers(self, path: str) -> bool:
        """Say whether it is known which clip lies at `path`, for other runs too; blocks."""
        return self._known.identity(path) is not None

    # The way back.

    def choose(self) -> None:
        """Ask where the clip is now, and use it there."""
        self._tools.start(self._choose(), "relink the clip")

    def take(self, path: Path) -> None:
        """Use the clip at `path` instead; every mark stays."""
        self._tools.start(self._take(path), "relink the clip")

    async def _choose(self) -> None:
        title = _("Where is “{name}” now?").format(name=Path(self._path).name)
        path = await ask_open(self._tools.window, title, file_filter(Kind.CLIP), self._folder())
        if path is not None:
            await self._take(path)

    def _folder(self) -> str:
        """Return the folder in which the clip lay, or the nearest above it that is still there."""
        return str(next((place for place in Path(self._path).parents if place.is_dir()), Path.home()))

    async def _take(self, path: Path) -> None:
        bench = await self._tools.bench
        facts = await bench.preflight.look_at_clip(path)
        before, old = self._identity, Path(self._path)
        words = difference_words(before, identity_of(facts)) if before is not None else ""
        self._tools.apply(Edit(_("Relink the clip"), partial(_relinked, path=facts.path, is_same=not words)))
        self._say_taken(old, path, words)

    def _say_taken(self, old: Path, path: Path, words: str) -> None:
        undo = NoticeAction(_("Undo"), self._tools.editing.undo)
        if words:
            text = _("“{name}” is another clip than “{old}”: {words}.").format(
                name=path.name, old=old.name, words=words
            )
            level = NoticeLevel.WARNING
        else:
            text, level = _("The clip is used from {folder} now.").format(folder=path.parent), NoticeLevel.OK
        self._tools.notices.post(
            Notice(level=level, text=text, more=_marks_stay(), actions=(undo,), replace=NOTICE)
        )


def _marks_stay() -> str:
    return _("Every mark is kept as it is; the timeline shows those that do not fit.")


def _relinked(shot: Shot, path: str, is_same: bool) -> Shot:
    """Return the shot over the clip at `path`; an address holds the same clip, or is dropped with the old one."""
    url = shot.reference.url if shot.reference is not None and is_same else None
    return edits.set_reference(shot, Source(path=path, url=url))
