"""Joins the proxy of the open clip to the preview: its copies are shown first, and its making is said quietly."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from redub.i18n import _
from redub.media.proxy import ProxyPictures
from redub.services.proxies import ProxyState
from redub.ui.preview.panel import PreviewPanel


class ProxyFeed(QObject):
    """Hands the proxy on as soon as the first piece of it can be used."""

    def __init__(self, preview: PreviewPanel) -> None:
        super().__init__(preview)
        self._preview = preview
        self._used: Path | None = None

    def show_state(self, state: ProxyState | None) -> None:
        """Take how far the proxy of the open clip is; None when it has none."""
        if state is None or state.path != self._preview.playback.path:
            self._used = None
            self._preview.canvas.show_whisper("")
            return
        if state.done and state.folder != self._used:
            self._used = state.folder
            self._preview.playback.use_stand_in(ProxyPictures(state.folder, state.pictures))
        percent = round(100 * state.done / max(1, state.total))
        said = _("Getting ready for quick seeking: {percent} %").format(percent=percent)
        self._preview.canvas.show_whisper("" if state.whole else said)
