"""IDM-VTON as a try-on engine: analyse, condition, draw, paste back.

Torch and the networks come with the first picture: whoever only makes a result's key needs neither.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from pipeline.cutout import Cutout
from pipeline.engines.facts import colour_facts
from pipeline.engines.idm.framing import Framing, frame_person
from pipeline.engines.keeping import Clock, Recent, digest
from pipeline.engines.reading import GarmentReader
from pipeline.errors import EngineUnavailable, PipelineError, TryOnCancelled
from pipeline.garment.analysis import Garment
from pipeline.masks import Floats, grow
from pipeline.person import choose_person, find_people
from pipeline.person.detect import FoundPerson
from pipeline.person.wearer import Wearer, analyse_person
from pipeline.ports import EngineOptions
from pipeline.types import Box, Category, Image, Mask, Piece, Progress, TryOnRequest, TryOnResult

if TYPE_CHECKING:
    from pipeline.engines.idm.session import Session

VERSION = "2"
MOST_TOGETHER = 4
KEPT = 4
"""Persons whose analysis is kept: the next garment is often for the same photo."""
OTHERS_ROOM = 0.03
"""Torsos around somebody else that stay as photographed: a body's outline is known no better."""


@dataclass
class _Task:
    """One request on its way; `outcome` is set as soon as it ends."""

    request: TryOnRequest
    progress: Progress
    clock: Clock
    image: Image
    changed: Mask
    people: int = 0
    others: list[FoundPerson] = field(default_factory=list)
    wearer: Wearer | None = None
    pieces: list[Garment] = field(default_factory=list)
    made_by: dict[str, str] = field(default_factory=dict)
    plan: str = ""
    outcome: TryOnResult | PipelineError | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one task wants drawn now."""

    framing: Framing
    person: Image
    mask: Mask
    shares: Floats
    """Of each pixel, how much of what is drawn is taken."""
    body_map: Image
    garment: Image
    words: str
    category: Category


class IdmEngine:
    """See `pipeline.ports.Engine` and `Batches`. One picture, or one batch, at a time."""

    def __init__(self, options: EngineOptions) -> None:
        self._options = options
        self._lock = threading.RLock()
        self._session: Session | None = None
        self._cutout = Cutout()
        self._wearers: Recent[tuple[Wearer, list[FoundPerson]]] = Recent(KEPT)
        self._garments = GarmentReader(self._cutout)

    @property
    def name(self) -> str:
        """ "idm"."""
        return "idm"

    @property
    def version(self) -> str:
        """Of the program, and of every option that changes pixels."""
        same = replace(self._options, weights=None, dresscode_weights=None, device="", plan=None)
        told = replace(same, pictures_every=0, compile=False)
        return f"{VERSION}-{hashlib.sha256(repr(told).encode()).hexdigest()[:10]}"

    @property
    def categories(self) -> frozenset[Category]:
        """The published network dresses upper bodies; all others need DressCode's."""
        return frozenset(Category) if self._options.dresscode_weights else frozenset({Category.UPPER})

    def load(self) -> None:
        """Load the networks; see `pipeline.ports.Engine.load`."""
        with self._lock, self._ready().alone():
            self._ready().load()

    def unload(self) -> None:
        """Give the networks' memory back, and forget persons and garments."""
        with self._lock:
            if self._session is not None:
                self._session.close()
            self._session = None
        self._wearers.clear()
        self._garments.clear()

    def _ready(self) -> Session:
        if self._session is None:
            missing = [name for name in ("torch", "diffusers", "transformers") if find_spec(name) is None]
            if missing:
                raise EngineUnavailable("no_packages", f"IDM-VTON needs {missing[0]}, of requirements/gpu.txt.")
            if self._options.weights is None or not Path(self._options.weights, "unet").is_dir():
                raise EngineUnavailable("no_weights", f"IDM-VTON's networks are not in {self._options.weights}.")
            from pipeline.engines.idm.session import Session  # noqa: PLC0415 # it imports torch

            self._session = Session(self._options, self._options.weights)
        return self._session

    def most_together(self, request: TryOnRequest) -> int:
        """See `pipeline.ports.Batches`."""
        if request.more:
            return 1
        with self._lock, self._ready().alone():
            return min(MOST_TOGETHER, self._ready().most_together())

    def render(self, request: TryOnRequest, progress: Progress) -> TryOnResult:
        """Dress one person; see `pipeline.ports.Engine.render`."""
        (outcome,) = self.render_together([request], [progress])
        if isinstance(outcome, PipelineError):
            raise outcome
        return outcome

    def render_together(
        self, requests: Sequence[TryOnRequest], progresses: Sequence[Progress]
    ) -> list[TryOnResult | PipelineError]:
        """See `pipeline.ports.Batches`."""
        tasks = [
            _Task(each, progress, Clock(progress), each.person.copy(), np.zeros(each.person.shape[:2], np.uint8))
            for each, progress in zip(requests, progresses, strict=True)
        ]
        with self._lock:
            session = self._ready()
            for task in tasks:
                self._try(task, self._analyse)
            going = [task for task in tasks if task.outcome is None]
            with suppress(TryOnCancelled), session.alone(lambda: self._tell(going, "draw", 0, 0.0)):
                for place in range(max(len(task.request.pieces) for task in tasks)):
                    self._draw(session, [task for task in going if place < len(task.request.pieces)], place)
            for task in tasks:
                self._try(task, self._finish)
        return [task.outcome for task in tasks if task.outcome is not None]

    @staticmethod
    def _try(task: _Task, work: Callable[[_Task], None]) -> None:
        """Do something for a task that goes on; what it raises is the task's outcome."""
        if task.outcome is not None:
            return
        try:
            work(task)
        except PipelineError as error:
            # Without the frames it came through, which hold on to what lies on the GPU.
            task.outcome = error.with_traceback(None)

    def _tell(
        self, tasks: list[_Task], stage: str, place: int, done: float, pictures: Sequence[Image | None] = ()
    ) -> None:
        """Tell all of them; raises TryOnCancelled when nobody goes on."""
        for task, picture in zip_longest(tasks, pictures):
            share = _share(task, place, done)
            self._try(task, lambda task: task.progress(stage, share, picture))  # noqa: B023
        if all(task.outcome is not None for task in tasks):
            raise TryOnCancelled

    def _analyse(self, task: _Task) -> None:
        request = task.request

        def person() -> tuple[Wearer, list[FoundPerson]]:
            people = find_people(request.person)
            chosen = choose_person(request.person, people, request.person_index)
            others = [each for each in people if each.index != chosen.index]
            return analyse_person(request.person, chosen, self._cutout, others), people

        key = digest(request.person, request.person_index)
        wearer, people = task.clock.run("person", 0.0, lambda: self._wearers.get(key, person))
        task.wearer, task.people = wearer, len(people)
        task.others = [each for each in people if each.index != wearer.person.index]
        for piece in request.pieces:
            picture = _picture(piece, back=wearer.skeleton.back)
            garment = task.clock.run("garment", 0.03, lambda: self._garments.read(picture, piece.category))  # noqa: B023
            if garment.category not in self.categories:
                raise EngineUnavailable("no_weights", f"{garment.category.value} garments need DressCode's UNet.")
            task.pieces.append(garment)

    def _draw(self, session: Session, tasks: list[_Task], place: int) -> None:
        """The piece of that place on everybody who goes on."""
        drawings: dict[int, Drawing] = {}
        for number, task in enumerate(tasks):

            def condition(task: _Task, number: int = number) -> None:
                drawings[number] = task.clock.run(
                    "conditions", _share(task, place, 0.0), lambda: self._plan(task, place, session)
                )

            self._try(task, condition)
        for category in Category:
            group = [number for number, drawing in drawings.items() if drawing.category is category]
            if group:
                self._draw_group(session, [(tasks[number], drawings[number]) for number in group], place)

    def _plan(self, task: _Task, place: int, session: Session) -> Drawing:
        from pipeline.engines.idm.repaint import lengths_of, repaint, shares_of  # noqa: PLC0415

        wearer, garment, piece = task.wearer, task.pieces[place], task.request.pieces[place]
        assert wearer is not None  # noqa: S101 # analysed before it is drawn
        if place:
            # What was put on first is what the next piece is worn with; the joints are known.
            wearer = task.wearer = analyse_person(task.image, wearer.person, self._cutout, task.others)
        size = self._options.size
        framing = frame_person(wearer.person, task.image.shape, garment.category, size)
        found = session.conditions(task.image, wearer, framing)
        task.made_by = found.made_by
        mask = repaint(
            found.parse,
            found.joints,
            garment.category,
            lengths_of(garment),
            dresscode=garment.category is not Category.UPPER,
        )
        shares = np.ones(size[::-1], np.float32)
        if self._options.paste_back:
            shares = shares_of(mask, found.parse, size)
        picture = _picture(piece, back=wearer.skeleton.back)
        return Drawing(
            framing=framing,
            person=framing.picture(task.image),
            mask=np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8),
            shares=shares,
            body_map=found.body_map,
            garment=_fitted(picture, size),
            words=piece.words or _words_for(garment),
            category=garment.category,
        )

    def _draw_group(self, session: Session, pairs: list[tuple[_Task, Drawing]], place: int) -> None:
        tasks = [task for task, _ in pairs]

        def watch(done: float, pictures: Sequence[Image | None]) -> None:
            self._tell(tasks, "draw", place, done, pictures)

        clock = Clock(lambda *_: watch(0.0, []))
        try:
            drawn = clock.run("draw", 0.0, lambda: session.draw([drawing for _, drawing in pairs], watch))
        except TryOnCancelled:
            return
        except EngineUnavailable as error:
            for task in tasks:
                task.outcome = task.outcome or error.with_traceback(None)
            return
        for (task, drawing), picture in zip(pairs, drawn, strict=True):
            task.plan = session.plan
            task.clock.seconds["draw"] = task.clock.seconds.get("draw", 0.0) + clock.seconds["draw"]
            self._try(task, lambda task: self._paste(task, drawing, picture))  # noqa: B023

    def _paste(self, task: _Task, drawing: Drawing, picture: Image) -> None:
        wearer = task.wearer
        assert wearer is not None  # noqa: S101
        frame, foreign = wearer.frame, np.zeros(task.changed.shape, np.float32)
        size = (frame.right - frame.left, frame.bottom - frame.top)
        kept = grow(wearer.foreign, OTHERS_ROOM * wearer.skeleton.torso)
        others = cv2.resize(kept.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
        foreign[frame.top : frame.bottom, frame.left : frame.right] = others > 0
        task.image, changed = drawing.framing.paste(task.image, picture, drawing.shares, foreign)
        task.changed |= changed

    def _finish(self, task: _Task) -> None:
        wearer = task.wearer
        assert wearer is not None  # noqa: S101
        task.progress("done", 1.0)
        facts: dict[str, Any] = {
            "colours": colour_facts(wearer, task.pieces, task.changed),
            "generated": True,
            "conditions": task.made_by,
            "scheduler": self._options.scheduler,
            "steps": self._options.steps,
            "plan": task.plan,
        }
        ys, xs = np.nonzero(task.changed)
        box = (
            Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1) if len(xs) else Box(0, 0, 0, 0)
        )
        task.outcome = TryOnResult(
            image=task.image,
            mask=task.changed,
            box=box,
            engine=self.name,
            category=task.pieces[0].category,
            people_found=task.people,
            seconds=task.clock.seconds,
            facts=facts,
        )


