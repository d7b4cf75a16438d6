"""What a picture that somebody sent shows of a garment: whether there is one, of which kind, and its colour.

The kind network knows nothing but garments, so it takes a cat for a top. What else is no garment is told by its
outline and by the points that a top or a dress has; the limits are from the catalogue's photos and from pictures
of animals, dishes, documents and landscapes. A few animals still pass for a top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.colours import shades_of
from pipeline.cutout import Cutout
from pipeline.errors import GarmentError
from pipeline.garment.analysis import outline_of
from pipeline.garment.bottom import Bottom, read_bottom
from pipeline.garment.kind import kind_of
from pipeline.garment.parts import GarmentParts, Part, PartsPrediction
from pipeline.garment.worn import model_in, worn_garment
from pipeline.masks import Bool, blur
from pipeline.person.detect import FoundPerson
from pipeline.person.wearer import analyse_person
from pipeline.types import Alpha, Category, Image

MIN_SYMMETRY = 0.72  # overlap of the outline with its mirror image
MAX_FILL = 0.96  # of the outline's box: a sheet of paper, a screen
MAX_ROUND = 0.86  # 1 is a circle: a plate, a ball
CALM = 0.005  # of the long side: how smooth the outline is whose length counts
MIN_ASPECT, MAX_ASPECT = 0.6, 5.2  # height to width, a long dress with its straps
MIN_POINTS = 0.46  # mean certainty of collar, shoulders, armpits and hem
HOOD = 0.05  # share of the garment's pixels
SHORT = 1.05  # length of shorts, in their hip widths
LONG = 1.3  # length of what is a skirt for certain, in its hip widths

_POINTS = ("collar_", "neck_", "shoulder_", "armpit_", "hem_left", "hem_right")


@dataclass(frozen=True, slots=True)
class GarmentSight:
    """`part` is what it dresses, `kind` its name ("top", "skirt"), `colour` the colour of most of it; `worn` says
    that somebody wears it in the picture.
    """

    part: Category
    kind: str
    colour: str
    worn: bool


def _nothing_clear() -> GarmentError:
    return GarmentError(
        "no_garment",
        "I can make out neither a person nor a single garment in this picture. Please send a photo of yourself, "
        "or a picture of one piece from the front, on a plain ground.",
    )


def see_garment(
    image: Image,
    people: Sequence[FoundPerson],
    cutout: Cutout,
    parts: GarmentParts,
    part: Category | None = None,
) -> GarmentSight:
    """The one garment in a picture with these people in it; `part` when it is known from elsewhere.

    Raises GarmentError with code no_garment or several_things, PersonError when its wearer cannot be measured.
    """
    model = model_in(people)
    if model is not None:
        garment = worn_garment(image, analyse_person(image, model, cutout), part)
        solid, prediction = garment.alpha > 0.5, None
        work, alpha, kind, bottom = garment.image, garment.alpha, garment.category, garment.bottom
    else:
        work, alpha = outline_of(image, cutout)
        solid = alpha > 0.5
        kind = part or kind_of(work, alpha)
        if part is None:
            _check_shape(solid)
        bottom = read_bottom(solid) if kind is Category.LOWER else None
        prediction = None if kind is Category.LOWER else parts.predict(work, alpha, kind)
        if prediction is not None and part is None:
            _check_points(prediction)
    return GarmentSight(kind, _name(kind, bottom, prediction), colour_of(work, alpha), model is not None)


def _check_shape(solid: Bool) -> None:
    """Refuse outlines that no garment has."""
    ys, xs = np.nonzero(solid)
    height, width = float(np.ptp(ys)) + 1.0, float(np.ptp(xs)) + 1.0
    centre = round(float(xs.mean()))
    reach = min(centre, solid.shape[1] - 1 - centre)
    left, right = solid[:, centre - reach : centre], solid[:, centre + 1 : centre + 1 + reach][:, ::-1]
    same = float((left & right).sum()) / max(float((left | right).sum()), 1.0)
    # The teeth of a sharp outline would make it longer.
    calm = blur(solid, CALM * max(solid.shape)) > 0.5
    contours, _ = cv2.findContours(calm.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outer = max(contours, key=cv2.contourArea)
    around = max(cv2.arcLength(outer, closed=True), 1.0)
    roundness = 4.0 * np.pi * cv2.contourArea(outer) / around**2
    fill = len(ys) / (height * width)
    shaped = same >= MIN_SYMMETRY and fill <= MAX_FILL and roundness <= MAX_ROUND
    if not (shaped and MIN_ASPECT <= height / width <= MAX_ASPECT):
        raise _nothing_clear()


def _check_points(prediction: PartsPrediction) -> None:
    scores = [mark.score for name, mark in prediction.landmarks.items() if name.startswith(_POINTS)]
    if float(np.mean(scores)) < MIN_POINTS:
        raise _nothing_clear()


def _name(part: Category, bottom: Bottom | None, prediction: PartsPrediction | None) -> str:
    if part is Category.LOWER:
        if bottom is None or bottom.legs is None:
            # Legs of shorts lie close together: what looks like a skirt is one only when it is long.
            return "skirt" if bottom is not None and bottom.length > LONG * bottom.hip else "bottoms"
        return "shorts" if bottom.length < SHORT * bottom.hip else "trousers"
    if part is Category.DRESS:
        return "dress"
    if prediction is not None:
        labels = prediction.labels
        if (labels == Part.HOOD).sum() > HOOD * max(int((labels > 0).sum()), 1):
            return "hoodie"
    return "top"


def colour_of(image: Image, alpha: Alpha) -> str:
    """The name of the colour that most of a cut-out garment has; `image` (H, W, 3), `alpha` (H, W)."""
    shades = shades_of(image, alpha)
    return shades[0].name if shades else "grey"
