"""Masks of a person's photo that belong to the measurement: stored truth first, else our own sightings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np

from pipeline.types import Category, Image
from tests.quality.material import Case, Classes, Flags, Person, load, load_classes
from tests.quality.sightings import Points, Sightings, look

_RGB_CLASSES = {  # the coloured parse of pair V_000010 in LIP classes
    (255, 0, 0): 2,
    (255, 85, 0): 5,
    (0, 85, 85): 9,
    (85, 51, 0): 10,
    (0, 0, 255): 13,
    (51, 170, 221): 14,
}
HAIR, TOP, DRESS, COAT, TROUSERS, SKIRT, FACE, LEFT_ARM, RIGHT_ARM = 2, 5, 6, 7, 9, 12, 13, 14, 15
_EDGE_PX = 3
"""Drawn borders are not exact to the pixel: regions that must not change are taken this much smaller."""


@dataclass(frozen=True, slots=True)
class Truth:
    """Masks of the photo's size; None where nobody knows.

    `body` holds everything that belongs to people, generously; `others` people who were not chosen.
    `arms` are shoulder, elbow and wrist; `torso` left and right shoulder, right and left hip.
    """

    face: Flags | None
    hair: Flags | None
    hands: Flags | None
    top: Flags | None
    lower: Flags | None
    body: Flags
    others: Flags | None
    arms: tuple[Points, ...]
    torso: Points | None

    def clothes(self, category: Category) -> Flags | None:
        """What the garment replaces."""
        if category is Category.UPPER:
            return self.top
        if category is Category.LOWER:
            return self.lower
        if self.top is None or self.lower is None:
            return None
        return self.top | self.lower


@lru_cache(maxsize=4)
def _look(person: Person) -> tuple[Image, Sightings]:
    photo = load(person.file, person.sample)
    return photo, look(photo)


def truth_of(case: Case) -> Truth:
    """Everything that is known about the person of a case."""
    person = case.person
    if person.truth == "instances":
        return _of_one_among_several(person, case.index or 0)
    photo, seen = _look(person)
    known = Truth(
        face=_or_none(seen.face & ~_outlined(person.beside_face, photo.shape)),
        hair=None,
        hands=_or_none(seen.hands),
        top=None,
        lower=None,
        body=seen.body | seen.face | _sleeves(seen.arms, photo),
        others=None,
        arms=seen.arms,
        torso=seen.torso,
    )
    if person.truth in {"lip", "rgb"}:
        return _off_the_ground(_with_classes(known, lip_classes(person)), person)
    if person.truth == "cloth":
        return _off_the_ground(_with_cloth(known, load_classes(person.mask or "")), person)
    if person.truth == "drawn":
        top = _outlined((person.top,), photo.shape)
        return replace(known, top=_smaller(top), body=known.body | top)
    return known


def zone_of_pair(person: Person) -> Flags:
    """What is blanked before a pair is dressed again: the clothes with a margin, without face and hair."""
    photo, seen = _look(person)
    if person.truth == "drawn":
        top, keep = _outlined((person.top,), photo.shape), seen.face
    else:
        classes = lip_classes(person)
        top, keep = np.isin(classes, (TOP, COAT)), np.isin(classes, (HAIR, FACE))
    return np.asarray(cv2.dilate(top.astype(np.uint8), np.ones((17, 17), np.uint8)) > 0) & ~keep


def lip_classes(person: Person) -> Classes:
    """The stored parse in LIP classes, (H, W)."""
    stored = load_classes(person.mask or "")
    if stored.ndim == 2:
        return stored
    classes = np.zeros(stored.shape[:2], np.uint8)
    for colour, number in _RGB_CLASSES.items():
        classes[(stored[..., :3] == colour).all(axis=2)] = number
    return classes


def _with_classes(known: Truth, classes: Classes) -> Truth:
    """The stored parse knows better than our sightings, save for hands: there it only limits them."""
    arms = _smaller(np.isin(classes, (LEFT_ARM, RIGHT_ARM)))
    hands = None if known.hands is None else _or_none(known.hands & arms)
    return replace(
        known,
        face=_or_none(_smaller(classes == FACE)),
        hair=_or_none(_smaller(classes == HAIR)),
        hands=hands,
        top=_or_none(_smaller(np.isin(classes, (TOP, COAT)))),
        lower=_or_none(_smaller(np.isin(classes, (TROUSERS, SKIRT)))),
        body=np.asarray(classes > 0) | known.body,
    )


def _with_cloth(known: Truth, colours: Classes) -> Truth:
    red, green = colours[..., 0] > 64, colours[..., 1] > 64
    body = known.body | red | green
    return replace(known, top=_or_none(_smaller(red & ~green)), lower=_or_none(_smaller(green & ~red)), body=body)


def _of_one_among_several(person: Person, index: int) -> Truth:
    """Stored instances, left to right."""
    owners = load_classes(person.mask or "")
    numbers = sorted(
        np.unique(owners[owners > 0]), key=lambda number: float(np.nonzero(owners == number)[1].mean())
    )
    mine = owners == numbers[index]
    classes = np.where(mine, load_classes(person.parse or ""), 0)
    people = np.asarray(owners > 0)
    known = _with_classes(Truth(None, None, None, None, None, people, None, (), None), classes)
    return replace(known, others=_smaller(people & ~mine))


def _off_the_ground(known: Truth, person: Person) -> Truth:
    """Without the ground that a stored mask counts as clothes."""
    ground = _outlined(person.ground, known.body.shape)
    top, lower = (None if part is None else part & ~ground for part in (known.top, known.lower))
    return replace(known, top=top, lower=lower)


def _outlined(outlines: tuple[tuple[tuple[int, int], ...], ...], shape: tuple[int, ...]) -> Flags:
    """What lies within drawn outlines."""
    canvas = np.zeros(shape[:2], np.uint8)
    for outline in outlines:
        cv2.fillPoly(canvas, [np.array(outline, np.int32)], 1)
    return canvas > 0


def _sleeves(arms: tuple[Points, ...], photo: Image) -> Flags:
    """Room for sleeves round the arms: new ones are no change of the background."""
    canvas = np.zeros(photo.shape[:2], np.uint8)
    for arm in arms:
        width = max(2, round(0.25 * float(np.hypot(*(arm[1] - arm[0])))))
        cv2.polylines(canvas, [np.rint(arm).astype(np.int32)], isClosed=False, color=1, thickness=width)
    return canvas > 0


def _smaller(mask: Flags) -> Flags:
    kernel = np.ones((2 * _EDGE_PX + 1,) * 2, np.uint8)
    return np.asarray(cv2.erode(np.asarray(mask, np.uint8), kernel) > 0)


def _or_none(mask: Flags) -> Flags | None:
    return mask if int(mask.sum()) > 100 else None
