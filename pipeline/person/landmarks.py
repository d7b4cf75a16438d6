"""MediaPipe's pose and face models, as they lie in its 0.10.21 wheel, behind plain arrays.

The wheel carries pose models for one person. Joined into a bundle with the two normalisation facts that they
were trained with, they find several people at once.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
import threading
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Points
from pipeline.types import Image

NOSE, LEFT_EYE, RIGHT_EYE, LEFT_EAR, RIGHT_EAR, MOUTH_LEFT, MOUTH_RIGHT = 0, 2, 5, 7, 8, 9, 10
SHOULDERS, ELBOWS, WRISTS = (11, 12), (13, 14), (15, 16)
PINKIES, INDEXES, THUMBS = (17, 18), (19, 20), (21, 22)
HIPS, KNEES, ANKLES, HEELS, TOES = (23, 24), (25, 26), (27, 28), (29, 30), (31, 32)
"""BlazePose indices, the person's own left first."""

FACE_OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
"""Indices of the face mesh around the face, from the forehead clockwise; 152 is the chin."""

_MAX_PEOPLE = 6
_LONG_SIDE = 1280  # the models look at 224 and 256 pixels a person; more only costs time


@dataclass(frozen=True, slots=True)
class Pose:
    """One body in pixels of the picture it was found in.

    `points` (33, 2); `depth` (33,) in the same unit, negative towards the camera; `visibility` (33,) 0..1.
    """

    points: Points
    depth: NDArray[np.float64]
    visibility: NDArray[np.float64]


def _normalised(model: Path, mean: float, std: float) -> bytes:
    from mediapipe.tasks.python.metadata.metadata_writers import metadata_writer  # noqa: PLC0415

    writer = metadata_writer.MetadataWriter.create(bytearray(model.read_bytes()))
    writer.add_image_input([mean], [std])
    populated, _ = writer.populate()
    return bytes(populated)


def _bundle(modules: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        detector = _normalised(modules / "pose_detection/pose_detection.tflite", 127.5, 127.5)
        landmarks = _normalised(modules / "pose_landmark/pose_landmark_full.tflite", 0.0, 255.0)
        archive.writestr("pose_detector.tflite", detector)
        archive.writestr("pose_landmarks_detector.tflite", landmarks)
    return buffer.getvalue()


def _kept_bundle(modules: Path) -> bytes:
    """The bundle, made once an installation: packing it takes as long as loading every model."""
    kept = Path(sys.prefix) / "share" / "fashioncore" / f"pose-{version('mediapipe')}.task"
    with contextlib.suppress(OSError):
        return kept.read_bytes()
    bundle = _bundle(modules)
    # An installation that may not be written to makes it at every start.
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
            file.write(bundle)
        Path(file.name).replace(kept)
    return bundle


@contextlib.contextmanager
def _without_plotting() -> Iterator[None]:
    """mediapipe imports matplotlib (0.6 s) for a drawing that nobody here asks for: an empty module does."""
    names = [name for name in ("matplotlib", "matplotlib.pyplot") if name not in sys.modules]
    for name in names:
        sys.modules[name] = ModuleType(name)
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the C++ side's start-up notices off standard error: it offers no switch for them."""
    try:
        saved = os.dup(2)
    except OSError:
        yield
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(sink)


class Landmarks:
    """Pose of several people, and the face mesh. Loaded at the first call; safe to call from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pose: Any = None  # mediapipe ships no types
        self._face: Any = None
        self._faces: Any = None
        self._warm = False

    def _load(self) -> None:
        os.environ.setdefault("GLOG_minloglevel", "3")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _without_plotting():
                import mediapipe  # noqa: PLC0415  (half a second: only those who send a photo pay for it)
                from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415

            modules = Path(mediapipe.__file__).parent / "modules"
            options = vision.PoseLandmarkerOptions(
                base_options=BaseOptions(model_asset_buffer=_kept_bundle(modules)),
                num_poses=_MAX_PEOPLE,
                min_pose_detection_confidence=0.4,
            )
            self._pose = vision.PoseLandmarker.create_from_options(options)
            self._face = mediapipe.solutions.face_mesh.FaceMesh(
                static_image_mode=True, max_num_faces=1, refine_landmarks=False, min_detection_confidence=0.3
            )
            self._faces = mediapipe.solutions.face_detection.FaceDetection(
                model_selection=1, min_detection_confidence=0.5
            )

    @contextlib.contextmanager
    def _ready(self) -> Iterator[None]:
        with self._lock, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # protobuf's deprecations inside mediapipe are not ours to mend
            if self._warm:
                yield
                return
            with _quiet():
                if self._pose is None:
                    self._load()
                yield

    def load(self) -> None:
        """Load the models now, so that the first photo need not wait for them."""
        with self._ready(), _quiet():
            # They start, and say so on standard error, with the first picture they are shown.
            nobody = np.zeros((64, 64, 3), np.uint8)
            self._detect(nobody)
            self._face.process(nobody)
            self._faces.process(nobody)

    def poses(self, image: Image) -> list[Pose]:
        """Everybody found in `image`, in no particular order."""
        height, width = image.shape[:2]
        scale = min(1.0, _LONG_SIDE / max(height, width))
        small = image
        if scale < 1.0:
            size = (round(width * scale), round(height * scale))
            small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        with self._ready():
            found = self._detect(small)
            self._warm = self._warm or bool(found.pose_landmarks)
        poses = []
        for body in found.pose_landmarks:
            # A hundredth of a pixel: finer digits differ between builds and mean nothing.
            points = np.round(np.array([[p.x * width, p.y * height] for p in body]), 2)
            depth = np.round(np.array([p.z * width for p in body]), 2)
            visibility = np.round(np.array([p.visibility for p in body]), 3)
            poses.append(Pose(points, depth, visibility))
        return poses

    # Any: mediapipe ships no types.
    def _detect(self, image: Image) -> Any:
        import mediapipe  # noqa: PLC0415

        frame = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(image))
        return self._pose.detect(frame)

    def faces(self, image: Image) -> list[Points]:
        """Boxes of faces up to five metres away, each as [[left, top], [right, bottom]] in pixels."""
        height, width = image.shape[:2]
        with self._ready():
            found = self._faces.process(np.ascontiguousarray(image))
        size = np.array([width, height], np.float64)
        boxes = []
        for face in found.detections or ():
            box = face.location_data.relative_bounding_box
            corner = np.array([box.xmin, box.ymin])
            boxes.append(np.round(np.stack([corner, corner + np.array([box.width, box.height])]) * size, 2))
        return boxes

    def face(self, image: Image) -> Points | None:
        """The face mesh (468, 2) in pixels of the one face in a crop around a head, or None."""
        with self._ready():
            found = self._face.process(np.ascontiguousarray(image))
        if not found.multi_face_landmarks:
            return None
        height, width = image.shape[:2]
        mesh = found.multi_face_landmarks[0].landmark
        return np.round(np.array([[p.x * width, p.y * height] for p in mesh]), 2)
