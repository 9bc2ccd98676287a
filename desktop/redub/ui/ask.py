"""Ask the person something without stopping the program: a dialog is opened, a future waits for its answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from redub.i18n import _
from redub.ui.controls.buttons import ButtonRole, push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.theme import scale

_WORDS_WIDTH = 392


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key, its words, how its button looks, and whether Escape and closing mean it."""

    key: str
    text: str
    role: ButtonRole = ""
    is_escape: bool = False


async def ask(dialog: QDialog) -> int:
    """Show `dialog`, wait for it to be closed, and return how; when the waiting is cancelled, it is closed."""
    closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def on_finished(code: int) -> None:
        if not closed.done():
            closed.set_result(code)

    dialog.finished.connect(on_finished)
    dialog.open()
    try:
        return await closed
    finally:
        dialog.close()
        dialog.deleteLater()


async def ask_choice(parent: QWidget, title: str, sentence: str, choices: tuple[Choice, ...]) -> str:
    """Ask which of `choices` is wanted and return its key; the first one is what Return means."""
    dialog = ChoiceDialog(parent, title, sentence, choices)
    await ask(dialog)
    return dialog.chosen


async def ask_text(parent: QWidget, title: str, name: str, text: str) -> str | None:
    """Ask for one line, with `text` in it and selected; None when the person does not want to."""
    dialog = TextDialog(parent, title, name, text)
    code = await ask(dialog)
    return dialog.text if code == QDialog.DialogCode.Accepted else None


async def ask_open(parent: QWidget, title: str, filters: str, folder: str = "") -> Path | None:
    """Ask for a file that exists; None when none was chosen."""
    dialog = QFileDialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _file(dialog)


async def ask_open_many(parent: QWidget, title: str, filters: str, folder: str = "") -> tuple[Path, ...]:
    """Ask for files that exist; () when none was chosen."""
    dialog = QFileDialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    code = await ask(dialog)
    files = dialog.selectedFiles() if code == QDialog.DialogCode.Accepted else []
    return tuple(Path(file) for file in files)


async def ask_folder(parent: QWidget, title: str, folder: str = "") -> Path | None:
    """Ask for a folder; None when none was chosen."""
    dialog = QFileDialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return await _file(dialog)


async def ask_save(parent: QWidget, title: str, filters: str, suggestion: str, suffix: str) -> Path | None:
    """Ask where to save; None when nowhere. The dialog itself asks before a file is replaced."""
    dialog = QFileDialog(parent, title, suggestion, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(suggestion)
    return await _file(dialog)


async def _file(dialog: QFileDialog) -> Path | None:
    code = await ask(dialog)
    files = dialog.selectedFiles()
    return Path(files[0]) if code == QDialog.DialogCode.Accepted and files else None


class ChoiceDialog(QDialog):
    """A question in a sentence, with a button for every answer."""

    def __init__(self, parent: QWidget, title: str, sentence: str, choices: tuple[Choice, ...]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(sentence)
        self.chosen = next((choice.key for choice in choices if choice.is_escape), "")
        whole = column(self, margin=scale().space.wide, gap=scale().space.medium)
        for words in (label(title, "title", wrap=True), label(sentence, wrap=True)):
            words.setMinimumWidth(_WORDS_WIDTH)  # its height is reckoned from this
            whole.addWidget(words)
        whole.addStretch(1)
        buttons = row()
        buttons.addStretch(1)
        for choice in reversed(choices):
            button = push_button(choice.text, partial(self._choose, choice.key), role=choice.role)
            button.setDefault(choice is choices[0])
            buttons.addWidget(button)
        whole.addLayout(buttons)
        self.setMinimumWidth(440)

    def _choose(self, key: str) -> None:
        self.chosen = key
        self.accept()


class TextDialog(QDialog):
    """One line of text with its name."""

    def __init__(self, parent: QWidget, title: str, name: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        whole = column(self, margin=scale().space.wide, gap=scale().space.medium)
        whole.addWidget(label(title, "title"))
        self._line = QLineEdit(text)
        self._line.setAccessibleName(name)
        self._line.selectAll()
        whole.addWidget(self._line)
        buttons = row()
        buttons.addStretch(1)
        buttons.addWidget(push_button(_("Cancel"), self.reject))
        accept = push_button(_("OK"), self.accept, role="primary")
        accept.setDefault(True)
        buttons.addWidget(accept)
        whole.addLayout(buttons)
        self.setMinimumWidth(380)

    @property
    def text(self) -> str:
        """Return what stands in the line, without spaces around it."""
        return self._line.text().strip()
