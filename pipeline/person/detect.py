"""Who is in the photo, and can they be dressed? Cheap: it runs while the person waits in the chat."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont

from pipeline.errors import PersonError
from pipeline.masks import Floats, Points
from pipeline.person import landmarks as lm
from pipeline.person.landmarks import Landmarks, Pose
from pipeline.types import Box, Image

# Thresholds, from the public try-on photos made darker, softer and smaller on purpose.
MIN_SHORT_SIDE_PX = 160
MIN_TORSO_PX = 48
MIN_MEAN_LUMA = 38.0
MAX_DARK_FACE, MAX_DARK_BODY = 75.0, 110.0  # 95th percentile of luma: deep skin in good light has highlights
MIN_SHARPNESS = 7.0
MIN_SHOULDER_VISIBILITY = 0.5
MAX_TILT_DEG = 55.0
MIN_ARMS_SEEN = 0.6  # visibility; on flat garments the pose model sees arms at 0.4 at the most
MIN_RELATIVE_SIZE = 0.30  # a passer-by in the background is not "several people"

FEET_SEEN, FEET_HIDDEN = 0.5, 0.3
"""Visibility of ankles: of people who stand in the photo both have 0.65 and more, of people behind a table 0.2."""
SIDE_LOOK, LEGS_LOOK, SAME_NOSE = 1.3, 2.4, 0.1
"""Torsos: the closer look's half width, its depth below the hips, how far apart its nose may be."""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """`index` counts from 0, left to right; boxes in pixels of the photo; `pose` is what the engine builds on.

    `legs_hidden` says that the photo goes on to where the feet would be, and something is before them.
    """

    index: int
    box: Box
    face: Box | None
    pose: Pose
    mesh: Points | None
    legs_hidden: bool = False


@lru_cache(maxsize=1)
def shared_landmarks() -> Landmarks:
    """The models, loaded once a process at the first photo."""
    return Landmarks()


def _torso(pose: Pose) -> float:
    middle = pose.points[list(lm.SHOULDERS)].mean(axis=0)
    hip = pose.points[list(lm.HIPS)].mean(axis=0)
    return float(np.hypot(*(hip - middle)))


def _head_side(pose: Pose) -> float:
    """Side in pixels of a square that holds the head, from what of the face and shoulders is known."""
    ears = np.hypot(*(pose.points[lm.LEFT_EAR] - pose.points[lm.RIGHT_EAR]))
    return float(max(2.6 * ears, 0.75 * _torso(pose), 24.0))


def _face_mesh(image: Image, pose: Pose) -> Points | None:
    height, width = image.shape[:2]
    side = _head_side(pose)
    x, y = pose.points[lm.NOSE]
    left, top = max(0, round(x - side / 2)), max(0, round(y - side / 2))
    right, bottom = min(width, round(x + side / 2)), min(height, round(y + side / 2))
    if right - left < 16 or bottom - top < 16:
        return None
    crop = image[top:bottom, left:right]
    scale = 256.0 / max(crop.shape[:2])
    size = (max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale)))
    mode = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    mesh = shared_landmarks().face(np.asarray(cv2.resize(crop, size, interpolation=mode), np.uint8))
    if mesh is None:
        return None
    placed = mesh / scale + np.array([left, top], np.float64)
    far = np.hypot(*(placed.mean(axis=0) - pose.points[lm.NOSE])) > 0.35 * side
    return None if far else placed


def _box_of(points: Points, shape: tuple[int, ...]) -> Box:
    low, high = np.floor(points.min(axis=0)), np.ceil(points.max(axis=0))
    return Box(
        int(np.clip(low[0], 0, shape[1] - 1)),
        int(np.clip(low[1], 0, shape[0] - 1)),
        int(np.clip(high[0], 1, shape[1])),
        int(np.clip(high[1], 1, shape[0])),
    )


def _person_box(pose: Pose, shape: tuple[int, ...]) -> Box:
    """Round the joints that are seen, with room for hair, shoulders and feet."""
    seen = pose.points[pose.visibility > 0.4]
    if len(seen) == 0:
        seen = pose.points
    torso = _torso(pose)
    low, high = seen.min(axis=0), seen.max(axis=0)
    low = np.minimum(low, pose.points[lm.NOSE] - [0.0, 0.35 * torso])
    margin = np.array([0.18 * torso, 0.08 * torso])
    return _box_of(np.stack([low - margin, high + margin]), shape)


def _missed_by_pose(image: Image, poses: list[Pose]) -> list[Pose]:
    """Bodies under faces which no pose claims: couples close together are taken for one body."""
    height, width = image.shape[:2]
    more: list[Pose] = []
    for (left, top), (right, bottom) in shared_landmarks().faces(image):
        size = max(right - left, bottom - top)
        centre = np.array([(left + right) / 2, (top + bottom) / 2])
        if any(np.hypot(*(pose.points[lm.NOSE] - centre)) < 0.6 * size for pose in poses + more):
            continue
        x0, x1 = max(0, round(centre[0] - 1.7 * size)), min(width, round(centre[0] + 1.7 * size))
        y0, y1 = max(0, round(centre[1] - 1.2 * size)), min(height, round(centre[1] + 5.0 * size))
        if size < 12 or x1 - x0 < 24 or y1 - y0 < 24:
            continue
        for pose in shared_landmarks().poses(np.ascontiguousarray(image[y0:y1, x0:x1])):
            placed = pose.points + np.array([x0, y0], np.float64)
            if np.hypot(*(placed[lm.NOSE] - centre)) < 0.6 * size:
                more.append(Pose(placed, pose.depth, pose.visibility))
                break
    return more


def _with_legs(image: Image, pose: Pose) -> Pose:
    """The pose with the lower body of a closer look, where the feet would be in the photo and were not found."""
    if not _feet_in_photo(pose, image.shape) or min(pose.visibility[list(lm.ANKLES)]) >= FEET_SEEN:
        return pose
    height, width = image.shape[:2]
    torso, nose = _torso(pose), pose.points[lm.NOSE]
    x = float(pose.points[list(lm.SHOULDERS), 0].mean())
    low = float(pose.points[list(lm.HIPS), 1].mean()) + LEGS_LOOK * torso
    x0, x1 = max(0, round(x - SIDE_LOOK * torso)), min(width, round(x + SIDE_LOOK * torso))
    y0, y1 = max(0, round(nose[1] - 0.6 * torso)), min(height, round(low))
    if min(x1 - x0, y1 - y0) < 24:
        return pose
    lower = [*lm.HIPS, *lm.KNEES, *lm.ANKLES, *lm.HEELS, *lm.TOES]
    for seen in shared_landmarks().poses(np.ascontiguousarray(image[y0:y1, x0:x1])):
        placed = seen.points + np.array([x0, y0], np.float64)
        same = np.hypot(*(placed[lm.NOSE] - nose)) < SAME_NOSE * torso
        if same and min(seen.visibility[list(lm.ANKLES)]) > FEET_SEEN:
            points, depth, visibility = pose.points.copy(), pose.depth.copy(), pose.visibility.copy()
            points[lower], depth[lower] = placed[lower], seen.depth[lower]
            visibility[lower] = seen.visibility[lower]
            return Pose(points, depth, visibility)
    return pose


def _feet_in_photo(pose: Pose, shape: tuple[int, ...]) -> bool:
    return bool((pose.points[list(lm.ANKLES), 1] <= shape[0]).all())


def find_people(image: Image) -> list[FoundPerson]:
    """Everybody large enough to be meant, left to right. Empty when nobody is found."""
    poses = shared_landmarks().poses(image)
    poses += _missed_by_pose(image, poses)
    biggest = max((_torso(pose) for pose in poses), default=0.0)
    kept: list[Pose] = []
    for pose in sorted(poses, key=lambda p: -float(p.visibility.mean())):
        large = _torso(pose) >= MIN_RELATIVE_SIZE * biggest
        if large and not any(_close(pose, other) for other in kept):
            kept.append(pose)
    kept.sort(key=lambda pose: float(pose.points[list(lm.SHOULDERS), 0].mean()))
    people: list[FoundPerson] = []
    for pose in (_with_legs(image, found) for found in kept):
        mesh = _face_mesh(image, pose)
        face = None if mesh is None else _box_of(mesh, image.shape)
        if face is not None or _has_a_head(pose):
            box = _person_box(pose, image.shape)
            hidden = max(pose.visibility[list(lm.ANKLES)]) < FEET_HIDDEN and _feet_in_photo(pose, image.shape)
            people.append(FoundPerson(len(people), box, face, pose, mesh, hidden))
    return people


def _has_a_head(pose: Pose) -> bool:
    """Without a face: a person cropped or turned away keeps the head where heads are.

    On product photos the pose model puts the "nose" in the collar, 0.18 to 0.28 torsos above the shoulders;
    on people it is 0.33 to 0.45.
    """
    middle = pose.points[list(lm.SHOULDERS)].mean(axis=0)
    return bool(np.hypot(*(pose.points[lm.NOSE] - middle)) > 0.31 * max(_torso(pose), 1.0))


def is_somebody(person: FoundPerson) -> bool:
    """Whether it is a person for certain, with a face or with arms to be seen, and not a garment laid out flat."""
    arms = person.pose.visibility[[*lm.ELBOWS, *lm.WRISTS]]
    return person.face is not None or float(np.median(arms)) > MIN_ARMS_SEEN


def _close(a: Pose, b: Pose) -> bool:
    """Are these two reports of one body? Shoulders within a quarter of the torso."""
    gap = np.hypot(*(a.points[list(lm.SHOULDERS)].mean(axis=0) - b.points[list(lm.SHOULDERS)].mean(axis=0)))
    return bool(gap < 0.25 * max(_torso(a), _torso(b), 1.0))


def number_people(image: Image, people: list[FoundPerson]) -> Image:
    """A copy of the photo with a box and a number (from 1) on each person."""
    picture = PillowImage.fromarray(image)
    draw = ImageDraw.Draw(picture)
    unit = max(picture.size)
    line = max(2, unit // 250)
    font = ImageFont.load_default(size=max(16, unit // 22))
    for person in people:
        box = person.box
        draw.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), outline=(255, 255, 255), width=line)
        text = str(person.index + 1)
        left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
        pad = unit // 100
        x, y = box.left + line, box.top + line
        plate = (x, y, x + (right - left) + 2 * pad, y + (bottom - top) + 2 * pad)
        draw.rectangle(plate, fill=(17, 24, 39))
        draw.text((x + pad - left, y + pad - top), text, font=font, fill=(255, 255, 255))
    return np.asarray(picture, np.uint8)


def _luma(image: Image) -> Floats:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.float32)


def _check_light(image: Image, person: FoundPerson) -> None:
    # The face where there is one: black clothes in a dim room are not a dark photo.
    box = person.face or person.box
    luma = _luma(image[box.top : box.bottom, box.left : box.right])
    limit = MAX_DARK_FACE if person.face else MAX_DARK_BODY
    if float(luma.mean()) < MIN_MEAN_LUMA and float(np.percentile(luma, 95)) < limit:
        raise _too_dark()


def _check_sharpness(image: Image, person: FoundPerson) -> None:
    points = person.pose.points
    torso = max(_torso(person.pose), 1.0)
    centre = points[lm.NOSE]
    side = 1.1 * torso
    left, top = max(0, int(centre[0] - side / 2)), max(0, int(centre[1] - side / 2))
    crop = image[top : int(centre[1] + side / 2), left : int(centre[0] + side / 2)]
    if min(crop.shape[:2]) < 16:
        return
    # The measure is taken at one size and only downwards, so that resolution does not pose as sharpness.
    scale = min(1.0, 128.0 / max(crop.shape[:2]))
    size = (max(8, round(crop.shape[1] * scale)), max(8, round(crop.shape[0] * scale)))
    luma = _luma(np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), np.uint8))
    contrast = max(float(luma.std()), 8.0)
    edges = float(np.percentile(np.abs(cv2.Laplacian(luma, cv2.CV_32F)), 98))
    if 40.0 * edges / contrast < MIN_SHARPNESS:
        raise PersonError(
            "too_blurry",
            "This photo is too blurry. Please hold the camera still, or clean its lens, and send another one.",
        )


def _looks_like_a_product(image: Image) -> bool:
    """One thing on an even ground: the border is nearly all of one colour and the middle is not."""
    small = cv2.resize(image, (96, 96), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    rim = np.concatenate([lab[:6].reshape(-1, 3), lab[:, :6].reshape(-1, 3), lab[:, -6:].reshape(-1, 3)])
    ground = np.median(rim, axis=0)
    even = float((np.abs(rim - ground).max(axis=1) < 12.0).mean())
    other = float((np.abs(lab[24:72, 24:72] - ground).max(axis=2) > 10.0).mean())
    return even > 0.85 and other > 0.3


def _too_dark() -> PersonError:
    return PersonError(
        "too_dark", "This photo is too dark for me to see you well. Please take one facing a window or a lamp."
    )


def _nobody(image: Image) -> PersonError:
    luma = _luma(image)
    if float(luma.mean()) < MIN_MEAN_LUMA and float(np.percentile(luma, 95)) < 110.0:
        return _too_dark()
    if _looks_like_a_product(image):
        return PersonError(
            "not_a_photo_of_a_person",
            "That looks like a picture of a thing, not of a person. Please send a photo of yourself first; "
            "the garment comes after.",
        )
    return PersonError(
        "no_person",
        "I can't find a person in this photo. "
        "Please send one that shows you from head to hips, facing the camera.",
    )


def _choose(people: list[FoundPerson], index: int | None) -> FoundPerson:
    if index is None:
        if len(people) > 1:
            raise PersonError(
                "several_people",
                "I see {count} people in this photo. Which number are you?",
                count=len(people),
            )
        return people[0]
    if not 0 <= index < len(people):
        raise PersonError(
            "no_such_person",
            "There is no person number {number} in this photo; I count {count}. Please choose one of the numbers.",
            number=index + 1,
            count=len(people),
        )
    return people[index]


def _check_posture(person: FoundPerson, shape: tuple[int, ...]) -> None:
    pose = person.pose
    middle = pose.points[list(lm.SHOULDERS)].mean(axis=0)
    hip = pose.points[list(lm.HIPS)].mean(axis=0)
    down = hip - middle
    tilt = np.degrees(np.arctan2(abs(down[0]), down[1]))
    head_below = pose.points[lm.NOSE, 1] > middle[1] + 0.15 * abs(down[1])
    if down[1] <= 0 or (tilt > MAX_TILT_DEG and head_below) or tilt > 75.0:
        raise PersonError(
            "rotated", "You are upside down or lying in this photo. Please turn it upright and send it again."
        )
    inside = 0
    for joint in lm.SHOULDERS:
        x, y = pose.points[joint]
        seen = pose.visibility[joint] >= MIN_SHOULDER_VISIBILITY
        inside += int(seen and 0 <= x < shape[1] and 0 <= y < shape[0])
    chest_y = middle[1] + 0.5 * down[1]
    if inside < 2 or chest_y > shape[0]:
        raise PersonError(
            "body_hidden",
            "I need to see your shoulders and your upper body. "
            "Please step back a little so that you are in the picture from head to hips.",
        )


def choose_person(image: Image, people: list[FoundPerson], index: int | None) -> FoundPerson:
    """The one of `people` to dress, fit for it; raises as `check_person` does."""
    if not people:
        raise _nobody(image)
    person = _choose(people, index)
    _check_posture(person, image.shape)
    if min(image.shape[:2]) < MIN_SHORT_SIDE_PX or _torso(person.pose) < MIN_TORSO_PX:
        raise _too_small()
    _check_light(image, person)
    _check_sharpness(image, person)
    return person


def _too_small() -> PersonError:
    return PersonError(
        "too_small", "You are very small in this photo. Please send a larger one, or come closer to the camera."
    )


def check_person(image: Image, index: int | None = None) -> FoundPerson:
    """The one person to dress, found and fit for it.

    Raises PersonError with code too_small, no_person, not_a_photo_of_a_person, several_people (index None),
    no_such_person, rotated, body_hidden, too_dark or too_blurry.
    """
    if min(image.shape[:2]) < MIN_SHORT_SIDE_PX // 2:
        raise _too_small()
    return choose_person(image, find_people(image), index)
