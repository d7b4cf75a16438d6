"""What a digest says: what came since the last one, and what goes with it. Nothing new, no digest.

New are finished try-ons, saved things that cost less or can be had again, and arrivals that suit what is known of
the person. Suggestions out of older stock and the outfit come along, and are no reason to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.dialogue import names
from bot.dialogue.profile import Profile
from bot.dialogue.styling import sentences as styling
from bot.dialogue.styling.colours import harmony
from bot.dialogue.styling.outfits import colour_of, place_of
from bot.dialogue.styling.seen import Worn, reasons
from bot.dialogue.types import ProductCard
from bot.mail import sentences
from bot.mail.readers import TRYONS, Reader, TriedOn
from bot.mail.words import tidied
from bot.products import ProductDesk
from bot.shop_links import is_amazon
from catalog.taxonomy import colors_meant_by
from catalog.types import Money, Product
from storage.items import OWN
from storage.products import ProductPictures
from storage.told import Told

SAVED, SUGGESTIONS = 4, 3
"""Most of each in one mail."""


@dataclass(frozen=True, slots=True)
class SavedNews:
    """Something saved that costs less than the person knows (`was`), or can be had again (`back`), perhaps in the
    `size` they take.
    """

    card: ProductCard
    was: Money | None = None
    back: bool = False
    size: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product and why, in sentences; `new` when it came since the last digest."""

    card: ProductCard
    why: tuple[str, ...]
    new: bool = False


