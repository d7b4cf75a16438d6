"""The nouns of the dialogue: events come in, effects go out, the state is what lasts between them.

Everything here is plain data. Media are named by their key, products by their id, jobs by theirs; nothing
here knows how any of them is stored or sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.dialogue.profile import Fact

MAX_ACTION_BYTES = 64
"""The narrowest channel (Telegram callback data) allows 64 bytes; an action must fit everywhere."""


LinkRefusal = Literal["unknown", "own", "public", "too_many"]
"""Why a code links nothing."""

MailRefusal = Literal["address", "too_many", "bounced", "complained", "public", "off"]
"""Why no mail goes to an address; `off` when there is none, or it is not confirmed."""

Cadence = Literal["daily", "weekly", "monthly", "alert"]


@dataclass(frozen=True, slots=True)
class MailPlan:
    """When mails come, on the person's own clock: `weekday` is 0 for Monday, `day` of the month. An alert comes
    when a price brings it.
    """

    cadence: Cadence = "weekly"
    weekday: int = 4
    day: int = 1
    hour: int = 9
    minute: int = 0
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class MailStanding:
    """What counts of a person's mails on every channel. `plan` is None when only what they ask for is sent, and
    nothing of our own accord; `paused_until` is a day (ISO 8601), or "" for a pause without an end.
    """

    address: str
    confirmed: bool = False
    plan: MailPlan | None = None
    paused_until: str | None = None


# --- what a message shows --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """One tappable next step. `action` comes back as ButtonPressed; at most MAX_ACTION_BYTES bytes of UTF-8."""

    label: str
    action: str


OWN = "own"
"""The source of an item that the person brought as a picture."""


@dataclass(frozen=True, slots=True)
class ProductCard:
    """What a person sees of a product. `price_minor` is in the currency's smallest unit.

    `chart` is the shop's size chart: {"M": {"chest_cm": [96, 101]}}, empty when it gives none. `picture` is a
    media key, or `shop:ID` for one that only its shop may keep. `offers` counts further offers of the same thing.
    `fresh_until` (ISO 8601, UTC) is until when a live shop's price may be shown; `about_minor` is roughly what it
    is in the currency that the person counts in.
    """

    id: str
    title: str
    category: str
    part: Literal["upper", "lower", "dress"] | None
    picture: str
    color: tuple[str, ...] = ()
    price_minor: int | None = None
    currency: str | None = None
    brand: str | None = None
    source: str | None = None
    url: str | None = None
    credit: str | None = None
    gender: str | None = None
    pattern: str | None = None
    material: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    chart: dict[str, dict[str, list[float]]] = field(default_factory=dict, hash=False)
    in_stock: bool | None = None
    offers: int = 0
    fresh_until: str | None = None
    about_minor: int | None = None
    about_currency: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture by media key. `alt` is read to people who cannot see it."""

    media: str
    alt: str
    role: Literal["photo", "numbered", "before", "result"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the stylist.

    A message with a `slot` replaces the earlier message of the same slot (a job's card turns into its result),
    at the end of the conversation, or `in_place`, where that one stands. `job` asks the channel to show that job's
    live progress. Every message ends in `choices`. `lang` is the language of the words, a BCP 47 code.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    products: tuple[ProductCard, ...] = ()
    pictures: tuple[Picture, ...] = ()
    job: str | None = None
    slot: str | None = None
    lang: str = "en"
    in_place: bool = False


# --- events ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Started:
    """The person opened the conversation (first visit of the web chat, /start)."""


@dataclass(frozen=True, slots=True)
class TextReceived:
    """The person wrote. `about` is the item they answered to, where a channel can tell; `frame` is what somebody
    else than the built-in understanding made of the words; `ours` says that the words are those of a command,
    which the person only chose.
    """

    text: str
    about: ProductCard | None = None
    frame: Frame | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class UnsupportedReceived:
    """The person sent something else than words or a picture; `what` names it: voice, video, sticker, file."""

    what: str


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """The person tapped a choice, perhaps one of long ago."""

    action: str


@dataclass(frozen=True, slots=True)
class PhotoRef:
    """A clean photo in the media store; width and height in pixels."""

    media: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PhotoReceived:
    """The person sent a picture, or several at once, and intake accepted them. Nobody looked at them yet.

    `garments` are the media keys of those which the channel knows to be garments, because the person put them
    where a garment is asked for; `text` are the words that came with the pictures.
    """

    photo: PhotoRef
    more: tuple[PhotoRef, ...] = ()
    garments: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class PhotoRefused:
    """Intake or the inspection refused the picture; `message` is a sentence for the person."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class GarmentLook:
    """What can be told of a garment by looking at it; `category` and `color` as in ProductCard."""

    part: Literal["upper", "lower", "dress"]
    category: str
    color: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """What a picture shows: so many people who can be dressed, numbered from 1 in `numbered` when several, or a
    garment that nobody wears, or neither, and then `refusal` says why it cannot be used.
    """

    photo: PhotoRef
    people: int = 0
    numbered: PhotoRef | None = None
    garment: GarmentLook | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class PhotoInspected:
    """The answer to InspectPhoto: what each of the pictures shows, in their order."""

    sights: tuple[Sight, ...]


Then = Literal["show", "try", "similar"]
"""What follows once an item of the person's own is there."""


@dataclass(frozen=True, slots=True)
class ItemsKept:
    """The answer to KeepItems and OpenLink. `refused` has a sentence for each picture that shows no garment."""

    cards: tuple[ProductCard, ...]
    then: Then = "show"
    text: str = ""
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkFailed:
    """The answer to OpenLink when the page gave nothing to try on; `message` is a sentence for the person."""

    message: str


@dataclass(frozen=True, slots=True)
class SearchCompleted:
    """The answer to Search. `relaxed` names the facets that had to be dropped to find anything, those that the
    person usually wants as "usual.size" and so on; `genders` says whom these products are made for; `waiting` that
    a shop has not answered yet.
    """

    products: tuple[ProductCard, ...]
    total: int
    page: int
    relaxed: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class SearchFailed:
    """Search could not be done now."""

    message: str


@dataclass(frozen=True, slots=True)
class ProductUnknown:
    """The product of a RequestTryOn or ShowProduct does not exist (any more)."""

    product_id: str


@dataclass(frozen=True, slots=True)
class TryOnDeclined:
    """An answer to RequestTryOn: not now; `message` says why and `choices` what helps."""

    product_id: str
    message: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class TryOnAccepted:
    """The answer to RequestTryOn. `position` counts the jobs ahead; `eta_s` is an estimate in seconds."""

    job: str
    product: ProductCard
    position: int
    eta_s: float
    more: tuple[ProductCard, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenColour:
    """A colour in a result: `lab` is CIE Lab (lightness 0..100, a, b), `name` what the catalogue calls it.

    `piece` numbers the piece of the outfit from 0; None is what the person keeps wearing. `part` is upper, lower,
    dress or shoes; `share` how much of it has this colour, 0..1.
    """

    piece: int | None
    part: str
    name: str
    lab: tuple[float, float, float]
    share: float


@dataclass(frozen=True, slots=True)
class TryOnFinished:
    """A try-on is done; `result` is the picture, `before` the photo it was made of, `engine` who made it.

    Not `final`: a better engine is at work on it from now on, whose picture takes the place of this one.
    """

    job: str
    product: ProductCard
    before: PhotoRef
    result: PhotoRef
    warnings: tuple[str, ...] = ()
    more: tuple[ProductCard, ...] = ()
    engine: str = "preview"
    colours: tuple[SeenColour, ...] = ()
    final: bool = True


@dataclass(frozen=True, slots=True)
class TryOnFailed:
    """A try-on ended without a picture; `message` says why and what to do; code "cancelled" when asked to."""

    job: str
    product: ProductCard
    code: str
    message: str
    more: tuple[ProductCard, ...] = ()


@dataclass(frozen=True, slots=True)
class PiecesGathered:
    """The answer to GatherPieces: what the catalogue has for each place."""

    pieces: dict[str, tuple[ProductCard, ...]]


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer to ComparePictures: one picture of the results of these jobs side by side, lettered in order."""

    jobs: tuple[str, ...]
    sheet: PhotoRef


@dataclass(frozen=True, slots=True)
class DataErased:
    """Everything about the person is gone; this conversation starts from nothing. `channel` names where they
    asked for it, when that was in another chat.
    """

    channel: str = ""


@dataclass(frozen=True, slots=True)
class WatchRefused:
    """They watch as many products as one person may."""

    product_id: str


@dataclass(frozen=True, slots=True)
class PriceFell:
    """Something they wait for costs less than `was` (smallest unit, currency); or it is there again."""

    product: ProductCard
    was: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """The person was away for some time, `days` full days, and something comes from them next.

    `cards` are products that came up before, as they are now; `gone` are the ids of those that are there no more.
    Pictures that waited for an answer are gone by now, and with `result_gone` the latest result is too.
    """

    days: int
    cards: tuple[ProductCard, ...] = ()
    gone: tuple[str, ...] = ()
    result_gone: bool = False


@dataclass(frozen=True, slots=True)
class LinkCodeMade:
    """The answer to MakeLinkCode."""

    code: str


@dataclass(frozen=True, slots=True)
class LinkOffered:
    """The answer to CheckLinkCode: the code is open and was made on `channel`. `ticket` stands for it."""

    ticket: str
    channel: str


@dataclass(frozen=True, slots=True)
class LinkRefused:
    """The code links nothing: it is not open, of this very person, sent where others read it, or one too many."""

    reason: LinkRefusal
    code: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """The answer to Link: this chat and the one on `channel` are of one person."""

    channel: str


@dataclass(frozen=True, slots=True)
class LinkedElsewhere:
    """The code of this chat was used on `channel`."""

    channel: str


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The answer to Unlink: this chat is of a person of its own."""


@dataclass(frozen=True, slots=True)
class UnlinkedElsewhere:
    """Another chat of this person, on `channel`, is of a person of its own."""

    channel: str


@dataclass(frozen=True, slots=True)
class MailsArranged:
    """The answer to ArrangeMails. Unless `mail.confirmed`, a link that confirms the address is on its way."""

    mail: MailStanding


@dataclass(frozen=True, slots=True)
class MailsRefused:
    """The answer to ArrangeMails or MailItems when nothing comes of it; `address` as it was given."""

    reason: MailRefusal
    address: str = ""


@dataclass(frozen=True, slots=True)
class ItemsMailed:
    """The answer to MailItems and MailLinkCode: it is on its way."""

    address: str


@dataclass(frozen=True, slots=True)
class MailConfirmed:
    """The link that confirms the address was used."""


Event = (
    Started
    | TextReceived
    | UnsupportedReceived
    | ButtonPressed
    | PhotoReceived
    | PhotoRefused
    | PhotoInspected
    | ItemsKept
    | LinkFailed
    | SearchCompleted
    | SearchFailed
    | ProductUnknown
    | TryOnDeclined
    | TryOnAccepted
    | TryOnFinished
    | TryOnFailed
    | PiecesGathered
    | Compared
    | WatchRefused
    | PriceFell
    | DataErased
    | Returned
    | LinkCodeMade
    | LinkOffered
    | LinkRefused
    | Linked
    | LinkedElsewhere
    | Unlinked
    | UnlinkedElsewhere
    | MailsArranged
    | MailsRefused
    | ItemsMailed
    | MailConfirmed
)


# --- effects ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Say:
    """Send a message to the person."""

    message: Message


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """The person agreed to the terms of `version`."""

    version: str


@dataclass(frozen=True, slots=True)
class InspectPhoto:
    """Look what the pictures show; answered by PhotoInspected. Fields as in PhotoReceived."""

    photo: PhotoRef
    more: tuple[PhotoRef, ...] = ()
    garments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeepPhoto:
    """This is the person's photo from now on; `person_index` from 0 among several people."""

    photo: PhotoRef
    person_index: int | None


@dataclass(frozen=True, slots=True)
class DropPhoto:
    """Forget this photo: it was replaced, refused or never agreed to."""

    photo: PhotoRef


@dataclass(frozen=True, slots=True)
class KeepItems:
    """Keep these pictures as garments of the person's own; answered by ItemsKept with the same `then` and `text`.

    A garment without a look, such as one that a model wears, is looked at first.
    """

    pictures: tuple[tuple[PhotoRef, GarmentLook | None], ...]
    then: Then = "show"
    text: str = ""


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Read the shop page behind a link, which takes seconds; answered later by ItemsKept or LinkFailed."""

    url: str
    then: Then = "show"


@dataclass(frozen=True, slots=True)
class Search:
    """Look for products; answered by SearchCompleted or SearchFailed. `slots` as in the frame; page from 0.

    `usual` are slots that the person usually wants (see `usual.usual_of`): given up before anything in `slots`.
    """

    text: str
    slots: dict[str, Any]
    page: int
    usual: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watch:
    """Tell the person when this product gets cheaper, or no more; without one: about none of them any more.

    Answered by WatchRefused when they watch too many.
    """

    product_id: str | None
    on: bool


@dataclass(frozen=True, slots=True)
class RequestTryOn:
    """Put the product on the person; answered by TryOnAccepted or ProductUnknown, later by the job's end.

    `more` are the further pieces of an outfit, from the skin outwards, drawn into the same picture.
    """

    product_id: str
    photo: PhotoRef
    person_index: int | None
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GatherPieces:
    """Look for pieces of an outfit: for each place (upper, layer, lower, dress) the closest to the slots and the
    cheapest. Answered by PiecesGathered or SearchFailed.
    """

    places: tuple[str, ...]
    slots: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of a comparison: the result of a job, and the lines below it."""

    job: str
    picture: PhotoRef
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparePictures:
    """Put these results side by side into one picture; answered by Compared, without those that are gone.

    Not answered when fewer than two are left.
    """

    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class CancelTryOn:
    """Stop this job, queued or running; answered by TryOnFailed with code "cancelled" when it was stopped."""

    job: str


@dataclass(frozen=True, slots=True)
class SaveFavourite:
    """Remember (or, with `saved` false, forget) a product for the person."""

    product_id: str
    saved: bool


@dataclass(frozen=True, slots=True)
class ShowFavourites:
    """List what was saved; answered by SearchCompleted."""


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep these facts in the person's profile; a fact without a value is forgotten."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class EraseEverything:
    """Delete the person with all that is kept about them; answered by DataErased."""


@dataclass(frozen=True, slots=True)
class MakeLinkCode:
    """Make a code for linking another chat with this one; answered by LinkCodeMade or LinkRefused."""


@dataclass(frozen=True, slots=True)
class CheckLinkCode:
    """What does this code stand for? Answered by LinkOffered or LinkRefused."""

    code: str


@dataclass(frozen=True, slots=True)
class Link:
    """This person and the one who made the code are one; answered by Linked or LinkRefused."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Unlink:
    """This chat becomes a person of its own again; answered by Unlinked."""


@dataclass(frozen=True, slots=True)
class ArrangeMails:
    """Send mails to this address ("" for the one there is) by this plan, without one only what they ask for.

    Answered by MailsArranged or MailsRefused. An address that is new must be confirmed first.
    """

    address: str
    plan: MailPlan | None


@dataclass(frozen=True, slots=True)
class PauseMails:
    """No mails of our own accord for so many days, or up to the next of this weekday or of this month and day;
    else until they say so.

    With `on` false the pause is over.
    """

    on: bool = True
    days: int | None = None
    weekday: int | None = None
    date: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class StopMails:
    """No mails of our own accord any more; with `forget` the address is not kept either."""

    forget: bool = False


@dataclass(frozen=True, slots=True)
class MailItems:
    """Mail these products, or the result of this job, now and once; answered by ItemsMailed or MailsRefused."""

    products: tuple[str, ...] = ()
    job: str = ""


@dataclass(frozen=True, slots=True)
class MailLinkCode:
    """Mail a link that opens this chat on another device; answered by ItemsMailed or MailsRefused."""


Effect = (
    Say
    | RecordConsent
    | InspectPhoto
    | KeepPhoto
    | DropPhoto
    | KeepItems
    | OpenLink
    | Search
    | Watch
    | RequestTryOn
    | GatherPieces
    | ComparePictures
    | CancelTryOn
    | SaveFavourite
    | ShowFavourites
    | Remember
    | EraseEverything
    | MakeLinkCode
    | CheckLinkCode
    | Link
    | Unlink
    | ArrangeMails
    | PauseMails
    | StopMails
    | MailItems
    | MailLinkCode
)


# --- understanding ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """What was understood of one message: exactly one intent, its slots, and further intents in it.

    Intents and slots are those of docs/understanding.md; slot values are canonical lower-case English.
    `also` names the further intents; `then` has their frames, in the order they were said. `rest` are the
    words that mean nothing to the lexicon and may still be found in a product's title. `lang` is the language it
    was written in, a code of `bot.dialogue.language.LANGUAGES`, where that is clear.
    """

    intent: str
    slots: dict[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    then: tuple[Frame, ...] = ()
    rest: tuple[str, ...] = ()
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """The little of the state that reading a message needs.

    `state` is idle, results, item_focus, tryon_running, tryon_done or ask; `shown` counts the items on the
    page; `asked` names the open question; `spoken` is the language that was spoken before.
    """

    state: str = "idle"
    query: dict[str, Any] = field(default_factory=dict)
    shown: int = 0
    page: int = 1
    focus: dict[str, Any] | None = None
    asked: str | None = None
    digest: dict[str, Any] | None = None
    spoken: str | None = None
