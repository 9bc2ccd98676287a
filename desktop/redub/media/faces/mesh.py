"""MediaPipe's face mesh over pictures: 478 landmarks for every face, near or far. Imported in the worker only.

MediaPipe 0.10.21 is the last with this mesh and its models in the wheel; numpy and OpenCV are newer than it asks for.
"""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("GLOG_minloglevel", "3")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import mediapipe
import numpy as np

from redub.media.faces.sampling import Rgb, Sample
from redub.media.faces.wire import Points

MOST_FACES = 4
_SURE = 0.5
_FAR_ROOM = 0.8
"""How much of its own size is cut out on each side of a far face."""
_SMALLEST = 0.02
_NEAR = 0.35


class FaceMesh:
    """Finds the faces of one picture after the other, each with its landmarks."""

    def __init__(self, *, moving: bool) -> None:
        """Get ready; `moving` pictures follow each other closely, so that faces are followed."""
        solutions = mediapipe.solutions
        mesh, detection = solutions.face_mesh.FaceMesh, solutions.face_detection.FaceDetection
        self._near: Any = mesh(
            static_image_mode=not moving,
            max_num_faces=MOST_FACES,
            refine_landmarks=True,
            min_detection_confidence=_SURE,
            min_tracking_confidence=_SURE,
        )
        # For faces that are small in the picture: found by the detector of the back camera, then looked at closely.
        self._far: Any = detection(model_selection=1, min_detection_confidence=_SURE)
        self._close: Any = mesh(
            static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=0.3
        )

    def faces(self, sample: Sample) -> list[Points]:
        """Return the landmarks of the faces in `sample`: shape (478, 3) each, pixels of the whole picture."""
        found = self._mesh(self._near, sample.small, (0.0, 0.0), (sample.width, sample.height))
        found = _different(found)
        if len(found) > 1:  # leaves and curtains look like a second face to one detector, hardly ever to both
            found = [one for one in found if self._is_face(one, sample)] or found[:1]
        return found or self._far_faces(sample)

    def close(self) -> None:
        """Give the models back."""
        for one in (self._near, self._far, self._close):
            one.close()

    def _is_face(self, points: Points, sample: Sample) -> bool:
        """Ask the other detector whether there is a face where `points` are."""
        x, y = points[:, :2].mean(axis=0) / (sample.width, sample.height)
        for one in self._far.process(sample.small).detections or ():
            box = one.location_data.relative_bounding_box
            across, down = abs(x - box.xmin - box.width / 2), abs(y - box.ymin - box.height / 2)
            like = 0.5 < np.ptp(points[:, 0]) / sample.width / max(1e-6, box.width) < 2
            if like and across < _NEAR * box.width and down < _NEAR * box.height:
                return True
        return False

    def _mesh(
        self, mesh: Any, picture: Rgb, origin: tuple[float, float], size: tuple[float, float]
    ) -> list[Points]:
        result = mesh.process(picture)
        return [
            np.array(
                [(origin[0] + p.x * size[0], origin[1] + p.y * size[1], p.z * size[0]) for p in one.landmark],
                np.float32,
            )
            for one in result.multi_face_landmarks or ()
        ]

    def _far_faces(self, sample: Sample) -> list[Points]:
        detections = self._far.process(sample.small).detections
        if not detections:
            return []
        whole = sample.whole()
        found: list[Points] = []
        for one in detections[:MOST_FACES]:
            box = one.location_data.relative_bounding_box
            if box.width < _SMALLEST:
                continue
            side = max(box.width * sample.width, box.height * sample.height) * (1 + 2 * _FAR_ROOM)
            x, y = (box.xmin + box.width / 2) * sample.width, (box.ymin + box.height / 2) * sample.height
            left, top = max(0, round(x - side / 2)), max(0, round(y - side / 2))
            cut = np.ascontiguousarray(whole[top : round(y + side / 2), left : round(x + side / 2)])
            if min(cut.shape[:2]) > 8:
                found += self._mesh(self._close, cut, (float(left), float(top)), (cut.shape[1], cut.shape[0]))
        return _different(found)


def _different(found: list[Points]) -> list[Points]:
    """Leave out a second mesh over the same face."""
    kept: list[Points] = []
    for one in sorted(found, key=lambda points: -float(np.ptp(points[:, 0]))):
        middle, size = one[:, :2].mean(axis=0), float(np.ptp(one[:, 0]))
        if all(np.hypot(*(middle - other[:, :2].mean(axis=0))) > 0.5 * size for other in kept):
            kept.append(one)
    return kept
