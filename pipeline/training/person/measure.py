"""How well people in real photos are parsed, against published segmentations; never used for training.

The folder holds photos with LIP or CIHP label pictures (0 to 19) or clothes segmentations (red upper, green lower,
yellow one-piece). docs/models/person_parts.md lists the photos and the figures.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from pipeline.cutout import Cutout
from pipeline.masks import Bool, Floats
from pipeline.person.detect import find_people
from pipeline.person.frame import Frame
from pipeline.person.wearer import Wearer, analyse_person
from pipeline.types import Image

Maps = dict[str, Bool]

_LIP = {
    "upper": (5, 7, 11), "lower": (9, 12), "dress": (6,), "clothes": (5, 6, 7, 9, 11, 12), "hair": (1, 2),
    "arms and hands": (14, 15), "skin": (10, 13, 14, 15, 16, 17), "legs": (16, 17), "shoes": (18, 19),
}  # fmt: skip
_LIP_COLOURS = {
    (255, 0, 0): 2, (255, 85, 0): 5, (0, 85, 85): 9, (85, 51, 0): 10, (0, 0, 255): 13, (51, 170, 221): 14,
    (0, 255, 255): 15,
}  # fmt: skip
SMALLEST_SHARE = 0.002
"""Classes which cover less of the photo than this are not scored."""


def truth_of(path: Path) -> Maps:
    """Masks by name from a label picture."""
    with PillowImage.open(path) as picture:
        pixels = np.asarray(picture if picture.mode == "P" else picture.convert("RGB"))
    if path.name.endswith("_seg.png"):
        red, green = pixels[..., 0] > 64, pixels[..., 1] > 64
        return {"upper": red & ~green, "lower": green & ~red, "dress": red & green, "clothes": red | green}
    if pixels.ndim == 3:
        labels = np.zeros(pixels.shape[:2], np.uint8)
        for colour, label in _LIP_COLOURS.items():
            labels[(pixels == colour).all(axis=2)] = label
        pixels = labels
    return {name: np.isin(pixels, labels) for name, labels in _LIP.items()}


def truth_paths(folder: Path) -> dict[Path, Path]:
    """Photo to label picture, for every photo below `folder` that has one."""
    found = {path.with_name("person.jpg"): path for path in sorted(folder.glob("pairs/*/parse.png"))}
    for path in sorted(itertools.chain(folder.glob("*/*_parse.png"), folder.glob("*/*_seg.png"))):
        stem = path.with_name(path.name.rsplit("_", 1)[0])
        photo = next((stem.with_suffix(end) for end in (".jpg", ".png") if stem.with_suffix(end).exists()), None)
        if photo is not None:
            found[photo] = path
    for path in sorted(folder.glob("*/*_global_human_parsing.png")):
        found[path.with_name(path.name.replace("_global_human_parsing.png", ".jpg"))] = path
    return found


def _in_photo(frame: Frame, values: Floats, shape: tuple[int, ...]) -> Floats:
    out = np.zeros(shape[:2], np.float32)
    size = (frame.right - frame.left, frame.bottom - frame.top)
    out[frame.top : frame.bottom, frame.left : frame.right] = cv2.resize(
        values, size, interpolation=cv2.INTER_AREA
    )
    return out


def _maps_of(wearer: Wearer) -> dict[str, Floats]:
    parse = wearer.parse
    whole = parse.dress
    return {
        "upper": np.clip(parse.top - whole, 0, 1), "lower": np.clip(parse.bottom - whole, 0, 1), "dress": whole,
        "clothes": np.clip(parse.top + parse.bottom, 0, 1), "hair": parse.hair, "skin": parse.skin,
        "arms and hands": np.clip(parse.arms[0] + parse.arms[1] + parse.hands, 0, 1), "legs": parse.legs,
        "shoes": parse.shoes,
    }  # fmt: skip


def found_in(image: Image, cutout: Cutout) -> Maps:
    """The same masks by our own parser, over everybody in the photo."""
    people = find_people(image)
    total: dict[str, Floats] = {}
    for person in people:
        others = [other for other in people if other is not person]
        wearer = analyse_person(image, person, cutout, others)
        for name, values in _maps_of(wearer).items():
            placed = _in_photo(wearer.frame, np.asarray(values, np.float32), image.shape)
            total[name] = np.maximum(total[name], placed) if name in total else placed
    return {name: values > 0.5 for name, values in total.items()}


def overlap(found: Bool, truth: Bool) -> float:
    """Intersection over union."""
    union = int((found | truth).sum())
    return float((found & truth).sum() / union) if union else 1.0


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Intersection over union by photo and class."""
    cutout, table = Cutout(), {}
    for photo, labels in truth_paths(folder).items():
        with PillowImage.open(photo) as picture:
            image: NDArray[np.uint8] = np.asarray(picture.convert("RGB"), np.uint8)
        truth, found = truth_of(labels), found_in(image, cutout)
        table[str(photo.relative_to(folder))] = {
            name: overlap(found[name], mask)
            for name, mask in truth.items()
            if name in found and mask.mean() > SMALLEST_SHARE
        }
    return table


def as_text(table: dict[str, dict[str, float]]) -> str:
    """A line a photo, then the median, mean and minimum of each class."""
    lines = [
        f"{photo:<32} " + "  ".join(f"{name} {value:.3f}" for name, value in row.items())
        for photo, row in table.items()
    ]
    for name in _LIP:
        values = np.array([row[name] for row in table.values() if name in row])
        if len(values):
            lines.append(
                f"{name:<16} n {len(values):2d}  median {np.median(values):.3f}  mean {values.mean():.3f}  "
                f"min {values.min():.3f}"
            )
    return "\n".join(lines)
