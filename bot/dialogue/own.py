"""Garments that the person brought, as a picture or as a link: shown like a shop's, and seen by nobody else."""

from __future__ import annotations

from bot.dialogue import items, looking, names, replies, tryons
from bot.dialogue.language import listed
from bot.dialogue.state import MAX_ITEMS
from bot.dialogue.turn import Turn, next_steps
from bot.dialogue.types import OWN, ItemsKept, LinkFailed, OpenLink, ProductCard, Then

_THEN: dict[str, Then] = {"tryon": "try", "similar": "similar"}


def title(color: tuple[str, ...], category: str) -> str:
    """What a garment in a picture is called: "Blue t-shirt"."""
    kind = names.value(category)
    words = replies.OWN_TITLE(color=names.value(color[0]), category=kind) if color else kind
    return words[:1].upper() + words[1:]


def open_link(turn: Turn, intent: str, url: str) -> None:
    """A link to a page of a shop."""
    turn.say(replies.LINK_READING)
    turn.do(OpenLink(url if "://" in url else f"https://{url}", _THEN.get(intent, "show")))


def link_failed(turn: Turn, event: LinkFailed) -> None:
    """The page gave nothing to try on; the sentence says why and what to do."""
    turn.say(event.message or replies.LINK_LOST, *next_steps(turn.state))


def kept(turn: Turn, event: ItemsKept) -> tuple[str, ProductCard | None]:
    """The items are there. Returns words that came with them, to be heard about the item."""
    cards = event.cards
    if not cards:
        turn.say(" ".join(event.refused[:1]), *next_steps(turn.state))
        return event.text, None
    for sentence in event.refused[:1]:
        turn.lead_in(sentence)
    known = {card.id: card for card in (*turn.state.items, *cards)}
    turn.update(items=tuple(known.values())[-MAX_ITEMS:], focus=cards[0], asked=None)
    if event.then == "try":
        _try(turn, cards)
        return "", None
    if event.then == "similar":
        looking.similar(turn, cards[0], {})
        return "", None
    _show(turn, cards)
    return event.text, cards[0] if event.text else None


def _try(turn: Turn, cards: tuple[ProductCard, ...]) -> None:
    pending = turn.state.pending
    if pending is not None and pending.waits_for == "person":
        # The photo came along and shows several people: once it is known who it is, this goes on by itself.
        wish = dict.fromkeys([*turn.state.wish, *(card.id for card in cards)])
        turn.update(wish=tuple(wish)[-turn.policy.max_waiting :])
    else:
        waited = turn.state.wish if turn.state.photo is not None else ()
        turn.update(wish=turn.state.wish[len(waited) :])
        tryons.start(turn, (*waited, *(card.id for card in cards)))


def _show(turn: Turn, cards: tuple[ProductCard, ...]) -> None:
    first = cards[0]
    if len(cards) == 1:
        turn.update(stage="item_focus")
        seen = replies.LINK_SEEN if first.url else replies.OWN_SEEN
        turn.say(seen(title=first.title), *items.choices(first), products=cards)
    else:
        turn.update(
            shown=cards, total=len(cards), page_size=0, stage="results", focus=None, looking=None,
            listing="results",
        )  # fmt: skip
        titles = listed([card.title for card in cards])
        turn.say(replies.OWN_SEEN_SEVERAL(count=len(cards), titles=titles), products=cards)
    if turn.state.photo is None and turn.agreed and first.source == OWN:
        tryons.start(turn, tuple(card.id for card in cards))
