"""Everything known of one person in one photo, measured once and kept."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cutout import Cutout
from pipeline.person.body import Body, measure_body
from pipeline.person.detect import FoundPerson
from pipeline.person.frame import Frame, Skeleton, make_frame, make_skeleton
from pipeline.person.parse import Parse, find_head, parse_person
from pipeline.types import Image


@dataclass(frozen=True, slots=True)
class Wearer:
    """Who is dressed; all maps and points in the working frame."""

    person: FoundPerson
    frame: Frame
    skeleton: Skeleton
    parse: Parse
    body: Body


def analyse_person(image: Image, person: FoundPerson, cutout: Cutout) -> Wearer:
    """Outline, classes and measures of `person` in `image`."""
    frame = make_frame(image, person)
    skeleton = make_skeleton(frame, person)
    alpha = cutout.product(frame.image)
    head = find_head(frame, skeleton, person.mesh)
    parse = parse_person(frame, skeleton, head, alpha)
    return Wearer(person, frame, skeleton, parse, measure_body(skeleton, parse))