def _share(task: _Task, place: int, done: float) -> float:
    """Of everything, when so much of one piece is done."""
    return 0.05 + 0.93 * (place + done) / len(task.request.pieces)


def _picture(piece: Piece, *, back: bool) -> Image:
    return piece.back if back and piece.back is not None else piece.picture


def _fitted(picture: Image, size: tuple[int, int]) -> Image:
    """The whole picture in the middle of a canvas of `size`, its edge going on around it."""
    height, width = picture.shape[:2]
    wide = max(width, round(height * size[0] / size[1]))
    tall = max(height, round(wide * size[1] / size[0]))
    return Framing((width - wide) // 2, (height - tall) // 2, wide, tall, size).picture(picture)


def _words_for(garment: Garment) -> str:
    """What a garment is, where nobody said it."""
    from pipeline.engines.idm.repaint import lengths_of  # noqa: PLC0415

    lengths = lengths_of(garment)
    if garment.category is Category.LOWER:
        legs = garment.bottom is not None and garment.bottom.legs is not None
        return ("trousers" if lengths.hem > 2.0 else "shorts") if legs else "skirt"
    if garment.category is Category.DRESS:
        return "dress"
    sleeve = "sleeveless" if lengths.sleeve < 0.15 else "short sleeve" if lengths.sleeve < 0.55 else "long sleeve"
    return f"{sleeve} shirt"
