"""Performs what the dialogue asks for, inside the transaction of the event that led to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.dialogue import types as d
from bot.dialogue.policy import Policy
from bot.dialogue.state import ConversationState
from bot.messages import body_of, card_of
from bot.photos import PhotoDesk
from catalog.errors import CatalogError
from catalog.query import query_from_slots
from catalog.search import Catalogue
from catalog.taxonomy import worn_over
from pipeline.errors import PersonError
from pipeline.ports import Engine
from storage.errors import MediaMissing
from storage.queue import PREVIEW_QUEUE
from storage.records import ConversationRecord, JobRecord, QueuePlace
from storage.unit_of_work import Transaction, UnitOfWork

PAGE = 6
"""Products a page: two rows of three, or a swipe on a phone."""

DECIDES_PIXELS = ("photo", "person_index", "garment", "garment_back", "part", "over")
"""What of a try-on's request is part of its result's key."""

UNDECIDED = timedelta(hours=1)
"""How long a photo waits for the person's agreement, or for the choice among several people."""


@dataclass(slots=True)
class After:
    """What to do once the transaction has committed."""

    wake: list[str] = field(default_factory=list)
    forget: list[str] = field(default_factory=list)
    erased: list[UUID] = field(default_factory=list)


@dataclass(slots=True)
class Turn:
    """One event's way through the transaction. `cause` is the channel's id of the message that led to it."""

    tx: Transaction
    talk: ConversationRecord
    state: ConversationState
    after: After
    cause: str | None = None


