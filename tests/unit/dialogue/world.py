"""A world for the dialogue: it answers effects the way the runtime does, without doing anything."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, TypeVar

from bot.dialogue import core
from bot.dialogue.actions import parse
from bot.dialogue.core import handle
from bot.dialogue.policy import Policy
from bot.dialogue.profile import Profile
from bot.dialogue.state import ConversationState
from bot.dialogue.styling.outfits import place_of
from bot.dialogue.types import (
    OWN,
    ArrangeMails,
    ButtonPressed,
    CancelTryOn,
    CheckLinkCode,
    Compared,
    ComparePictures,
    DataErased,
    Effect,
    EraseEverything,
    Event,
    GarmentLook,
    GatherPieces,
    InspectPhoto,
    ItemsKept,
    ItemsMailed,
    KeepItems,
    Link,
    LinkCodeMade,
    Linked,
    LinkFailed,
    LinkOffered,
    LinkRefused,
    MailConfirmed,
    MailItems,
    MailLinkCode,
    MailsArranged,
    MailsRefused,
    MailStanding,
    MakeLinkCode,
    Message,
    OpenLink,
    PhotoInspected,
    PhotoReceived,
    PhotoRef,
    PiecesGathered,
    ProductCard,
    ProductUnknown,
    Remember,
    RequestTryOn,
    SaveFavourite,
    Say,
    Search,
    SearchCompleted,
    SeenColour,
    ShowFavourites,
    Sight,
    Started,
    TextReceived,
    Then,
    TryOnAccepted,
    TryOnFailed,
    TryOnFinished,
    Unlink,
    Unlinked,
)

PHOTO, OTHER, NUMBERED, RESULT, TEE, SHEET = (PhotoRef(name * 64, 600, 800) for name in "abcdf1")
"""TEE is the picture of a t-shirt; in the other photos are people."""


def card(ident: str, title: str, category: str, color: str, rupees: int, *, url: str | None = None) -> ProductCard:
    """A product of this world."""
    part = {"trousers": "lower", "dress": "dress", "sneakers": None}.get(category, "upper")
    return ProductCard(
        ident, title, category, part, "e" * 64, (color,), rupees * 100, "INR", url=url  # type: ignore[arg-type]  # one of the literals above
    )  # fmt: skip


SHIRT = card("samples-shirts-3", "White t-shirt", "t-shirt", "white", 500)
JACKET = card("samples-jackets-1", "Denim jacket", "jacket", "blue", 2000, url="https://shop.example/1")
BLOUSE = card("samples-blouses-1", "Blue blouse", "blouse", "blue", 900)
COAT = card("samples-coats-1", "Red coat", "coat", "red", 4000)
SNEAKERS = card("samples-shoes-1", "White sneakers", "sneakers", "white", 3000)
TROUSERS = card("samples-pants-1", "Navy trousers", "trousers", "navy", 1500)
COLOURS = (
    SeenColour(0, "upper", "white", (92.0, 1.0, -2.0), 1.0),
    SeenColour(None, "lower", "blue", (50.0, -6.0, -15.0), 0.9),
)
"""What is seen in a picture of somebody in the white t-shirt and their own jeans."""

CODE = "7KQ49XWM"
"""The code that every chat of this world makes."""
STOCK = (SHIRT, JACKET, BLOUSE, COAT, SNEAKERS)
PAGE = 3

_E = TypeVar("_E")


class World:
    """One conversation. `stock` is what the shop has; `people` how many are in every photo."""

    def __init__(
        self, people: int = 1, stock: tuple[ProductCard, ...] = STOCK, policy: Policy | None = None
    ) -> None:
        self.state = ConversationState()
        self.people = people
        self.stock = stock
        self.policy = policy or Policy()
        self.said: list[Message] = []
        self.effects: list[Effect] = []
        self.saved: list[str] = []
        self.relaxed: tuple[str, ...] = ()
        self.waiting = False
        """Whether a shop has not answered yet."""
        self.genders: tuple[str, ...] = ()
        """Whom the shop's things are made for."""
        self.profile = Profile()
        """What is kept of what the person told."""
        self.open_codes: dict[str, str] = {}
        """Codes of other chats that are open, and the channel each was made on."""
        self.looks: dict[PhotoRef, GarmentLook] = {TEE: GarmentLook("upper", "t-shirt", ("white",))}
        self.running: dict[str, tuple[ProductCard, ...]] = {}
        """What the workers have: jobs by their id."""
        self._jobs = 0

    def tell(self, event: Event, now: float | None = None) -> list[Message]:
        """Handle the event and all that follows; returns what was said. `now` in seconds since 1970."""
        before = len(self.said)
        queue: list[Event] = [event]
        if isinstance(event, DataErased):
            self.profile = Profile()
        if isinstance(event, TryOnFinished | TryOnFailed):
            self.running.pop(event.job, None)
        for _ in range(30):
            if not queue:
                break
            state, effects = handle(self.state, queue.pop(0), self.policy, now)
            self.state = ConversationState.from_json(json.loads(json.dumps(state.to_json())))
            assert self.state == state, "the state does not survive being written down"
            self.effects += effects
            for effect in effects:
                queue += self._answer(effect)
        assert not queue, "an event did not come to an end"
        assert self.state.todo == (), "a wish of the message was lost"
        assert self.state.expected == 0, "an effect was not answered"
        return self.said[before:]

    def hear(self, text: str) -> Message:
        """The person writes; the last message of the answer."""
        return self._last(self.tell(TextReceived(text)), text)

    def press(self, action: str) -> Message:
        """The person presses a button; the last message of the answer."""
        return self._last(self.tell(ButtonPressed(action)), action)

    def send(self, photo: PhotoRef = PHOTO) -> Message:
        """The person sends a photo."""
        return self._last(self.tell(PhotoReceived(photo)), "a photo")

    def finish(self, job: str, product: ProductCard = SHIRT) -> Message:
        """The worker is done with a job."""
        return self._last(self.tell(TryOnFinished(job, product, PHOTO, RESULT)), job)

    def asked_for(self, kind: type[_E]) -> list[_E]:
        """The effects of one kind so far."""
        return [effect for effect in self.effects if isinstance(effect, kind)]

    @property
    def last_job(self) -> str:
        return f"job-{self._jobs}"

    @staticmethod
    def _last(messages: list[Message], what: str) -> Message:
        assert messages, f"no answer to {what!r}"
        return messages[-1]

    def _answer(self, effect: Effect) -> list[Event]:  # noqa: PLR0912  # one case for each kind of effect
        match effect:
            case Say(message):
                self.said.append(whole(message))
            case InspectPhoto(photo, more):
                return [PhotoInspected(tuple(self._sight(p) for p in (photo, *more)))]
            case KeepItems(pictures, then, text):
                return [self._keep(pictures, then, text)]
            case OpenLink(url, then):
                known = next((c for c in self.stock if c.url == url), None)
                return [ItemsKept((known,), then) if known else LinkFailed("The page says nothing.")]
            case Search():
                return [self._search(effect)]
            case ShowFavourites():
                found = tuple(c for c in self.stock if c.id in self.saved)
                return [SearchCompleted(found, len(found), 0)]
            case SaveFavourite(product, saved):
                self.saved = [p for p in self.saved if p != product] + [product] * saved
            case RequestTryOn():
                return [self._accept((effect.product_id, *effect.more))]
            case GatherPieces(places):
                pieces = {place: tuple(c for c in self.stock if place_of(c) == place) for place in places}
                return [PiecesGathered(pieces)]
            case ComparePictures(shown):
                return [Compared(tuple(one.job for one in shown), SHEET)]
            case CancelTryOn(job):
                of_job = {j.job: j.pieces for j in self.state.jobs} | self.running
                self.running.pop(job, None)
                if job not in of_job:
                    return []
                return [TryOnFailed(job, of_job[job][0], "cancelled", "", of_job[job][1:])]
            case EraseEverything():
                self.running.clear()
                self.profile = Profile()
                return [DataErased()]
            case Remember(facts):
                self.profile = self.profile.changed(facts)
            case MakeLinkCode():
                return [LinkCodeMade(CODE)]
            case CheckLinkCode(code):
                channel = self.open_codes.get(code)
                return [LinkOffered(code, channel) if channel else LinkRefused("unknown", code)]
            case Link(ticket):
                return [self._link(ticket)]
            case ArrangeMails():
                return [self._arrange(effect)]
            case MailItems() | MailLinkCode():
                mail = self.state.mail
                there = mail is not None and mail.confirmed
                return [ItemsMailed(mail.address) if mail and there else MailsRefused("off")]
            case Unlink():
                self.state = replace(self.state, linked=())
                return [Unlinked()]
        return []

    def _sight(self, photo: PhotoRef) -> Sight:
        if photo in self.looks:
            return Sight(photo, garment=self.looks[photo])
        if self.people == 0:
            return Sight(photo, refusal="Nobody is in it.")
        return Sight(photo, self.people, NUMBERED if self.people > 1 else None)

    def _keep(self, pictures: tuple[tuple[PhotoRef, GarmentLook | None], ...], then: Then, text: str) -> ItemsKept:
        cards = []
        for photo, look in pictures:
            seen = look or GarmentLook("dress", "dress", ("red",))
            ident = f"own:{ord(photo.media[0]):012x}"
            cards.append(
                ProductCard(ident, seen.category, seen.category, seen.part, photo.media, seen.color, source=OWN)
            )
        self.stock = (*self.stock, *cards)
        return ItemsKept(tuple(cards), then, text)

    def _search(self, search: Search) -> Event:
        usual, relaxed = search.usual, self.relaxed
        found = tuple(c for c in self.stock if _fits(c, search.slots) and _fits(c, usual))
        if not found and usual:
            found = tuple(c for c in self.stock if _fits(c, search.slots))
            relaxed += tuple(f"usual.{'price' if n.startswith('price') else n}" for n in usual)
        start = search.page * PAGE
        page = found[start : start + PAGE]
        relaxed = relaxed if found else ()
        return SearchCompleted(page, len(found), search.page, relaxed, self.genders, self.waiting)

    def _arrange(self, effect: ArrangeMails) -> Event:
        """One address bounced, one is asked too often; every other one is good, once its link was used."""
        known, address = self.state.mail, effect.address
        if address.startswith("bounced@"):
            return MailsRefused("bounced", address)
        if address.startswith("busy@"):
            return MailsRefused("too_many", address)
        if not address and known is None:
            return MailsRefused("off")
        confirmed = known is not None and known.confirmed and address in ("", known.address)
        return MailsArranged(MailStanding(address or (known.address if known else ""), confirmed, effect.plan))

    def confirm(self) -> Message:
        """The person opens the link in the mail."""
        assert self.state.mail is not None
        self.state = replace(self.state, mail=replace(self.state.mail, confirmed=True))
        return self._last(self.tell(MailConfirmed()), "the link")

    def _link(self, ticket: str) -> Event:
        channel = self.open_codes.pop(ticket, None)
        if channel is None:
            return LinkRefused("unknown")
        self.state = replace(self.state, linked=(*self.state.linked, channel))
        return Linked(channel)

    def _accept(self, products: tuple[str, ...]) -> Event:
        stock = {c.id: c for c in self.stock}
        for product in products:
            if product not in stock:
                return ProductUnknown(product)
        self._jobs += 1
        first, *more = (stock[product] for product in products)
        self.running[self.last_job] = (first, *more)
        ahead = len(self.state.jobs)
        return TryOnAccepted(self.last_job, first, ahead, 12.0 * (ahead + 1), tuple(more))


