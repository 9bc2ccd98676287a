"""Joins what is known of the result to the strip that draws it: the prediction, its words, the splices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from redub.core.history import Edit
from redub.core.timbre import Timbre
from redub.media.speech import Spoken
from redub.services.editing import Editing, ShotView
from redub.services.listening import Heard
from redub.services.prediction import Predictions
from redub.ui.preview.panel import PreviewPanel
from redub.ui.preview.splicemeter import SpliceMeter
from redub.ui.timeline.resultstrip import ResultStrip

FOLDER = "predictions"
"""Where spoken scripts lie, in the folder for what can be made again."""


def join_result(
    preview: PreviewPanel,
    strip: ResultStrip,
    editing: Editing,
    apply: Callable[[Edit], object],
    cache: Path,
    timbres: Callable[[], tuple[Timbre, ...]],
) -> ResultFeed:
    """Let the result of the open shot be played and measured; `timbres` are the voices that were listed."""
    predictions = Predictions(cache / FOLDER, timbres=timbres)
    derive = editing.derive
    editing.derive = lambda view: predictions.complete(derive(view))
    feed = ResultFeed(preview, strip, predictions, apply=apply, refresh=editing.refresh)
    editing.listen(feed.show_view)
    return feed


class ResultFeed(QObject):
    """Wires one preview to one result strip.

    :ivar meter: measures the splices and looks for a better edge
    """

    def __init__(
        self,
        preview: PreviewPanel,
        strip: ResultStrip,
        predictions: Predictions,
        *,
        apply: Callable[[Edit], object],
        refresh: Callable[[], object],
    ) -> None:
        """Let `preview` play predictions; `apply` makes an edit, `refresh` derives the view with the true length."""
        super().__init__(preview)
        self._strip, self._predictions = strip, predictions
        self.meter = SpliceMeter(self)
        preview.use_predictions(predictions)
        preview.prediction_prepared.connect(lambda _prediction: refresh())
        preview.prediction_moved.connect(strip.show_playing)
        self.meter.measured.connect(strip.show_splices)
        self.meter.edit_wanted.connect(
            lambda edit: apply(edit)
        )  # an object without weak references may apply it
        self.meter.notice_wanted.connect(preview.notice_wanted)
        strip.improve_wanted.connect(self.meter.improve)

    def show_view(self, view: ShotView) -> None:
        """Show the words of the take that is worked on, and measure its splices; after the strip has the view."""
        self._strip.show_words(self._predictions.words(view))
        self.meter.show_view(view)

    def take_heard(self, heard: Heard) -> None:
        """Let predictions speak with the service's own voice where it was heard."""
        if heard.by_service:
            said = heard.utterance
            spoken = Spoken(heard.path, heard.duration, heard.words)
            self._predictions.take_heard(said.ssml, said.speech, spoken)

    def close(self) -> None:
        """Stop measuring, wait for the threads, and remove what was spoken."""
        self.meter.close()
        self._predictions.close()
