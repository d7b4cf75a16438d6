"""From content to pages: which words, pictures and links stand in which letter. In the language spoken now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote

from babel.dates import format_date

from bot.dialogue import labels
from bot.dialogue.actions import look_id
from bot.dialogue.language import in_locale, listed, percent
from bot.dialogue.prices import amount_text, price_text
from bot.dialogue.styling import sentences as styling
from bot.dialogue.styling.outfits import total_of
from bot.dialogue.types import ProductCard
from bot.mail import sentences
from bot.mail.content import Digest, Rules, SavedNews
from bot.mail.page import Link, Page, Piece, Section, Shot
from bot.mail.readers import TriedOn
from bot.mail.words import MAX_NAME, MAX_TITLE, address, cut, plain, tidy
from catalog.types import Money
from storage.products import SHOP_PICTURE

MAX_SUBJECT = 120
"""Characters; a phone shows the first forty."""


@dataclass(frozen=True, slots=True)
class House:
    """What the operator says of the house: its name, the web chat's address, and lines like a postal address."""

    brand: str
    home: str
    imprint: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)

    def go(self, *path: str) -> str:
        """The page of the web chat that does this, see bot/web/mail_links.py; "" without a web chat."""
        where = "/".join(quote(part, safe="+:") for part in path)
        return f"{self.home.rstrip('/')}/go/{where}" if self.home else ""


@dataclass(frozen=True, slots=True)
class Foot:
    """Addresses below a letter: where it is ended, and where it is changed; "" where there is none."""

    stop: str = ""
    change: str = ""


Lead = Callable[[ProductCard], ProductCard]
"""A card whose link is counted where that may be."""