@dataclass(frozen=True, slots=True)
class OutfitIdea:
    """Pieces that go together and why; `around` is what the person tried on, when it is part of it."""

    pieces: tuple[ProductCard, ...]
    why: tuple[str, ...]
    around: ProductCard | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """All of it; `more_tried` counts further try-ons, `told` is what the person knows once it is sent."""

    since: datetime
    tried: tuple[TriedOn, ...] = ()
    more_tried: int = 0
    saved: tuple[SavedNews, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    outfit: OutfitIdea | None = None
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator allows in mail. Amazon forbids its links in mail unless it agreed to them in writing."""

    amazon: bool = False

    def allows(self, card: ProductCard) -> bool:
        """Whether its price and link may be in a mail."""
        return self.amazon or not is_amazon(card)


@dataclass(slots=True)
class _History:
    """What the person did with clothes lately."""

    tried: list[ProductCard] = field(default_factory=list)
    saved: list[ProductCard] = field(default_factory=list)

    def ids(self) -> set[str]:
        return {card.id for card in (*self.tried, *self.saved)}


class Gatherer:
    """Makes digests of what was read. `products` makes cards; `rules` are the operator's."""

    def __init__(self, products: ProductDesk, rules: Rules) -> None:
        self._products = products
        self._rules = rules

    def digest(self, reader: Reader) -> tuple[Digest | None, list[Told]]:
        """What to tell this person, in the language spoken now, None when nothing is new; and what got worse: no
        news, but to be kept at once, so that its being good again is.
        """
        asked = reader.asked
        saved, news, told, worse = self._saved(reader)
        history = _History([card for one in reader.worn for card in one.pieces], saved)
        suggestions = self._suggestions(reader, history)
        if not reader.tried and not news and not any(one.new for one in suggestions):
            return None, worse
        outfit = self._outfit(reader)
        shown = [one.card for one in suggestions] + list(outfit.pieces if outfit else ())
        known = {one.product_id: one for one in told}
        known |= {one.product_id: one for one in _suggested(reader, shown, known)}
        digest = Digest(
            asked.since,
            reader.tried[:TRYONS],
            max(0, len(reader.tried) - TRYONS),
            tuple(news),
            suggestions,
            outfit,
            tuple(known.values()),
        )
        return digest, worse

    # --- what was saved -----------------------------------------------------------------------------

    def _saved(self, reader: Reader) -> tuple[list[ProductCard], list[SavedNews], list[Told], list[Told]]:
        """Cards of what is saved; the news of it; what the person knows once that is told; and what got worse."""
        profile = reader.asked.profile
        cards: list[ProductCard] = []
        news: list[SavedNews] = []
        told: list[Told] = []
        worse: list[Told] = []
        for product in (reader.products[one] for one in reader.saved if one in reader.products):
            card = self._card(reader, product)
            cards.append(card)
            knew = reader.told.get(product.id)
            if knew is None:
                worse.append(_as_it_is(product))
                continue
            found = _news(card, product, knew, profile) if self._rules.allows(card) else None
            if found is None:
                if product.in_stock is False or set(knew.sizes) - set(product.sizes):
                    worse.append(replace(knew, gone=product.in_stock is False, sizes=product.sizes))
            elif len(news) < SAVED:
                news.append(found)
                told.append(replace(_as_it_is(product), price=_lower(knew.price, product.price)))
        return cards, news, told, worse

    def _card(self, reader: Reader, product: Product) -> ProductCard:
        front = reader.pictures.get(product.id, _NO_PICTURE)
        return tidied(self._products.card(product, front, reader.asked.profile.currency))

    # --- what may be liked --------------------------------------------------------------------------

    def _suggestions(self, reader: Reader, history: _History) -> tuple[Suggestion, ...]:
        """The best that were not suggested lately, of different kinds where there are."""
        asked, seen = reader.asked, history.ids() | reader.lately
        cards = [card for card in asked.stock.all() if card.id not in seen and self._rules.allows(card)]
        new = {card.id for card in cards if reader.came.get(card.id, asked.since) > asked.since}
        judged = [(card, *_judged(card, asked.profile, history)) for card in cards]
        ranked = sorted(
            (one for one in judged if one[2]),
            key=lambda one: (-one[1] - (NEW_BONUS if one[0].id in new else 0.0), one[0].id),
        )
        kinds: set[str] = set()
        first: list[Suggestion] = []
        others: list[Suggestion] = []
        for card, _, why in ranked:
            (others if card.category in kinds else first).append(Suggestion(card, tuple(why), card.id in new))
            kinds.add(card.category)
        return tuple([*first, *others][:SUGGESTIONS])

    # --- what goes together -------------------------------------------------------------------------

    def _outfit(self, reader: Reader) -> OutfitIdea | None:
        """An outfit around what was tried on last, as far as that is still sold; else one out of the stock."""
        anchor = self._anchor(reader)
        seen = reader.lately | {card.id for one in reader.worn for card in one.pieces}
        found = reader.asked.stock.outfit(reader.asked.profile, anchor, seen)
        if found is None:
            return None
        first = sorted(found.pieces, key=lambda card: card != anchor)
        colours = [Worn(card.title, place_of(card), lab) for card in first if (lab := colour_of(card)) is not None]
        return OutfitIdea(found.pieces, tuple(reasons(colours)), anchor)

    def _anchor(self, reader: Reader) -> ProductCard | None:
        there = {card.id: card for card in reader.asked.stock.all()}
        for card in (card for one in reader.worn for card in one.pieces):
            if card.id in there:
                return there[card.id]
            product = reader.products.get(card.id)
            if product is None or card.id not in reader.pictures:
                continue
            if product.in_stock is False or place_of(card) is None:
                continue
            current = self._card(reader, product)
            if self._rules.allows(current):
                return current
        return None


_NO_PICTURE = ProductPictures("", None)

NEW_BONUS = 0.5
LIKED, SAME, BESIDE, FITS = 1.0, 0.8, 0.6, 0.1
"""What counts for a suggestion: what they like, being like what they chose, going with it, size and budget."""

REASONS = 2
"""Sentences for one suggestion."""


def _as_it_is(product: Product) -> Told:
    return Told(product.id, product.price, product.in_stock is False, product.sizes)


def _lower(one: Money | None, other: Money | None) -> Money | None:
    """The lower price; the newer one where they cannot be compared."""
    if one is None or other is None or one.currency != other.currency:
        return other or one
    return min(one, other, key=lambda price: price.minor)


def _news(card: ProductCard, product: Product, knew: Told, profile: Profile) -> SavedNews | None:
    """What is better than the person knows. A price that may not be shown any more is no news."""
    if product.in_stock is False:
        return None
    was = knew.price
    cheaper = (
        was is not None
        and card.price_minor is not None
        and card.currency == was.currency
        and card.price_minor < was.minor
    )
    mine = [size for size in profile.sizes(card.category) if size in product.sizes]
    came = [size for size in mine if knew.gone or (knew.sizes and size not in knew.sizes)]
    back = knew.gone or bool(came)
    if not cheaper and not back:
        return None
    return SavedNews(card, was if cheaper else None, back, came[0] if came else None)


def _judged(card: ProductCard, profile: Profile, history: _History) -> tuple[float, list[str]]:
    """How much speaks for it, and what: sentences in order of weight."""
    said: list[tuple[float, str]] = [(LIKED, text) for text in _liked(card, profile)]
    said += [(SAME, text) for text in _like_others(card, history)]
    if (beside := _beside(card, history)) is not None:
        said.append(beside)
    size = next((one for one in profile.sizes(card.category) if one in card.sizes), None)
    if size is not None:
        said.append((FITS, styling.BY_SIZE(size=size)))
    if profile.budget() is not None and card.price_minor is not None:
        # What is beyond it is not on the shelf.
        said.append((FITS, styling.BY_BUDGET()))
    said.sort(key=lambda one: -one[0])
    return sum(weight for weight, _ in said), [text for _, text in said[:REASONS]]


def _liked(card: ProductCard, profile: Profile) -> Iterator[str]:
    for name in profile.liked("color"):
        if set(colors_meant_by(name)) & set(card.color):
            yield sentences.LIKED_COLOUR(colour=names.value(name))
            break
    if card.brand and card.brand.casefold() in {brand.casefold() for brand in profile.liked("brand")}:
        yield sentences.LIKED_BRAND(brand=card.brand)
    for name in profile.liked("material"):
        if name in card.material:
            yield sentences.LIKED_MATERIAL(material=names.value(name))
            break
    if card.pattern and card.pattern in profile.liked("pattern"):
        yield sentences.LIKED_PATTERN(pattern=names.value(card.pattern))


def _like_others(card: ProductCard, history: _History) -> Iterator[str]:
    for others, text in ((history.saved, sentences.LIKE_SAVED), (history.tried, sentences.LIKE_TRIED)):
        like = (one for one in others if one.category == card.category and set(one.color) & set(card.color))
        if (one := next(like, None)) is not None:
            yield text(title=one.title)
            return


def _beside(card: ProductCard, history: _History) -> tuple[float, str] | None:
    """How it goes with the first thing they tried on, or saved, that is worn elsewhere on the body."""
    lab, place = colour_of(card), place_of(card)
    if lab is None or place is None:
        return None
    for other in (*history.tried, *history.saved):
        theirs, there = colour_of(other), place_of(other)
        if theirs is None or there is None or there == place or "dress" in (there, place):
            continue
        worn = [Worn(other.title, there, theirs), Worn(card.title, place, lab)]
        return BESIDE * harmony([theirs, lab]), reasons(worn)[0]
    return None


def _suggested(reader: Reader, cards: Iterable[ProductCard], told: dict[str, Told]) -> list[Told]:
    """What the person knows of what is suggested: what they knew before stays, or the news of the same mail."""
    shown = {card.id: card for card in cards if not card.id.startswith(OWN)}
    knew, now = {**reader.told, **told}, reader.asked.now
    return [replace(knew.get(ident) or _as_shown(card), suggested_at=now) for ident, card in shown.items()]


def _as_shown(card: ProductCard) -> Told:
    known = card.price_minor is not None and card.currency is not None
    price = Money(card.price_minor or 0, card.currency or "") if known else None
    return Told(card.id, price, card.in_stock is False, card.sizes)
