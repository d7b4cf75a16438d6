"""Taking back: the last change, what was said last, or what was meant by it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue import labels, looking, replies, tryons, undoing
from bot.dialogue.actions import choice
from bot.dialogue.language import listed
from bot.dialogue.state import Deed
from bot.dialogue.turn import Turn, next_steps
from bot.dialogue.types import Context, Frame, SaveFavourite
from bot.dialogue.understanding import understand
from bot.dialogue.understanding.corrections import Correction
from bot.dialogue.wishes import filters_of, matching


def correct(turn: Turn, correction: Correction, context: Context) -> tuple[Frame, ...] | None:
    """Take it back. Returns what is to be done instead, or None where there is nothing to take back: then the
    message means what it would mean without.
    """
    deed = turn.state.deed
    if correction.kind == "undo":
        undoing.undo(turn)
        return ()
    if correction.kind == "forget":
        _forget(turn, deed)
        return ()
    if correction.kind == "meant":
        return _meant(turn, understand(correction.rest, context), deed)
    if deed is None or not deed.products:
        return None
    return _another(turn, deed, only=correction.kind == "other")


def start_over(turn: Turn) -> None:
    """Forget the search, keep the person."""
    before = turn.state.looking
    if before is not None:
        turn.undoable("reset", looking=before)
    looking.clear(turn)
    turn.update(deed=None)
    again = replies.STARTED_OVER if turn.state.photo else replies.STARTED_OVER_NO_PHOTO
    turn.say(again, turn.undo_choice if before else None, *next_steps(turn.state))


def _forget(turn: Turn, deed: Deed | None) -> None:
    state = turn.state
    kinds = {"set_profile": ("profile",), "save": ("saved",), "unsave": ("unsaved",)}
    if state.wish:
        turn.update(wish=(), asked=None)
        turn.say(replies.FORGOT_WISH)
    elif deed and state.undo and state.undo.kind in kinds.get(deed.intent, ()):
        undoing.undo(turn)
    elif deed and deed.intent == "tryon" and tryons.take_back(turn, deed.products):
        turn.update(deed=None)
        turn.say(replies.TRYON_STOPPING(count=len(deed.products)))
    elif state.looking is not None or state.shown:
        start_over(turn)
    else:
        turn.update(asked=None, deed=None)
        turn.say(replies.UNDO_NOTHING)


def _another(turn: Turn, deed: Deed, *, only: bool) -> tuple[Frame, ...]:
    """The one that was acted on was not meant: with two on screen the other one was, else ask."""
    state = turn.state
    others = [
        n for n, card in enumerate(state.shown, 1) if card.id not in deed.products and card.id not in state.gone
    ]
    _take_back(turn, deed)
    if only and len(others) == 1:
        return (Frame(deed.intent, {"ref": others}),)
    turn.update(deed=None)
    if not others:
        turn.say(replies.WHICH_ONE_NONE if state.shown else replies.NOTHING_ON_SCREEN)
    elif deed.intent in ("save", "unsave"):
        steps = [choice(labels.SAVE_NTH(ordinal=n), "save", state.shown[n - 1].id) for n in others]
        turn.say(replies.WHICH_ONE, *steps, choice(labels.HELP, "help"))
    else:
        turn.update(stage="results")
        wearable = [(n, state.shown[n - 1]) for n in others if state.shown[n - 1].part is not None]
        steps = [choice(labels.TRY(ordinal=n), "try", card.id) for n, card in wearable]
        turn.say(replies.WHICH_ONE, *steps, choice(labels.HELP, "help"))
    return ()


def _take_back(turn: Turn, deed: Deed) -> None:
    if deed.intent == "tryon":
        tryons.take_back(turn, deed.products)
    elif deed.intent in ("save", "unsave"):
        saved = deed.intent == "unsave"
        for product in deed.products:
            turn.do(SaveFavourite(product, saved))
        cards = [turn.state.known(product) for product in deed.products]
        titles = [card.title if card else replies.THE_CHOSEN() for card in cards]
        turn.update(undo=None)
        turn.lead_in((replies.SAVED if saved else replies.UNSAVED)(title=listed(titles)))


def _meant(turn: Turn, frame: Frame, deed: Deed | None) -> tuple[Frame, ...]:
    """ "I meant ...": another of the things on screen, or another wish."""
    slots = frame.slots
    points: dict[str, Any] = {name: slots[name] for name in ("ref", "ref_desc") if name in slots}
    if not points and frame.intent in ("search", "refine") and deed and deed.products:
        left = tuple(card for card in turn.state.shown if card.id not in deed.products)
        points = {"ref_desc": filters_of(slots)} if matching(left, slots) else {}
    if points and deed and deed.products:
        _take_back(turn, deed)
        return (Frame(deed.intent, points),)
    if frame.intent == "search" and turn.state.looking is not None:
        return (replace(frame, intent="refine"), *frame.then)
    return (frame, *frame.then)
