"""Takes of the shot: add, duplicate, rename, remove, walk through them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from redub.core import edits
from redub.core.history import Edit
from redub.core.shot import Take
from redub.i18n import _
from redub.ui.ask import ask_text
from redub.ui.verbs.tools import Tools


class TakeActions:
    """The takes; making one is passed on to `make`."""

    def __init__(self, tools: Tools, make: Callable[[], object]) -> None:
        self._tools = tools
        self._make = make

    def add(self) -> None:
        """Add a take with the voice and the options of the current one, and begin to write it."""
        number = len(self._tools.editing.view.shot.takes) + 1
        self._tools.editing.add_take(_("Take {n}").format(n=number))
        self._tools.window.arrangement.show_panel("script")

    def duplicate(self) -> None:
        """Put a copy behind the current take, and work on it."""
        take = self._tools.editing.view.take
        if take is None:
            return
        new_id, name = uuid.uuid4().hex, _("{name} copy").format(name=take.name)
        change = partial(edits.duplicate_take, take_id=take.id, new_id=new_id, name=name)
        self._tools.apply(Edit(_("Duplicate take"), change))
        self._tools.editing.choose_take(new_id)

    def rename(self) -> None:
        """Ask for another name of the current take."""
        take = self._tools.editing.view.take
        if take is not None:
            self._tools.start(self._rename(take), "rename a take")

    def remove(self) -> None:
        """Remove the current take; undo brings it back."""
        take = self._tools.editing.view.take
        if take is not None:
            self._tools.apply(Edit(_("Remove take"), partial(edits.remove_take, take_id=take.id)))

    def next(self, by: int) -> None:
        """Work on the take `by` places further, round and round."""
        view = self._tools.editing.view
        ids = [take.id for take in view.shot.takes]
        if view.take_id in ids:
            self._tools.editing.choose_take(ids[(ids.index(view.take_id) + by) % len(ids)])

    def make(self) -> None:
        """Rehearse or make the current take at the chosen service."""
        self._make()

    async def _rename(self, take: Take) -> None:
        name = await ask_text(self._tools.window, _("Rename the take"), _("Name of the take"), take.name)
        if name and name != take.name:
            self._tools.apply(Edit(_("Rename take"), partial(edits.rename_take, take_id=take.id, name=name)))
