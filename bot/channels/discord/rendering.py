"""A turn as one Discord message: text, cards as embeds, buttons and selects. Plain data in, plain data out.

Limits: https://discord.com/developers/docs/resources/message and .../components/reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.channels.discord import texts
from bot.dialogue import replies
from bot.dialogue.language import isolated, percent
from bot.dialogue.prices import price_text
from bot.dialogue.tryons import waiting
from bot.dialogue.types import ProductCard
from bot.messages import card_in

MAX_TEXT = 2000
MAX_EMBEDS = 10
MAX_FILES = 10
MAX_OPTIONS = 25
MAX_LABEL = 80
MAX_OPTION = 100
BUTTONS_A_ROW = 5

PRESS = "fc:"
"""A button or a choice of a list: what follows is the dialogue's action, 64 bytes at most."""
LIST = "fc-list:"
"""A list whose chosen value is an action."""
FORM = "fc-form:"
"""Opens, and is, a form: words, budget, profile."""
SHARE = "fc-share"

_ROW, _BUTTON, _SELECT = 1, 2, 3
_PRIMARY, _SECONDARY, _DANGER = 1, 2, 4
_STYLES = {"consent:yes": _PRIMARY, "try": _PRIMARY, "erase:yes": _DANGER}

Json = dict[str, Any]
"""A part of a message as Discord describes it."""


@dataclass(frozen=True, slots=True)
class File:
    """A picture that goes with the message: its media key, its name there, and what it shows in words."""

    media: str
    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One message. `product` is the item that it shows alone."""

    content: str
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    product: str | None = None

    def body(self) -> Json:
        """For the request."""
        return {"content": self.content, "embeds": self.embeds, "components": self.components}


def shows_person(body: Json) -> bool:
    """Whether it is for the person's eyes: their photo, a picture of them, or the work on one."""
    return bool(body["pictures"]) or body["job"] is not None


def show(body: Json, *, sharing: bool = False, before: str = "") -> Shown:
    """The message of a turn. `sharing` offers to post a result; `before` is a sentence in front of the text."""
    cards = [card_in(product) for product in body["products"]]
    files = [
        File(picture["media"], f"{picture['role']}-{number}.jpg", picture["alt"])
        for number, picture in enumerate(body["pictures"], 1)
    ][:MAX_FILES]
    embeds = []
    for number, card in enumerate(cards[:MAX_EMBEDS], 1):
        picture = None
        if len(files) < MAX_FILES:
            picture = File(card.picture, f"item-{number}.jpg", card.title)
            files.append(picture)
        embeds.append(_embed(card, number if len(cards) > 1 else None, picture))
    text = f"{before}\n\n{body['text']}" if before else body["text"]
    if len(cards) > MAX_EMBEDS:
        text = f"{text}\n{texts.SEVERAL_MORE(count=len(cards) - MAX_EMBEDS)}"
    result = any(picture["role"] == "result" for picture in body["pictures"])
    return Shown(
        content=cut(text, MAX_TEXT) or "…",
        embeds=embeds,
        components=_rows(body["choices"], cards, sharing=sharing and result),
        files=files,
        product=cards[0].id if len(cards) == 1 else None,
    )


def cut(text: str, limit: int) -> str:
    """At most so many characters, cut behind a sentence, or else behind a word."""
    text = text.strip()
    if len(text) <= limit:
        return text
    head = text[: limit - 2]
    ends = [match.end() for match in re.finditer(r"[.!?…]\s|\n", head)]
    # A sentence may end so early that half of the room would stay empty.
    end = ends[-1] if ends and ends[-1] > limit // 2 else head.rfind(" ")
    return f"{(head[:end] if end > 0 else head).rstrip()} …"


def progress_text(title: str, status: str, ahead: int, eta_s: float, fraction: float) -> str:
    """What stands in place of a job's text while it waits or runs."""
    if status == "queued":
        return replies.TRYON_STARTED(title=title, when=waiting(ahead, eta_s))
    return f"{texts.WORKING(title=title)}\n{_bar(fraction)}"