class Writer:
    """Writes pages for one house."""

    def __init__(self, house: House, lead: Lead = lambda card: card) -> None:
        self._house = house
        self._lead = lead

    # --- letters ------------------------------------------------------------------------------------

    def digest(self, digest: Digest, now: datetime, foot: Foot) -> Page:
        """What came since the last one; the subject says the best of it."""
        sections = [
            Section(
                sentences.TRIED(),
                tuple(self._tried(one) for one in digest.tried),
                sentences.MORE_TRIED(count=digest.more_tried) if digest.more_tried else "",
            ),
            Section(sentences.SAVED(), tuple(self._saved(one) for one in digest.saved)),
            Section(
                sentences.SUGGESTED(), tuple(self._product(one.card, lines=one.why) for one in digest.suggestions)
            ),
            self._outfit(digest),
        ]
        news = self._headlines(digest)
        subject = news[0] if len(news) == 1 else sentences.AND_MORE(news=news[0])
        return self._page(
            subject,
            news[0],
            tuple(section for section in sections if section.pieces),
            _cards_in(digest),
            now,
            preview=listed(news[1:]) or sentences.SINCE(date=_date(digest.since)),
            intro=(sentences.SINCE(date=_date(digest.since)),),
            foot=foot,
        )

    def price(self, news: SavedNews, now: datetime, foot: Foot) -> Page:
        """The one thing that somebody waits for."""
        line, section = _headline_of(news), Section("", (self._saved(news),))
        return self._page(line, sentences.TOLD_TITLE(), (section,), [news.card], now, preview=line, foot=foot)

    def confirm(self, link: str, when: str) -> Page:
        """The question whether the address is theirs; nothing of the person is in it."""
        text = sentences.CONFIRM_WHEN(when=tidy(when)) if when else sentences.CONFIRM()
        return Page(
            sentences.CONFIRM_SUBJECT(),
            text,
            sentences.CONFIRM_TITLE(),
            (text,),
            Link(sentences.CONFIRM_YES(), link),
            after=(sentences.CONFIRM_NO(),),
            small=self._house.imprint,
        )

    def sign_in(self, link: str, minutes: int) -> Page:
        """The link that opens the chat on another device."""
        text = sentences.SIGN_IN(count=minutes)
        return Page(
            sentences.SIGN_IN_SUBJECT(),
            text,
            sentences.SIGN_IN_TITLE(),
            (text,),
            Link(sentences.SIGN_IN_OPEN(), link),
            after=(sentences.SIGN_IN_NO(),),
            small=self._house.imprint,
        )

    def ready(self, tried: TriedOn, now: datetime, foot: Foot) -> Page:
        """A picture that took long."""
        section = Section("", (self._tried(tried),))
        return self._page(
            sentences.READY_SUBJECT(title=_titles(tried.pieces, MAX_NAME)),
            sentences.READY_TITLE(),
            (section,),
            tried.pieces,
            now,
            preview=sentences.READY(),
            intro=(sentences.READY(),),
            foot=foot,
        )

    def items(self, cards: Sequence[ProductCard], tried: TriedOn | None, now: datetime) -> Page:
        """What was on the screen, or the last picture."""
        pieces = (*([self._tried(tried)] if tried else ()), *(self._product(card) for card in cards))
        shown = (*(tried.pieces if tried else ()), *cards)
        return self._page(
            sentences.ITEMS_SUBJECT(title=_titles(shown[:2], MAX_NAME)),
            sentences.ITEMS_TITLE(),
            (Section("", pieces),),
            shown,
            now,
            preview=listed([cut(card.title, MAX_NAME) for card in shown]),
        )

    # --- parts --------------------------------------------------------------------------------------

    def _page(
        self,
        subject: str,
        title: str,
        sections: tuple[Section, ...],
        cards: Iterable[ProductCard],
        now: datetime,
        *,
        preview: str,
        intro: tuple[str, ...] = (),
        foot: Foot | None = None,
    ) -> Page:
        """The page with all that is said below; lines that licences and shops want are said once."""
        change = (foot.change or self._house.go("mail")) if foot else ""
        links = [(sentences.CHANGE(), change), (sentences.STOP(), foot.stop)] if foot else []
        priced = any(piece.price for section in sections for piece in section.pieces)
        credits = (
            line for card in cards if self._house.rules.allows(card) for line in (card.credit or "").split("\n")
        )
        small = [sentences.PRICES(date=_date(now))] if priced else []
        return Page(
            cut(plain(subject), MAX_SUBJECT),
            preview,
            title,
            intro,
            None,
            sections,
            why=(sentences.WHY if foot else sentences.WHY_ONCE)(),
            footer=tuple(Link(label, url) for label, url in links if url),
            small=(*small, *dict.fromkeys(filter(None, credits)), *self._house.imprint),
        )

    def _tried(self, tried: TriedOn) -> Piece:
        title = _titles(tried.pieces, MAX_TITLE)
        after = Shot(
            tried.after,
            sentences.AFTER_ALT(title=title),
            sentences.AFTER() if tried.before else "",
        )
        before = [Shot(tried.before, sentences.BEFORE_ALT(), sentences.BEFORE())] if tried.before else []
        links = [Link(sentences.OPEN_CHAT(), self._house.go("last")), *map(self._shop, tried.pieces)]
        return Piece(title, (*before, after), links=_there(links))

    def _saved(self, news: SavedNews) -> Piece:
        said = []
        if news.was is not None and news.card.price_minor is not None:
            said.append(sentences.LESS(percent=percent(1 - news.card.price_minor / news.was.minor)))
        if news.back:
            said.append(sentences.BACK_IN_SIZE(size=news.size) if news.size else sentences.BACK())
        was = price_text(_priced(news.card, news.was)) if news.was else None
        return replace(self._product(news.card), news=" · ".join(said), was=was or "")

    def _product(self, card: ProductCard, *, lines: Iterable[str] = ()) -> Piece:
        """A product with its picture, price, reasons and what can be done with it."""
        allowed = self._house.rules.allows(card)
        kept = card.picture and not card.picture.startswith(SHOP_PICTURE)
        links = [Link(sentences.ASK(), self._house.go("about", card.id)), self._shop(card)]
        if card.part is not None:
            links.insert(0, Link(labels.TRY_IT(), self._house.go("try", card.id)))
        return Piece(
            card.title,
            (Shot(card.picture, card.title, tile=True),) if kept and allowed else (),
            price=(price_text(card) or "") if allowed else "",
            lines=tuple(lines),
            links=_there(links),
        )

    def _outfit(self, digest: Digest) -> Section:
        idea = digest.outfit
        if idea is None:
            return Section(sentences.OUTFIT(), ())
        title = (
            sentences.OUTFIT_AROUND(title=cut(idea.around.title, MAX_NAME)) if idea.around else sentences.OUTFIT()
        )
        total = total_of(idea.pieces)
        shots = tuple(
            Shot(card.picture, card.title, tile=True)
            for card in idea.pieces
            if card.picture and not card.picture.startswith(SHOP_PICTURE)
        )
        look = look_id(card.id for card in idea.pieces)
        shops = [self._shop(card, named=True) for card in idea.pieces]
        piece = Piece(
            _titles(idea.pieces, 2 * MAX_TITLE),
            shots,
            price=styling.TOGETHER(price=amount_text(*total)) if total else "",
            lines=idea.why,
            links=_there([Link(sentences.TRY_ALL(), self._house.go("try", look)), *shops]),
        )
        return Section(title, (piece,))

    def _shop(self, card: ProductCard, *, named: bool = False) -> Link:
        url = (address(self._lead(card).url) or address(card.url)) if self._house.rules.allows(card) else ""
        if named:
            return Link(cut(card.title, MAX_NAME), url)
        seller = cut(card.source or "", 30)
        known = seller and card.source not in ("own", "link", "feed")
        return Link(sentences.SHOP_AT(shop=seller) if known else sentences.SHOP(), url)

    def _headlines(self, digest: Digest) -> list[str]:
        """The news in a few words each, best first: people look at themselves first, then at what they chose."""
        found: list[str] = []
        tried = len(digest.tried) + digest.more_tried
        if tried == 1:
            found.append(sentences.YOU_IN(title=_titles(digest.tried[0].pieces, MAX_NAME)))
        elif tried:
            found.append(sentences.PICTURES_OF_YOU(count=tried))
        found += map(_headline_of, digest.saved)
        new = [one.card for one in digest.suggestions if one.new]
        if new:
            found.append(sentences.NEW_FOR_YOU(title=_titles(new[:1], MAX_NAME)))
        return found


def _cards_in(digest: Digest) -> Iterator[ProductCard]:
    """Every one that is in it."""
    for one in digest.tried:
        yield from one.pieces
    yield from (one.card for one in digest.saved)
    yield from (one.card for one in digest.suggestions)
    yield from digest.outfit.pieces if digest.outfit else ()


def _headline_of(news: SavedNews) -> str:
    title = cut(news.card.title, MAX_NAME)
    price = price_text(replace(news.card, about_minor=None))
    if news.was is not None and price is not None:
        return sentences.NOW_COSTS(title=title, price=price)
    return sentences.AGAIN_IN(title=title, size=news.size) if news.size else sentences.AGAIN(title=title)


def _priced(card: ProductCard, price: Money) -> ProductCard:
    return replace(card, price_minor=price.minor, currency=price.currency, about_minor=None)


def _titles(cards: Iterable[ProductCard], most: int) -> str:
    return cut(listed([cut(card.title, most) for card in cards]), 2 * most)


def _there(links: Iterable[Link]) -> tuple[Link, ...]:
    """Those that lead somewhere, each label once."""
    return tuple({link.label: link for link in reversed([one for one in links if one.url])}.values())[::-1]


def _date(at: datetime) -> str:
    return format_date(at, "long", locale=in_locale())
