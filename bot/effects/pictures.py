"""Photos of people, and garments that they bring themselves: as pictures, or as links to a shop's page."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from bot.dialogue import types as d
from bot.dialogue.policy import Policy
from bot.effects.shopping import Shopping
from bot.effects.turn import UNDECIDED, Turn
from bot.links import LINK, LINK_LOST_AFTER, LinkRequest, item_of, look_of
from bot.photos import PhotoDesk
from bot.refusals import told
from catalog.providers.link import spellings
from pipeline.errors import GarmentError, PersonError
from storage.errors import MediaMissing
from storage.unit_of_work import UnitOfWork


class Pictures:
    """What is kept, is kept for `Policy.photo_days`."""

    def __init__(self, photos: PhotoDesk, shopping: Shopping, policy: Policy) -> None:
        self._photos = photos
        self._shopping = shopping
        self._kept = timedelta(days=policy.photo_days)

    async def inspect(self, effect: d.InspectPhoto, turn: Turn) -> list[d.Event]:
        """Whom or what each picture shows."""
        sights = [await self._sight(photo, turn) for photo in (effect.photo, *effect.more)]
        return [d.PhotoInspected(tuple(sights))]

    async def _sight(self, photo: d.PhotoRef, turn: Turn) -> d.Sight:
        try:
            data = await turn.tx.run(lambda uow: uow.media.read(photo.media))
        except MediaMissing as error:
            return d.Sight(photo, refusal=told(error))
        seen = await self._photos.inspect(data)
        numbered, size = seen.numbered, (photo.width, photo.height)
        if numbered is None:
            look = None if seen.garment is None else look_of(seen.garment)
            return d.Sight(photo, seen.people, None, look, "" if seen.refusal is None else told(seen.refusal))
        key = await turn.tx.run(
            lambda uow: uow.media.keep(
                numbered, "numbered", "image/jpeg", turn.talk.person_id, size=size, kept=UNDECIDED
            )
        )
        return d.Sight(photo, seen.people, d.PhotoRef(key, *size))

    async def keep(self, effect: d.KeepPhoto, turn: Turn) -> list[d.Event]:
        """The photo is the one to dress from now on."""
        person, photo = turn.talk.person_id, effect.photo

        def work(uow: UnitOfWork) -> None:
            uow.media.keep_photo(person, photo.media, (photo.width, photo.height), effect.person_index, self._kept)
            uow.people.note(person, "photo_kept")

        await turn.tx.run(work)
        return []

    async def drop(self, effect: d.DropPhoto, turn: Turn) -> list[d.Event]:
        """The photo is not wanted."""
        person, key = turn.talk.person_id, effect.photo.media
        turn.after.forget.extend(await turn.tx.run(lambda uow: uow.media.drop_photo(person, key)))
        return []

    async def keep_items(self, effect: d.KeepItems, turn: Turn) -> list[d.Event]:
        """Garments of the person's own, of each picture one."""
        cards: list[d.ProductCard] = []
        refused: list[str] = []
        for photo, look in effect.pictures:
            try:
                cards.append(await self._keep_item(photo, look, turn))
            except (GarmentError, PersonError, MediaMissing) as error:
                refused.append(told(error))
                await self.drop(d.DropPhoto(photo), turn)
        return [d.ItemsKept(tuple(cards), effect.then, effect.text, tuple(refused))]

    async def _keep_item(self, photo: d.PhotoRef, look: d.GarmentLook | None, turn: Turn) -> d.ProductCard:
        person, in_use = turn.talk.person_id, turn.state.photo
        data = await turn.tx.run(lambda uow: uow.media.read(photo.media))
        seen = look or look_of(await self._photos.garment(data))
        product = item_of(seen)

        def work(uow: UnitOfWork) -> d.ProductCard | None:
            ident = uow.items.keep(person, product, data, (photo.width, photo.height), self._kept)
            if in_use is None or in_use.media != photo.media:
                uow.media.release(photo.media, person, ("photo",))
            uow.people.note(person, "item_kept")
            found = uow.product_of(ident, person)
            return None if found is None else self._shopping.products.card(*found, turn.state.profile.currency)

        card = await turn.tx.run(work)
        if card is None:
            raise RuntimeError("an item that was kept is not there")
        return card

    async def open_link(self, effect: d.OpenLink, turn: Turn) -> list[d.Event]:
        """A page of our own catalogue needs no reading; any other is read outside of this transaction."""
        talk = turn.talk
        request = LinkRequest(
            talk.channel, talk.address, f"link:{uuid4()}", effect.url, effect.then, turn.cause, turn.state.spoken
        )

        def work(uow: UnitOfWork) -> d.ProductCard | None:
            ident = uow.products.linked(spellings(effect.url))
            found = None if ident is None else uow.product_of(ident, talk.person_id)
            if found is not None:
                return self._shopping.products.card(*found, turn.state.profile.currency)
            uow.inbox.accept(
                talk.channel, talk.address, request.event_id, LINK, request.payload(), LINK_LOST_AFTER
            )
            return None

        if (known := await turn.tx.run(lambda uow: uow.products.linked(spellings(effect.url)))) is not None:
            await self._shopping.picture_of(known, turn)
        card = await turn.tx.run(work)
        if card is not None:
            return [d.ItemsKept((card,), effect.then)]
        turn.after.links.append(request)
        return []
