"""What the networks are given beside the photo: who wears what where, the joints, and the body's map.

Networks of the reference are used where their files lie beside the weights; else the preview's own parse and pose.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.engines.idm import agnostic as atr
from pipeline.engines.idm.body_map import coloured, draw_parts
from pipeline.engines.idm.framing import Framing
from pipeline.engines.idm.layout import TORCHSCRIPT
from pipeline.engines.idm.parsers import BodyMapper, HumanParser
from pipeline.engines.keeping import Recent, digest
from pipeline.masks import Points
from pipeline.person import landmarks as lm
from pipeline.person.detect import FoundPerson
from pipeline.person.wearer import Wearer
from pipeline.types import Image

SIZE = (384, 512)
"""Width and height for which joints are given, and at which a person is parsed."""
SEEN = 0.5
"""Visibility from which MediaPipe's joint counts as found."""
KEPT = 4
"""Persons whose conditions are kept: SCHP takes seconds, and the next garment is often for the same photo."""

_JOINTS = (
    *(lm.NOSE, None, lm.SHOULDERS[1], lm.ELBOWS[1], lm.WRISTS[1], lm.SHOULDERS[0], lm.ELBOWS[0], lm.WRISTS[0]),
    *(lm.HIPS[1], lm.KNEES[1], lm.ANKLES[1], lm.HIPS[0], lm.KNEES[0], lm.ANKLES[0]),
    *(lm.RIGHT_EYE, lm.LEFT_EYE, lm.RIGHT_EAR, lm.LEFT_EAR),
)
"""MediaPipe's number of each of OpenPose's 18; its neck is between the shoulders."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """`parse` and `joints` at SIZE, `body_map` on the frame's canvas; `made_by` names who made each."""

    parse: atr.Parse
    joints: Points
    body_map: Image
    made_by: dict[str, str]


def openpose_joints(person: FoundPerson, framing: Framing) -> Points:
    """(18, 2) at SIZE, (0, 0) where a joint is not seen or out of the picture."""
    points, seen = person.pose.points, person.pose.visibility >= SEEN
    found = np.zeros((18, 2))
    for place, joint in enumerate(_JOINTS):
        joints = list(lm.SHOULDERS) if joint is None else [joint]
        if all(seen[each] for each in joints):
            found[place] = framing.points(points[joints].mean(axis=0, keepdims=True), SIZE)[0]
    outside = ((found < 0) | (found >= SIZE)).any(axis=1)
    found[outside] = 0.0
    return found


def labels_of(wearer: Wearer) -> atr.Parse:
    """ATR's labels in the working frame, out of the preview's parse."""
    parse, skeleton = wearer.parse, wearer.skeleton
    ys, xs = np.mgrid[0 : parse.alpha.shape[0], 0 : parse.alpha.shape[1]].astype(np.float32)
    hands = parse.hands.astype(np.float32) * parse.alpha
    head = np.maximum(parse.skin - parse.legs - parse.arms[0] - parse.arms[1] - hands, 0.0)
    maps = np.stack(
        [1.0 - parse.alpha, parse.hair, head, *parse.arms, hands, parse.legs, parse.top, parse.bottom, parse.shoes]
    )
    first, second = (atr.LEFT_ARM, atr.RIGHT_ARM) if skeleton.back else (atr.RIGHT_ARM, atr.LEFT_ARM)
    names = (0, atr.HAIR, atr.HEAD, first, second, first, atr.LEFT_LEG, atr.UPPER, atr.TROUSERS, atr.LEFT_SHOE)
    labels = np.array(names, np.uint8)[maps.argmax(axis=0)]
    labels[(parse.dress > 0.5 * parse.alpha) & np.isin(labels, (atr.UPPER, atr.TROUSERS))] = atr.DRESS
    nearer = [np.hypot(xs - arm.hand[0], ys - arm.hand[1]) for arm in skeleton.arms]
    labels[parse.hands & (labels == first) & (nearer[1] < nearer[0])] = second
    is_right = (skeleton.across(xs, ys) > 0) == skeleton.back
    labels[(labels == atr.LEFT_LEG) & is_right] = atr.RIGHT_LEG
    labels[(labels == atr.LEFT_SHOE) & is_right] = atr.RIGHT_SHOE
    chin = float(skeleton.along(parse.head.chin[:1], parse.head.chin[1:])[0])
    labels[(labels == atr.HEAD) & (skeleton.along(xs, ys) > chin) & ~parse.head.face] = atr.NECK
    labels[wearer.foreign] = 0
    return np.asarray(labels, np.uint8)


class ConditionMaker:
    """Loads the networks whose files are in `weights`, once."""

    def __init__(self, weights: Path, device: str) -> None:
        parsing = weights / "humanparsing"
        there = all((parsing / f"parsing_{name}.onnx").is_file() for name in ("atr", "lip"))
        self._parser = HumanParser(parsing) if there else None
        mappers = sorted(file for file in (weights / "densepose").glob("*") if file.suffix in TORCHSCRIPT)
        self._mapper = BodyMapper(mappers[0], device) if mappers else None
        self._kept: Recent[Conditions] = Recent(KEPT)

    def make(self, photo: Image, wearer: Wearer, framing: Framing) -> Conditions:
        """The conditions of one person, made once for the same photo and frame."""
        key = digest(photo, wearer.person.index, framing)
        return self._kept.get(key, lambda: self._make(photo, wearer, framing))

    def _make(self, photo: Image, wearer: Wearer, framing: Framing) -> Conditions:
        if self._parser is None:
            parse = np.asarray(framing.from_frame(labels_of(wearer), wearer.frame, SIZE), np.uint8)
        else:
            small = Framing(framing.left, framing.top, framing.width, framing.height, SIZE)
            parse = self._parser.parse(small.picture(photo))
        parts = None if self._mapper is None else self._mapper.parts(framing.picture(photo))
        found = parts is not None and bool(parts.any())
        drawn = parts if parts is not None and found else draw_parts(wearer, framing)
        made_by = {
            "parse": "preview" if self._parser is None else "schp",
            "joints": "mediapipe",
            "body map": "densepose" if found else "drawn",
        }
        return Conditions(parse, openpose_joints(wearer.person, framing), coloured(drawn), made_by)