class Effects:
    """Each effect returns the events that answer it."""

    def __init__(
        self, catalogue: Catalogue, photos: PhotoDesk, engine: Engine, policy: Policy, queue: str = PREVIEW_QUEUE
    ) -> None:
        self._catalogue = catalogue
        self._photos = photos
        self._engine = engine
        self._policy = policy
        self._queue = queue

    async def perform(self, effect: d.Effect, turn: Turn) -> list[d.Event]:
        """Do it; raises only what must roll the whole event back."""
        match effect:
            case d.Say():
                return await self._say(effect, turn)
            case d.RecordConsent():
                return await self._consent(effect, turn)
            case d.InspectPhoto():
                return await self._inspect(effect, turn)
            case d.KeepPhoto():
                return await self._keep_photo(effect, turn)
            case d.DropPhoto():
                return await self._drop_photo(effect, turn)
            case d.Search():
                return await self._search(effect, turn)
            case d.ShowFavourites():
                return await self._favourites(turn)
            case d.SaveFavourite():
                return await self._save(effect, turn)
            case d.RequestTryOn():
                return await self._try_on(effect, turn)
            case d.CancelTryOn():
                return await self._cancel(effect, turn)
            case d.EraseEverything():
                return await self._erase(turn)

    async def _say(self, effect: d.Say, turn: Turn) -> list[d.Event]:
        talk, message = turn.talk, effect.message
        body = body_of(message)
        await turn.tx.run(lambda uow: uow.conversations.say(talk.id, talk.channel, body, message.slot, turn.cause))
        return []

    async def _consent(self, effect: d.RecordConsent, turn: Turn) -> list[d.Event]:
        person = turn.talk.person_id
        await turn.tx.run(lambda uow: uow.people.record_consent(person, effect.version))
        return []

    async def _inspect(self, effect: d.InspectPhoto, turn: Turn) -> list[d.Event]:
        try:
            data = await turn.tx.run(lambda uow: uow.media.read(effect.photo.media))
            seen = await self._photos.inspect(data)
        except (PersonError, MediaMissing) as error:
            return [d.PhotoRefused(error.code, error.user_message)]
        numbered = None
        if seen.numbered is not None:
            picture, size = seen.numbered, (effect.photo.width, effect.photo.height)
            key = await turn.tx.run(
                lambda uow: uow.media.keep(
                    picture, "numbered", "image/jpeg", turn.talk.person_id, size=size, kept=UNDECIDED
                )
            )
            numbered = d.PhotoRef(key, *size)
        return [d.PhotoInspected(effect.photo, seen.people, numbered)]

    async def _keep_photo(self, effect: d.KeepPhoto, turn: Turn) -> list[d.Event]:
        person, photo = turn.talk.person_id, effect.photo
        kept = timedelta(days=self._policy.photo_days)

        def work(uow: UnitOfWork) -> None:
            uow.media.keep_photo(person, photo.media, (photo.width, photo.height), effect.person_index, kept)
            uow.people.note(person, "photo_kept")

        await turn.tx.run(work)
        return []

    async def _drop_photo(self, effect: d.DropPhoto, turn: Turn) -> list[d.Event]:
        person, key = turn.talk.person_id, effect.photo.media
        await turn.tx.run(lambda uow: uow.media.drop_photo(person, key))
        turn.after.forget.append(key)
        return []

    async def _search(self, effect: d.Search, turn: Turn) -> list[d.Event]:
        try:
            page = await self._catalogue.search(
                query_from_slots(effect.text, effect.slots), PAGE, effect.page * PAGE
            )
        except CatalogError as error:
            return [d.SearchFailed(error.user_message)]
        ids = [product.id for product in page.products]
        pictures = await turn.tx.run(lambda uow: uow.products.pictures(ids))
        cards = tuple(
            card_of(product, pictures[product.id].front) for product in page.products if product.id in pictures
        )
        return [d.SearchCompleted(cards, page.total, effect.page, page.relaxed)]

    async def _favourites(self, turn: Turn) -> list[d.Event]:
        person = turn.talk.person_id

        def work(uow: UnitOfWork) -> tuple[d.ProductCard, ...]:
            ids = uow.people.favourites(person, 2 * PAGE)
            pictures = uow.products.pictures(ids)
            found = [(uow.products.get(i), pictures.get(i)) for i in ids]
            return tuple(
                card_of(product, p.front) for product, p in found if product is not None and p is not None
            )

        cards = await turn.tx.run(work)
        return [d.SearchCompleted(cards, len(cards), 0)]

    async def _save(self, effect: d.SaveFavourite, turn: Turn) -> list[d.Event]:
        person = turn.talk.person_id

        def work(uow: UnitOfWork) -> bool:
            known = uow.products.get(effect.product_id) is not None
            if known:
                uow.people.save_favourite(person, effect.product_id, saved=effect.saved)
            return known

        return [] if await turn.tx.run(work) else [d.ProductUnknown(effect.product_id)]

    async def _try_on(self, effect: d.RequestTryOn, turn: Turn) -> list[d.Event]:
        def work(uow: UnitOfWork) -> tuple[JobRecord, d.ProductCard, QueuePlace] | None:
            product = uow.products.get(effect.product_id)
            pictures = uow.products.pictures([effect.product_id]).get(effect.product_id)
            if product is None or pictures is None or product.part is None:
                return None
            card = card_of(product, pictures.front)
            request = {
                "channel": turn.talk.channel,
                "photo": effect.photo.media,
                "photo_size": [effect.photo.width, effect.photo.height],
                "person_index": effect.person_index,
                "garment": pictures.front,
                "garment_back": pictures.back,
                "part": product.part,
                "over": worn_over(product.category),
                "card": asdict(card),
            }
            key = self._result_key(turn.talk.person_id, request)
            job, _ = uow.jobs.request(turn.talk.person_id, turn.talk.id, self._queue, key, request)
            uow.people.note(turn.talk.person_id, "tryon_asked", product=product.id)
            return job, card, uow.jobs.place(job.id)

        asked = await turn.tx.run(work)
        if asked is None:
            return [d.ProductUnknown(effect.product_id)]
        job, card, place = asked
        turn.after.wake.append(self._queue)
        return [d.TryOnAccepted(str(job.id), card, place.ahead, place.eta_s)]

    async def _cancel(self, effect: d.CancelTryOn, turn: Turn) -> list[d.Event]:
        try:
            job = UUID(effect.job)
        except ValueError:
            return []
        await turn.tx.run(lambda uow: uow.jobs.cancel(job, turn.talk.id))
        return []

    async def _erase(self, turn: Turn) -> list[d.Event]:
        old = turn.talk

        def work(uow: UnitOfWork) -> tuple[list[str], ConversationRecord]:
            keys = uow.people.erase(old.person_id)
            return keys, uow.conversations.open(old.channel, old.address)

        keys, turn.talk = await turn.tx.run(work)
        turn.state = ConversationState()
        turn.after.forget.extend(keys)
        turn.after.erased.append(old.id)
        return [d.DataErased()]

    def _result_key(self, person_id: UUID, request: dict[str, Any]) -> str:
        """The hash of everything that decides the pixels, and of whose they are."""
        parts = {
            "person": str(person_id),
            "engine": self._engine.name,
            "version": self._engine.version,
            **{name: request[name] for name in DECIDES_PIXELS},
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
