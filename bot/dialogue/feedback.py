"""Opinions: what is liked can be saved, what is not changes the next results, and says how."""

from __future__ import annotations

from typing import Any

from bot.dialogue import items, labels, looking, replies
from bot.dialogue.actions import choice
from bot.dialogue.language import listed
from bot.dialogue.turn import Turn, next_steps
from bot.dialogue.types import Frame, ProductCard
from bot.dialogue.wishes import filters_of

_FITS = {"closer": ["slim", "fitted"], "looser": ["relaxed", "loose"]}
_WAY = {
    **dict.fromkeys(("baggy", "loose", "big", "wide", "long"), "closer"),
    **dict.fromkeys(("tight", "small", "narrow", "short"), "looser"),
}
"""Which fit a problem asks for; of the problem "fit" it is not known."""

MAX_LEFT_OUT = 20
"""How many single items a search leaves out."""


def positive(turn: Turn, _frame: Frame, _text: str) -> None:
    """They like it."""
    last = turn.state.last
    save = [choice(labels.SAVE, "save", last.product.id)] if last else []
    turn.say(replies.GLAD, *save, choice(labels.ANOTHER, "another"), choice(labels.HELP, "help"))


def negative(turn: Turn, frame: Frame, _text: str) -> None:
    """They do not, and perhaps say why."""
    slots, problem = frame.slots, str(frame.slots.get("problem", ""))
    last = turn.state.last
    if turn.state.listing == "saved" and slots.get("ref"):
        items.unsave(turn, slots)
    elif problem == "fit" or problem in _WAY:
        fit(turn, _WAY.get(problem, ""))
    elif slots.get("rel") or filters_of(slots):
        change(turn, slots)
    elif problem == "color" and turn.state.looking is not None:
        looking.ask_colour(turn)
    elif last is not None and (turn.state.stage == "tryon_done" or problem):
        turn.say(
            replies.SORRY_PICTURE,
            choice(labels.RETRY, "retry", "" if last.more else last.product.id),
            choice(labels.OTHER_PHOTO, "photo"),
            choice(labels.SIMILAR, "similar", last.product.id),
            choice(labels.ANOTHER, "another"),
        )
    else:
        _leave_out(turn, slots)


def change(turn: Turn, delta: dict[str, Any]) -> None:
    """Look on with this difference: in what is on screen, or else in what is like the thing talked about."""
    about = _about(turn)
    if looking.cheaper_or_dearer(turn, delta):
        return
    if turn.state.looking is None and about is not None:
        looking.similar(turn, about, delta)
    else:
        looking.refine(turn, delta)


def fit(turn: Turn, way: str) -> None:
    """Too baggy, too tight: the cut is looked for, since no picture can promise a fit."""
    if way not in _FITS:
        steps = (choice(labels.CLOSER_FIT, "fit", "closer"), choice(labels.LOOSER_FIT, "fit", "looser"))
        turn.say(replies.WHICH_FIT, *steps, choice(labels.OTHER_PHOTO, "photo"), *next_steps(turn.state))
        return
    turn.lead_in(replies.LOOK_CLOSER if way == "closer" else replies.LOOK_LOOSER)
    change(turn, {"fit": _FITS[way]})


def _about(turn: Turn) -> ProductCard | None:
    return turn.state.focus or (turn.state.last.product if turn.state.last else None)


def _leave_out(turn: Turn, slots: dict[str, Any]) -> None:
    """Items that are not to their taste do not come again in this search."""
    cards = items.chosen(turn, slots)
    if cards == ():
        return
    before = turn.state.looking
    if cards is None or before is None:
        steps = [choice(labels.OTHER_COLOUR, "colors"), choice(labels.CHEAPER, "say", "cheaper")] if before else []
        turn.say(replies.SORRY_ITEMS, *steps, *next_steps(turn.state))
        return
    ids = [*before.slots.get("exclude", {}).get("id", ()), *(card.id for card in cards)]
    turn.lead_in(replies.LEFT_OUT(count=len(cards), titles=listed([card.title for card in cards])))
    looking.leave_out(turn, ids[-MAX_LEFT_OUT:])
