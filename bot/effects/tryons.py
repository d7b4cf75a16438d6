"""Asking for pictures, comparing them, and stopping them."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.channels.base import ChargesTryOns, Declined
from bot.dialogue import types as d
from bot.dialogue.policy import Policy
from bot.effects.shopping import Shopping
from bot.effects.turn import Turn
from bot.refusals import told
from bot.sheets import Panel, side_by_side
from catalog.errors import CatalogError
from catalog.taxonomy import worn_over
from catalog.types import Product
from pipeline.errors import IntakeError
from pipeline.ports import Identified
from storage import tallies
from storage.addresses import account_of
from storage.errors import MediaMissing
from storage.items import OWN
from storage.products import ProductPictures
from storage.queue import queue_of
from storage.records import First, JobRecord, QueuePlace
from storage.unit_of_work import UnitOfWork

DECIDES_PIXELS = ("photo", "person_index", "garment", "garment_back", "part", "over", "words", "more")
"""What of a try-on's request is part of its result's key. `more` are the further pieces of an outfit."""


class TryOns:
    """`engine` makes the pictures, `preview` quicker ones until then; `tills` are of channels that charge."""

    def __init__(
        self,
        shopping: Shopping,
        engine: Identified,
        policy: Policy,
        preview: Identified | None,
        tills: Mapping[str, ChargesTryOns],
    ) -> None:
        self._shopping = shopping
        self._engine = engine
        self._preview = preview
        self._policy = policy
        self._tills = tills

    async def request(self, effect: d.RequestTryOn, turn: Turn) -> list[d.Event]:
        """A job for this picture waits, or is answered at once by the picture that there is."""
        asked_for = (effect.product_id, *effect.more)
        for ident in asked_for:
            await self._shopping.picture_of(ident, turn)
        try:
            lent = await self._shopping.products.lent(asked_for, turn.talk.person_id, turn.tx)
        except (CatalogError, IntakeError) as error:
            return [d.SearchFailed(told(error))]

        def work(uow: UnitOfWork) -> tuple[JobRecord, list[d.ProductCard], QueuePlace] | Declined | str:
            pieces: list[dict[str, Any]] = []
            cards: list[d.ProductCard] = []
            for ident in asked_for:
                found = uow.product_of(ident, turn.talk.person_id)
                if found is None or found[0].part is None:
                    return ident
                pieces.append(_piece(found[0], lent.get(ident, found[1])))
                cards.append(self._shopping.products.card(*found, turn.state.profile.currency))
            request = {
                "channel": turn.talk.channel,
                "photo": effect.photo.media,
                "photo_size": [effect.photo.width, effect.photo.height],
                "person_index": effect.person_index,
                **pieces[0],
                "more": pieces[1:],
                "card": asdict(cards[0]),
                "more_cards": [asdict(card) for card in cards[1:]],
            }
            person, preview = turn.talk.person_id, self._preview
            engine = self._engine
            if preview is not None and not {piece["part"] for piece in pieces} <= engine.categories:
                # What the better engine was not made for stays a preview.
                engine, preview = preview, None
            key = _result_key(engine, person, request)
            first = None
            if preview is not None:
                first = First(queue_of(preview.name), _result_key(preview, person, request))
            with uow.session.begin_nested() as asking:
                job, new = uow.jobs.request(person, turn.talk.id, queue_of(engine.name), key, request, first)
                till = self._tills.get(turn.talk.channel)
                if till is not None and new and uow.jobs.result(key, person) is None:
                    # What is kept from before costs nothing again.
                    declined = till.reserve(uow, account_of(turn.talk.address), job.id)
                    if declined is not None:
                        asking.rollback()
                        return declined
            uow.jobs.thin_out(turn.talk.id, self._policy.max_waiting)
            for card in cards:
                shown = tallies.OWN_ITEM if card.id.startswith(OWN) else card.id
                uow.people.note(turn.talk.person_id, "tryon_asked", product=shown)
                tallies.count(uow.session, "asked", shown)
            return job, cards, uow.jobs.place(job.id)

        asked = await turn.tx.run(work)
        if isinstance(asked, str):
            return [d.ProductUnknown(asked)]
        if isinstance(asked, Declined):
            return [d.TryOnDeclined(effect.product_id, asked.message, asked.choices)]
        job, cards, place = asked
        turn.after.wake.append(job.queue)
        return [d.TryOnAccepted(str(job.id), cards[0], place.ahead, place.eta_s, tuple(cards[1:]))]

    async def compare(self, effect: d.ComparePictures, turn: Turn) -> list[d.Event]:
        """Pictures side by side, when two are still there."""
        person = turn.talk.person_id

        def load(uow: UnitOfWork) -> list[tuple[d.Shown, Panel]]:
            there = []
            for one in effect.shown:
                result = uow.jobs.result_of(UUID(one.job))
                box = result.facts.get("box") if result is not None else None
                with suppress(MediaMissing):
                    data = uow.media.read(one.picture.media)
                    there.append((one, Panel(data, one.lines, tuple(box) if box else None)))
            return there

        found = await turn.tx.run(load)
        if len(found) < 2:
            return []
        sheet = await asyncio.to_thread(side_by_side, [panel for _, panel in found])
        kept, size = timedelta(days=self._policy.result_days), (sheet.width, sheet.height)
        key = await turn.tx.run(
            lambda uow: uow.media.keep(sheet.data, "result", "image/jpeg", person, size=size, kept=kept)
        )
        return [d.Compared(tuple(one.job for one, _ in found), d.PhotoRef(key, *size))]

    async def cancel(self, effect: d.CancelTryOn, turn: Turn) -> list[d.Event]:
        """The job stops at its next step."""
        try:
            job = UUID(effect.job)
        except ValueError:
            return []
        await turn.tx.run(lambda uow: uow.jobs.cancel(job, turn.talk.id))
        turn.after.stopped.append(effect.job)
        return []

    async def came_to_nothing(self, job: UUID, turn: Turn) -> None:
        """A job ended without a picture: what it cost is given back."""
        till = self._tills.get(turn.talk.channel)
        if till is not None:
            await turn.tx.run(lambda uow: till.give_back(uow, job))


def _result_key(engine: Identified, person_id: UUID, request: dict[str, Any]) -> str:
    """The hash of everything that decides the pixels, and of whose they are."""
    parts = {
        "person": str(person_id),
        "engine": engine.name,
        "version": engine.version,
        **{name: request[name] for name in DECIDES_PIXELS},
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _piece(product: Product, pictures: ProductPictures) -> dict[str, Any]:
    """What the engine needs to know of one garment."""
    return {
        "garment": pictures.front,
        "garment_back": pictures.back,
        "part": product.part,
        "over": worn_over(product.category),
        "words": _words_of(product),
    }


def _words_of(product: Product) -> str:
    """What it is in English, for engines that read: the facets always are, a title is as its shop wrote it."""
    pattern = product.pattern if product.pattern != "solid" else None
    facets = " ".join(filter(None, (*product.color, pattern, *product.material, product.category)))
    return ", ".join(dict.fromkeys(words for words in (facets, product.title.strip().lower()) if words))
