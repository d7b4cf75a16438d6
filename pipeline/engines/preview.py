"""The instant preview: a believable picture within seconds on a CPU, by geometry alone.

Person and garment are measured (`pipeline.person`, `pipeline.garment`), the garment is laid on the body
(`pipeline.fit`) and painted into the photo (`pipeline.paint`). Nothing is generated: what is drawn comes from
the two pictures.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from pipeline.cutout import Cutout
from pipeline.engines.facts import colour_facts
from pipeline.engines.keeping import Clock, Recent, digest
from pipeline.engines.lower import (
    check_lower,
    lay_lower,
    lay_whole,
    lower_scene,
    not_measured,
    paint_lower,
    paint_whole,
    whole_scene,
)
from pipeline.engines.reading import GarmentReader
from pipeline.errors import TryOnRefused
from pipeline.fit.top import Fit, fit_top
from pipeline.garment.analysis import Garment
from pipeline.garment.kind import load as load_kind
from pipeline.masks import box_of
from pipeline.paint.scene import Scene, SharpMaps, make_scene
from pipeline.paint.top import Painted, compose
from pipeline.person import choose_person, find_people
from pipeline.person import landmarks as lm
from pipeline.person.detect import FoundPerson, shared_landmarks
from pipeline.person.parts import shared_parts
from pipeline.person.wearer import Wearer, analyse_person
from pipeline.ports import EngineOptions
from pipeline.types import Box, Category, Image, Mask, Progress, TryOnRequest, TryOnResult

VERSION = "15"

# Where geometry stops being believable; from the public try-on photos.
MIN_BREADTH = 0.34  # torsos between the shoulders; bodies half turned have 0.45, in profile 0.24 and less
MIN_COVERED = 0.75  # share of the chest's middle that must be cloth
MAX_OUTSIDE = 0.35  # share of the cloth that may hang over the background
_KEPT = 4


class PreviewEngine:
    """Classical try-on on a CPU; see `pipeline.ports.Engine`.

    Safe to call from several threads. Models load at the first call; the analysis of the last few persons and
    garments is kept.
    """

    def __init__(self, _options: EngineOptions | None = None) -> None:
        self._cutout = Cutout()
        self._wearers: Recent[tuple[Wearer, list[FoundPerson]]] = Recent(_KEPT)
        self._garments = GarmentReader(self._cutout)
        self._sharp = SharpMaps()

    @property
    def name(self) -> str:
        """ "preview"."""
        return "preview"

    @property
    def version(self) -> str:
        """Goes up with every change of pixels."""
        return VERSION

    @property
    def categories(self) -> frozenset[Category]:
        """Everything that is worn on the body."""
        return frozenset(Category)

    def load(self) -> None:
        """Load every model now; see `pipeline.ports.Engine.load`."""
        self._cutout.load()
        self._garments.load()
        shared_landmarks().load()
        shared_parts()
        load_kind()

    def unload(self) -> None:
        """Forget persons and garments; the models are small and shared, and stay."""
        self._wearers.clear()
        self._sharp.clear()
        self._garments.clear()

    def render(self, request: TryOnRequest, progress: Progress) -> TryOnResult:
        """Dress the person; see `pipeline.ports.Engine.render`."""
        clock = Clock(progress)
        wearer, people = clock.run("person", 0.0, lambda: self._wearer(request))
        _check_turned(wearer)
        photographed = wearer
        pieces = clock.run("garment", 0.3, lambda: self._garments_of(request, back=photographed.skeleton.back))
        worn = _in_order(pieces, tucked=request.tucked)
        image, mask = request.person.copy(), np.zeros(request.person.shape[:2], np.uint8)
        for number, (garment, over) in enumerate(worn):
            if number:
                # What was put on first is what the next piece is worn with.
                wearer = clock.run("person", 0.5, partial(self._again, image.copy(), wearer, people))
            tucked = request.tucked and number > 0
            scene, painted = _dress(image, wearer, garment, clock, self._sharp, over=over, tucked=tucked)
            rows = slice(scene.top, scene.top + painted.image.shape[0])
            columns = slice(scene.left, scene.left + painted.image.shape[1])
            image[rows, columns] = painted.image
            mask[rows, columns] |= painted.changed * np.uint8(255)
        progress("done", 1.0)
        return TryOnResult(
            image=image,
            mask=mask,
            box=_bounds(mask),
            engine=self.name,
            category=worn[0][0].category,
            people_found=len(people),
            seconds=clock.seconds,
            warnings=(),
            facts={"colours": colour_facts(photographed, [garment for garment, _ in pieces], mask)},
        )

    def _wearer(self, request: TryOnRequest) -> tuple[Wearer, list[FoundPerson]]:
        image, index = request.person, request.person_index

        def analyse() -> tuple[Wearer, list[FoundPerson]]:
            people = find_people(image)
            person = choose_person(image, people, index)
            return analyse_person(image, person, self._cutout, _others(person, people)), people

        return self._wearers.get(digest(image, index), analyse)

    def _again(self, image: Image, wearer: Wearer, people: list[FoundPerson]) -> Wearer:
        """The same person in the picture so far: the joints are known, the clothes are new."""
        return analyse_person(image, wearer.person, self._cutout, _others(wearer.person, people))

    def _garments_of(self, request: TryOnRequest, *, back: bool) -> list[tuple[Garment, bool | None]]:
        worn = []
        for piece in request.pieces:
            picture = piece.back if back and piece.back is not None else piece.picture
            worn.append((self._garments.read(picture, piece.category), piece.over))
        return worn


def _in_order(pieces: list[tuple[Garment, bool | None]], *, tucked: bool) -> list[tuple[Garment, bool | None]]:
    """The pieces in the order they are put on: trousers before the top, unless it is tucked into them."""
    lower = [pair for pair in pieces if pair[0].category is Category.LOWER]
    others = [pair for pair in pieces if pair[0].category is not Category.LOWER]
    return [*others[:1], *lower, *others[1:]] if tucked else [*lower, *others]


def _others(person: FoundPerson, people: list[FoundPerson]) -> list[FoundPerson]:
    return [other for other in people if other.index != person.index]


def _dress(
    photo: Image,
    wearer: Wearer,
    garment: Garment,
    clock: Clock,
    sharp: SharpMaps,
    *,
    over: bool | None,
    tucked: bool,
) -> tuple[Scene, Painted]:
    if garment.category is Category.LOWER:
        laid = clock.run("warp", 0.6, lambda: lay_lower(wearer, garment))
        scene = clock.run("draw", 0.7, lambda: lower_scene(photo, wearer, garment, laid, sharp))
        painted = clock.run("compose", 0.8, lambda: paint_lower(scene, wearer, garment, laid, tucked=tucked))
        check_lower(scene, painted)
        return scene, painted
    if garment.category is Category.DRESS:
        dress = clock.run("warp", 0.6, lambda: lay_whole(wearer, garment))
        scene = clock.run("draw", 0.7, lambda: whole_scene(photo, wearer, garment, dress, sharp))
        painted = clock.run("compose", 0.8, lambda: paint_whole(scene, wearer, garment, dress))
        check_lower(scene, painted)
        return scene, painted
    top = garment.top
    if top is None:
        raise not_measured()
    height, width = wearer.parse.alpha.shape
    fit = clock.run("warp", 0.6, lambda: fit_top(top, wearer.body, wearer.skeleton, (height, width)))
    _check_arms(wearer, fit)
    on_top = top.open_front if over is None else over
    scene = clock.run("draw", 0.7, lambda: make_scene(photo, wearer, garment, fit, sharp))
    painted = clock.run("compose", 0.8, lambda: compose(scene, wearer, fit, over=on_top))
    _check_picture(scene, painted)
    return scene, painted


def _check_turned(wearer: Wearer) -> None:
    """Refuse a body seen from the side."""
    skeleton = wearer.skeleton
    points = wearer.person.pose.points
    breadth = abs(float(points[lm.SHOULDERS[0], 0] - points[lm.SHOULDERS[1], 0])) * wearer.frame.scale
    if breadth < MIN_BREADTH * skeleton.torso:
        raise TryOnRefused(
            "turned_away",
            "You are turned to the side in this photo. One that shows you from the front works best.",
        )


def _check_arms(wearer: Wearer, fit: Fit) -> None:
    """Refuse sleeved arms folded over the chest, both hands hidden, when the new sleeves are short: nothing tells
    where the bare forearms would be."""
    skeleton = wearer.skeleton
    folded = 0
    for arm, shape, sleeve in zip(skeleton.arms, wearer.body.arms, fit.sleeves, strict=True):
        x, y = arm.wrist
        across = abs(float(skeleton.across(np.array(x), np.array(y)))) / skeleton.shoulder_width
        along = float(skeleton.along(np.array(x), np.array(y)))
        bared = shape.bare_from > shape.elbow and (sleeve is None or sleeve.end < 0.9 * shape.wrist)
        folded += int(arm.seen and bared and across < 0.33 and 0.15 < along < 0.75)
    if folded == 2 and not wearer.parse.hands.any():
        raise TryOnRefused(
            "arms_cover",
            "Your arms cover the top in this photo. One with your arms at the sides works best.",
        )


def _check_picture(scene: Scene, painted: Painted) -> None:
    """Refuse a result that looks torn: holes in the trunk, or cloth far out over the background."""
    drawn = painted.drawn > 0.5
    trunk = (np.abs(scene.across) < 0.6) & (scene.along > 0.30) & (scene.along < 0.60)
    trunk &= (scene.alpha > 0.5) & (scene.hair < 0.3) & ~scene.hands
    # A sleeve or bare arm in front of the trunk is no hole.
    trunk &= (np.abs(scene.arm_share[0]) > 1.3) & (np.abs(scene.arm_share[1]) > 1.3)
    covered = float(drawn[trunk].mean()) if trunk.any() else 0.0
    outside = float((drawn & (scene.alpha < 0.1)).sum()) / max(float(drawn.sum()), 1.0)
    if covered < MIN_COVERED or outside > MAX_OUTSIDE:
        raise TryOnRefused(
            "would_not_fit",
            "I could not lay this garment on your photo without tearing it. "
            "A product photo from the front on a plain ground, or another photo of you, may work.",
        )


def _bounds(mask: Mask) -> Box:
    rows, columns = box_of(mask > 0)
    if rows.stop == 0:
        raise TryOnRefused(
            "nothing_changed",
            "The garment would not be visible on this photo. Please try one that shows your upper body.",
        )
    return Box(columns.start, rows.start, columns.stop, rows.stop)
