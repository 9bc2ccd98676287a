"""The script of the current take: marks, problems, views, and what is remembered about writing."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from redub.core import edits
from redub.core.history import Edit
from redub.core.limits import limits_for
from redub.core.shot import Shot, Take
from redub.core.ssml.cutting import split_script
from redub.core.ssml.document import whole_count
from redub.core.ssml.presets import Preset
from redub.i18n import _, ngettext
from redub.services.readings import readings
from redub.store import presets as presets_file
from redub.ui.notices import NoticeLevel
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.ui.script.panel import ScriptPanel


class ScriptActions:
    """The verbs of the script; `join` gives them the panel, which comes with the stage."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def join(self, panel: ScriptPanel) -> None:
        """Serve `panel`: look up readings, remember choices, split."""
        panel.readings_wanted.connect(self._find_readings)
        panel.line_breaks_chosen.connect(self._keep_line_breaks)
        panel.presets_changed.connect(self._keep_presets)
        panel.split_wanted.connect(self._split)
        self._tools.start(self._recall(panel), "recall how scripts are written")

    # The commands.

    def mark(self, tag: str) -> None:
        """Mark the selection with `tag`."""
        self._with_panel(lambda panel: panel.mark(tag))

    def find_mark(self) -> None:
        """Find a mark or preset by typing."""
        self._with_panel(lambda panel: panel.find_mark())

    def change_mark(self) -> None:
        """Ask for other settings of the mark at the cursor."""
        self._with_panel(lambda panel: panel.marking.change_here())

    def remove_mark(self) -> None:
        """Take away the mark at the cursor; its words stay."""
        self._with_panel(lambda panel: panel.marking.remove_here())

    def problem(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) problem."""
        self._with_panel(lambda panel: panel.strip.step(by))

    def fix(self) -> None:
        """Fix the problem that is shown."""
        self._with_panel(lambda panel: panel.strip.fix())

    def show_source(self) -> None:
        """Show the source, or the script again."""
        self._with_panel(lambda panel: panel.palette_row.source.toggle())

    def show_both(self) -> None:
        """Show script and source together, or the script alone."""
        self._with_panel(lambda panel: panel.palette_row.both.toggle())

    def split(self) -> None:
        """Split a script that is too long into takes, at the ends of sentences."""
        self._split(self._tools.editing.view.take_id)

    def _with_panel(self, do: Callable[[ScriptPanel], object]) -> None:
        stage = self._tools.stage
        if stage is None:
            return
        if not stage.script.isVisible():
            self._tools.window.arrangement.show_panel("script")
        do(stage.script)

    # Splitting.

    def _split(self, take_id: str) -> None:
        take = next((one for one in self._tools.editing.view.shot.takes if one.id == take_id), None)
        if take is None:
            return
        limit = limits_for(self._tools.site)["script.length"]
        scripts = split_script(take.script, int(limit.high or 2000), int(limit.low or 1))
        longest = max(whole_count(one) for one in scripts)
        if limit.too_high(longest):
            said = _("This script cannot be split: one of its marks alone is longer than the service takes.")
            self._tools.say(said, level=NoticeLevel.WARNING, replace="script")
        elif len(scripts) > 1:
            self._tools.apply(Edit(_("Split into takes"), _splitting(take, scripts)))
            said = ngettext("The script is now {n} take.", "The script is now {n} takes.", len(scripts))
            more = _("Each has the same voice and options. One undo puts them together again.")
            self._tools.say(said.format(n=len(scripts)), more, replace="script")

    # Readings of Chinese characters.

    def _find_readings(self, text: str, first: int, last: int) -> None:
        self._tools.start(self._show_readings(text, first, last), "look up readings")

    async def _show_readings(self, text: str, first: int, last: int) -> None:
        found = await readings(text, first, last)
        if self._tools.stage is not None:
            self._tools.stage.script.show_readings(text[first:last], found)

    # What is remembered.

    async def _recall(self, panel: ScriptPanel) -> None:
        bench = await self._tools.bench
        panel.use_line_breaks(bench.preferences.settings.script_line_breaks)
        bench.preferences.changes.listen(lambda settings: panel.use_line_breaks(settings.script_line_breaks))
        file = self._tools.places.config / presets_file.FILE_NAME
        panel.use_presets(await asyncio.to_thread(presets_file.load, file))

    def _keep_line_breaks(self, row: str) -> None:
        self._tools.start(self._save_line_breaks(row), "remember what line breaks become")

    async def _save_line_breaks(self, row: str) -> None:
        bench = await self._tools.bench
        await bench.preferences.change(script_line_breaks=row)

    def _keep_presets(self, presets: Sequence[Preset]) -> None:
        file = self._tools.places.config / presets_file.FILE_NAME
        self._tools.start(asyncio.to_thread(presets_file.save, presets, file), "remember presets")


def _splitting(take: Take, scripts: Sequence[str]) -> partial[Shot]:
    ids = tuple(uuid.uuid4().hex for _one in scripts[1:])
    name = _("{name} ({n} of {total})")
    return partial(edits.split_take, take_id=take.id, scripts=tuple(scripts), new_ids=ids, name=name)
