"""Our own index as a provider: the sample catalogue and imported feeds."""

from __future__ import annotations

import asyncio

from catalog.ports import ProductIndex
from catalog.types import Page, Query


class LocalProvider:
    """Searches a ProductIndex in a thread, because an index blocks."""

    name = "local"

    def __init__(self, index: ProductIndex) -> None:
        self._index = index

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """See Provider. Its products carry the source of their feed, so the index decides on `query.source`."""
        return await asyncio.to_thread(self._index.search, query, limit, offset)
