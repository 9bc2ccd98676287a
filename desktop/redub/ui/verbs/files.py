"""Opening, saving, and choosing the files of a shot."""

from __future__ import annotations

import asyncio
from pathlib import Path

from redub.core.progress import Progress
from redub.core.shot import Source
from redub.i18n import _
from redub.store.lastfolders import LastFolders
from redub.store.shotfile import SUFFIX
from redub.ui.ask import Choice, ask_choice, ask_open, ask_save
from redub.ui.instance.another import start_another
from redub.ui.notices import Notice, NoticeAction, NoticeLevel
from redub.ui.verbs.drops import Kind, file_filter, medium_edit
from redub.ui.verbs.tools import Tools

SAMPLE = "sample"
NO_SAVE, SAVE, STAY = "discard", "save", "stay"


class FileActions:
    """Open, save, choose."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._folders = LastFolders(tools.places.data)

    # Commands.

    def open_clip(self) -> None:
        """Ask for a clip and begin a shot over it."""
        self._tools.start(self._ask_and_open(_("Open a clip"), Kind.CLIP), "open a clip")

    def open_shot(self) -> None:
        """Ask for a shot and open it."""
        self._tools.start(self._ask_and_open(_("Open a shot"), Kind.SHOT), "open a shot")

    def open_sample(self) -> None:
        """Open the sample shot."""
        self._tools.start(self._leave_and_open_sample(), "open the sample")

    def new_window(self) -> None:
        """Start the program once more, with a window of its own."""
        if start_another():
            self._tools.say(_("Another window is on its way."), replace="new window")
        else:
            self._tools.say(
                _("Another window could not be opened."),
                _("The system did not start the program. See whether memory is left, and try again."),
                NoticeLevel.WARNING,
                "new window",
            )

    def save(self) -> None:
        """Save the shot where it lies; ask where when it lies nowhere yet."""
        self._tools.start(self.save_now(), "save the shot")

    def save_as(self) -> None:
        """Ask where to save the shot, and save it there."""
        self._tools.start(self._save_to_chosen(), "save the shot elsewhere")

    def quit(self) -> None:
        """Ask the program to end, as if the window were closed."""
        self._tools.window.close_requested.emit()

    # What others ask for.

    def choose(self, field: str) -> None:
        """Ask for the file of a field of the API page."""
        self._tools.start(self._choose(Kind(field)), f"choose {field}")

    async def open_path(self, path: Path) -> None:
        """Open a shot, or begin one over a clip."""
        bench = await self._tools.bench
        document = await bench.documents.open(path)
        self._tools.editing.open(document.shot, document.path)
        self._tools.notices.withdraw("open")

    async def open_sample_now(self) -> None:
        """Open the sample; say so while its clip is drawn."""
        bench = await self._tools.bench
        document = await bench.documents.sample(self._say_drawing)
        self._tools.notices.withdraw(SAMPLE)
        reference = document.shot.reference
        self._tools.sample_clip = reference.path if reference is not None else None
        self._tools.editing.open(document.shot, document.path)

    async def may_leave(self) -> bool:
        """Ask what becomes of unsaved changes; False when the person would rather stay."""
        view = self._tools.editing.view
        if not view.unsaved:
            return True
        answer = await ask_choice(
            self._tools.window,
            _("Save “{name}”?").format(name=self._tools.shot_name),
            _("It was changed since it was last saved. What is not saved is lost."),
            (
                Choice(SAVE, _("Save"), "primary"),
                Choice(NO_SAVE, _("Do not save")),
                Choice(STAY, _("Cancel"), is_escape=True),
            ),
        )
        return answer == NO_SAVE or (answer == SAVE and await self.save_now())

    async def save_now(self) -> bool:
        """Save where the shot lies, else ask where; False when the person did not say."""
        path = self._tools.editing.view.path
        return await self._save_to_chosen() if path is None else await self._save_to(path)

    # How.

    async def _ask_and_open(self, title: str, kind: Kind) -> None:
        if not await self.may_leave():
            return
        path = await self.ask_for(title, kind)
        if path is not None:
            await self.open_path(path)

    async def leave_and_open(self, path: Path) -> bool:
        """Open `path`, once the person has said what becomes of unsaved changes; False when he would rather stay."""
        may = await self.may_leave()
        if may:
            await self.open_path(path)
        return may

    async def ask_for(self, title: str, kind: Kind) -> Path | None:
        """Ask for a file, where one of its kind was found last."""
        folder = await self._folder(kind)
        path = await ask_open(self._tools.window, title, file_filter(kind), folder)
        await self._remember(kind, path)
        return path

    async def _remember(self, kind: Kind, path: Path | None) -> None:
        if path is not None:
            await asyncio.to_thread(self._folders.remember, kind.name.lower(), path.parent)

    async def _leave_and_open_sample(self) -> None:
        if await self.may_leave():
            await self.open_sample_now()

    async def _save_to_chosen(self) -> bool:
        suggestion = str(Path(await self._folder(Kind.SHOT)) / f"{self._tools.shot_name}{SUFFIX}")
        title = _("Save the shot")
        path = await ask_save(self._tools.window, title, file_filter(Kind.SHOT), suggestion, SUFFIX[1:])
        await self._remember(Kind.SHOT, path)
        return False if path is None else await self._save_to(path)

    async def _save_to(self, path: Path) -> bool:
        bench = await self._tools.bench
        shot = self._tools.editing.view.shot
        saved = await bench.documents.save(shot, path)
        self._tools.editing.saved(saved)
        return True

    async def _folder(self, kind: Kind) -> str:
        """Return the folder that a dialog begins in: a saved shot's own for the shot; else where a file of this kind
        was found last; else that of the shot or of its clip.
        """
        view = self._tools.editing.view
        if kind is Kind.SHOT and view.path is not None:
            return str(view.path.parent)
        last = (await asyncio.to_thread(self._folders.load)).get(kind.name.lower())
        if last is not None:
            return last
        if view.path is not None:
            return str(view.path.parent)
        reference = view.shot.reference
        if reference is not None and reference.path and not self._tools.is_sample:
            return str(Path(reference.path).parent)
        return str(Path.home())

    async def _choose(self, kind: Kind) -> None:
        path = await self.ask_for(_("Choose a file"), kind)
        if path is not None:
            self.put(kind, path)

    def begins_anew(self) -> bool:
        """Say whether a dropped clip begins a shot of its own: nothing of the person's would be lost."""
        view = self._tools.editing.view
        return view.shot.reference is None or (view.path is None and not view.unsaved)

    def put(self, kind: Kind, path: Path) -> None:
        """Put a file into its place in the shot or in the current take, and say so."""
        edit = medium_edit(kind, Source(path=str(path.absolute())), self._tools.editing.view.take_id)
        if edit is None:
            self._tools.say(_("Add a take first."), _("Recordings and photos belong to a take."))
            return
        self._tools.apply(edit)
        if kind is Kind.RECORDING:
            self._tools.window.arrangement.show_panel("voice")
        self._say_put(kind, path)

    def _say_put(self, kind: Kind, path: Path) -> None:
        words = {
            Kind.CLIP: _("“{name}” is the reference clip now."),
            Kind.RECORDING: _("“{name}” speaks this take now."),
            Kind.PHOTO: _("“{name}” says who speaks."),
            Kind.LETTER: _("“{name}” is the letter of authorization now."),
            Kind.LETTER_VIDEO: _("“{name}” is the authorization video now."),
        }[kind]
        undo = NoticeAction(_("Undo"), self._tools.editing.undo)
        text = words.format(name=path.name)
        self._tools.notices.post(Notice(level=NoticeLevel.OK, text=text, actions=(undo,), replace="put"))

    def _say_drawing(self, progress: Progress) -> None:
        """Say how far the sample is; called from a thread."""
        part = "" if progress.ratio is None else f" {progress.ratio:.0%}"
        text = _("The sample clip is being drawn, this once.{part}").format(part=part)
        self._tools.notices.post(Notice(level=NoticeLevel.INFO, text=text, replace=SAMPLE))
