"""What we see in a photo ourselves where no stored truth exists: faces, hands, arms and the outline of people.

mediapipe's own solutions, each run once a photo; none of the engine's code or intermediate results.
"""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.types import Image
from tests.quality.material import Flags

Points = NDArray[np.float64]
"""(N, 2), x and y in pixels."""

_SHOULDER_ELBOW_WRIST = ((11, 13, 15), (12, 14, 16))
_HIPS = (23, 24)
_FINGERS = ((2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16), (17, 18, 19, 20))
_KNUCKLES = (2, 5, 9, 13, 17)  # no wrist: a cuff may lie on it
_SEEN = 0.5
_FINGER_WIDTH = 0.15  # of the knuckles' breadth: a finger is a quarter of it
_MAX_HAND_GAP = 0.45  # torsos between the wrist and the hand's root


@dataclass(frozen=True, slots=True)
class Sightings:
    """Masks of the photo's size; `arms` are shoulder, elbow, wrist of those in view; `torso` its four corners."""

    face: Flags
    hands: Flags
    body: Flags
    arms: tuple[Points, ...]
    torso: Points | None


def look(photo: Image) -> Sightings:
    """Everything at once; a mask is empty where nothing was found."""
    os.environ.setdefault("GLOG_minloglevel", "3")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # protobuf's deprecations inside mediapipe are not ours to mend
        import mediapipe  # noqa: PLC0415  (a second to import: only the measurement pays for it)

        solutions = mediapipe.solutions
        with solutions.pose.Pose(static_image_mode=True, model_complexity=1) as pose:
            body = pose.process(photo)
        with solutions.face_detection.FaceDetection(model_selection=1, min_detection_confidence=0.5) as detector:
            faces = detector.process(photo).detections or ()
        with solutions.hands.Hands(
            static_image_mode=True, max_num_hands=2, min_detection_confidence=0.5
        ) as finder:
            hands = finder.process(photo).multi_hand_landmarks or ()
        with solutions.selfie_segmentation.SelfieSegmentation(model_selection=0) as selfie:
            outline = selfie.process(photo).segmentation_mask > 0.1
    points, seen = _landmarks(body.pose_landmarks, photo)
    return Sightings(
        face=_faces(faces, photo),
        hands=_hands(hands, points, photo),
        body=np.asarray(outline),
        arms=_arms(points, seen),
        torso=None if points is None else points[[11, 12, 24, 23]],
    )


def _landmarks(found: Any, photo: Image) -> tuple[Points | None, NDArray[np.float64]]:
    if found is None:
        return None, np.zeros(33)
    size = np.array([photo.shape[1], photo.shape[0]], np.float64)
    points = np.array([[mark.x, mark.y] for mark in found.landmark], np.float64) * size
    return points, np.array([mark.visibility for mark in found.landmark], np.float64)


def _arms(points: Points | None, seen: NDArray[np.float64]) -> tuple[Points, ...]:
    if points is None:
        return ()
    return tuple(points[list(arm)] for arm in _SHOULDER_ELBOW_WRIST if bool((seen[list(arm)] > _SEEN).all()))


def _faces(found: Any, photo: Image) -> Flags:
    """Ellipses from the chin to well above the brows: generous, and still free of collars."""
    height, width = photo.shape[:2]
    canvas = np.zeros((height, width), np.uint8)
    for face in found:
        box = face.location_data.relative_bounding_box
        centre = ((box.xmin + box.width / 2) * width, (box.ymin + 0.42 * box.height) * height)
        axes = (0.5 * box.width * width, 0.58 * box.height * height)
        cv2.ellipse(canvas, (tuple(map(round, centre)), tuple(round(2 * axis) for axis in axes), 0.0), 1, -1)
    return canvas > 0


def _hands(found: Any, pose: Points | None, photo: Image) -> Flags:
    """Knuckles and fingers, well inside them, of hands that belong to the wrists of the pose."""
    height, width = photo.shape[:2]
    canvas = np.zeros((height, width), np.uint8)
    if pose is None:
        return canvas > 0
    torso = float(np.hypot(*(pose[[11, 12]].mean(axis=0) - pose[list(_HIPS)].mean(axis=0))))
    for hand in found:
        marks = np.array([[mark.x * width, mark.y * height] for mark in hand.landmark])
        gap = min(float(np.hypot(*(marks[0] - pose[wrist]))) for wrist in (15, 16))
        if gap < _MAX_HAND_GAP * torso:
            hull = cv2.convexHull(marks[list(_KNUCKLES)].astype(np.float32))
            cv2.fillConvexPoly(canvas, np.rint(hull).astype(np.int32), 1)
            width = max(1, round(_FINGER_WIDTH * float(np.hypot(*(marks[17] - marks[5])))))
            for finger in _FINGERS:
                path = np.rint(marks[list(finger)]).astype(np.int32)
                cv2.polylines(canvas, [path], isClosed=False, color=1, thickness=width)
    return canvas > 0
