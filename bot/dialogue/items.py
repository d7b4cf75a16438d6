"""Talking about single things: which one is meant, what it costs, where it is sold, keeping it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.dialogue import labels, looking, names, replies
from bot.dialogue.actions import choice
from bot.dialogue.language import Text, listed
from bot.dialogue.prices import price_text
from bot.dialogue.state import Deed
from bot.dialogue.styling.sizing import size_help
from bot.dialogue.turn import Turn, next_steps, try_choices
from bot.dialogue.types import Choice, ProductCard, SaveFavourite
from bot.dialogue.wishes import matching

MAX_AT_ONCE = 4
"""How many items one message can be about; "all" of a long page is cut to it."""


def chosen(turn: Turn, slots: dict[str, Any]) -> tuple[ProductCard, ...] | None:
    """The items a message is about.

    None: the message names none. Empty: it names some that are not there or not clear, and the person has been
    told so and asked.
    """
    if slots.get("ref"):
        return _by_reference(turn, list(slots["ref"]))
    if slots.get("ref_desc"):
        return _by_description(turn, dict(slots["ref_desc"]))
    return None


def _by_reference(turn: Turn, refs: list[Any]) -> tuple[ProductCard, ...]:
    state = turn.state
    found: list[ProductCard] = []
    for ref in refs:
        if isinstance(ref, int):
            index = ref - 1 if ref > 0 else len(state.shown) + ref
            if not 0 <= index < len(state.shown):
                _out_of_range(turn)
                return ()
            found.append(state.shown[index])
        elif ref == "all":
            found += [card for card in state.shown if card.id not in state.gone]
        else:
            one = _it(turn, ref)
            if one is not None:
                found.append(one)
    if not found:
        ask_which(turn, replies.WHICH_ONE if state.shown else replies.NOTHING_ON_SCREEN)
    there = [card for card in found if card.id not in state.gone]
    if found and not there:
        turn.say(replies.PRODUCT_GONE)
    return tuple(dict.fromkeys(there))[:MAX_AT_ONCE]


def _it(turn: Turn, ref: str) -> ProductCard | None:
    state = turn.state
    last = state.last.product if state.last else None
    if ref == "tryon":
        return last
    only = state.shown[0] if len(state.shown) == 1 else None
    return state.focus or only or last


def _out_of_range(turn: Turn) -> None:
    count = len(turn.state.shown)
    if count == 0:
        turn.say(replies.NOTHING_ON_SCREEN)
    else:
        ask_which(turn, replies.WHICH_ONE_RANGE(count=count))


def _by_description(turn: Turn, wanted: dict[str, Any]) -> tuple[ProductCard, ...]:
    state = turn.state
    known = state.shown or ((state.focus,) if state.focus else ())
    fitting = [card for card in matching(known, wanted) if card.id not in state.gone]
    if len(fitting) == 1:
        return tuple(fitting)
    if fitting:
        several = tuple(c if c in fitting else None for c in state.shown)
        steps = [
            choice(labels.TRY(ordinal=n), "try", c.id)
            for n, c in enumerate(several, 1)
            if c is not None and c.part is not None
        ]
        turn.say(replies.WHICH_ONE_SEVERAL(count=len(fitting)), *steps, products=tuple(fitting))
    else:
        ask_which(turn, replies.WHICH_ONE_NONE if known else replies.NOTHING_ON_SCREEN)
    return ()


def ask_which(turn: Turn, sentence: str | Text) -> None:
    """Ask for one of those on screen."""
    steps = [*try_choices(turn.state.shown, 6, turn.state.gone), choice(labels.HELP, "help")]
    turn.say(sentence, *(steps if turn.state.shown else next_steps(turn.state)))


def meant(turn: Turn, slots: dict[str, Any]) -> tuple[ProductCard, ...]:
    """The items named, or without a name the one being talked about; asks when there is none."""
    found = chosen(turn, slots)
    return _by_reference(turn, ["it"]) if found is None else found


def _focus(turn: Turn, card: ProductCard, intent: str) -> None:
    in_list = card in turn.state.shown
    stage = "item_focus" if in_list else turn.state.stage
    turn.update(focus=card, stage=stage, asked=None, deed=Deed(intent, (card.id,)))


def choices(card: ProductCard) -> list[Choice]:
    """What can be done with one item."""
    steps = [choice(labels.TRY_IT, "try", card.id)] if card.part is not None else []
    steps += [choice(labels.SAVE, "save", card.id), choice(labels.SIMILAR, "similar", card.id)]
    if card.price_minor is not None and ":" not in card.id:  # of their own things nobody changes the price
        steps.append(choice(labels.WATCH, "watch", card.id))
    return [*steps, choice(labels.HELP, "help")]


def details(turn: Turn, slots: dict[str, Any]) -> None:
    """What is known about an item. Prices and facts come from its card and from nowhere else."""
    cards = meant(turn, slots)
    if not cards:
        return
    card = cards[0]
    _focus(turn, card, "details")
    attribute = slots.get("attribute")
    attribute = attribute[0] if isinstance(attribute, list) and attribute else attribute
    price = price_text(card)
    if attribute == "price" and price:
        text = replies.PRICE(title=card.title, price=price)
    elif attribute == "price":
        text = replies.DETAILS_PRICE_UNKNOWN(title=card.title)
    elif attribute == "size":
        text = size_help(card, turn.state.profile)
    elif attribute in ("material", "fabric") and card.material:
        text = replies.DETAILS(title=card.title, facts=listed([names.value(one) for one in card.material]))
    elif attribute:
        text = replies.DETAILS_UNKNOWN(title=card.title)
    else:
        text = replies.DETAILS(title=card.title, facts=", ".join(_facts(card, price)))
    turn.say(text, *choices(card), products=(card,))


def _facts(card: ProductCard, price: str | None) -> list[str]:
    offers = replies.MORE_OFFERS(count=card.offers) if card.offers else None
    gone = replies.SOLD_OUT() if card.in_stock is False else None
    known = (card.brand, names.value(card.category), *map(names.value, card.color), price, offers, gone)
    return [str(fact) for fact in known if fact]


def buy(turn: Turn, slots: dict[str, Any]) -> None:
    """The link to the shop, which is on the card."""
    cards = meant(turn, slots)
    if not cards:
        return
    _focus(turn, cards[0], "buy")
    linked = tuple(c for c in cards if c.url)
    if linked:
        turn.say(replies.BUY, *choices(linked[0]), products=linked)
    else:
        turn.say(replies.BUY_NO_LINK(title=cards[0].title), *choices(cards[0]))


def compare(turn: Turn, cards: tuple[ProductCard, ...]) -> None:
    """Two or more next to each other, with their prices."""
    lines = [", ".join(p for p in (c.title, price_text(c)) if p) for c in cards]
    steps = [choice(f"{labels.TRY_IT}: {c.title}"[:40], "try", c.id) for c in cards if c.part is not None]
    turn.say(replies.COMPARE(items="; ".join(lines)), *steps, products=cards)


def similar(turn: Turn, slots: dict[str, Any]) -> None:
    """More like that one."""
    cards = meant(turn, slots)
    if cards:
        looking.similar(turn, cards[0], {k: v for k, v in slots.items() if k not in ("ref", "ref_desc")})
        turn.update(deed=Deed("similar", (cards[0].id,)))


def save(turn: Turn, slots: dict[str, Any]) -> None:
    """Keep items for later."""
    mark(turn, [card.id for card in meant(turn, slots)], saved=True)


def unsave(turn: Turn, slots: dict[str, Any]) -> None:
    """Keep them no longer."""
    mark(turn, [card.id for card in meant(turn, slots)], saved=False)


def mark(turn: Turn, products: Iterable[str], *, saved: bool, back: bool = False) -> None:
    """Keep these for later, or no longer; the buttons of cards come here too, perhaps long after. `back`: to take
    back what was done before, after which nothing is left to take back.
    """
    products = tuple(products)
    if not products:
        return
    for product in products:
        turn.do(SaveFavourite(product, saved))
    if not back:
        turn.undoable("saved" if saved else "unsaved", products=products)
    turn.update(deed=Deed("save" if saved else "unsave", products))
    titles = [card.title if (card := turn.state.known(one)) else replies.THE_CHOSEN() for one in products]
    text = (replies.SAVED if saved else replies.UNSAVED)(title=listed(titles))
    turn.say(text, choice(labels.SHOW_SAVED, "saved"), turn.undo_choice, *next_steps(turn.state))
