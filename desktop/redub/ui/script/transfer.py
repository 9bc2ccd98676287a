"""The clipboard and drags of a script: its text for other programs, its marks for those that read SSML."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocumentFragment

from redub.core.ssml.document import parse, spoken_text
from redub.ui.controls.filedrops import local_files

FRAGMENT = "application/x-redub-ssml"
"""A piece of a script of ours, with its marks."""
SSML = "application/ssml+xml"
"""What other programs call a piece of SSML (RFC 4267)."""


def data_of(fragment: str) -> QMimeData:
    """Return a piece of a script for the clipboard: with its marks, and as the text that is heard."""
    made = QMimeData()
    made.setData(FRAGMENT, fragment.encode("utf-8", "surrogatepass"))
    made.setData(SSML, fragment.encode("utf-8", "surrogatepass"))
    made.setText(spoken_text(parse(fragment)))
    return made


def fragment_in(data: QMimeData) -> str | None:
    """Return the piece of a script of ours in `data`, or None when there is none."""
    return _decoded(data, FRAGMENT)


def text_in(data: QMimeData) -> str | None:
    """Return what another program gave: its SSML, else its text, else the text of its page; None when it gave none."""
    ssml = _decoded(data, SSML)
    if ssml is not None:
        return ssml
    if data.hasText():
        return data.text()
    return QTextDocumentFragment.fromHtml(data.html()).toPlainText() if data.hasHtml() else None


def takes(data: QMimeData) -> bool:
    """Say whether there is something in `data` that a script can take in; files are for the window to read."""
    if local_files(data):
        return False
    return any(data.hasFormat(one) for one in (FRAGMENT, SSML)) or data.hasText() or data.hasHtml()


def _decoded(data: QMimeData, kind: str) -> str | None:
    return bytes(data.data(kind).data()).decode("utf-8", "surrogatepass") if data.hasFormat(kind) else None
