"""Messages as they are kept in turns: plain JSON that every channel can render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.dialogue import labels
from bot.dialogue.actions import choice
from bot.dialogue.language import Text, isolated, listed, spoken
from bot.dialogue.state import ConversationState
from bot.dialogue.types import Message, ProductCard
from catalog.types import Money, Product
from storage.records import ConversationRecord


def card_of(product: Product, picture: str, about: Money | None = None) -> ProductCard:
    """What the person sees of a product; `picture` is the media key of its picture, `about` its price elsewhere.

    A price that a shop told live and that is not fresh any more is not shown.
    """
    fresh = product.fresh_until is None or product.fresh_until > datetime.now(UTC)
    price = product.price if fresh else None
    return ProductCard(
        id=product.id,
        title=product.title,
        category=product.category,
        part=product.part,
        picture=picture,
        color=product.color,
        price_minor=price.minor if price else None,
        currency=price.currency if price else None,
        brand=product.brand,
        source=product.seller or product.source,
        url=product.url,
        credit="\n".join(filter(None, (product.credit, product.disclosure))) or None,
        gender=product.gender,
        pattern=product.pattern,
        material=product.material,
        sizes=product.sizes,
        chart={size: {name: list(span) for name, span in row.items()} for size, row in product.chart.items()},
        in_stock=product.in_stock,
        offers=product.offers,
        fresh_until=product.fresh_until.astimezone(UTC).isoformat() if product.fresh_until else None,
        about_minor=about.minor if price and about else None,
        about_currency=about.currency if price and about else None,
    )


def stale(card: ProductCard, now: datetime) -> bool:
    """Whether its shop must be asked before its price is shown again."""
    return card.fresh_until is not None and datetime.fromisoformat(card.fresh_until) <= now


def card_in(data: Mapping[str, Any]) -> ProductCard:
    """A card as it was kept in a turn or a job: JSON has lists for tuples."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return ProductCard(**values)


def body_of(message: Message) -> dict[str, Any]:
    """A stylist's message as the body of a turn."""
    body = asdict(message)
    del body["slot"], body["in_place"]
    return body


def aside(sentence: Text) -> dict[str, Any]:
    """What is said beside the conversation, whose state stays as it was; in the language spoken now."""
    return body_of(Message(sentence(), (choice(labels.HELP, "help"),), lang=spoken()))


def language_in(talk: ConversationRecord) -> str | None:
    """What is spoken in a conversation, as far as anything tells."""
    return ConversationState.from_json(talk.state).spoken if talk.state else None


def heard(text: str, *photos: tuple[str, str]) -> dict[str, Any]:
    """What the person did as the body of a turn; each photo is (media key, alternative text)."""
    pictures = [{"media": media, "alt": alt, "role": "photo"} for media, alt in photos]
    return {"text": text, "choices": [], "products": [], "pictures": pictures, "job": None}


def title_of(body: dict[str, Any]) -> str:
    """What the turn shows, by the titles of its products; "" without any."""
    return listed([product["title"] for product in body["products"]]) if body["products"] else ""


def title_of_job(request: Mapping[str, Any]) -> str:
    """What a job puts on, by the titles of its pieces."""
    return listed([card["title"] for card in (request["card"], *request.get("more_cards", ()))])


def label_of(body: dict[str, Any], action: str) -> str:
    """The words on the button that was pressed, or "" when the turn has no such button."""
    for offered in body["choices"]:
        if offered["action"] == action:
            return str(offered["label"])
    verb, _, product_id = action.partition(":")
    words = {"try": labels.TRY_IT, "save": labels.SAVE}.get(verb)
    for product in body["products"]:
        if words and product["id"] == product_id:
            return f"{words}: {isolated(product['title'])}"
    return ""
