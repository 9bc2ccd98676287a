"""The row under script and voice: hear it, how long it is, whether it fits, and Fit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from redub.core.shot import DriverType
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import row
from redub.ui.controls.words import label, restyle
from redub.ui.icons import icon
from redub.ui.listening.saying import clock, fit_words, length_words, needs_fit
from redub.ui.player.seekbar import SeekBar
from redub.ui.theme import scale

_LENGTH, _SOUND = range(2)


class ListeningBar(QWidget):
    """Signals: `hear_wanted` to play or pause, `stop_wanted`, `seek_wanted` (seconds of the sound), `fit_wanted`."""

    hear_wanted = Signal()
    stop_wanted = Signal()
    seek_wanted = Signal(float)
    fit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("listening")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        space = scale().space
        line = row(self, gap=space.small)
        line.setContentsMargins(space.medium, space.small, space.medium, space.small)
        self.hear = push_button(_("Hear it"), self.hear_wanted.emit, role="small", sign="listen")
        self.hear.setToolTip(_("Hear the script, or the part of it that is selected"))
        self.hear.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.stop = tool_button("stop", _("Stop the sound"), self.stop_wanted.emit)
        line.addWidget(self.hear)
        line.addWidget(self.stop)
        self._pages = QStackedWidget()
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._pages.addWidget(self._length_page())
        self._pages.addWidget(self._sound_page())
        line.addWidget(self._pages, 1)
        self._duration = 0.0
        self.show_idle()

    def _length_page(self) -> QWidget:
        page = QWidget()
        line = row(page, gap=scale().space.small)
        self.length = label("", "caption")
        self.length.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.fit = push_button(_("Fit…"), self.fit_wanted.emit, role="link")
        self.fit.setToolTip(_("Ways to let the speech end before the clip turns round"))
        line.addWidget(self.length, 1)
        line.addWidget(self.fit)
        return page

    def _sound_page(self) -> QWidget:
        page = QWidget()
        line = row(page, gap=scale().space.small)
        self.seek = SeekBar()
        self.seek.setAccessibleName(_("Position in the sound"))
        self.seek.wanted.connect(self.seek_wanted)
        self.time = label("", "caption")
        line.addWidget(self.seek, 1)
        line.addWidget(self.time)
        return page

    def show_view(self, view: ShotView) -> None:
        """Show how long the speech of the current take is."""
        take = view.take
        speaks = take is not None and take.driver is DriverType.TEXT and bool(take.script.strip())
        self.hear.setEnabled(speaks)
        parts = [part for part in (length_words(view), fit_words(view)) if part]
        self.length.setText(" · ".join(parts))
        self.length.setToolTip(
            _("Measured: it was heard or made.")
            if view.speech_is_real
            else _(
                "An estimate; it becomes exact when the script is heard, and learns from every one that was."
            )
        )
        wants = needs_fit(view)
        self.fit.setVisible(wants)
        restyle(self.length, "warning" if wants else "caption")

    def show_idle(self) -> None:
        """Show that nothing is heard."""
        self._show_playing(False)
        self.stop.setVisible(False)
        self._pages.setCurrentIndex(_LENGTH)

    def show_waiting(self, words: str) -> None:
        """Show that the sound is being made, in words."""
        self.stop.setVisible(True)
        self.seek.setVisible(False)
        self.time.setText(words)
        self._pages.setCurrentIndex(_SOUND)

    def show_sound(self, duration: float, *, plays: bool) -> None:
        """Show a sound of `duration` seconds, playing or paused."""
        self._duration = duration
        self.seek.set_duration(duration)
        self._show_playing(plays)
        self.stop.setVisible(True)
        self.seek.setVisible(True)
        self._pages.setCurrentIndex(_SOUND)

    def show_position(self, seconds: float) -> None:
        """Show where the sound is."""
        self.seek.show_cursor(seconds)
        self.time.setText(f"{clock(seconds)} / {clock(self._duration)}")

    def _show_playing(self, plays: bool) -> None:
        self.hear.setIcon(icon("pause" if plays else "listen"))
        self.hear.setText(_("Pause") if plays else _("Hear it"))
        self.hear.setAccessibleName(self.hear.text())
