"""What a result shows beside its pixels: the colours of what was put on and of what the person keeps wearing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import cv2
import numpy as np

from pipeline.colours import shades_of
from pipeline.garment.analysis import Garment
from pipeline.masks import Floats
from pipeline.person.parse import Parse
from pipeline.person.wearer import Wearer
from pipeline.types import Alpha, Image, Mask

LEFT = 0.35
"""Share of a piece of the person's own clothes that must stay in the picture: less is a rim under the new one."""

SMALLEST = 0.02
"""Square torsos of cloth that are worth a word."""


def colour_facts(wearer: Wearer, pieces: Sequence[Garment], changed: Mask) -> list[dict[str, Any]]:
    """Plain values for JSON: piece (its number, None for what stays), part, name, lab, share.

    `wearer` is the person as photographed, `changed` (H, W) what was painted over of the photo.
    """
    found: list[dict[str, Any]] = []
    for number, garment in enumerate(pieces):
        found += _told(number, garment.category.value, garment.image, garment.alpha)
    frame = wearer.frame
    height, width = frame.image.shape[:2]
    crop = changed[frame.top : frame.bottom, frame.left : frame.right]
    stays = cv2.resize(crop, (width, height), interpolation=cv2.INTER_AREA) < 64
    least = SMALLEST * wearer.skeleton.torso**2
    for part, cloth in _own_clothes(wearer.parse):
        left = np.where(stays, cloth, np.float32(0.0))
        if float(left.sum()) > max(least, LEFT * float(cloth.sum())):
            found += _told(None, part, frame.image, left)
    return found


def _own_clothes(parse: Parse) -> Iterator[tuple[str, Floats]]:
    if float(parse.dress.sum()) > 0.5 * float(parse.top.sum() + parse.bottom.sum()):
        yield "dress", parse.dress
    else:
        yield "upper", parse.top
        yield "lower", parse.bottom
    yield "shoes", parse.shoes


def _told(piece: int | None, part: str, image: Image, alpha: Alpha) -> list[dict[str, Any]]:
    return [
        {"piece": piece, "part": part, **asdict(shade), "lab": list(shade.lab)}
        for shade in shades_of(image, alpha)
    ]