def _fits(card: ProductCard, wanted: dict[str, Any]) -> bool:
    unwanted = wanted.get("exclude", {})
    return (
        card.category in wanted.get("category", [card.category])
        and (not wanted.get("color") or bool(set(card.color) & set(wanted["color"])))
        and not set(card.color) & set(unwanted.get("color", ()))
        and card.category not in unwanted.get("category", ())
        and card.id not in unwanted.get("id", ())
        and (card.price_minor or 0) <= 100 * wanted.get("price_max", 10**6)
    )


def greeted(people: int = 1, policy: Policy | None = None) -> World:
    """Someone who was asked for consent and has not answered yet."""
    world = World(people, policy=policy)
    world.tell(Started())
    return world


def consenting(people: int = 1, policy: Policy | None = None) -> World:
    """Someone who has agreed, and is asked for a photo."""
    world = greeted(people, policy)
    world.press("consent:yes")
    return world


def agreed(people: int = 1, policy: Policy | None = None) -> World:
    """Someone who has agreed and sent a photo."""
    world = consenting(people, policy)
    world.send()
    return world


def choosing(people: int = 1, policy: Policy | None = None) -> World:
    """Someone who has agreed, sent a photo, and looks at the first page of everything."""
    world = agreed(people, policy)
    world.hear("show me something nice")
    return world


def whole(message: Message) -> Message:
    """The message, which says something, has no holes, and whose buttons all lead somewhere."""
    for text in (message.text, *(choice.label for choice in message.choices)):
        assert text.strip(), "something without words"
        assert not re.search(r"\bNone\b", text), f"a hole in {text!r}"
    for choice in message.choices:
        verb, argument = parse(choice.action)
        tables = (core._WITH_PRODUCT, core._WITH_WORDS) if argument else (core._PLAIN,)
        assert any(verb in table for table in tables), f"nothing is behind {choice.action!r}"
    return message


def labels(message: Message) -> list[str]:
    """The actions of a message's buttons."""
    return [choice.action for choice in message.choices]
