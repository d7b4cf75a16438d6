"""Performs what the dialogue asks for, inside the transaction of the event that led to it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from bot import mail_effects
from bot.channels.base import ChargesTryOns, Declined
from bot.dialogue import types as d
from bot.dialogue.codes import new_code
from bot.dialogue.language import language_of
from bot.dialogue.policy import Policy
from bot.dialogue.profile import Profile
from bot.dialogue.state import ConversationState
from bot.dialogue.styling.outfits import place_for
from bot.dialogue.zones import known
from bot.links import LINK, LINK_LOST_AFTER, LinkRequest, item_of, look_of
from bot.llm.answers import Question
from bot.messages import body_of
from bot.photos import PhotoDesk
from bot.products import ProductDesk
from bot.refusals import told
from bot.sheets import Panel, side_by_side
from catalog.errors import CatalogError
from catalog.providers.link import spellings
from catalog.query import query_from_slots
from catalog.search import Catalogue
from catalog.taxonomy import worn_over
from catalog.types import Product
from pipeline.errors import GarmentError, IntakeError, PersonError
from pipeline.ports import Identified
from storage import tallies
from storage.addresses import account_of, is_private
from storage.errors import MediaMissing
from storage.items import OWN
from storage.products import ProductPictures
from storage.queue import queue_of
from storage.records import ConversationRecord, First, JobRecord, LinkOffer, QueuePlace, Standing
from storage.unit_of_work import Transaction, UnitOfWork

PAGE = 6
"""Products a page: two rows of three, or a swipe on a phone."""

PIECES = 40
"""Products that an outfit is chosen from, for each place on the body and each order."""

PICTURED = 4
"""Of each, those whose pictures are waited for; of the others those that were shown before are chosen from."""

WORN_AT = {
    "upper": ("top",),
    "layer": ("outerwear", "cardigan"),
    "lower": ("bottoms",),
    "dress": ("one-piece",),
}
"""The kinds of clothing for each place of an outfit."""

DECIDES_PIXELS = ("photo", "person_index", "garment", "garment_back", "part", "over", "words", "more")
"""What of a try-on's request is part of its result's key. `more` are the further pieces of an outfit."""

UNDECIDED = timedelta(hours=1)
"""How long a photo waits for the person's agreement, or for the choice among several people."""


LINKED, UNLINKED, ERASED = "linked", "unlinked", "erased"
"""Kinds of inbox events that tell a person's other chats what was done in this one."""


@dataclass(slots=True)
class After:
    """What to do once the transaction has committed."""

    wake: list[str] = field(default_factory=list)
    forget: list[str] = field(default_factory=list)
    erased: list[UUID] = field(default_factory=list)
    read: list[UUID] = field(default_factory=list)
    """Conversations in which there is something new to read."""
    stopped: list[str] = field(default_factory=list)
    """Jobs that somebody asked to stop."""
    told: list[str] = field(default_factory=list)
    """Channels that have an event of ours in their inbox."""
    links: list[LinkRequest] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


@dataclass(slots=True)
class Turn:
    """One event's way through the transaction. `cause` is the channel's id of the message that led to it."""

    tx: Transaction
    talk: ConversationRecord
    state: ConversationState
    after: After
    cause: str | None = None


def resumed(talk: ConversationRecord, standing: Standing, payload: Mapping[str, Any]) -> ConversationState:
    """The conversation's state at an event with this payload."""
    kept = ConversationState.from_json(talk.state) if talk.state else ConversationState()
    state = state_of(kept, talk, standing)
    app_language = language_of(payload.get("language")) or state.app_language
    return replace(state, app_language=app_language, zone=known(str(payload.get("timezone", ""))) or state.zone)


