"""Pictures lent to a server that fetches them itself: signed links into our bucket, which end by themselves."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from pipeline.errors import EngineUnavailable
from storage.errors import MediaUnavailable

if TYPE_CHECKING:
    from storage.s3 import BucketMediaStore

log = logging.getLogger(__name__)


class BucketLender:
    """Copies in the bucket under names that nobody can guess; gone as soon as the picture is made or given up."""

    def __init__(self, bucket: BucketMediaStore, seconds: float) -> None:
        self._bucket = bucket
        self._seconds = round(seconds)

    @asynccontextmanager
    async def lent(self, pictures: Sequence[bytes]) -> AsyncIterator[list[str]]:
        """Links to these JPEGs, as long as the block lasts. Raises EngineUnavailable."""
        names: list[str] = []

        def lend() -> list[str]:
            links = []
            for picture in pictures:
                names.append(self._bucket.new_loan())
                links.append(self._bucket.lend(names[-1], picture, "image/jpeg", self._seconds))
            return links

        def take_back() -> None:
            for name in names:
                try:
                    self._bucket.take_back(name)
                except MediaUnavailable as error:
                    log.warning("a lent picture goes tomorrow, by the bucket's rules: %s", error)

        try:
            yield await _whole(lend)
        except MediaUnavailable as error:
            raise EngineUnavailable("remote_bucket", str(error)) from error
        finally:
            await _whole(take_back)


async def _whole(work: Callable[[], list[str] | None]) -> list[str]:
    """The work in a thread, to its end also when all is being cancelled: a photo must not stay behind."""
    working = asyncio.create_task(asyncio.to_thread(work))
    try:
        return await asyncio.shield(working) or []
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise
