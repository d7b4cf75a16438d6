"""What lasts between two events of one conversation, and how it is written down.

The runtime stores `to_json()` and hands `from_json()` back: after a restart, days later, or by a program of
another version. Fields that are missing take their default and fields that are unknown are left out, so a new
field needs no migration; one that changes its meaning gets a step at the end of `MIGRATIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, TypeVar, cast

from bot.dialogue.profile import Fact, Profile
from bot.dialogue.types import Frame, MailPlan, MailStanding, PhotoRef, ProductCard, SeenColour

Migration = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: tuple[Migration, ...] = ()
"""The step at index n turns version n + 1 into version n + 2. Values are JSON, hence Any."""

MAX_ITEMS = 4
"""How many of the person's own garments are remembered by their card."""

MAX_EARLIER = 4
"""How many finished try-ons are remembered beside the latest: as many as can be compared, and one more."""

MAX_PREVIOUS = 5
"""How many earlier searches "back" can return to."""

Stage = Literal["idle", "results", "item_focus", "tryon_done"]
Asked = Literal[
    "consent", "photo", "person", "picture", "erase", "link", "unlink", "size", "budget", "gender", "email", "zone"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PendingPhoto:
    """A picture that is not the person's photo yet, with those that came with it (see PhotoReceived).

    It waits for consent, for the inspection, for the choice of a person, or (`use`) for the person to say whether
    it is a photo of them or something to try on.
    """

    photo: PhotoRef
    waits_for: Literal["consent", "inspection", "person", "use"]
    people: int = 0
    numbered: PhotoRef | None = None
    more: tuple[PhotoRef, ...] = ()
    garments: tuple[str, ...] = ()
    text: str = ""

    @property
    def pictures(self) -> tuple[PhotoRef, ...]:
        """All pictures that wait."""
        return (self.photo, *self.more)


@dataclass(frozen=True, slots=True)
class Looking:
    """One search as it stands: the filters, the words that no filter covers, and the page from 0.

    `lifted` names what the person usually wants and does not want to count here (see `usual.py`).
    """

    slots: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    page: int = 0
    lifted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Todo:
    """A wish of a message that waits until the one before it is answered; `text` is the whole message."""

    frame: Frame
    text: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What the person had done last: "the other one", "not that one" and "forget that" are about it."""

    intent: str
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undo:
    """The last change that can be taken back, with what was there before; `number` tells old buttons from new.

    search, reset: the search before; saved, unsaved: these products; profile: the facts before
    """

    number: int
    kind: Literal["search", "reset", "saved", "unsaved", "profile"]
    looking: Looking | None = None
    products: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkQuestion:
    """A code that was sent here: `ticket` stands for it, `channel` is where it was made."""

    ticket: str
    channel: str


@dataclass(frozen=True, slots=True)
class MailWish:
    """What is to be mailed as soon as there is an address, a time zone, or a confirmation.

    `plan` are the values of a MailPlan that were said; `products` and `job` are what MailItems sends.
    """

    plan: dict[str, Any] | None = None
    products: tuple[str, ...] = ()
    job: str = ""

    @property
    def items(self) -> bool:
        """Whether there is something to send now."""
        return bool(self.products or self.job)


@dataclass(frozen=True, slots=True)
class RunningJob:
    """A try-on that waits or runs; `more` are the further pieces of an outfit.

    `preview` is what is shown of it while a better engine is at work.
    """

    job: str
    product: ProductCard
    more: tuple[ProductCard, ...] = ()
    preview: LastResult | None = None

    @property
    def pieces(self) -> tuple[ProductCard, ...]:
        """All that is put on, from the skin outwards."""
        return (self.product, *self.more)


@dataclass(frozen=True, slots=True)
class LastResult:
    """A finished try-on, the latest or an earlier one; fields as in TryOnFinished."""

    job: str
    product: ProductCard
    before: PhotoRef
    result: PhotoRef
    more: tuple[ProductCard, ...] = ()
    engine: str = "preview"
    colours: tuple[SeenColour, ...] = ()

    @property
    def pieces(self) -> tuple[ProductCard, ...]:
        """All that is worn in it, from the skin outwards."""
        return (self.product, *self.more)


@dataclass(frozen=True, slots=True)
class OutfitPlan:
    """The outfit being talked about.

    slots: what was asked of it (budget, occasion, colours, ...)
    anchors: the pieces that it is built around
    pieces: all of it as shown last, from the skin outwards; empty before that
    seen: products of earlier proposals that were turned down
    move: what is being looked for now: "new", "cheaper", "other", or the place of the piece to change
    """

    slots: dict[str, Any] = field(default_factory=dict)
    anchors: tuple[ProductCard, ...] = ()
    pieces: tuple[ProductCard, ...] = ()
    seen: tuple[str, ...] = ()
    move: str = "new"


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Everything the stylist remembers of a conversation.

    consent: the version of the terms the person agreed to; None before that
    wish: what to try on as soon as there is a photo: product ids, those of an outfit joined by "+"
    looking, previous: the search on screen and the ones before it
    listing: whether `shown` are search results or favourites
    shown, total, page_size: what is on screen, out of how many
    requested: what was asked to be tried on and is not accepted yet, as in wish
    failed, failed_more: the pieces of the latest try-on that ended without a picture
    earlier: finished try-ons before `last`, the newest at the end
    plan: the outfit being talked about
    comparing: what is compared as soon as all of it is there, as in wish
    compared: the jobs whose results were put side by side last
    items: the latest garments that the person brought
    asked: the question the stylist's last message ended with
    asked_about: the kind of clothing whose size was asked for; "" for all
    questions: what was asked once and is not asked again
    link: the code whose linking was asked about
    linked: the channels of the person's other accounts
    language: what the person writes in or asked for, a code of `language.LANGUAGES`; None while nothing told
    app_language: what their app is set to, as far as the channel knows
    profile: what they told about themselves for good, on any channel
    todo, expected: wishes that wait, until so many effects are answered
    deed: what the person had done last
    undo, changes: the last change that can be taken back; how many there were
    seen: when the person was last here, in seconds since 1970
    away: for how many days they were not, while that is not said yet
    gone: products on screen that are not there any more
    mail: what counts of their mails on every channel
    mailing: what is to be mailed as soon as it can be
    mail_address: the address they named, while it is not known for what
    public: whether others read along here
    zone: the time zone that their browser is set to, or that they named
    note: a sentence that goes before the next message, while the world answers
    """

    consent: str | None = None
    greeted: bool = False
    photo: PhotoRef | None = None
    person_index: int | None = None
    pending: PendingPhoto | None = None
    wish: tuple[str, ...] = ()
    stage: Stage = "idle"
    asked: Asked | None = None
    asked_about: str = ""
    questions: tuple[str, ...] = ()
    looking: Looking | None = None
    previous: tuple[Looking, ...] = ()
    listing: Literal["results", "saved"] = "results"
    shown: tuple[ProductCard, ...] = ()
    total: int = 0
    page_size: int = 0
    focus: ProductCard | None = None
    requested: tuple[str, ...] = ()
    jobs: tuple[RunningJob, ...] = ()
    last: LastResult | None = None
    failed: ProductCard | None = None
    failed_more: tuple[ProductCard, ...] = ()
    earlier: tuple[LastResult, ...] = ()
    plan: OutfitPlan | None = None
    comparing: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    link: LinkQuestion | None = None
    linked: tuple[str, ...] = ()
    items: tuple[ProductCard, ...] = ()
    language: str | None = None
    app_language: str | None = None
    profile: Profile = field(default_factory=Profile)
    todo: tuple[Todo, ...] = ()
    expected: int = 0
    deed: Deed | None = None
    undo: Undo | None = None
    changes: int = 0
    seen: float | None = None
    away: int = 0
    gone: tuple[str, ...] = ()
    mail: MailStanding | None = None
    mailing: MailWish | None = None
    mail_address: str = ""
    public: bool = False
    zone: str | None = None
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"version": 1 + len(MIGRATIONS), **_plain(asdict(self)), "profile": self.profile.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ConversationState:
        """The state of `to_json()`, of this or another version. Raises ValueError when it is no such thing."""
        try:
            return _read_state(_migrated(data))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"not a conversation state: {error}") from error

    def known(self, product_id: str) -> ProductCard | None:
        """The card of a product that came up in this conversation, or None."""
        return next((card for card in self.cards if card.id == product_id), None)

    @property
    def product_ids(self) -> tuple[str, ...]:
        """The ids of all products that came up and may come up again."""
        return tuple(dict.fromkeys(card.id for card in self.cards))

    @property
    def cards(self) -> list[ProductCard]:
        """All products that came up and may come up again, some more than once."""
        cards = [*self.shown, *self.items, *(card for job in self.jobs for card in job.pieces)]
        cards += [card for card in (self.focus, self.failed) if card]
        cards += [*self.failed_more, *(card for result in self.results for card in result.pieces)]
        return [*cards, *(self.plan.pieces if self.plan else ())]

    def with_cards(self, cards: Mapping[str, ProductCard]) -> ConversationState:
        """The state with these cards by their id in place of the ones it has."""

        def now(card: ProductCard) -> ProductCard:
            return cards.get(card.id, card)

        def again(result: LastResult) -> LastResult:
            return replace(result, product=now(result.product), more=tuple(map(now, result.more)))

        plan = self.plan
        return replace(
            self,
            shown=tuple(map(now, self.shown)),
            items=tuple(map(now, self.items)),
            focus=self.focus and now(self.focus),
            failed=self.failed and now(self.failed),
            failed_more=tuple(map(now, self.failed_more)),
            last=self.last and again(self.last),
            earlier=tuple(map(again, self.earlier)),
            plan=plan
            and replace(plan, anchors=tuple(map(now, plan.anchors)), pieces=tuple(map(now, plan.pieces))),
        )

    @property
    def spoken(self) -> str | None:
        """The language to speak: what they asked for, else what they write in, else that of their app."""
        return self.profile.language or self.language or self.app_language

    @property
    def awaited(self) -> tuple[RunningJob, ...]:
        """The try-ons of which nothing is to be seen yet."""
        return tuple(job for job in self.jobs if job.preview is None)

    @property
    def results(self) -> tuple[LastResult, ...]:
        """Finished try-ons, the newest first."""
        return ((self.last,) if self.last else ()) + self.earlier[::-1]

    @property
    def has_more(self) -> bool:
        """Whether there is another page after the one on screen."""
        if self.looking is None or self.listing == "saved":
            return False
        return self.looking.page * self.page_size + len(self.shown) < self.total


def _migrated(data: Mapping[str, Any]) -> dict[str, Any]:
    current = dict(data)
    for step in MIGRATIONS[max(1, int(current.get("version", 1))) - 1 :]:
        current = step(current)
    return current


# Any: the values are JSON, whose shape is only known once it has been read.
def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


_T = TypeVar("_T")


def _read(kind: type[_T], data: Mapping[str, Any]) -> _T:
    """A flat dataclass out of JSON: lists become tuples, unknown keys are left out."""
    names = {f.name for f in fields(cast(Any, kind))}  # dataclasses.fields has no type for "some dataclass"
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in names})


def _card(data: Mapping[str, Any] | None) -> ProductCard | None:
    return _read(ProductCard, data) if data else None


def _ref(data: Mapping[str, Any] | None) -> PhotoRef | None:
    return _read(PhotoRef, data) if data else None


def _pending(data: Mapping[str, Any] | None) -> PendingPhoto | None:
    if not data:
        return None
    return _read(
        PendingPhoto,
        {
            **data,
            "photo": _read(PhotoRef, data["photo"]),
            "numbered": _ref(data.get("numbered")),
            "more": tuple(_read(PhotoRef, x) for x in data.get("more", ())),
        },
    )


def _cards(data: Iterable[Mapping[str, Any]] | None) -> tuple[ProductCard, ...]:
    return tuple(_read(ProductCard, one) for one in data or ())


