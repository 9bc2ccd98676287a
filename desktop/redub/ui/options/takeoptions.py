"""The options that a take carries, in three groups: repeating, faces, delivery."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit

from redub.core import edits
from redub.core.shot import ConcurrencyType, Options, Source, VideoLoop
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.sourcefield import SourceField
from redub.ui.options.choices import Choices, Way
from redub.ui.options.group import Group


class TakeGroup(Group):
    """A group whose rows show the `Options` of the current take."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._take_id = ""
        self._options = Options()

    def show_view(self, view: ShotView) -> None:
        """Show the options of the current take."""
        take = view.take
        self.setEnabled(take is not None)
        if take is not None:
            self._take_id, self._options = take.id, take.options
            self.show_options(take.options)

    def show_options(self, options: Options) -> None:
        """Show `options` in the rows."""
        raise RuntimeError(f"{type(self).__name__} does not say how {options} are shown")

    def put(self, words: str, **changed: object) -> None:
        """Ask for other options; the names are those of `Options`."""
        options = replace(self._options, **changed)  # type: ignore[arg-type]  # names and types of Options
        self.tell(words, partial(edits.set_options, take_id=self._take_id, options=options))

    def switch(self, title: str, api_name: str, name: str, sentence: str) -> QCheckBox:
        """Add a check box for the option `name`."""
        box = QCheckBox(title)
        box.toggled.connect(lambda on: self._on_switched(title, name, on))
        self.add_beside("", api_name, box, sentence)
        return box

    def _on_switched(self, title: str, name: str, on: bool) -> None:
        if getattr(self._options, name) != on:
            self.put(title, **{name: on})


class RepeatGroup(TakeGroup):
    """VideoLoop."""

    def __init__(self) -> None:
        super().__init__(_("When the speech is longer than the clip"))
        self._loop = Choices(
            _("When the speech is longer than the clip"),
            (
                Way(VideoLoop.REVERSE, _("Go there and back"), _("No jump; movements also run backwards.")),
                Way(VideoLoop.FORWARD, _("Start again"), _("Always forward, with a jump at the seam.")),
            ),
        )
        self._loop.chosen.connect(lambda loop: self.put(_("Choose how the clip repeats"), loop=loop))
        self.add_row(_("The clip should"), "VideoLoop", self._loop)

    def show_options(self, options: Options) -> None:
        """Show how the clip repeats."""
        self._loop.show_value(options.loop)


class FacesGroup(TakeGroup):
    """RefPhotoUrl, DisableIdDetect, DisableOcclusionDetect, EnableFakeTeeth."""

    def __init__(self) -> None:
        super().__init__(_("Face and mouth"))
        self._track = self.switch(
            _("Follow one person"),
            "VideoParam.DisableIdDetect",
            "track_face",
            _("Only one face speaks. Off: the largest face in each frame is driven, whoever it is."),
        )
        self._photo = SourceField(_("Photo of the person"))
        self._photo.picked.connect(self._on_photo)
        self._photo.choose_wanted.connect(partial(self.choose_wanted.emit, "VideoParam.RefPhotoUrl"))
        self.add_row(
            _("Photo of the person"),
            "VideoParam.RefPhotoUrl",
            self._photo,
            _("Says who speaks when several people are in the clip. Without it: the largest face."),
        )
        self._occlusion = self.switch(
            _("Leave a covered mouth alone"),
            "VideoParam.DisableOcclusionDetect",
            "detect_occlusion",
            _("While a hand or a microphone covers the mouth, the lips stay as filmed."),
        )
        self._teeth = self.switch(
            _("Draw new teeth"),
            "VideoParam.EnableFakeTeeth",
            "new_teeth",
            _("The teeth are made anew and not taken from the clip."),
        )

    def show_options(self, options: Options) -> None:
        """Show who is driven and how."""
        self._track.setChecked(options.track_face)
        self._photo.show_source(options.ref_photo)
        self._occlusion.setChecked(options.detect_occlusion)
        self._teeth.setChecked(options.new_teeth)

    def _on_photo(self, source: Source | None) -> None:
        self.put(_("Choose a photo"), ref_photo=source)


class DeliveryGroup(TakeGroup):
    """VideoParametersConsistent, ConcurrencyType, CallbackUrl."""

    def __init__(self) -> None:
        super().__init__(_("Quality and delivery"))
        self._match = self.switch(
            _("As the clip"),
            "VideoParametersConsistent",
            "match_input",
            _("Frame rate and bitrate follow the clip. Off: 25 frames a second, at a steady quality."),
        )
        ways = (
            Way(None, _("As the account has it"), _("Exclusive if it was bought, else Shared.")),
            Way(ConcurrencyType.SHARED, _("Shared"), _("Counts on the hour package; at most 2560 × 1440.")),
            Way(ConcurrencyType.EXCLUSIVE, _("Exclusive"), _("Own slot; up to 20 minutes and 4096 × 4096.")),
        )
        self._concurrency = Choices(_("Paid with"), ways)
        self._concurrency.chosen.connect(lambda way: self.put(_("Choose how it is paid"), concurrency=way))
        self.add_row(_("Paid with"), "ConcurrencyType", self._concurrency)
        self._callback = QLineEdit()
        self._callback.setPlaceholderText("https://")
        self._callback.editingFinished.connect(self._on_callback)
        says = _("The service tells it once when the video is ready. Leave it empty if you have no server.")
        self.add_row(_("Tell a server of yours"), "CallbackUrl", self._callback, says)

    def show_options(self, options: Options) -> None:
        """Show how the result is made and told."""
        self._match.setChecked(options.match_input)
        self._concurrency.show_value(options.concurrency)
        if not (self._callback.hasFocus() and self._callback.isModified()):
            self._callback.setText(options.callback_url or "")

    def _on_callback(self) -> None:
        typed = self._callback.text().strip() or None
        self._callback.setModified(False)
        if typed != self._options.callback_url:
            self.put(_("Change the callback address"), callback_url=typed)
