"""Renders leased jobs: fetch, dress, keep, and tell, with a heartbeat beside each.

Jobs that put the same garment on go together where the engine does several at once.
"""

from __future__ import annotations

import asyncio
import io
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import numpy as np
from PIL import Image as PillowImage

from pipeline.errors import GarmentError, PipelineError, TryOnCancelled, TryOnRefused
from pipeline.ports import Batches, Engine
from pipeline.types import Category, Image, Piece, Progress, TryOnRequest, TryOnResult
from storage import metrics
from storage.errors import LeaseLost, MediaUnavailable, StorageError
from storage.hints import Hint, Hints
from storage.queue import WakeUps, engine_of
from storage.records import Lease, ResultRecord
from storage.trail import Step, following
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)

HEARTBEAT_S = 1.0
"""A tenth of the lease; who hears of a cancelled job only by this stops so much and one step later at the most."""

STORE_PAUSE_S = 5.0
"""How long no job is taken once the media store did not work; then it is looked whether it does."""

JPEG_QUALITY = 95

SKETCH_QUALITY = 80
SKETCH_KEPT = timedelta(minutes=10)
"""Longer than anybody needs to fetch it; the next one takes its place much sooner."""

T = TypeVar("T")

Picture = tuple[TryOnResult, bytes]
"""A result and its JPEG."""


@dataclass(eq=False, slots=True)
class _Work:
    """One job in work: what the rendering thread and the heartbeat tell each other."""

    lease: Lease
    step: Step
    stage: str = ""
    fraction: float = 0.0
    sketch: Image | None = None
    """What it looks like so far, until the heartbeat has kept it."""
    sketch_key: str | None = None
    ended: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    telling: Future[None] | None = None
    """The latest news on its way to whoever watches."""
    hurry: asyncio.Event = field(default_factory=asyncio.Event)
    """The heartbeat shall look now."""


