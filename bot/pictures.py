"""Fetches the pictures of products when they are first shown: a shop of 20,000 shows a few hundred in a week.

What comes is cleaned like a stranger's photo and kept. What cannot be had keeps its product out of the searches
for a while, so that no page has holes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from pathlib import Path

from catalog.errors import CatalogError, FeedError
from catalog.feeds import picture_file
from catalog.outbound import OutboundClient, OutboundError
from catalog.types import Product
from pipeline.errors import IntakeError
from pipeline.types import CleanPhoto
from storage.errors import StorageError
from storage.products import ProductPictures
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)

PATIENCE_S = 4.0
"""How long a page of products waits for its pictures; what comes later is there for the next page."""

AT_ONCE = 8
"""Pictures that are fetched at the same moment."""

MAX_BYTES = 10_000_000
_KINDS = {"image/": MAX_BYTES, "application/octet-stream": MAX_BYTES, "binary/octet-stream": MAX_BYTES}
"""Some shops' storages do not say that a picture is one; whether it is, intake finds out."""

HIDDEN, HIDDEN_SHORTLY = timedelta(days=1), timedelta(minutes=5)
"""How long a product is in no search: its picture is gone or no picture, or the shop's server is away."""

_PASSING = frozenset({"link_unreachable", "link_too_slow"})

Clean = Callable[[bytes], Awaitable[CleanPhoto]]
"""`pipeline.intake`, off the event loop. Raises IntakeError."""


class PictureDesk:
    """Each product is fetched once at a time, whoever asks."""

    def __init__(self, database: Database, client: OutboundClient, clean: Clean) -> None:
        self._database = database
        self._client = client
        self._clean = clean
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[str, asyncio.Task[str | None]] = {}

    async def ready(self, products: Iterable[Product], within_s: float = PATIENCE_S) -> bool:
        """Wait until the pictures of these products are kept, not longer than that; whether one cannot be had.

        What a shop told live is kept first, so that it can be tried on and saved. Where the shop forbids to keep
        its picture, none is fetched.
        """
        shown = list(products)
        told = [product for product in shown if product.fresh_until is not None]
        on_the_web = {
            product.id: product for product in shown if "://" in product.picture and product.picture_kept
        }
        if not told and not on_the_web:
            return False

        def look(uow: UnitOfWork) -> list[str]:
            uow.products.put_told(told)
            return uow.products.unpictured(on_the_web)

        missing = await self._database.run(look, attempts=3)
        tasks = [self._task(on_the_web[ident]) for ident in missing]
        if not tasks:
            return False
        done, _ = await asyncio.wait(tasks, timeout=within_s)
        return any(task.result() is not None for task in done)

    async def fetch(self, products: Iterable[Product], folder: Path | None) -> list[tuple[str, str]]:
        """Fetch and keep them all, those beside the feed from `folder`; returns (id, why not)."""
        wanted = list(products)
        reasons = await asyncio.gather(*(self._task(product, folder) for product in wanted))
        return [
            (product.id, reason) for product, reason in zip(wanted, reasons, strict=True) if reason is not None
        ]

    async def bytes_of(self, address: str) -> CleanPhoto:
        """A picture that is not to be kept, for the moment of its use. Raises CatalogError, IntakeError."""
        return await self._picture(address, None)

    async def close(self) -> None:
        """Stop fetching; what is not there is fetched when it is shown again."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._client.close()

    def _task(self, product: Product, folder: Path | None = None) -> asyncio.Task[str | None]:
        task = self._tasks.get(product.id)
        if task is None:
            task = self._tasks[product.id] = asyncio.create_task(self._keep(product, folder))
            task.add_done_callback(lambda _: self._tasks.pop(product.id, None))
        return task

    async def _keep(self, product: Product, folder: Path | None) -> str | None:
        """None, or why its picture cannot be had."""
        async with self._places:
            try:
                front = await self._picture(product.picture, folder)
                back = None if product.picture_back is None else await self._back(product.picture_back, folder)
            except (CatalogError, IntakeError) as error:
                passing = error.retryable or error.code in _PASSING
                hidden = HIDDEN_SHORTLY if passing else HIDDEN
                reason = _reason(error)
                log.info("the picture of %s: %s", product.id, reason)
                return await self._write(lambda uow: uow.products.hide(product.id, hidden)) or reason
            return await self._write(lambda uow: _kept(uow, product.id, front, back))

    async def _write(self, work: Callable[[UnitOfWork], None]) -> str | None:
        try:
            await self._database.run(work, attempts=3)
        except (*CONNECTION_LOST, StorageError) as error:
            log.warning("a product's picture could not be kept: %s", type(error).__name__)
            return StorageError.user_message
        return None

    async def _picture(self, reference: str, folder: Path | None) -> CleanPhoto:
        if "://" in reference:
            return await self._clean((await self._client.get(reference, _KINDS)).data)
        if folder is None:
            raise FeedError("feed_picture", f"The picture {reference[:80]} is not there.")
        return await self._clean(await asyncio.to_thread(_read, folder, reference))

    async def _back(self, reference: str, folder: Path | None) -> CleanPhoto | None:
        """A bad picture of the back costs no product."""
        try:
            return await self._picture(reference, folder)
        except (CatalogError, IntakeError):
            return None


def _reason(error: CatalogError | IntakeError) -> str:
    if isinstance(error, OutboundError):
        # Its sentences are for people who sent a link.
        return f"Its picture could not be fetched ({error.code.removeprefix('link_').replace('_', ' ')})."
    return error.user_message


def _read(folder: Path, reference: str) -> bytes:
    path = picture_file(folder, reference)
    try:
        if path.stat().st_size > 2 * MAX_BYTES:
            raise FeedError("feed_picture", f"The picture {reference[:80]} is too large.")
        return path.read_bytes()
    except OSError as error:
        raise FeedError(
            "feed_picture", f"The picture {reference[:80]} cannot be read ({error.strerror})."
        ) from error


def _kept(uow: UnitOfWork, product_id: str, front: CleanPhoto, back: CleanPhoto | None) -> None:
    keys = [
        None
        if photo is None
        else uow.media.keep(photo.data, "catalogue", "image/jpeg", None, size=(photo.width, photo.height))
        for photo in (front, back)
    ]
    if keys[0] is not None:
        uow.products.set_pictures(product_id, ProductPictures(keys[0], keys[1]))