def _pieces(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"product": _read(ProductCard, data["product"]), "more": _cards(data.get("more"))}


def _result(data: Mapping[str, Any]) -> LastResult:
    parts = {"before": _read(PhotoRef, data["before"]), "result": _read(PhotoRef, data["result"])}
    colours = tuple(seen_colour(one) for one in data.get("colours", ()))
    return _read(LastResult, {**data, **parts, **_pieces(data), "colours": colours})


def _plan(data: Mapping[str, Any]) -> OutfitPlan:
    cards = {name: _cards(data.get(name)) for name in ("anchors", "pieces")}
    return _read(OutfitPlan, {**data, **cards})


def seen_colour(data: Mapping[str, Any]) -> SeenColour:
    """Out of JSON: as a result's facts have it, and as the state has it."""
    return _read(SeenColour, data)


def _job(data: Mapping[str, Any]) -> RunningJob:
    preview = _result(data["preview"]) if data.get("preview") else None
    return _read(RunningJob, {**data, **_pieces(data), "preview": preview})


def _todo(data: Mapping[str, Any]) -> Todo:
    frame = data["frame"]
    slots = dict(frame.get("slots") or {})
    return Todo(Frame(str(frame["intent"]), slots, rest=tuple(frame.get("rest", ()))), str(data["text"]))


def _undo(data: Mapping[str, Any] | None) -> Undo | None:
    if not data:
        return None
    looking = _read(Looking, data["looking"]) if data.get("looking") else None
    return _read(Undo, {**data, "looking": looking, "facts": [Fact(*row) for row in data.get("facts", ())]})


def _mail(data: Mapping[str, Any] | None) -> MailStanding | None:
    if not data:
        return None
    return _read(MailStanding, {**data, "plan": _read(MailPlan, data["plan"]) if data.get("plan") else None})


def _read_state(data: Mapping[str, Any]) -> ConversationState:
    nested: dict[str, Any] = {
        "photo": _ref(data.get("photo")),
        "pending": _pending(data.get("pending")),
        "looking": _read(Looking, data["looking"]) if data.get("looking") else None,
        "previous": tuple(_read(Looking, x) for x in data.get("previous", ())),
        "shown": _cards(data.get("shown")),
        "focus": _card(data.get("focus")),
        "jobs": tuple(_job(x) for x in data.get("jobs", ())),
        "last": _result(data["last"]) if data.get("last") else None,
        "failed": _card(data.get("failed")),
        "failed_more": _cards(data.get("failed_more")),
        "earlier": tuple(_result(x) for x in data.get("earlier", ())),
        "plan": _plan(data["plan"]) if data.get("plan") else None,
        "link": _read(LinkQuestion, data["link"]) if data.get("link") else None,
        "items": _cards(data.get("items")),
        "todo": tuple(_todo(x) for x in data.get("todo", ())),
        "deed": _read(Deed, data["deed"]) if data.get("deed") else None,
        "undo": _undo(data.get("undo")),
        "profile": Profile.of(data.get("profile", ())),
        "mail": _mail(data.get("mail")),
        "mailing": _read(MailWish, data["mailing"]) if data.get("mailing") else None,
    }
    return _read(ConversationState, {**data, **nested})
