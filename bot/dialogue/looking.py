"""Searching: a wish becomes a search, its answer becomes a message, pages go forth and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue import labels, names, replies
from bot.dialogue.actions import choice, find
from bot.dialogue.language import listed
from bot.dialogue.prices import middle_price
from bot.dialogue.state import MAX_PREVIOUS, ConversationState, Deed, Looking
from bot.dialogue.turn import Turn, answer_choices, consent_choices, next_steps, suggestions, try_choices
from bot.dialogue.types import Choice, ProductCard, Search, SearchCompleted, SearchFailed
from bot.dialogue.usual import USUAL, described, lifted_by, usual_of, without
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
    lifted = dict.fromkeys([*before.lifted, *(name for name in delta.get("remove", ()) if name in USUAL)])
    _go(
        turn,
        Looking(slots, words, lifted=tuple(lifted)),
        _STEPS.get(delta.get("rel", {}).get("price", ""), "search"),
    )


def cheaper_or_dearer(turn: Turn, delta: dict[str, Any]) -> bool:
    """Whether a wish for other prices ended in a question, because what is on screen has none to compare with."""
    shown = turn.state.shown
    if "price" not in delta.get("rel", {}) or not shown or middle_price(shown) is not None:
        return False
    if not any(card.price_minor is not None for card in shown):
        turn.say(replies.NO_PRICES, choice(labels.OTHER_COLOUR, "colors"), *next_steps(turn.state))
    else:
        turn.update(asked="budget")
        turn.say(replies.ASK_BUDGET)
    return True


def lift(turn: Turn, name: str = "") -> None:
    """Look again without that which the person usually wants, or without any of it."""
    looking = turn.state.looking
    if looking is None:
        turn.say(replies.NOTHING_ON_SCREEN)
        return
    usual = lifted_by(usual_of(turn.state.profile, looking.slots, looking.lifted))
    lifted = dict.fromkeys([*looking.lifted, *([name] if name in USUAL else usual)])
    _go(turn, replace(looking, lifted=tuple(lifted), page=0))


def leave_out(turn: Turn, products: list[str]) -> None:
    """The same search without these."""
    looking = turn.state.looking or Looking()
    exclude = {**looking.slots.get("exclude", {}), "id": products}
    _go(turn, replace(looking, slots={**looking.slots, "exclude": exclude}, page=0))


def again(turn: Turn) -> None:
    """The same search once more, from its beginning."""
    looking = turn.state.looking
    if looking is None:
        turn.say(replies.NOTHING_ON_SCREEN)
        return
    turn.update(page_size=0)
    search(turn, replace(looking, page=0))


def clear(turn: Turn) -> None:
    """Nothing is looked for any more, and nothing is on screen."""
    turn.update(
        looking=None, previous=(), shown=(), total=0, page_size=0, focus=None, stage="idle", asked=None, wish=(),
        listing="results", gone=(),
    )  # fmt: skip


def similar(turn: Turn, card: ProductCard, delta: dict[str, Any]) -> None:
    """More like this one, perhaps with a difference."""
    base: dict[str, Any] = {"category": [card.category]}
    if ":" not in card.id:  # the picture of something of their own is shown to no shop
        base["like"] = card.id
    if card.color:
        base["color"] = list(card.color)
    _go(turn, Looking(merged(base, delta, (card,)), ""))


def search_words(turn: Turn, text: str) -> None:
    """Search for these very words, whatever they mean."""
    _go(turn, Looking({}, text[:MAX_WORDS]))


def _go(turn: Turn, looking: Looking, deed: str = "search") -> None:
    state = turn.state
    previous = (*state.previous, state.looking)[-MAX_PREVIOUS:] if state.looking else state.previous
    turn.undoable("search", looking=state.looking)
    turn.update(previous=tuple(p for p in previous if p is not None), page_size=0, deed=Deed(deed))
    search(turn, looking)


def search(turn: Turn, looking: Looking) -> None:
    """Look for this, whatever was looked for before."""
    turn.update(looking=looking, listing="results", asked=None)
    text = f"{looking.words} {words_of(looking.slots)}".strip()
    usual = usual_of(turn.state.profile, looking.slots, looking.lifted)
    turn.do(Search(text, dict(looking.slots), looking.page, usual))


def more(turn: Turn) -> None:
    """The next page."""
    state = turn.state
    if state.looking is None:
        turn.say(replies.NOTHING_ON_SCREEN)
    elif not state.has_more and state.shown:
        turn.say(replies.NO_MORE, *_after_the_last(turn))
    else:
        search(turn, replace(state.looking, page=state.looking.page + 1))


def back(turn: Turn) -> None:
    """The page before, or else the search before."""
    state = turn.state
    if state.listing == "saved" and state.looking is not None:
        search(turn, state.looking)
    elif state.looking is not None and state.looking.page > 0:
        search(turn, replace(state.looking, page=state.looking.page - 1))
    elif state.previous:
        turn.update(previous=state.previous[:-1], page_size=0, undo=None)
        search(turn, state.previous[-1])
    else:
        turn.say(replies.NO_EARLIER if state.looking else replies.NOTHING_ON_SCREEN)


def completed(turn: Turn, event: SearchCompleted) -> None:
    """The answer of a search or of the list of favourites."""
    if turn.state.listing == "saved":
        _favourites(turn, event)
    elif _no_such_price(turn.state, event):
        _keep_page(turn)
    elif event.products:
        _results(turn, event)
    elif event.page > 0:
        if turn.state.looking is not None:
            turn.update(looking=replace(turn.state.looking, page=event.page - 1))
        turn.say(replies.NO_MORE, *_after_the_last(turn))
    else:
        pointing = [todo for todo in turn.state.todo if todo.frame.slots.get("ref")]
        left = tuple(todo for todo in turn.state.todo if todo not in pointing)
        turn.update(shown=(), total=0, page_size=0, focus=None, stage="idle", todo=left)
        undo = turn.undo_choice if _just_changed(turn.state) else None
        late = choice(labels.LOOK_AGAIN, "again") if event.waiting else None
        text = f"{replies.FOUND_NOTHING()} {replies.SHOPS_STILL_LOOK()}" if late else replies.FOUND_NOTHING
        turn.say(text, late, undo, *_wider(turn), *suggestions(), choice(labels.HELP, "help"))


_STEPS = {"lower": "cheaper", "higher": "dearer"}
"""What was done last when other prices were wished for, compared with those on screen."""


def _no_such_price(state: ConversationState, event: SearchCompleted) -> bool:
    """Whether nothing is cheaper, or dearer, than what is on screen."""
    compared = state.deed is not None and state.deed.intent in _STEPS.values()
    return compared and bool(state.shown) and (not event.products or "price" in event.relaxed)


def _keep_page(turn: Turn) -> None:
    """Say so, and leave everything as it was before the wish."""
    state = turn.state
    cheaper = state.deed is not None and state.deed.intent == "cheaper"
    turn.update(
        looking=state.undo.looking if state.undo else None,
        previous=state.previous[:-1],
        page_size=len(state.shown),
        undo=None,
        deed=None,
    )
    steps = [*try_choices(state.shown, gone=state.gone), choice(labels.OTHER_COLOUR, "colors")]
    turn.say(replies.NONE_CHEAPER if cheaper else replies.NONE_DEARER, *steps, choice(labels.HELP, "help"))


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
        gone=(),
    )
    usual = without(usual_of(state.profile, looking.slots, looking.lifted), event.relaxed)
    asks = _may_ask_gender(turn, event)
    if asks:
        turn.update(asked="gender", questions=(*state.questions, "gender"))
    said = [*_found(event), str(replies.ASK_GENDER) if asks else replies.FOUND_HOW(count=len(event.products))]
    if kept := described(usual):
        said.insert(-1, replies.USUAL_KEPT(facts=kept))
    late = []
    if event.waiting:
        said.append(str(replies.SHOPS_STILL_LOOK))
        late.append(choice(labels.LOOK_AGAIN, "again"))
    turn.say(" ".join(said), *late, *_result_choices(turn, narrowed=bool(kept)), products=event.products)


def _found(event: SearchCompleted) -> list[str]:
    """How the search went."""
    wishes = [name for name in event.relaxed if not name.startswith("usual.")]
    said = []
    if len(wishes) < len(event.relaxed):
        dropped = dict.fromkeys(names.facet(name) for name in event.relaxed if name not in wishes)
        said.append(replies.FOUND_UNUSUAL(dropped=listed(dropped)))
    if wishes:
        said.append(replies.FOUND_RELAXED(dropped=listed(dict.fromkeys(map(names.facet, wishes)))))
    if not said:
        said.append(replies.FOUND_MORE(page=event.page + 1) if event.page else replies.FOUND(count=event.total))
    return said


def _may_ask_gender(turn: Turn, event: SearchCompleted) -> bool:
    """Once, and only when the answer makes a difference to what was found."""
    state = turn.state
    known = state.profile.gender or (state.looking and "gender" in state.looking.slots)
    return not known and "gender" not in state.questions and {"women", "men"} <= set(event.genders)


def _result_choices(turn: Turn, *, narrowed: bool) -> list[Choice]:
    state = turn.state
    steps = [*answer_choices(state), *try_choices(state.shown)]
    if state.has_more:
        steps.append(choice(labels.MORE, "more"))
    if narrowed:
        steps.append(choice(labels.EVERYTHING, "any"))
    if _just_changed(state) and turn.undo_choice:
        steps.append(turn.undo_choice)
    if any(card.price_minor is not None for card in state.shown):
        steps.append(choice(labels.CHEAPER, "say", "cheaper"))
    steps.append(choice(labels.OTHER_COLOUR, "colors"))
    if state.pending and state.pending.waits_for == "consent":
        steps += consent_choices()
    return [*steps, choice(labels.HELP, "help")]


_SEARCHES = ("search", *_STEPS.values())


def _just_changed(state: ConversationState) -> bool:
    """Whether these results are what they are because of the last change."""
    if state.undo is None or state.deed is None:
        return False
    searched = state.undo.kind == "search" and state.undo.looking is not None and state.deed.intent in _SEARCHES
    return searched or (state.undo.kind == "profile" and state.deed.intent == "set_profile")


def _favourites(turn: Turn, event: SearchCompleted) -> None:
    if not event.products:
        turn.update(listing="results")
        turn.say(replies.SAVED_NONE)
        return
    turn.update(shown=event.products, total=event.total, stage="results", focus=None, gone=())
    steps = [*try_choices(event.products), choice(labels.MAIL_THESE, "mail", "these"), choice(labels.BACK, "back")]
    steps.append(choice(labels.HELP, "help"))
    text = replies.SAVED_LIST(count=event.total)
    if gone := [card.title for card in event.products if card.in_stock is False]:
        text = f"{text} {replies.NOT_SOLD(titles=listed(gone))}"
    turn.say(text, *steps, products=event.products)


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
    undo = turn.undo_choice if _just_changed(turn.state) else None
    turn.say(reason, again, undo, *next_steps(turn.state))


def ask_colour(turn: Turn) -> None:
    """Colours to choose from, without those that are wanted already."""
    if turn.state.looking is None:
        turn.say(replies.NOTHING_ON_SCREEN)
        return
    wanted = turn.state.looking.slots.get("color", ())
    others = [c for c in labels.COLOURS if c.one not in wanted]
    turn.say(replies.ASK_COLOUR, *(choice(str(c).capitalize(), "say", f"in {c.one}") for c in others))