def refining_text(text: str, status: str, ahead: int, eta_s: float, fraction: float) -> str:
    """What stands below a preview: its own text, and how far the better picture is."""
    line = waiting(ahead, eta_s) if status == "queued" else _bar(fraction)
    return f"{cut(text, MAX_TEXT - len(line) - 1)}\n{line}"


def _bar(fraction: float) -> str:
    done = min(10, max(0, round(fraction * 10)))
    return f"{'▰' * done}{'▱' * (10 - done)} {percent(fraction)}"


def form_of(kind: str) -> Json:
    """The form behind a button."""
    label = {"budget": texts.FORM_BUDGET, "profile": texts.FORM_PROFILE}.get(kind, texts.FORM_WORDS)
    title = {"budget": texts.OTHER_BUDGET, "profile": texts.FORM_PROFILE}.get(kind, texts.OWN_WORDS)
    line = {
        "type": 4,
        "custom_id": "text",
        "label": label(),
        "style": 1 if kind == "budget" else 2,
        "max_length": 20 if kind == "budget" else 1000,
        "required": True,
    }
    return {"custom_id": f"{FORM}{kind}", "title": title(), "components": [{"type": _ROW, "components": [line]}]}


def _embed(card: ProductCard, number: int | None, picture: File | None) -> Json:
    facts = [price_text(card), card.brand, card.source if card.source != card.brand else None]
    embed: Json = {"title": cut(f"{number}. {card.title}" if number else card.title, 256)}
    if any(facts):
        embed["description"] = cut(" · ".join(isolated(fact) for fact in facts if fact), 400)
    if card.url and card.url.startswith(("https://", "http://")):
        embed["url"] = card.url
    if card.credit:
        embed["footer"] = {"text": cut(card.credit, 200)}
    if picture is not None:
        embed["thumbnail"] = {"url": f"attachment://{picture.name}"}
    return embed


def _rows(choices: list[Json], cards: list[ProductCard], *, sharing: bool) -> list[Json]:
    """At most five rows: lists of the items, the first choices as buttons, the others as a list, our own."""
    rows: list[Json] = []
    covered: set[str] = set()
    if len(cards) > 1:
        numbered = list(enumerate(cards, 1))[:MAX_OPTIONS]
        wearable = [(n, card) for n, card in numbered if card.part is not None]
        for verb, label, options in (("try", texts.TRY_ON, wearable), ("save", texts.SAVE, numbered)):
            if options:
                rows.append(_list(verb, label(), [(f"{n}. {c.title}", f"{verb}:{c.id}") for n, c in options]))
                covered |= {f"{verb}:{card.id}" for _, card in options}
    plain = [(c["label"], c["action"]) for c in choices if c["action"] not in covered]
    if plain:
        rows.append(_row([_button(label, action) for label, action in plain[:BUTTONS_A_ROW]]))
    if plain[BUTTONS_A_ROW:]:
        rows.append(_list("more", texts.MORE(), plain[BUTTONS_A_ROW:]))
    own = []
    if len(cards) > 1 or any(action.startswith("say:") for _, action in plain):
        own.append(_control(texts.OWN_WORDS(), f"{FORM}words"))
    if len(cards) > 1 and any(card.price_minor is not None for card in cards):
        own.append(_control(texts.OTHER_BUDGET(), f"{FORM}budget"))
    if sharing:
        own.append(_control(texts.SHARE(), SHARE))
    return [*rows, _row(own)] if own else rows


def _row(components: list[Json]) -> Json:
    return {"type": _ROW, "components": components}


def _button(label: str, action: str) -> Json:
    style = _STYLES.get(action) or _STYLES.get(action.partition(":")[0], _SECONDARY)
    return _control(label, f"{PRESS}{action}", style)


def _control(label: str, custom_id: str, style: int = _SECONDARY) -> Json:
    return {"type": _BUTTON, "style": style, "label": cut(label, MAX_LABEL), "custom_id": custom_id}


def _list(name: str, label: str, options: list[tuple[str, str]]) -> Json:
    shown = [{"label": cut(text, MAX_OPTION), "value": action} for text, action in options[:MAX_OPTIONS]]
    return _row([{"type": _SELECT, "custom_id": f"{LIST}{name}", "placeholder": label, "options": shown}])
