"""Waiting for a price: somebody asks to be told, is told, and may stop it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import items, labels, replies
from bot.dialogue.actions import choice
from bot.dialogue.prices import price_text
from bot.dialogue.state import Deed
from bot.dialogue.turn import Turn, next_steps
from bot.dialogue.types import Frame, PriceFell, Watch, WatchRefused


def subscribed(turn: Turn, frame: Frame, _text: str = "") -> None:
    """ "Tell me when the second one gets cheaper"."""
    for card in items.meant(turn, frame.slots):
        begin(turn, card.id)


def unsubscribed(turn: Turn, frame: Frame, _text: str = "") -> None:
    """ "Stop telling me about prices"; of one product when one is meant."""
    cards = items.chosen(turn, frame.slots) if frame.slots.get("ref") else ()
    if cards is None or (frame.slots.get("ref") and not cards):
        return
    if not cards:
        end_all(turn)
    for card in cards:
        end(turn, card.id)


def begin(turn: Turn, product: str) -> None:
    """Tell them when it gets cheaper."""
    card = turn.state.known(product)
    price = price_text(card) if card else None
    if card is None or price is None:
        title = card.title if card else replies.THE_CHOSEN()
        turn.say(replies.WATCH_NO_PRICE(title=title), *next_steps(turn.state))
        return
    turn.do(Watch(product, on=True))
    turn.update(deed=Deed("watch", (product,)))
    turn.say(
        replies.WATCHING(title=card.title, price=price),
        choice(labels.UNWATCH, "unwatch", product),
        *next_steps(turn.state),
    )


def end(turn: Turn, product: str) -> None:
    """Tell them no more."""
    card = turn.state.known(product)
    turn.do(Watch(product, on=False))
    turn.say(replies.UNWATCHED(title=card.title if card else replies.THE_CHOSEN()), *next_steps(turn.state))


def end_all(turn: Turn) -> None:
    """Tell them about no price any more."""
    turn.do(Watch(None, on=False))
    turn.say(replies.WATCHING_NOTHING, *next_steps(turn.state))


def refused(turn: Turn, event: WatchRefused) -> None:
    """They watch too many already."""
    del event
    turn.say(replies.WATCHING_MANY, choice(labels.UNWATCH_ALL, "unwatch"), *next_steps(turn.state))


def told(turn: Turn, event: PriceFell) -> None:
    """It is cheaper, or there again."""
    card = event.product
    price = price_text(card)
    if event.was is not None and price is not None:
        was = price_text(replace(card, price_minor=event.was[0], currency=event.was[1], about_minor=None))
        text = replies.PRICE_FELL(title=card.title, price=price, was=was or "")
    else:
        text = replies.BACK_IN_STOCK(title=card.title)
    turn.state = turn.state.with_cards({card.id: card})
    steps = [choice(labels.TRY_IT, "try", card.id)] if card.part is not None else []
    steps += [choice(labels.SAVE, "save", card.id), choice(labels.UNWATCH, "unwatch", card.id)]
    turn.say(text, *steps, choice(labels.HELP, "help"), products=(card,))
