"""Commands of the View menu."""

from __future__ import annotations

from redub.i18n import N_
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import needs_clip

VIEW = (
    Command(
        id="view.script",
        text=N_("Script"),
        menu=Menu.VIEW,
        icon="script",
        shortcuts=("Ctrl+1",),
        do=lambda desk: desk.look.show_panel("script"),
    ),
    Command(
        id="view.voice",
        text=N_("Voice"),
        menu=Menu.VIEW,
        icon="voice",
        shortcuts=("Ctrl+2",),
        do=lambda desk: desk.look.show_panel("voice"),
    ),
    Command(
        id="view.options",
        text=N_("Options"),
        menu=Menu.VIEW,
        icon="options",
        shortcuts=("Ctrl+3",),
        do=lambda desk: desk.look.show_panel("options"),
    ),
    Command(
        id="view.timeline",
        text=N_("Timeline"),
        menu=Menu.VIEW,
        icon="film",
        shortcuts=("Ctrl+4",),
        do=lambda desk: desk.look.show_panel("timeline"),
    ),
    Command(
        id="view.tasks",
        text=N_("Fold the tasks away, or unfold them"),
        menu=Menu.VIEW,
        icon="task",
        shortcuts=("Ctrl+J",),
        do=lambda desk: desk.look.fold_tasks(),
    ),
    Command(
        id="view.zoom_in",
        text=N_("Show less of the clip"),
        menu=Menu.VIEW,
        icon="zoom-in",
        shortcuts=("Ctrl++", "Ctrl+="),
        possible=needs_clip,
        starts_group=True,
        do=lambda desk: desk.look.zoom_in(),
    ),
    Command(
        id="view.zoom_out",
        text=N_("Show more of the clip"),
        menu=Menu.VIEW,
        icon="zoom-out",
        shortcuts=("Ctrl+-",),
        possible=needs_clip,
        do=lambda desk: desk.look.zoom_out(),
    ),
    Command(
        id="view.zoom_fit",
        text=N_("Show the whole clip"),
        menu=Menu.VIEW,
        icon="zoom-fit",
        shortcuts=("Ctrl+0",),
        possible=needs_clip,
        do=lambda desk: desk.look.zoom_fit(),
    ),
    Command(
        id="view.zoom_segment",
        text=N_("Show the segment"),
        menu=Menu.VIEW,
        shortcuts=("Ctrl+9",),
        possible=needs_clip,
        do=lambda desk: desk.look.zoom_segment(),
    ),
    Command(
        id="view.theme_system",
        text=N_("Colours of the system"),
        menu=Menu.VIEW,
        icon="theme",
        chosen=lambda situation: situation.theme == "system",
        starts_group=True,
        do=lambda desk: desk.look.choose_theme("system"),
    ),
    Command(
        id="view.theme_light",
        text=N_("Light colours"),
        menu=Menu.VIEW,
        chosen=lambda situation: situation.theme == "light",
        do=lambda desk: desk.look.choose_theme("light"),
    ),
    Command(
        id="view.theme_dark",
        text=N_("Dark colours"),
        menu=Menu.VIEW,
        chosen=lambda situation: situation.theme == "dark",
        do=lambda desk: desk.look.choose_theme("dark"),
    ),
    Command(
        id="view.full_screen",
        text=N_("Fill the screen"),
        menu=Menu.VIEW,
        icon="full-screen",
        shortcuts=("F11",),
        chosen=lambda situation: situation.full_screen,
        starts_group=True,
        do=lambda desk: desk.look.full_screen(),
    ),
)
