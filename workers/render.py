"""Renders one leased job: fetch, dress, keep, and tell, with a heartbeat beside it."""

from __future__ import annotations

import asyncio
import io
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image as PillowImage

from pipeline.errors import PipelineError, TryOnCancelled
from pipeline.ports import Engine
from pipeline.types import Category, Image, Piece, Progress, TryOnRequest, TryOnResult
from storage.errors import LeaseLost, StorageError
from storage.hints import Hint, Hints
from storage.records import Lease, ResultRecord
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)

HEARTBEAT_S = 1.0
"""A tenth of the lease; a cancelled job runs on for this long and one step at the most."""

JPEG_QUALITY = 95


@dataclass(slots=True)
class _Watch:
    """What the rendering thread and the heartbeat tell each other."""

    stage: str = ""
    fraction: float = 0.0
    lost: bool = False
    stop: threading.Event = field(default_factory=threading.Event)


class Renderer:
    """Takes jobs off one queue, one at a time."""

    def __init__(
        self, database: Database, hints: Hints, load_engine: Callable[[], Engine], queue: str, owner: str
    ) -> None:
        self._database = database
        self._hints = hints
        self._load_engine = load_engine
        self._queue = queue
        self._owner = owner
        self._slot = asyncio.Lock()
        # One thread: an engine may hold a GPU or a model that two jobs must not use at once.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="engine")

    @property
    def busy(self) -> bool:
        """Whether a job is being rendered now."""
        return self._slot.locked()

    async def warm_up(self) -> None:
        """Load the engine's models before the first job needs them."""
        await asyncio.get_running_loop().run_in_executor(self._thread, lambda: self._load_engine().load())

    async def render_next(self) -> bool:
        """Render the next job of the queue; False when there was none."""
        async with self._slot:
            lease = await self._database.run(lambda uow: uow.jobs.claim(self._queue, self._owner), attempts=5)
            if lease is None:
                return False
            try:
                await self._render(lease)
            except LeaseLost:
                log.warning("job %s was taken over by another worker", lease.job_id)
            except CONNECTION_LOST:
                # The lease runs out by itself and another worker, or this one, takes the job again.
                log.warning("job %s: the database went away", lease.job_id)
            return True

    async def _render(self, lease: Lease) -> None:
        watch = _Watch()
        heart = asyncio.create_task(self._beat(lease, watch))
        try:
            await self._attempt(lease, watch)
        except asyncio.CancelledError:
            # The worker is told to go: give the job back before leaving.
            await asyncio.shield(self._database.run(lambda uow: uow.jobs.release(lease, counted=False)))
            raise
        except TryOnCancelled as cancelled:
            if watch.lost:
                raise LeaseLost(str(lease.job_id)) from cancelled
            await self._fail(lease, cancelled.code, cancelled.user_message)
        except (*CONNECTION_LOST, LeaseLost):
            raise
        except (PipelineError, StorageError) as error:
            if error.retryable:
                await self._give_back(lease)
            else:
                await self._fail(lease, error.code, error.user_message)
        except Exception:
            log.exception("job %s failed", lease.job_id)
            await self._give_back(lease)
        finally:
            heart.cancel()
            await asyncio.gather(heart, return_exceptions=True)
            await self._hints.publish(Hint("inbox", lease.request["channel"]))

    async def _attempt(self, lease: Lease, watch: _Watch) -> None:
        if await self._database.run(lambda uow: uow.jobs.kept(lease)) is not None:
            await self._database.run(lambda uow: uow.jobs.finish_from_kept(lease))
            return
        work = asyncio.get_running_loop().run_in_executor(
            self._thread, self._dress, lease, self._progress(lease, watch)
        )
        try:
            result, data = await asyncio.shield(work)
        except asyncio.CancelledError:
            watch.stop.set()
            await asyncio.gather(work, return_exceptions=True)
            raise
        await self._database.run(lambda uow: self._keep(uow, lease, result, data), attempts=6)

    def _dress(self, lease: Lease, progress: Progress) -> tuple[TryOnResult, bytes]:
        """The blocking part, in the engine's thread. The picture comes back with its JPEG."""
        request = lease.request
        piece = self._piece(request)
        result = self._load_engine().render(
            TryOnRequest(
                person=self._picture(request["photo"]),
                garment=piece.picture,
                garment_back=piece.back,
                category=piece.category,
                person_index=request["person_index"],
                over=piece.over,
                # A job of an older program has no such field.
                more=tuple(map(self._piece, request.get("more", ()))),
            ),
            progress,
        )
        out = io.BytesIO()
        PillowImage.fromarray(result.image).save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        return result, out.getvalue()

    def _piece(self, described: dict[str, Any]) -> Piece:
        back = described["garment_back"]
        return Piece(
            picture=self._picture(described["garment"]),
            back=None if back is None else self._picture(back),
            category=Category(described["part"]),
            over=described.get("over"),
        )

    def _picture(self, key: str) -> Image:
        # Only pictures that passed intake are named in a request; anything in the store is a clean JPEG.
        return np.asarray(PillowImage.open(io.BytesIO(self._database.store.get(key))).convert("RGB"))

    def _keep(self, uow: UnitOfWork, lease: Lease, result: TryOnResult, data: bytes) -> None:
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
        uow.jobs.finish(lease, ResultRecord(lease.key, kept, width, height, result.engine, facts))
        uow.people.note(lease.person_id, "tryon_done", engine=result.engine, seconds=sum(result.seconds.values()))

    def _progress(self, lease: Lease, watch: _Watch) -> Progress:
        """The engine's callback: notes the stage, tells whoever watches, stops when asked to."""
        loop = asyncio.get_running_loop()

        def progress(stage: str, fraction: float, _picture: Image | None = None, /) -> None:
            watch.stage, watch.fraction = stage, fraction
            if watch.stop.is_set():
                raise TryOnCancelled
            asyncio.run_coroutine_threadsafe(self._tell(lease, stage, fraction), loop)

        return progress

    async def _beat(self, lease: Lease, watch: _Watch) -> None:
        """Extend the lease until cancelled; stop the engine when the job is cancelled or the lease lost."""
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            try:
                cancelled = await self._database.run(
                    lambda uow: uow.jobs.heartbeat(lease, watch.stage, watch.fraction)
                )
            except LeaseLost:
                watch.lost = True
                cancelled = True
            except CONNECTION_LOST:
                continue
            if cancelled:
                watch.stop.set()

    async def _tell(self, lease: Lease, stage: str, fraction: float) -> None:
        job = {
            "id": str(lease.job_id),
            "status": "running",
            "position": 0,
            "eta_s": 0.0,
            "stage": stage,
            "fraction": fraction,
        }
        await self._hints.publish(Hint("job", str(lease.conversation_id), job))

    async def _fail(self, lease: Lease, code: str, message: str) -> None:
        await self._database.run(lambda uow: uow.jobs.fail(lease, code, message), attempts=6)

    async def _give_back(self, lease: Lease) -> None:
        await self._database.run(lambda uow: uow.jobs.release(lease, counted=True), attempts=6)
