"""One case judged: painted as sold and in the probe's colour, read against every measure that applies."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from pipeline.errors import PipelineError
from pipeline.types import Category, Image
from tests.quality import measures, prints
from tests.quality.bars import Reading, reading
from tests.quality.material import Case, Flags, load, stored_width
from tests.quality.painters import Painter, product_in
from tests.quality.product import has_hue, in_its_colours, rarest_hue
from tests.quality.sightings import Points
from tests.quality.truth import Truth, truth_of, zone_of_pair

BACKGROUND_GAP_PX = 25
GREY = 128
_SSIM_WIDTH_PX = 384
_SHOULDER, _WRIST = 0.08, 0.92  # of the arm's length
_SLACK = 0.3  # the labels are on the safe side, and a wide sleeve hangs lower
_MIN_SPAN = 0.05
_SKIN_HUE = 0.87  # cosine of 30 degrees in CIE a*b* from the face's
_SKIN_STRENGTH = 5.0  # black and white have less
_MAX_SKIN_SHARE = 0.2  # of the face that could be the garment by its colour
_MIN_GARMENT_SHARE = 0.002  # of the photo: less is a stray reflection, not a garment


@dataclass(slots=True)
class Outcome:
    """`status` is dressed, refused or unsupported; `code` says why refused; `megapixels` are the photo's."""

    case: Case
    status: str
    code: str = ""
    readings: list[Reading] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    megapixels: float = 0.0
    image: Image | None = None

    @property
    def failed(self) -> list[str]:
        """Bars that do not hold."""
        return [one.key for one in self.readings if not one.passed]


def judge(case: Case, painter: Painter) -> Outcome:
    """Paint and measure."""
    if case.garment.category not in painter.categories:
        return Outcome(case, "unsupported")
    photo = load(case.person.file, case.person.sample)
    hue = rarest_hue(photo)
    try:
        sold = painter.paint(case, photo, None)
        probe = painter.paint(case, photo, hue)
    except PipelineError as error:
        return Outcome(case, "refused", error.code)
    outcome = Outcome(case, "dressed", image=sold.image, seconds=[sold.seconds, probe.seconds])
    outcome.megapixels = photo.shape[0] * photo.shape[1] / 1e6
    truth = truth_of(case)
    painted = measures.changed(photo, sold.image)
    probed = has_hue(probe.image, hue) & measures.changed(photo, probe.image)
    # Cloth has another colour in the probe; ground and skin that an old garment hid are painted the same in both.
    fresh = painted & measures.changed(sold.image, probe.image, measures.SAME_PX_VALUE)
    garment = _garment_in(case, truth, photo, sold.image, (probed, fresh))
    outcome.readings += _kept(truth, photo, sold.image, garment)
    outcome.readings += _geometry(case, truth, photo, sold.image, garment)
    outcome.readings += _closed(case, truth, garment | (probed & painted))
    # By place alone: chosen by their colours, the pixels could not have another.
    outcome.readings += _likeness(case, photo, sold.image, probed & painted)
    outcome.readings.append(reading("steady", measures.overlap(painted, measures.changed(photo, probe.image))))
    return outcome


def _garment_in(case: Case, truth: Truth, photo: Image, image: Image, places: tuple[Flags, Flags]) -> Flags:
    """Where the garment lies in the result as sold: its own colours, at the probe's place or freshly painted.

    `places` are these two. Painted skin would pass for a garment of skin's colour: there only the probe's counts.
    """
    probed, fresh = places
    product, cloth = product_in(case.garment, None)
    own = in_its_colours(image, product, cloth)
    like_skin = True
    if truth.face is not None:
        like_skin = float(in_its_colours(photo, product, cloth)[truth.face].mean()) > _MAX_SKIN_SHARE
    return own & probed if like_skin else own & (probed | fresh)


def judge_pair(case: Case, painter: Painter) -> Outcome:
    """Blank the clothes, dress the person in what they wore, compare with the photo."""
    photo = load(case.person.file, case.person.sample)
    zone = zone_of_pair(case.person)
    blanked = photo.copy()
    blanked[zone] = GREY
    try:
        painted = painter.paint(case, blanked, None)
    except PipelineError as error:
        return Outcome(case, "refused", error.code)
    outcome = Outcome(case, "dressed", image=painted.image)
    outcome.readings.append(reading("ssim", _similar(case, painted.image, zone)))
    if case.person.anchor is not None:
        outcome.readings.append(reading("anchor", _similar(case, load(case.person.anchor), zone)))
    return outcome