class Renderer:
    """Takes jobs off one queue, one at a time, or as many of one garment as the engine does at once."""

    def __init__(  # noqa: PLR0917  # what rendering needs, plainly
        self,
        database: Database,
        hints: Hints,
        load_engine: Callable[[], Engine],
        queue: str,
        owner: str,
        wake_ups: WakeUps | None = None,
    ) -> None:
        self._database = database
        self._hints = hints
        self._load_engine = load_engine
        self._queue = queue
        self._owner = owner
        self._wake_ups = wake_ups
        self._slot = asyncio.Lock()
        self._works: dict[UUID, _Work] = {}
        self._rendering = 0
        self._closed = False
        self._used: float | None = None
        """When the engine was last used; None while it holds no memory."""
        self._trouble: MediaUnavailable | None = None
        """Why pictures can be neither read nor kept, None while they can."""
        self._store_at = 0.0
        """When to look whether the store works again."""
        # One thread: an engine may hold a GPU or a model that two jobs must not use at once.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="engine")

    @property
    def busy(self) -> bool:
        """Whether a job is being rendered or kept now."""
        return self._rendering > 0

    def close(self) -> None:
        """Take no further job."""
        self._closed = True

    @property
    def missing(self) -> str | None:
        """See storage.health."""
        return None if self._trouble is None else str(self._trouble)

    async def warm_up(self) -> None:
        """Load the engine's models before the first job needs them. Raises EngineUnavailable."""
        await self._in_thread(lambda: self._load_engine().load())
        self._used = time.monotonic()

    async def rest(self, idle_s: float) -> None:
        """Give the engine's memory back when it was not used for so long; the next job loads it again."""
        if self.busy or self._used is None or time.monotonic() - self._used < idle_s:
            return
        async with self._slot:
            await self._in_thread(lambda: self._load_engine().unload())
            self._used = None
        log.info("idle: the models are unloaded")

    def hurry(self, job: str) -> None:
        """Something was said about this job that its heartbeat would learn in a moment: it looks now."""
        for work in self._works.values():
            if str(work.lease.job_id) == job:
                work.hurry.set()

    async def render_next(self) -> bool:
        """Render the next job of the queue; False when there was none, or none can be rendered now.

        While one caller's picture is kept, which is the database's work, the next caller's is drawn.
        """
        works: list[_Work] = []
        hearts: list[asyncio.Task[None]] = []

        def begin(lease: Lease) -> _Work:
            step = Step("job", {"job": str(lease.job_id), "engine": engine_of(self._queue)})
            work = self._works[lease.job_id] = _Work(lease, step)
            works.append(work)
            hearts.append(asyncio.create_task(self._beat(work)))
            return work

        try:
            async with self._slot:
                stays = self._closed or (self._trouble is not None and not await self._store_works_again())
                lease, kept = (None, False) if stays else await self._claim()
                if lease is None:
                    return False
                self._rendering += 1
                with following(lease.trail):
                    work = begin(lease)
                    if kept and await self._safely(work, self._was_kept(work)) is not False:
                        return True
                    drawn = await self._attempt(work, begin)
            for work, outcome in drawn:
                with following(work.lease.trail):
                    await self._safely(work, self._end(work, outcome))
        except asyncio.CancelledError:
            # The worker is told to go: give the jobs back before leaving.
            await asyncio.shield(self._leave(works))
            raise
        finally:
            await self._over(works, hearts)
        return True

    async def _store_works_again(self) -> bool:
        if time.monotonic() >= self._store_at:
            before, self._trouble = str(self._trouble), await self._database.store_trouble()
            self._store_at = time.monotonic() + STORE_PAUSE_S
            if self._trouble is None:
                log.info("the media store works again")
            elif str(self._trouble) != before:
                log.error("all jobs wait: %s", self._trouble)
        return self._trouble is None

    async def _claim(self) -> tuple[Lease | None, bool]:
        """The next job, and whether what it would render is there already."""

        def work(uow: UnitOfWork) -> tuple[Lease | None, bool]:
            lease = uow.jobs.claim(self._queue, self._owner)
            return lease, lease is not None and uow.jobs.result(lease.key, lease.person_id) is not None

        return await self._database.run(work, attempts=5)

    async def _over(self, works: Sequence[_Work], hearts: Sequence[asyncio.Task[None]]) -> None:
        if not works:
            return
        for heart in hearts:
            heart.cancel()
        told = [asyncio.wrap_future(work.telling) for work in works if work.telling]
        await asyncio.gather(*hearts, *told, return_exceptions=True)
        for work in works:
            self._works.pop(work.lease.job_id, None)
        self._rendering -= 1
        for channel in dict.fromkeys(work.lease.request["channel"] for work in works):
            await self._hints.publish(Hint("inbox", channel))

    async def _was_kept(self, work: _Work) -> bool:
        """Whether what the job would render is there still; then the job is done."""
        kept, further = await self._database.run(lambda uow: uow.jobs.finish_from_kept(work.lease))
        work.ended = kept
        if kept:
            work.step.ended("kept")
        await self._wake(further)
        return kept

    async def _attempt(
        self, first: _Work, begin: Callable[[Lease], _Work]
    ) -> Sequence[tuple[_Work, Picture | Exception]]:
        """What came of the job, and of those that were drawn with it."""
        works = [first]
        outcomes: Sequence[Picture | Exception]
        try:
            requests = [await self._in_thread(lambda: self._request(first.lease))]
            most = await self._in_thread(lambda: self._most_together(requests[0]))
            for lease in await self._alike(first.lease, most):
                work = begin(lease)
                try:
                    requests.append(await self._in_thread(partial(self._request, lease)))
                except Exception as error:
                    await self._safely(work, self._end(work, error))
                else:
                    works.append(work)
            progresses = [self._progress(work) for work in works]
            rendering = self._in_thread(lambda: self._dress(requests, progresses))
            try:
                outcomes = await asyncio.shield(rendering)
            except asyncio.CancelledError:
                for work in works:
                    work.stop.set()
                await asyncio.gather(rendering, return_exceptions=True)
                raise
        except Exception as error:
            # No single one's: a picture that is gone while there is one job, or the engine broke over all.
            outcomes = [error] * len(works)
        finally:
            self._used = time.monotonic()
        return list(zip(works, outcomes, strict=True))

    async def _alike(self, lease: Lease, most: int) -> list[Lease]:
        if most < 2:
            return []
        return await self._database.run(lambda uow: uow.jobs.claim_alike(lease, self._owner, most - 1))

    async def _safely(self, work: _Work, step: Awaitable[T]) -> T | None:
        """The step's value, None where the job is not ours any more or the database is away."""
        try:
            return await step
        except LeaseLost:
            metrics.LEASES_LOST.inc()
            log.warning("job %s was taken over by another worker", work.lease.job_id)
        except CONNECTION_LOST:
            # The lease runs out by itself and another worker, or this one, takes the job again.
            log.warning("job %s: the database went away", work.lease.job_id)
        return None

    async def _end(self, work: _Work, outcome: Picture | Exception) -> None:
        """What became of the job is kept, and where it goes on it is taken up at once."""
        lease, told, stages = work.lease, "again", None
        if isinstance(outcome, CONNECTION_LOST):
            raise outcome
        further = None
        if not isinstance(outcome, Exception):
            picture = outcome
            try:
                further = await self._database.run(lambda uow: self._keep(uow, lease, *picture), attempts=6)
            except MediaUnavailable as error:
                outcome = error
            else:
                told, stages = "done", picture[0].seconds
                metrics.drawn(picture[0].engine, stages)
        if isinstance(outcome, MediaUnavailable) and (trouble := await self._database.store_trouble()) is not None:
            # Not the job's fault: it waits, however long that takes.
            self._trouble, self._store_at = trouble, time.monotonic() + STORE_PAUSE_S
            log.error("job %s waits: %s", lease.job_id, trouble)
            await self._database.run(lambda uow: uow.jobs.hold(lease), attempts=6)
        elif isinstance(outcome, PipelineError | StorageError) and not outcome.retryable:
            code, message = outcome.code, outcome.user_message
            told = code
            if not isinstance(outcome, TryOnCancelled):
                log.info("job %s: %s", lease.job_id, outcome)
            # What one engine cannot lay on a photo, another one may paint.
            for_all = not isinstance(outcome, TryOnRefused | GarmentError)
            further = await self._database.run(
                lambda uow: uow.jobs.fail(lease, code, message, for_all=for_all), attempts=6
            )
        elif isinstance(outcome, Exception):
            log.error("job %s failed", lease.job_id, exc_info=outcome)
            await self._database.run(lambda uow: uow.jobs.release(lease, counted=True), attempts=6)
        work.ended = True
        work.step.ended(told, stages=stages)
        await self._wake(further)

    async def _leave(self, works: Sequence[_Work]) -> None:
        for work in works:
            if not work.ended:
                back = self._database.run(lambda uow, work=work: uow.jobs.release(work.lease, counted=False))  # type: ignore[misc] # mypy cannot type a lambda's default
                await self._safely(work, back)

    async def _wake(self, queue: str | None) -> None:
        """Whoever serves this queue has a job; a wake-up that is lost costs them a second.

        Those of arq are what a cluster counts to see how many workers it needs.
        """
        if queue is not None:
            await self._hints.publish(Hint("queue", queue))
            if self._wake_ups is not None:
                await self._wake_ups.wake(queue)

    # --- in the engine's thread -----------------------------------------------------------------------

    def _in_thread(self, work: Callable[[], T]) -> asyncio.Future[T]:
        # With the caller's context: what an engine logs belongs to the trail of the job.
        return asyncio.get_running_loop().run_in_executor(self._thread, copy_context().run, work)

    def _most_together(self, request: TryOnRequest) -> int:
        engine = self._load_engine()
        return engine.most_together(request) if isinstance(engine, Batches) else 1

    def _dress(
        self, requests: Sequence[TryOnRequest], progresses: Sequence[Progress]
    ) -> Sequence[Picture | Exception]:
        engine = self._load_engine()
        if len(requests) > 1 and isinstance(engine, Batches):
            outcomes = engine.render_together(requests, progresses)
        else:
            outcomes = [engine.render(requests[0], progresses[0])]
        return [
            one if isinstance(one, PipelineError) else (one, _jpeg(one.image, JPEG_QUALITY)) for one in outcomes
        ]

    def _request(self, lease: Lease) -> TryOnRequest:
        request = lease.request
        piece = self._piece(request)
        return TryOnRequest(
            person=self._picture(request["photo"]),
            garment=piece.picture,
            garment_back=piece.back,
            category=piece.category,
            person_index=request["person_index"],
            over=piece.over,
            # A job of an older program has no such field.
            more=tuple(map(self._piece, request.get("more", ()))),
            words=piece.words,
        )

    def _piece(self, described: dict[str, Any]) -> Piece:
        back = described["garment_back"]
        return Piece(
            picture=self._picture(described["garment"]),
            back=None if back is None else self._picture(back),
            category=Category(described["part"]),
            over=described.get("over"),
            words=described.get("words", ""),
        )

    def _picture(self, key: str) -> Image:
        # Only pictures that passed intake are named in a request; anything in the store is a clean JPEG.
        data = self._database.call(lambda uow: uow.media.read(key))
        return np.asarray(PillowImage.open(io.BytesIO(data)).convert("RGB"))

    def _progress(self, work: _Work) -> Progress:
        """The engine's callback: notes the stage, tells whoever watches, stops when asked to."""
        loop = asyncio.get_running_loop()

        def progress(stage: str, fraction: float, picture: Image | None = None, /) -> None:
            work.stage, work.fraction = stage, fraction
            if work.stop.is_set():
                raise TryOnCancelled
            if picture is not None:
                work.sketch = picture
            if work.telling is None or work.telling.done():
                # Else they are told of the next step: nobody needs each.
                work.telling = asyncio.run_coroutine_threadsafe(self._tell(work), loop)

        return progress

    # --- beside it ------------------------------------------------------------------------------------

    async def _beat(self, work: _Work) -> None:
        """Extend the lease until cancelled; stop the engine when the job is cancelled or the lease lost."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_S):
                    await work.hurry.wait()
            work.hurry.clear()
            sketch = work.sketch
            note = partial(self._note, work=work, sketch=sketch)
            noting = asyncio.ensure_future(self._database.run(note))
            try:
                stop, key = await asyncio.shield(noting)
            except asyncio.CancelledError:
                # Until its end it may hold the job's row, which whoever claims next would pass over. That the job
                # is over by then, which it says as LeaseLost, is nobody's concern.
                await asyncio.gather(noting, return_exceptions=True)
                raise
            except LeaseLost:
                stop, key = True, None
            except CONNECTION_LOST:
                continue
            except MediaUnavailable:
                # What it looks like so far is worth no lease: the next beat goes without.
                work.sketch = None
                continue
            if stop:
                work.stop.set()
            if key is not None:
                work.sketch_key = key
                work.sketch = None if work.sketch is sketch else work.sketch
                await self._tell(work)

    def _note(self, uow: UnitOfWork, *, work: _Work, sketch: Image | None) -> tuple[bool, str | None]:
        """One heartbeat: whether to stop, and the key under which the sketch is kept."""
        lease, key = work.lease, None
        if sketch is not None:
            height, width = sketch.shape[:2]
            person = uow.jobs.lock(lease).person_id
            data = _jpeg(sketch, SKETCH_QUALITY)
            key = uow.media.keep(data, "sketch", "image/jpeg", person, size=(width, height), kept=SKETCH_KEPT)
        return uow.jobs.heartbeat(lease, work.stage, work.fraction, key), key

    async def _tell(self, work: _Work) -> None:
        job = {
            "id": str(work.lease.job_id),
            "stage": work.stage,
            "fraction": work.fraction,
            "refining": work.lease.refining,
            "sketch": work.sketch_key,
        }
        await self._hints.publish(Hint("job", str(work.lease.conversation_id), job))

    def _keep(self, uow: UnitOfWork, lease: Lease, result: TryOnResult, data: bytes) -> str | None:
        # The job's row is locked first: a worker that lost its lease must not leave a picture behind.
        lease = uow.jobs.lock(lease)
        height, width = result.image.shape[:2]
        kept = uow.media.keep(
            data,
            "result",
            "image/jpeg",
            lease.person_id,
            size=(width, height),
            kept=self._database.policy.result_kept,
        )
        facts = {
            "seconds": result.seconds,
            "warnings": list(result.warnings),
            "category": result.category.value,
            "box": [result.box.left, result.box.top, result.box.right, result.box.bottom],
            **result.facts,
        }
        uow.people.note(lease.person_id, "tryon_done", engine=result.engine, seconds=sum(result.seconds.values()))
        done = ResultRecord(lease.key, kept, width, height, result.engine, facts)
        return uow.jobs.finish(lease, done, locked=True)


def _jpeg(picture: Image, quality: int) -> bytes:
    out = io.BytesIO()
    PillowImage.fromarray(picture).save(out, "JPEG", quality=quality, subsampling=0)
    return out.getvalue()
