"""Searching: a wish becomes a search, its answer becomes a message, pages go forth and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue import labels, names, replies
from bot.dialogue.actions import choice, find
from bot.dialogue.language import listed
from bot.dialogue.state import MAX_PREVIOUS, Looking
from bot.dialogue.turn import Turn, consent_choices, next_steps, suggestions, try_choices
from bot.dialogue.types import Choice, ProductCard, Search, SearchCompleted, SearchFailed
from bot.dialogue.wishes import filters_of, merged, words_of

MAX_WORDS = 200
"""Characters of a person's own words that are worth searching for."""


def new_search(turn: Turn, slots: dict[str, Any], rest: tuple[str, ...] = ()) -> None:
    """A wish stated from scratch."""
    _go(turn, Looking(filters_of(slots), " ".join(rest)[:MAX_WORDS]))


def refine(turn: Turn, delta: dict[str, Any], rest: tuple[str, ...] = ()) -> None:
    """A change to what is on screen; without anything on screen it is a wish of its own."""
    state = turn.state
    before = state.looking or Looking()
    slots = merged(before.slots, delta, state.shown)
    words = " ".join(dict.fromkeys([*before.words.split(), *rest]))[:MAX_WORDS]
    _go(turn, Looking(slots, words))


def similar(turn: Turn, card: ProductCard, delta: dict[str, Any]) -> None:
    """More like this one, perhaps with a difference."""
    base: dict[str, Any] = {"category": [card.category]}
    if card.color:
        base["color"] = list(card.color)
    _go(turn, Looking(merged(base, delta, (card,)), ""))


def search_words(turn: Turn, text: str) -> None:
    """Search for these very words, whatever they mean."""
    _go(turn, Looking({}, text[:MAX_WORDS]))


def _go(turn: Turn, looking: Looking) -> None:
    state = turn.state
    previous = (*state.previous, state.looking)[-MAX_PREVIOUS:] if state.looking else state.previous
    turn.update(previous=tuple(p for p in previous if p is not None), page_size=0)
    _search(turn, looking)


def _search(turn: Turn, looking: Looking) -> None:
    turn.update(looking=looking, listing="results", asked=None)
    text = f"{looking.words} {words_of(looking.slots)}".strip()
    turn.do(Search(text, dict(looking.slots), looking.page))


def more(turn: Turn) -> None:
    """The next page."""
    state = turn.state
    if state.looking is None:
        turn.say(replies.NOTHING_ON_SCREEN)
    elif not state.has_more and state.shown:
        turn.say(replies.NO_MORE, *_after_the_last(turn))
    else:
        _search(turn, replace(state.looking, page=state.looking.page + 1))


def back(turn: Turn) -> None:
    """The page before, or else the search before."""
    state = turn.state
    if state.listing == "saved" and state.looking is not None:
        _search(turn, state.looking)
    elif state.looking is not None and state.looking.page > 0:
        _search(turn, replace(state.looking, page=state.looking.page - 1))
    elif state.previous:
        turn.update(previous=state.previous[:-1], page_size=0)
        _search(turn, state.previous[-1])
    else:
        turn.say(replies.NO_EARLIER if state.looking else replies.NOTHING_ON_SCREEN)


def completed(turn: Turn, event: SearchCompleted) -> None:
    """The answer of a search or of the list of favourites."""
    if turn.state.listing == "saved":
        _favourites(turn, event)
    elif event.products:
        _results(turn, event)
    elif event.page > 0:
        if turn.state.looking is not None:
            turn.update(looking=replace(turn.state.looking, page=event.page - 1))
        turn.say(replies.NO_MORE, *_after_the_last(turn))
    else:
        turn.update(shown=(), total=0, page_size=0, focus=None, stage="idle")
        turn.say(replies.FOUND_NOTHING, *_wider(turn), *suggestions(), choice(labels.HELP, "help"))


def _results(turn: Turn, event: SearchCompleted) -> None:
    state = turn.state
    looking = replace(state.looking or Looking(), page=event.page)
    turn.update(
        looking=looking,
        shown=event.products,
        total=event.total,
        page_size=max(state.page_size, len(event.products)),
        stage="results",
        focus=None,
        failed=None,
    )
    if event.relaxed:
        dropped = listed(dict.fromkeys(names.facet(n) for n in event.relaxed))
        text = replies.FOUND_RELAXED(dropped=dropped)
    elif event.page > 0:
        text = replies.FOUND_MORE(page=event.page + 1)
    else:
        text = replies.FOUND(count=event.total)
    how = replies.FOUND_HOW(count=len(event.products))
    turn.say(f"{text} {how}", *_result_choices(turn), products=event.products)


def _result_choices(turn: Turn) -> list[Choice]:
    state = turn.state
    steps = try_choices(state.shown)
    if state.has_more:
        steps.append(choice(labels.MORE, "more"))
    if any(card.price_minor is not None for card in state.shown):
        steps.append(choice(labels.CHEAPER, "say", "cheaper"))
    steps.append(choice(labels.OTHER_COLOUR, "colors"))
    if state.pending and state.pending.waits_for == "consent":
        steps += consent_choices()
    return [*steps, choice(labels.HELP, "help")]


def _favourites(turn: Turn, event: SearchCompleted) -> None:
    if not event.products:
        turn.update(listing="results")
        turn.say(replies.SAVED_NONE)
        return
    turn.update(shown=event.products, total=event.total, stage="results", focus=None)
    steps = [*try_choices(event.products), choice(labels.BACK, "back"), choice(labels.HELP, "help")]
    turn.say(replies.SAVED_LIST(count=event.total), *steps, products=event.products)


def _after_the_last(turn: Turn) -> list[Choice]:
    steps = [choice(labels.OTHER_COLOUR, "colors"), choice(labels.START_OVER, "reset")]
    if turn.state.looking and turn.state.looking.page > 0:
        steps.insert(0, choice(labels.BACK, "back"))
    return [*try_choices(turn.state.shown), *steps]


def _wider(turn: Turn) -> list[Choice]:
    """The same wish with less in it: the kind of clothing alone."""
    looking = turn.state.looking
    categories = looking.slots.get("category", ()) if looking else ()
    wider = [
        find(labels.FIND(text=names.value(c)), str(c)) for c in categories[:1] if looking != Looking({}, str(c))
    ]
    return [c for c in wider if c is not None]


def failed(turn: Turn, event: SearchFailed) -> None:
    """The search could not be done; asking again is the next step."""
    looking = turn.state.looking
    again = find(labels.RETRY, looking.words or words_of(looking.slots)) if looking else None
    reason = event.message or replies.SEARCH_FAILED
    turn.say(reason, again, *next_steps(turn.state))


def ask_colour(turn: Turn) -> None:
    """Colours to choose from, without those that are wanted already."""
    if turn.state.looking is None:
        turn.say(replies.NOTHING_ON_SCREEN)
        return
    wanted = turn.state.looking.slots.get("color", ())
    others = [c for c in labels.COLOURS if c.one not in wanted]
    turn.say(replies.ASK_COLOUR, *(choice(str(c).capitalize(), "say", f"in {c.one}") for c in others))
