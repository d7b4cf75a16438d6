"""A turn as messages of Telegram: which ones, in which order, with which buttons. Pure."""

from __future__ import annotations

import html
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, MediaGroupLimit, MessageLimit

from bot.channels.telegram import words
from bot.channels.telegram.places import Place
from bot.channels.telegram.updates import Me
from bot.dialogue.language import isolated
from bot.dialogue.prices import price_text
from bot.messages import card_in

MAIN = "main"
"""The part with the words and the buttons; it stands last."""

PRIVATE = "private"
"""The part with a picture of a person who asked for it in a group; it stands in their private chat."""

ROW_CHARS = 26
"""Characters of the labels that fit side by side on a phone."""

_PERSONAL = frozenset({"photo", "numbered", "before", "result"})
_ABOUT_PHOTO = frozenset({"photo", "photo-tips", "consent:yes"})


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture with its caption, already escaped."""

    part: str
    media: str
    caption: str = ""
    product_id: str | None = None


@dataclass(frozen=True, slots=True)
class Album:
    """Two to ten pictures."""

    place: Place
    shots: tuple[Shot, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One message: words, or a picture with them under it; both escaped."""

    place: Place
    part: str
    text: str
    shot: Shot | None = None
    keyboard: InlineKeyboardMarkup | None = None
    invoice: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The messages of a turn. `unless` takes the place of the last when the private chat cannot be written to."""

    messages: tuple[Album | Piece, ...]
    unless: Piece | None = None


def media_of(body: dict[str, Any]) -> list[str]:
    """The media keys that a turn shows, each once."""
    shown = [picture["media"] for picture in body["pictures"]]
    return list(dict.fromkeys([*shown, *(product["picture"] for product in body["products"])]))


def personal(body: dict[str, Any]) -> bool:
    """Whether the turn shows the person."""
    return any(picture["role"] in _PERSONAL for picture in body["pictures"])


def render(  # noqa: PLR0917  # all that decides what is shown
    turn_id: UUID, body: dict[str, Any], place: Place, me: Me, there: Collection[str], progress: str = ""
) -> Plan:
    """The messages of a turn. `there` are the pictures that still exist, `progress` a line about its job. What the
    channel adds is in the language spoken now.
    """
    credits = dict.fromkeys(p["credit"] for p in body["products"] if p.get("credit"))
    text = escaped("\n\n".join(part for part in (body["text"], progress, "\n".join(credits)) if part))
    products = [p for p in body["products"] if p["picture"] in there]
    pictures = [p for p in body["pictures"] if p["media"] in there]
    if body.get("invoice"):
        return Plan((Piece(place, MAIN, "", invoice=body["invoice"]),))
    if body.get("shared"):
        return Plan((_shared(text, body, pictures, place, me),))
    if personal(body):
        return _with_person(turn_id, body, text, pictures, place, me)
    keyboard = _keyboard(body, place, me)
    if len(products) > 1:
        numbers = {p["id"]: n for n, p in enumerate(body["products"], 1)}
        shots = tuple(
            Shot(f"item{n}", p["picture"], _item(p, numbers[p["id"]]), p["id"])
            for n, p in enumerate(products[: MediaGroupLimit.MAX_MEDIA_LENGTH], 1)
        )
        return Plan((Album(place, shots), Piece(place, MAIN, text, keyboard=keyboard)))
    if products:
        only = products[0]
        return Plan(_with_picture(place, f"{text}\n\n{_item(only)}", only["picture"], keyboard, only["id"]))
    return Plan((Piece(place, MAIN, text or "…", keyboard=keyboard),))


def _with_person(  # noqa: PLR0917
    turn_id: UUID, body: dict[str, Any], text: str, pictures: list[dict[str, Any]], place: Place, me: Me
) -> Plan:
    """Pictures of the person: to them alone, wherever they asked."""
    alone = place.alone()
    product_id = body["products"][0]["id"] if body["products"] else None
    if body.get("album") and len(pictures) > 1:
        shots = tuple(Shot(f"item{n}", p["media"]) for n, p in enumerate(pictures, 1))
        return Plan((Album(alone, shots), Piece(alone, MAIN, text, keyboard=_keyboard(body, alone, me))))
    chosen = next((p for p in pictures if p["role"] == "result"), pictures[-1] if pictures else None)
    result = chosen is not None and chosen["role"] == "result"
    extra = _result_buttons(turn_id, pictures, place, me) if result else []
    keyboard = _keyboard(body, alone, me, extra)
    if chosen is None:
        return Plan((Piece(alone, MAIN, f"{text}\n\n{escaped(words.PICTURE_GONE())}".strip(), keyboard=keyboard),))
    main = MAIN if place.private else PRIVATE
    shown = _with_picture(alone, text, chosen["media"], keyboard, product_id, main)
    if place.private:
        return Plan(shown)
    opened = InlineKeyboardMarkup([[InlineKeyboardButton(words.OPEN_CHAT(), url=f"https://t.me/{me.username}")]])
    cannot = InlineKeyboardMarkup(
        [[InlineKeyboardButton(words.OPEN_RESULT(), url=me.link(f"result_{turn_id.hex}"))]]
    )
    told = Piece(place, MAIN, escaped(words.SENT_PRIVATELY()), keyboard=opened)
    return Plan((*shown, told), Piece(place, MAIN, escaped(words.CANNOT_WRITE()), keyboard=cannot))


def _with_picture(  # noqa: PLR0917
    place: Place,
    text: str,
    media: str,
    keyboard: InlineKeyboardMarkup | None,
    product_id: str | None,
    part: str = MAIN,
) -> tuple[Piece, ...]:
    """One message with a picture; words that are too long for a caption stand below it in their own."""
    if len(html.unescape(text)) <= MessageLimit.CAPTION_LENGTH:
        return (Piece(place, part, text, Shot(part, media, text, product_id), keyboard),)
    picture = Piece(place, "picture", "", Shot("picture", media, "", product_id))
    return (picture, Piece(place, part, text, keyboard=keyboard))


def _shared(text: str, body: dict[str, Any], pictures: list[dict[str, Any]], place: Place, me: Me) -> Piece:
    """What the person chose to show here."""
    keyboard = _keyboard(body, place, me)
    if not pictures:
        return Piece(place, MAIN, escaped(words.GONE_RESULT()), keyboard=keyboard)
    return Piece(place, MAIN, text, Shot(MAIN, pictures[0]["media"], text), keyboard)


def _result_buttons(
    turn_id: UUID, pictures: list[dict[str, Any]], place: Place, me: Me
) -> list[list[InlineKeyboardButton]]:
    row = []
    if any(p["role"] == "before" for p in pictures):
        row.append(InlineKeyboardButton(words.COMPARED(), callback_data="tg:compare"))
    if not place.private:
        row.append(InlineKeyboardButton(words.SHARE_HERE(), callback_data="tg:share"))
    elif me.inline:
        row.append(InlineKeyboardButton(words.SHARE(), switch_inline_query=f"picture {turn_id.hex}"))
    return [row] if row else []


def _keyboard(
    body: dict[str, Any], place: Place, me: Me, extra: list[list[InlineKeyboardButton]] | None = None
) -> InlineKeyboardMarkup | None:
    rows: list[list[InlineKeyboardButton]] = []
    length = 0
    for choice in body["choices"]:
        button = _button(choice)
        width = len(button.text) + 4
        if rows and len(rows[-1]) < 4 and length + width <= ROW_CHARS:
            rows[-1].append(button)
            length += width
        else:
            rows.append([button])
            length = width
    if extra:
        rows = [*extra, *rows]
    only = body["products"][0] if len(body["products"]) == 1 else None
    if only is not None and (url := shop_link(only.get("url"))):
        rows.insert(0, [InlineKeyboardButton(words.SHOP(), url=url)])
    if not place.private and any(choice["action"] in _ABOUT_PHOTO for choice in body["choices"]):
        rows.append([InlineKeyboardButton(words.OPEN_PRIVATE(), url=me.link("photo"))])
    return InlineKeyboardMarkup(rows) if rows else None


def _button(choice: dict[str, Any]) -> InlineKeyboardButton:
    label, action = choice["label"].strip() or "…", choice["action"]
    if action.startswith("url:"):
        return InlineKeyboardButton(label, url=action.removeprefix("url:"))
    if len(action.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError(f"the action {action!r} is too long for a button")
    return InlineKeyboardButton(label, callback_data=action)


def _item(product: dict[str, Any], number: int | None = None) -> str:
    """ "2. Title · ₹1,299 · To the shop", escaped."""
    facts = [escaped(isolated(fact)) for fact in (product["title"], price_of(product)) if fact]
    if url := shop_link(product.get("url")):
        facts.append(f'<a href="{html.escape(url)}">{escaped(words.SHOP())}</a>')
    line = " · ".join(facts)
    return line if number is None else f"{number}. {line}"


def price_of(product: dict[str, Any]) -> str:
    """The price as people read it, "" when it is not known."""
    return price_text(card_in(product)) or ""


def shop_link(url: str | None) -> str | None:
    """The address of the shop's page, when Telegram would open it."""
    parts = urlsplit(url or "")
    return url if parts.scheme in {"http", "https"} and "." in (parts.hostname or "") else None


def escaped(text: str) -> str:
    """Text for Telegram's HTML, cut to what a message holds."""
    return html.escape(cut(text), quote=False)


def cut(text: str, limit: int = MessageLimit.MAX_TEXT_LENGTH - 200) -> str:
    """The text up to the last end of a paragraph, a sentence or a word that fits."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    for mark in ("\n\n", ". ", " "):
        at = head.rfind(mark)
        if at > limit // 2:
            return head[: at + (1 if mark == ". " else 0)].rstrip() + "…"
    return head + "…"
