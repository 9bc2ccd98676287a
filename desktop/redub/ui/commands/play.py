"""Commands of the Play menu: the transport of the reference."""

from __future__ import annotations

from redub.i18n import N_
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import needs_clip

PLAY = (
    Command(
        id="play.toggle",
        text=N_("Play or pause"),
        menu=Menu.PLAY,
        icon="play",
        shortcuts=("Space",),
        possible=needs_clip,
        do=lambda desk: desk.play.toggle(),
    ),
    Command(
        id="play.backward",
        text=N_("Play backwards"),
        menu=Menu.PLAY,
        shortcuts=("J",),
        possible=needs_clip,
        do=lambda desk: desk.play.play_backward(),
    ),
    Command(
        id="play.pause",
        text=N_("Pause"),
        menu=Menu.PLAY,
        icon="pause",
        shortcuts=("K",),
        possible=needs_clip,
        do=lambda desk: desk.play.pause(),
    ),
    Command(
        id="play.forward",
        text=N_("Play forwards"),
        menu=Menu.PLAY,
        shortcuts=("L",),
        possible=needs_clip,
        do=lambda desk: desk.play.play_forward(),
    ),
    Command(
        id="play.step_back",
        text=N_("One frame back"),
        menu=Menu.PLAY,
        icon="step-back",
        shortcuts=(",",),
        possible=needs_clip,
        starts_group=True,
        do=lambda desk: desk.play.step(-1),
    ),
    Command(
        id="play.step_forward",
        text=N_("One frame on"),
        menu=Menu.PLAY,
        icon="step-forward",
        shortcuts=(".",),
        possible=needs_clip,
        do=lambda desk: desk.play.step(1),
    ),
    Command(
        id="play.to_start",
        text=N_("To the first frame"),
        menu=Menu.PLAY,
        icon="to-start",
        shortcuts=("Home",),
        possible=needs_clip,
        do=lambda desk: desk.play.go_to_start(),
    ),
    Command(
        id="play.to_end",
        text=N_("To the last frame"),
        menu=Menu.PLAY,
        icon="to-end",
        shortcuts=("End",),
        possible=needs_clip,
        do=lambda desk: desk.play.go_to_end(),
    ),
    Command(
        id="play.to_segment_start",
        text=N_("To the start of the segment"),
        menu=Menu.PLAY,
        shortcuts=("Shift+I",),
        possible=needs_clip,
        do=lambda desk: desk.play.go_to_segment_start(),
    ),
    Command(
        id="play.to_segment_end",
        text=N_("To the end of the segment"),
        menu=Menu.PLAY,
        shortcuts=("Shift+O",),
        possible=needs_clip,
        do=lambda desk: desk.play.go_to_segment_end(),
    ),
    Command(
        id="play.loop",
        text=N_("Play the segment round and round"),
        menu=Menu.PLAY,
        icon="loop",
        shortcuts=("Ctrl+L",),
        possible=needs_clip,
        starts_group=True,
        do=lambda desk: desk.play.toggle_loop(),
    ),
)
