from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from redub.core.shot import Shot
from redub.services.editing import ShotView
from redub.ui.script.transfer import takes
from redub.ui.takes import TakesPanel
from ui.views import a_take

FILE = Path("/films/words.txt")


def of_files() -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(FILE))])
    return data


def drop_on(panel: TakesPanel, place: QPoint, data: QMimeData) -> None:
    panel.dropEvent(
        QDropEvent(
            QPointF(place),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def entered(panel: TakesPanel, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    panel.dragEnterEvent(event)
    return event.isAccepted()


def test_takes__on_a_take_and_beside_all(qtbot: QtBot) -> None:
    panel = TakesPanel()
    qtbot.addWidget(panel)
    panel.resize(200, 400)
    panel.show_view(ShotView(shot=Shot(takes=(a_take(),)), take_id="a"))
    panel.show()
    dropped: list[tuple[object, str]] = []
    panel.files_dropped.connect(lambda files, take_id: dropped.append((files, take_id)))
    data = of_files()

    row = panel._list.visualRect(panel._model.index(0)).center()
    drop_on(panel, panel._list.viewport().mapTo(panel, row), data)
    drop_on(panel, QPoint(100, 390), data)

    assert dropped == [((FILE,), "a"), ((FILE,), "")]


def test_takes__only_files_are_taken(qtbot: QtBot) -> None:
    panel = TakesPanel()
    qtbot.addWidget(panel)
    words, page = QMimeData(), QMimeData()
    words.setText("Hello.")
    page.setUrls([QUrl("https://example.com/a.mp4")])
    files = of_files()

    assert [entered(panel, data) for data in (files, words, page)] == [True, False, False]


def test_script__leaves_files_to_the_window() -> None:
    files, words = of_files(), QMimeData()
    words.setText("Hello.")

    assert files.hasText()  # Qt makes a text of their addresses
    assert (takes(files), takes(words)) == (False, True)
