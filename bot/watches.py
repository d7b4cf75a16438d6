"""Looks from time to time whether what somebody waits for got cheaper, or can be had again, and tells them."""

from __future__ import annotations

import asyncio
import logging
import uuid
from datetime import timedelta
from typing import Any

from bot.effects.mail import tell_price
from bot.products import ProductDesk
from catalog.types import Product
from storage.bell import Bell
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork
from storage.watches import WatchRecord

log = logging.getLogger(__name__)

PRICE_FELL = "price_fell"
"""The kind of inbox event that tells it: {"product": id, "was": [minor, currency] or None}."""

EVERY = timedelta(hours=6)
"""How often each product is looked at."""

LOOK_S = 60.0
AT_ONCE = 50


class WatchDesk:
    """Serves the conversations of one channel; several processes share the work."""

    def __init__(self, database: Database, products: ProductDesk, channel: str, inbox: Bell) -> None:
        self._database = database
        self._products = products
        self._channel = channel
        self._inbox = inbox

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                more = await self.look()
            except CONNECTION_LOST as error:
                log.warning("watches wait for the database: %s", type(error).__name__)
                more = False
            if not more:
                await asyncio.sleep(LOOK_S)

    async def look(self) -> bool:
        """Look at what is due; whether there may be more."""
        due = await self._database.run(lambda uow: uow.watches.due(self._channel, EVERY, AT_ONCE))
        if not due:
            return False
        async with self._database.transaction() as tx:
            ids = dict.fromkeys(watch.product_id for watch in due)
            await self._products.freshen(ids, tx)
            known = await tx.run(lambda uow: uow.products.known(ids))
            told = await tx.run(lambda uow: sum(_told(uow, watch, known.get(watch.product_id)) for watch in due))
        if told:
            log.info("of %d watched products %d have news", len(due), told)
            self._inbox.ring()
        return len(due) == AT_ONCE


def _told(uow: UnitOfWork, watch: WatchRecord, product: Product | None) -> bool:
    """Whether there was something to tell, which is said by an event and noted beside it."""
    if product is None:
        return False
    gone, price, was = product.in_stock is False, product.price, watch.price
    if gone:
        if not watch.gone:
            uow.watches.tell(watch.conversation_id, watch.product_id, was, gone=True)
        return False
    cheaper = price is not None and was is not None and price.currency == was.currency and price.minor < was.minor
    if not cheaper and not watch.gone:
        return False
    payload: dict[str, Any] = {
        "product": product.id,
        "was": [was.minor, was.currency] if cheaper and was else None,
    }
    uow.inbox.accept(watch.channel, watch.address, f"{PRICE_FELL}:{uuid.uuid4()}", PRICE_FELL, payload)
    if (talk := uow.conversations.get(watch.conversation_id)) is not None:
        tell_price(uow, talk.person_id, payload)
    uow.watches.tell(watch.conversation_id, watch.product_id, price or was, gone=False)
    return True
