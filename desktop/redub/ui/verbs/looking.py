"""Look into the media of the open shot whenever they have changed, so that findings and plan can follow."""

from __future__ import annotations

from redub.core.part import Part
from redub.core.shot import Source, Take
from redub.services.editing import ShotView
from redub.ui.verbs.tools import Tools

Media = tuple[Source | None, ...]


class Looking:
    """Listens to the shot; the newest look wins."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._seen: Media | None = None
        self._part: Part | None = None

    def show_view(self, view: ShotView) -> None:
        """Look when another medium was chosen."""
        media = _media(view)
        if media != self._seen:
            self._seen = media
            self._tools.start(self.look(), "look into the media")
        if view.part != self._part:
            self._part = view.part
            self._tools.start(self._look_for_copy(), "look for a converted copy")

    async def _look_for_copy(self) -> None:
        """Look for the copy of the part that is sent now."""
        bench = await self._tools.bench
        view = self._tools.editing.view
        if view.facts is not None and await bench.conversions.recall(view.facts, view.part):
            self._tools.editing.refresh()

    async def look(self) -> None:
        """Look into every medium of the current take, then let everything that follows be derived anew."""
        bench = await self._tools.bench
        view = self._tools.editing.view
        take = view.take or Take(id="", name="")  # a shot without takes has a reference and letters too
        await bench.preflight.look(view.shot, take, bench.voices.known, bench.accounts.site_name)
        self._tools.editing.refresh()
        facts = self._tools.editing.view.facts
        if facts is not None:
            bench.wholeness.begin(facts)


def _media(view: ShotView) -> Media:
    letters, take = view.shot.letters, view.take
    of_take = (take.recording, take.options.ref_photo) if take is not None else ()
    return (view.shot.reference, letters.written, letters.video, *of_take)