def state_of(state: ConversationState, talk: ConversationRecord, standing: Standing) -> ConversationState:
    """The conversation's state with what the person settled meanwhile, here or on another channel."""
    photo, here = standing.photo, (talk.channel, account_of(talk.address))
    return replace(
        state,
        consent=standing.consent,
        photo=None if photo is None else d.PhotoRef(photo.media_key, photo.width, photo.height),
        person_index=None if photo is None else photo.person_index,
        profile=Profile.of(standing.preferences),
        mail=mail_effects.standing_of(standing.mail) if is_private(talk.address) else None,
        public=not is_private(talk.address),
        linked=tuple(dict.fromkeys(account[0] for account in standing.accounts if account != here)),
    )


class Effects:
    """Each effect returns the events that answer it.

    `engine` makes the pictures; with `preview`, a quicker one, that one's are shown until they are there. On
    channels that are `read` nothing is sent: people's pages are told to look.
    """

    def __init__(  # noqa: PLR0917  # what effects need, plainly
        self,
        catalogue: Catalogue,
        photos: PhotoDesk,
        engine: Identified,
        policy: Policy,
        preview: Identified | None = None,
        tills: Mapping[str, ChargesTryOns] | None = None,
        products: ProductDesk | None = None,
        read: Collection[str] = (),
    ) -> None:
        self._catalogue = catalogue
        self.products = products or ProductDesk(catalogue)
        self._photos = photos
        self._engine = engine
        self._preview = preview
        self._policy = policy
        self._tills = tills or {}
        self._read = read
        self._items_kept = timedelta(days=policy.photo_days)

    async def came_to_nothing(self, job: UUID, turn: Turn) -> None:
        """A job ended without a picture: what it cost is given back."""
        till = self._tills.get(turn.talk.channel)
        if till is not None:
            await turn.tx.run(lambda uow: till.give_back(uow, job))

    async def perform(self, effect: d.Effect, turn: Turn) -> list[d.Event]:  # noqa: PLR0912 # one case for each kind
        """Do it; raises only what must roll the whole event back."""
        match effect:
            case d.Say():
                return await self._say(effect, turn)
            case d.RecordConsent():
                return await self._consent(effect, turn)
            case d.InspectPhoto():
                return await self._inspect(effect, turn)
            case d.KeepItems():
                return await self._keep_items(effect, turn)
            case d.OpenLink():
                return await self._open_link(effect, turn)
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
            case d.Watch():
                return await self._watch(effect, turn)
            case d.Remember():
                return await self._remember(effect, turn)
            case d.RequestTryOn():
                return await self._try_on(effect, turn)
            case d.GatherPieces():
                return await self._gather(effect, turn)
            case d.ComparePictures():
                return await self._compare(effect, turn)
            case d.CancelTryOn():
                return await self._cancel(effect, turn)
            case d.EraseEverything():
                return await self._erase(turn)
            case d.MakeLinkCode():
                return await self._make_code(turn)
            case d.CheckLinkCode():
                return await self._check_code(effect, turn)
            case d.Link():
                return await self._link(effect, turn)
            case d.Unlink():
                return await self._unlink(turn)
            case d.ArrangeMails() | d.PauseMails() | d.StopMails() | d.MailItems() | d.MailLinkCode():
                return await mail_effects.perform(effect, turn)

    async def _say(self, effect: d.Say, turn: Turn) -> list[d.Event]:
        talk, message = turn.talk, effect.message
        body, read = body_of(message), talk.channel in self._read
        await turn.tx.run(
            lambda uow: uow.conversations.say(
                talk.id, talk.channel, body, message.slot, turn.cause, in_place=message.in_place, read=read
            )
        )
        if read:
            turn.after.read.append(talk.id)
        return []

    async def _consent(self, effect: d.RecordConsent, turn: Turn) -> list[d.Event]:
        person = turn.talk.person_id
        await turn.tx.run(lambda uow: uow.people.record_consent(person, effect.version))
        return []

    async def _inspect(self, effect: d.InspectPhoto, turn: Turn) -> list[d.Event]:
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

    async def _keep_items(self, effect: d.KeepItems, turn: Turn) -> list[d.Event]:
        cards: list[d.ProductCard] = []
        refused: list[str] = []
        for photo, look in effect.pictures:
            try:
                cards.append(await self._keep_item(photo, look, turn))
            except (GarmentError, PersonError, MediaMissing) as error:
                refused.append(told(error))
                await self._drop_photo(d.DropPhoto(photo), turn)
        return [d.ItemsKept(tuple(cards), effect.then, effect.text, tuple(refused))]

    async def _keep_item(self, photo: d.PhotoRef, look: d.GarmentLook | None, turn: Turn) -> d.ProductCard:
        person, in_use = turn.talk.person_id, turn.state.photo
        data = await turn.tx.run(lambda uow: uow.media.read(photo.media))
        seen = look or look_of(await self._photos.garment(data))
        product = item_of(seen)

        def work(uow: UnitOfWork) -> d.ProductCard | None:
            ident = uow.items.keep(person, product, data, (photo.width, photo.height), self._items_kept)
            if in_use is None or in_use.media != photo.media:
                uow.media.release(photo.media, person, ("photo",))
            uow.people.note(person, "item_kept")
            found = uow.product_of(ident, person)
            return None if found is None else self.products.card(*found, turn.state.profile.currency)

        card = await turn.tx.run(work)
        if card is None:
            raise RuntimeError("an item that was kept is not there")
        return card

    async def _open_link(self, effect: d.OpenLink, turn: Turn) -> list[d.Event]:
        """A page of our own catalogue needs no reading; any other is read outside of this transaction."""
        talk = turn.talk
        request = LinkRequest(
            talk.channel, talk.address, f"link:{uuid4()}", effect.url, effect.then, turn.cause, turn.state.spoken
        )

        def work(uow: UnitOfWork) -> d.ProductCard | None:
            ident = uow.products.linked(spellings(effect.url))
            found = None if ident is None else uow.product_of(ident, talk.person_id)
            if found is not None:
                return self.products.card(*found, turn.state.profile.currency)
            uow.inbox.accept(
                talk.channel, talk.address, request.event_id, LINK, request.payload(), LINK_LOST_AFTER
            )
            return None

        if (known := await turn.tx.run(lambda uow: uow.products.linked(spellings(effect.url)))) is not None:
            await self._picture_of(known, turn)
        card = await turn.tx.run(work)
        if card is not None:
            return [d.ItemsKept((card,), effect.then)]
        turn.after.links.append(request)
        return []

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
        turn.after.forget.extend(await turn.tx.run(lambda uow: uow.media.drop_photo(person, key)))
        return []

    async def _search(self, effect: d.Search, turn: Turn) -> list[d.Event]:
        query = query_from_slots(effect.text, effect.slots, effect.usual)
        if like := effect.slots.get("like"):
            query = replace(query, like=await self.products.likeness(str(like), turn.tx))
        try:
            page = await self._catalogue.search(query, PAGE, effect.page * PAGE)
            if await self.products.shown(page.products):
                # What has no picture to show is in no search from now on, and others take its place.
                page = await self._catalogue.search(query, PAGE, effect.page * PAGE)
                await self.products.shown(page.products)
        except CatalogError as error:
            return [d.SearchFailed(told(error))]
        cards = tuple(await self.products.cards(page.products, turn.state.profile.currency, turn.tx))
        genders = dict.fromkeys(product.gender for product in page.products if product.gender)
        return [d.SearchCompleted(cards, page.total, effect.page, page.relaxed, tuple(genders), page.waiting)]

    async def _gather(self, effect: d.GatherPieces, turn: Turn) -> list[d.Event]:
        """For each place the closest to what was asked for, and the cheapest."""
        asked = [(place, sort) for place in effect.places for sort in (None, "price_asc")]
        try:
            pages = await asyncio.gather(*(self._pieces(place, effect.slots, sort) for place, sort in asked))
        except CatalogError as error:
            return [d.SearchFailed(error.user_message)]
        found: dict[str, dict[str, Product]] = {place: {} for place in effect.places}
        for (place, _), products in zip(asked, pages, strict=True):
            found[place].update({product.id: product for product in products})
        await self.products.shown(one for products in pages for one in products[:PICTURED])
        currency = turn.state.profile.currency
        cards = {
            place: tuple(await self.products.cards(products.values(), currency, turn.tx))
            for place, products in found.items()
        }
        return [d.PiecesGathered(cards)]

    async def _pieces(self, place: str, slots: dict[str, Any], sort: str | None) -> tuple[Product, ...]:
        kinds = [kind for kind in slots.get("category", ()) if place_for(kind) == place]
        wanted = {**slots, "category": kinds or list(WORN_AT[place]), "sort": sort}
        # Occasion and season rank by the words of titles; the builder judges them by more than that.
        words = " ".join(map(str, (*slots.get("occasion", ()), *slots.get("season", ()))))
        return (await self._catalogue.search(query_from_slots(words, wanted), PIECES)).products

    async def _compare(self, effect: d.ComparePictures, turn: Turn) -> list[d.Event]:
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

    async def _picture_of(self, product_id: str, turn: Turn) -> None:
        """A product may be asked for that no page has shown: by its link, or by its id."""
        await self.products.freshen([product_id], turn.tx)
        product = await turn.tx.run(lambda uow: uow.products.get(product_id))
        if product is not None and product.fresh_until is None:
            await self.products.shown([product])

    async def _favourites(self, turn: Turn) -> list[d.Event]:
        person = turn.talk.person_id
        saved = await turn.tx.run(lambda uow: uow.people.favourites(person, 2 * PAGE))
        cards = tuple((await self.current(saved, turn)).values())
        return [d.SearchCompleted(cards, len(cards), 0)]

    async def current(self, ids: Iterable[str], turn: Turn) -> dict[str, d.ProductCard]:
        """The cards of those products and items that there still are, with prices that may be shown, by id."""
        wanted, person, currency = list(ids), turn.talk.person_id, turn.state.profile.currency
        await self.products.freshen([ident for ident in wanted if not ident.startswith(OWN)], turn.tx)

        def work(uow: UnitOfWork) -> dict[str, d.ProductCard]:
            found = {ident: uow.product_of(ident, person) for ident in wanted}
            return {ident: self.products.card(*one, currency) for ident, one in found.items() if one is not None}

        return await turn.tx.run(work)

    async def _save(self, effect: d.SaveFavourite, turn: Turn) -> list[d.Event]:
        person = turn.talk.person_id

        def work(uow: UnitOfWork) -> bool:
            if uow.product_of(effect.product_id, person) is None:
                return False
            if effect.product_id.startswith(OWN):
                uow.items.save(person, effect.product_id, self._items_kept, saved=effect.saved)
            else:
                uow.people.save_favourite(person, effect.product_id, saved=effect.saved)
            return True

        return [] if await turn.tx.run(work) else [d.ProductUnknown(effect.product_id)]

    async def _watch(self, effect: d.Watch, turn: Turn) -> list[d.Event]:
        talk, ident = turn.talk, effect.product_id

        def work(uow: UnitOfWork) -> bool:
            if not effect.on or ident is None:
                uow.watches.end(talk.person_id, ident)
                return True
            product = uow.products.get(ident)
            if product is None:
                return True
            gone = product.in_stock is False
            return uow.watches.begin(talk.person_id, talk.id, ident, product.price, gone=gone)

        return [] if await turn.tx.run(work) else [d.WatchRefused(ident or "")]

    async def _remember(self, effect: d.Remember, turn: Turn) -> list[d.Event]:
        person = turn.talk.person_id

        def work(uow: UnitOfWork) -> None:
            for fact in effect.facts:
                uow.people.prefer(person, *fact)

        await turn.tx.run(work)
        return []

    async def _try_on(self, effect: d.RequestTryOn, turn: Turn) -> list[d.Event]:
        asked_for = (effect.product_id, *effect.more)
        for ident in asked_for:
            await self._picture_of(ident, turn)
        try:
            lent = await self.products.lent(asked_for, turn.talk.person_id, turn.tx)
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
                cards.append(self.products.card(*found, turn.state.profile.currency))
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

    async def _cancel(self, effect: d.CancelTryOn, turn: Turn) -> list[d.Event]:
        try:
            job = UUID(effect.job)
        except ValueError:
            return []
        await turn.tx.run(lambda uow: uow.jobs.cancel(job, turn.talk.id))
        turn.after.stopped.append(effect.job)
        return []

    async def _erase(self, turn: Turn) -> list[d.Event]:
        old = turn.talk

        def work(uow: UnitOfWork) -> None:
            uow.people.hold(old.person_id)
            talks = uow.conversations.of(old.person_id)
            turn.after.forget.extend(uow.people.erase(old.person_id))
            turn.after.erased.extend(talk.id for talk in talks)
            _tell(uow, turn, [talk for talk in talks if talk.id != old.id], ERASED)
            turn.talk = uow.conversations.open(old.channel, old.address)

        await turn.tx.run(work)
        # What was spoken is told apart from what is known: the last sentence is said in it, then it is gone too.
        spoken = turn.state
        turn.state = ConversationState(language=spoken.language, app_language=spoken.app_language)
        return [d.DataErased()]

    async def _make_code(self, turn: Turn) -> list[d.Event]:
        talk, valid = turn.talk, timedelta(minutes=self._policy.link_minutes)
        if not is_private(talk.address):
            return [d.LinkRefused("public")]
        code = new_code(secrets.choice)
        await turn.tx.run(lambda uow: uow.links.open_code(code, talk.person_id, talk.id, valid))
        return [d.LinkCodeMade(code)]

    async def _check_code(self, effect: d.CheckLinkCode, turn: Turn) -> list[d.Event]:
        talk, code = turn.talk, effect.code

        def work(uow: UnitOfWork) -> d.LinkOffered | d.LinkRefused:
            offer = uow.links.try_code(code, talk.channel, account_of(talk.address))
            if not isinstance(offer, LinkOffer):
                return d.LinkRefused(offer, code)
            if not is_private(talk.address):
                # Whoever read it here could use it before its owner.
                uow.links.burn(offer.ticket)
                return d.LinkRefused("public")
            made = uow.conversations.get(offer.conversation_id)
            if made is None or offer.person_id == talk.person_id:
                return d.LinkRefused("own")
            return d.LinkOffered(offer.ticket, made.channel)

        return [await turn.tx.run(work)]

    async def _link(self, effect: d.Link, turn: Turn) -> list[d.Event]:
        joining = turn.talk

        def work(uow: UnitOfWork) -> d.Linked | d.LinkRefused:
            offer = uow.links.link(effect.ticket, joining.person_id)
            made = None if offer is None else uow.conversations.get(offer.conversation_id)
            if offer is None or made is None:
                return d.LinkRefused("unknown")
            _tell(uow, turn, [made], LINKED)
            _now_of(uow, turn, offer.person_id)
            return d.Linked(made.channel)

        return [await turn.tx.run(work)]

    async def _unlink(self, turn: Turn) -> list[d.Event]:
        old = turn.talk

        def work(uow: UnitOfWork) -> None:
            alone = uow.people.unlink(old.person_id, old.channel, account_of(old.address))
            if alone is not None:
                _tell(uow, turn, uow.conversations.of(old.person_id), UNLINKED)
                _now_of(uow, turn, alone)

        await turn.tx.run(work)
        return [d.Unlinked()]


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


def _now_of(uow: UnitOfWork, turn: Turn, person_id: UUID) -> None:
    """The conversation belongs to this person from here on."""
    turn.talk = replace(turn.talk, person_id=person_id)
    turn.state = state_of(turn.state, turn.talk, uow.standing(person_id))


def _tell(uow: UnitOfWork, turn: Turn, talks: list[ConversationRecord], kind: str) -> None:
    """Other chats of the person shall hear what was done here; not those where others read along."""
    for talk in talks:
        if is_private(talk.address):
            # The id is new each time: it says nothing about who was told.
            uow.inbox.accept(talk.channel, talk.address, f"{kind}:{uuid4()}", kind, {"by": turn.talk.channel})
            turn.after.told.append(talk.channel)