def _similar(case: Case, image: Image, zone: Flags) -> float:
    """SSIM at the width of published results, or of the stored photo: enlarged pixels are alike by smoothness."""
    photo = load(case.person.file, case.person.sample)
    width = min(_SSIM_WIDTH_PX, stored_width(case.person.file, case.person.sample))
    size = (width, photo.shape[0] * width // photo.shape[1])
    a, b = (np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_AREA), np.uint8) for one in (photo, image))
    where = cv2.resize(zone.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    return measures.ssim(a, b, np.asarray(where))


def _kept(truth: Truth, photo: Image, image: Image, garment: Flags) -> list[Reading]:
    """What must stay as it was."""
    taken: list[Reading] = []
    for key, region in (("face", truth.face), ("hands", truth.hands)):
        if region is not None:
            taken.append(reading(key, measures.psnr_db(photo, image, region)))
    if truth.hair is not None:
        near = cv2.dilate(garment.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        free = truth.hair & ~near
        if free.any():
            taken.append(reading("hair", measures.psnr_db(photo, image, free)))
    moved = measures.changed(photo, image, measures.SAME_PX_VALUE)
    # Clothes are those of the result, too; scraps of them on the ground are none.
    worn = measures.largest(garment)
    for key, clothed in (("background", truth.body | worn), ("beyond", truth.body)):
        far = measures.far_from(clothed, BACKGROUND_GAP_PX)
        if far.any():
            taken.append(reading(key, float((moved & far).sum())))
    if truth.others is not None:
        taken.append(reading("others", float((measures.changed(photo, image) & truth.others).sum())))
    return taken


def _geometry(case: Case, truth: Truth, photo: Image, image: Image, garment: Flags) -> list[Reading]:
    """Where the new garment lies."""
    taken: list[Reading] = []
    clothes = truth.clothes(case.garment.category)
    if clothes is not None:
        taken.append(reading("left", measures.left_visible(photo, image, clothes, garment, truth.body)))
        if _at_least_as_long(case):
            taken.append(reading("covered", measures.covered(clothes, garment)))
    if case.garment.category is not Category.LOWER:
        taken += _sleeves(case, truth, photo, garment)
    return taken


def _closed(case: Case, truth: Truth, garment: Flags) -> list[Reading]:
    """Holes; a speck of a colour that the product has not is none while the probe covers the place."""
    clothes = truth.clothes(case.garment.category)
    return [] if clothes is None else [reading("holes", measures.holes(garment, clothes))]


def _sleeves(case: Case, truth: Truth, photo: Image, garment: Flags) -> list[Reading]:
    """Cloth on the arms as far as the sleeves go, and none where they have ended."""
    reach, height, width = case.garment.reach, garment.shape[0], garment.shape[1]
    hidden = np.zeros_like(garment) if truth.hair is None else truth.hair
    spans = {"sleeves": (_SHOULDER, reach), "bare": (reach + _SLACK, _WRIST)}
    taken: list[Reading] = []
    for key, (start, end) in spans.items():
        if end - start < _MIN_SPAN:
            continue
        bands = [measures.arm_band(arm, end, (height, width), start) & ~hidden for arm in truth.arms]
        shown = [garment] * len(bands)
        if key == "bare":
            shown = [garment & ~_behind(case, truth, photo, arm) for arm in truth.arms]
        shares = [measures.covered(band, part) for band, part in zip(bands, shown, strict=True) if band.any()]
        if shares:
            taken.append(reading(key, min(shares) if key == "sleeves" else max(shares)))
    return taken


def _behind(case: Case, truth: Truth, photo: Image, arm: Points) -> Flags:
    """What of an arm is behind trunk or trousers in the photo: the old sleeve has ended and no skin is seen.

    The new clothes may hide that as well.
    """
    past = case.person.reach + _SLACK
    if truth.face is None or past >= _WRIST:
        return np.zeros(photo.shape[:2], np.bool_)
    hue = measures.lab(photo)[..., 1:]
    strength, own = np.linalg.norm(hue, axis=2), np.median(hue[truth.face], axis=0)
    # Arms may be lighter or darker than the face, and of a stronger colour, but of its hue.
    skin = (hue @ own > _SKIN_HUE * strength * np.linalg.norm(own)) & (strength > _SKIN_STRENGTH)
    return np.asarray(measures.arm_band(arm, _WRIST, (photo.shape[0], photo.shape[1]), past) & ~skin)


def _at_least_as_long(case: Case) -> bool:
    garment, person = case.garment, case.person
    if garment.category is Category.UPPER:
        return garment.reach >= person.reach and garment.length >= person.length
    if garment.category is Category.LOWER:
        return garment.length >= person.lower_length
    return False


def _likeness(case: Case, photo: Image, image: Image, garment: Flags) -> list[Reading]:
    """Does it look like the product?"""
    product, cloth = product_in(case.garment, None)
    if garment.mean() < _MIN_GARMENT_SHARE:
        # No garment to be found: whatever was asked for is not there.
        return [Reading("colour", float(np.inf), passed=False), Reading("detail", 0.0, passed=False)]
    taken = [
        reading("colour", measures.colour_distance(image, garment, product, cloth)),
        reading("detail", measures.detail_ratio(image, garment, product, cloth)),
    ]
    if case.garment.printed and not case.person.back:
        seen = prints.compare(product, cloth, photo, image)
        taken.append(Reading("print", float(seen.inliers - seen.null), seen.kept))
    return taken
