"""The files in what is dragged over a control."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """Return the files and folders of this machine in `data`."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
