"""What is about a person is none of their clothes: balls, boards under shoes, tables before legs, other faces."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.cutout import Cutout
from pipeline.engines.preview import PreviewEngine
from pipeline.errors import TryOnRefused
from pipeline.masks import Points
from pipeline.person import detect, find_people
from pipeline.person import landmarks as lm
from pipeline.person.frame import make_frame, make_skeleton
from pipeline.person.landmarks import Pose
from pipeline.person.wearer import _strange_faces
from pipeline.types import Alpha, Category, Image, TryOnRequest, no_progress
from tests.data import TEST_DATA, needs_test_data
from tests.samples import sample_person
from tests.unit.test_lower_body import opened

YELLOW = (240, 200, 20)


class Greedy(Cutout):
    """A cut-out that takes what is yellow for a part of the person, as the network often does."""

    def person(self, image: Image) -> Alpha:
        near = np.abs(image.astype(int) - np.array(YELLOW)).max(axis=2) < 40
        return np.asarray(np.maximum(super().person(image), near), np.float32)


@pytest.fixture(scope="module")
def preview() -> PreviewEngine:
    engine = PreviewEngine()
    engine._cutout = Greedy()
    return engine


@pytest.fixture(scope="module")
def person() -> Image:
    return opened(sample_person("people/4_posture.jpg"))


@pytest.fixture(scope="module")
def joints(person: Image) -> Points:
    return find_people(person)[0].pose.points


@pytest.fixture(scope="module")
def jeans() -> TryOnRequest:
    garment = opened(sample_person("clothes/pants/1_front.jpg"))
    return TryOnRequest(garment, garment, category=Category.LOWER)


def in_jeans(preview: PreviewEngine, photo: Image, jeans: TryOnRequest) -> Image:
    request = TryOnRequest(photo, jeans.garment, category=jeans.category)
    return preview.render(request, no_progress).image


def test_a_ball_beside_the_feet_stays(
    preview: PreviewEngine, person: Image, joints: Points, jeans: TryOnRequest
) -> None:
    photo = person.copy()
    cv2.circle(photo, (680, 1130), 60, YELLOW, -1)
    assert joints[lm.ANKLES[0], 0] < 500
    assert np.array_equal(in_jeans(preview, photo, jeans)[1075:1185, 625:735], photo[1075:1185, 625:735])


def test_a_board_under_the_shoes_stays(
    preview: PreviewEngine, person: Image, joints: Points, jeans: TryOnRequest
) -> None:
    photo = np.pad(person, ((0, 60), (0, 0), (0, 0)), mode="edge")
    low = int(joints[list(lm.TOES), 1].max())
    cv2.rectangle(photo, (180, low), (690, low + 16), YELLOW, -1)
    for x in (205, 665):
        cv2.circle(photo, (x, low + 32), 20, YELLOW, -1)
    result = in_jeans(preview, photo, jeans)
    assert np.array_equal(result[low + 4 : low + 52, 180:690], photo[low + 4 : low + 52, 180:690])


def test_threads_of_a_frayed_hem_go(preview: PreviewEngine) -> None:
    """They hang beside an ankle, below where it is."""
    photo = opened(sample_person("people/2_posture.jpg"))
    leggings = opened(sample_person("clothes/pants/2_front.jpg"))
    result = preview.render(TryOnRequest(photo, leggings, category=Category.LOWER), no_progress).image
    threads = result[1057:1066, 402:409].astype(int)
    assert (threads[..., 2] - threads[..., 0]).max() < -10, "gravel, and no blue"


def test_legs_behind_a_table_are_refused(
    preview: PreviewEngine, person: Image, joints: Points, jeans: TryOnRequest
) -> None:
    photo = person.copy()
    photo[int(joints[list(lm.HIPS), 1].max()) + 40 :] = YELLOW
    with pytest.raises(TryOnRefused) as refusal:
        in_jeans(preview, photo, jeans)
    assert refusal.value.code == "legs_not_seen"
    assert find_people(photo)[0].legs_hidden
    assert not find_people(person)[0].legs_hidden


@needs_test_data
def test_knees_in_torn_trousers_go_with_them(person: Image, joints: Points) -> None:
    photo = person.copy()
    x, y = (round(float(value)) for value in joints[lm.KNEES[0]])
    cv2.ellipse(photo, (x, y), (15, 21), 0.0, 0.0, 360.0, (185, 135, 100), -1, cv2.LINE_AA)
    shorts = opened(TEST_DATA / "tryon/garment/fitdit_7.jpg")
    result = PreviewEngine().render(TryOnRequest(photo, shorts, category=Category.LOWER), no_progress).image
    change = np.abs(result.astype(int) - photo)[y - 8 : y + 8, x - 6 : x + 6]
    assert change.mean() > 5, "what was in the hole is painted over"


def test_legs_that_one_look_missed_are_looked_for_again(monkeypatch: pytest.MonkeyPatch, person: Image) -> None:
    whole = find_people(person)[0].pose
    points, faint = whole.points.copy(), whole.visibility.copy()
    points[list(lm.ANKLES), 1] -= 300.0
    faint[list(lm.ANKLES)] = 0.3

    class Looks:
        """Finds the legs only in a part of the photo."""

        def poses(self, image: Image) -> list[Pose]:
            if image.shape == person.shape:
                return [Pose(points, whole.depth, faint)]
            where = cv2.matchTemplate(person, image, cv2.TM_SQDIFF)
            left, top = np.unravel_index(int(where.argmin()), where.shape)[::-1]
            return [Pose(whole.points - [left, top], whole.depth, whole.visibility)]

        def faces(self, _image: Image) -> list[Points]:
            return []

        def face(self, _image: Image) -> None:
            return None

    looks = Looks()
    monkeypatch.setattr(detect, "shared_landmarks", lambda: looks)
    found = find_people(person)[0]
    assert np.allclose(found.pose.points[list(lm.ANKLES)], whole.points[list(lm.ANKLES)])
    assert not found.legs_hidden


def test_faces_of_others_are_never_painted_on() -> None:
    person = opened(sample_person("people/4_posture.jpg"))
    other = opened(sample_person("people/2_posture.jpg"))
    wearer, guest = find_people(person)[0], find_people(other)[0]
    assert guest.face is not None
    box, photo = guest.face, person.copy()
    x, y = (box.left + box.right) // 2, (box.top + box.bottom) // 2
    reach = int(0.9 * (box.bottom - box.top))
    head = other[max(0, y - reach) : y + reach, max(0, x - reach) : x + reach]
    head = cv2.resize(head, (180, 180))
    photo[190:370, 560:740] = head
    photo[420:600, 350:530] = head  # a print
    frame = make_frame(photo, wearer)
    strange = _strange_faces(frame.image, make_skeleton(frame, wearer))
    places = frame.to_work(np.array([[650.0, 280.0], [440.0, 510.0], wearer.pose.points[lm.NOSE]]))
    at = [bool(strange[round(float(y)), round(float(x))]) for x, y in places]
    assert at == [True, False, False]
