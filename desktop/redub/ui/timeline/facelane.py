"""The lane of faces: how the head is held over time, and where the lips cannot be driven."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from redub.core.faces import PITCH_LIMIT, YAW_LIMIT, Trouble, driven_face
from redub.i18n import _
from redub.services.faces import ClipFaces
from redub.ui.faces.words import at_moment, summary
from redub.ui.theme import colour
from redub.ui.timeline.lane import Lane, hair

_FULL = 1.25
"""The height of the lane is so many times the limit, upwards and downwards."""
_GAP = 0.5
"""Seconds between two looks over which no line is drawn."""


class FaceLane(Lane):
    """Draws two lines (turned, nodded) around the middle, their limits, and red where these or others are broken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Faces"), parent)
        self._faces: ClipFaces | None = None
        self._message = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def faces(self) -> ClipFaces | None:
        """Return what is shown."""
        return self._faces

    def show_faces(self, faces: ClipFaces | None, message: str = "") -> None:
        """Show the faces of a clip, or `message` while there are none."""
        self._faces, self._message = faces, message
        self.setAccessibleDescription(summary(faces) if faces is not None else message)
        self.setToolTip(self._message)
        self.backdrop.spoil()

    def draw(self, painter: QPainter) -> None:
        """Draw the stretches and the two lines, or what there is to say."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        faces = self._faces
        if faces is None or not faces.looks:
            self._paint_message(painter, 0.0)
            return
        self._paint_seen(painter, faces)
        self._paint_stretches(painter, faces)
        self._paint_lines(painter, faces)
        if not faces.complete:
            self._paint_message(painter, self.scale.x(faces.looks[-1].time))

    def _paint_seen(self, painter: QPainter, faces: ClipFaces) -> None:
        """Draw a thin good line along everything that was looked at."""
        end = faces.duration if faces.complete else faces.looks[-1].time
        left, right = self.scale.x(0.0), self.scale.x(end)
        painter.fillRect(QRectF(left, self.height() - 3.0, right - left, 3.0), colour("face_good", 0.75))
        painter.setPen(hair(colour("line"), Qt.PenStyle.DashLine))
        for part in (-1, 1):
            y = self._y(part)
            painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _paint_stretches(self, painter: QPainter, faces: ClipFaces) -> None:
        for one in faces.stretches:
            left, right = self.scale.x(one.start), self.scale.x(one.end)
            if right < 0 or left > self.width():
                continue
            rect = QRectF(left, 0, max(2.0, right - left), self.height())
            tone = "warning" if one.trouble is Trouble.SECOND_FACE else "face_bad"
            painter.fillRect(rect, colour(tone, 0.16))
            if one.trouble in (Trouble.NO_FACE, Trouble.COVERED, Trouble.CUT):
                painter.fillRect(rect, QBrush(colour(tone, 0.5), Qt.BrushStyle.BDiagPattern))
            painter.fillRect(QRectF(left, self.height() - 3.0, rect.width(), 3.0), colour(tone))

    def _paint_lines(self, painter: QPainter, faces: ClipFaces) -> None:
        """Draw how far the face is turned (full line) and nodded (dotted), as parts of what is allowed."""
        for token, style, limit in (
            ("lane_segment", Qt.PenStyle.SolidLine, YAW_LIMIT),
            ("quiet", Qt.PenStyle.DotLine, PITCH_LIMIT),
        ):
            pen = hair(colour(token), style)
            pen.setWidthF(1.4)
            painter.setPen(pen)
            for line in self._lines(faces, limit):
                painter.drawPolyline(line)

    def _lines(self, faces: ClipFaces, limit: float) -> list[QPolygonF]:
        lines: list[QPolygonF] = []
        last = -10.0
        for look in faces.looks:
            face = driven_face(look, faces.driven)
            if face is None:
                continue
            if look.time - last > _GAP:
                lines.append(QPolygonF())
            angle = face.pose.yaw if limit == YAW_LIMIT else face.pose.pitch
            lines[-1].append(QPointF(self.scale.x(look.time), self._y(angle / limit)))
            last = look.time
        return lines

    def _y(self, part: float) -> float:
        """Return the height at which `part` of a limit lies; upwards is to the right and up."""
        middle = (self.height() - 3) / 2
        return middle - max(-1.0, min(1.0, part / _FULL)) * (middle - 1)

    def _paint_message(self, painter: QPainter, left: float) -> None:
        words = self._message or _("Looking for faces…")
        room = QRectF(self.rect()).adjusted(left + 16, 0, -16, 0)
        painter.setPen(colour("quiet"))
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is seen under the pointer."""
        if self._faces is not None and self._faces.looks:
            self.setToolTip(at_moment(self._faces, self.scale.seconds(event.position().x())))
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment that was clicked."""
        if event.button() is Qt.MouseButton.LeftButton and self.scale.duration:
            self.seek_wanted.emit(self.scale.seconds(event.position().x()))
        else:
            event.ignore()
