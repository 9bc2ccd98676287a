"""Measures the splices of the shown plan in a thread of its own, the newest plan only."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from redub.core.errors import RedubError
from redub.core.outputplan import OutputPlan
from redub.core.splice import improve_splice
from redub.i18n import _
from redub.services.editing import ShotView
from redub.services.predictionsplices import BetterEdge, better_edge, measure_splices

log = logging.getLogger(__name__)

_REST_MS = 400
"""So long nothing may change before a plan is measured: a drag is not."""
_Cancelled = Callable[[], bool]


class SpliceMeter(QObject):
    """Signals.

    `measured` (tuple of MeasuredSplice, () while nothing is known), `edit_wanted` (Edit) with a better edge,
    `notice_wanted` (sentence) when there is none.
    """

    measured = Signal(object)
    edit_wanted = Signal(object)
    notice_wanted = Signal(str)
    _found = Signal(object, object)
    _proposed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: ShotView | None = None
        self._key: tuple[str, OutputPlan] | None = None
        self._token = object()
        self._threads: list[threading.Thread] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._measure)
        self._found.connect(self._on_found, Qt.ConnectionType.QueuedConnection)
        self._proposed.connect(self._on_proposed, Qt.ConnectionType.QueuedConnection)

    def show_view(self, view: ShotView) -> None:
        """Measure the plan of `view` when it stays for a moment."""
        self._view = view
        key = (
            (view.facts.content_key, view.plan) if view.facts is not None and view.plan is not None else None
        )
        if key == self._key:
            return
        self._key, self._token = key, object()
        self.measured.emit(())
        if key is not None and key[1].splices():
            self._rest.start()
        else:
            self._rest.stop()

    def improve(self) -> None:
        """Look for the edge that hides the jump best, and ask for it."""
        view, token = self._view, self._token
        if view is not None:
            self.notice_wanted.emit(_("Every edge within half a second is being compared."))
            self._start(lambda cancelled: self._proposed.emit(token, better_edge(view, cancelled)))

    def close(self) -> None:
        """Stop and wait for the threads."""
        self._rest.stop()
        self._key, self._token = None, object()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _measure(self) -> None:
        view, token = self._view, self._token
        if view is None or view.facts is None or view.plan is None:
            return
        path, plan = Path(view.facts.path), view.plan
        self._start(lambda cancelled: self._found.emit(token, measure_splices(path, plan, cancelled)))

    def _start(self, work: Callable[[_Cancelled], None]) -> None:
        token = self._token
        self._threads = [one for one in self._threads if one.is_alive()]

        def run() -> None:
            try:
                work(lambda: token is not self._token)
            except RedubError as problem:
                log.info("the splices cannot be measured: %s", problem)

        thread = threading.Thread(target=run, name="redub-splices", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _on_found(self, token: object, measured: object) -> None:
        if token is self._token:
            self.measured.emit(measured)

    def _on_proposed(self, token: object, found: BetterEdge | None) -> None:
        if token is not self._token or found is None:
            return
        if found.is_better:
            self.edit_wanted.emit(improve_splice(found.start, found.end))
            self.notice_wanted.emit(_better_words(found))
        else:
            self.notice_wanted.emit(_("No edge within half a second hides this splice better."))


def _better_words(found: BetterEdge) -> str:
    """Return what became of the splice."""
    return _("The segment is {start} to {end} s now, where the splice is seen least.").format(
        start=f"{found.start:.3f}", end=f"{found.end:.3f}"
    )
