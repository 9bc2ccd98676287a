"""How one take is drawn: name over words, its driver on the left, where its newest task stands on the right."""

from __future__ import annotations

from redub.ui.controls.twolines import Index, Lines, TwoLines
from redub.ui.takes.model import ROW_ROLE
from redub.ui.takes.rows import TakeRow
from redub.ui.tasks.states import state_sign


class TakeDelegate(TwoLines):
    """Draw a `TakeRow`."""

    def lines(self, index: Index) -> Lines:
        """Return the take's two lines and signs."""
        row: TakeRow = index.data(ROW_ROLE)
        driver = ("waveform" if row.is_recording else "script", "quiet")
        return Lines(row.name, row.words, driver, None if row.state is None else state_sign(row.state))
