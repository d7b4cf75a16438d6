"""Our own index as a provider: the sample catalogue and imported feeds."""

from __future__ import annotations

import asyncio

from catalog.errors import ProviderError
from catalog.ports import ProductIndex
from catalog.types import Page, Query


class LocalProvider:
    """Searches a ProductIndex in a thread, because an index blocks."""

    name = "local"

    def __init__(self, index: ProductIndex) -> None:
        self._index = index

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """See Provider. Its products carry the source of their feed, so the index decides on `query.source`."""
        try:
            return await asyncio.to_thread(self._index.search, query, limit, offset)
        except Exception as error:  # an index has errors of its own that this side cannot name
            sentence = "The catalogue does not answer right now. Please try again in a minute."
            raise ProviderError("index_unavailable", sentence, retryable=True) from error
