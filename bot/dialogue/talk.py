"""What a message means for the conversation: one function for each intent, several wishes in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from bot.dialogue import (
    advising,
    beginning,
    codes,
    comparing,
    correcting,
    erasing,
    feedback,
    items,
    labels,
    linking,
    looking,
    mailing,
    outfitting,
    own,
    photos,
    pictures,
    remembering,
    replies,
    tryons,
    undoing,
)
from bot.dialogue.actions import choice, find
from bot.dialogue.language import Text
from bot.dialogue.state import ConversationState, Todo
from bot.dialogue.turn import Turn, next_steps
from bot.dialogue.types import Context, Frame, ProductCard, ShowFavourites
from bot.dialogue.understanding import MAX_TEXT, understand
from bot.dialogue.understanding.agreeing import plainly_yes
from bot.dialogue.understanding.corrections import correction_in
from bot.dialogue.wishes import filters_of

_CONFIRMED = ("consent", "erase", "picture", "link", "unlink")
"""Questions that are answered by yes or no."""


class _Question(NamedTuple):
    """What agrees to it, and what asks it again."""

    yes: Callable[[Turn], None]
    ask: Callable[[Turn], None]


_NEEDS_YES = {
    "consent": _Question(photos.agree, photos.ask_consent),
    "erase": _Question(erasing.erase, erasing.ask),
    "link": _Question(linking.agree, linking.ask_again),
    "unlink": _Question(linking.part, linking.ask_part),
}
"""Questions for a yes about nothing else: "you're nice" and "yes, and a blue coat" agree to none of them."""

MAX_WISHES = 8
"""How many wishes of one message are granted."""


def context_of(state: ConversationState) -> Context:
    """What the understanding needs of the state."""
    asked = "confirm" if state.asked in _CONFIRMED else state.asked
    if asked is not None:
        name = "ask"
    else:
        running = bool(state.awaited or state.requested) and state.stage != "results"
        name = "tryon_running" if running else state.stage
    shown = state.pending.people if asked == "person" and state.pending else len(state.shown)
    position = next((n for n, c in enumerate(state.shown, 1) if c == state.focus), 0)
    return Context(
        state=name,
        query=dict(state.looking.slots) if state.looking else {},
        shown=shown,
        page=state.looking.page + 1 if state.looking else 1,
        focus={"index": position, "id": state.focus.id} if state.focus else None,
        asked=asked,
        digest=_digest(state),
        spoken=state.spoken,
    )


def _digest(state: ConversationState) -> dict[str, Any] | None:
    """The mails they get, as the understanding counts them."""
    plan = state.mail.plan if state.mail else None
    return None if plan is None else {"active": True, "cadence": plan.cadence}


def answers_a_question(state: ConversationState) -> bool:
    """Whether a question waits for one answer: the built-in understanding alone reads the next words."""
    return state.asked not in (None, "photo")


def heard(
    turn: Turn, text: str, about: ProductCard | None = None, *, theirs: bool = True, frame: Frame | None = None
) -> None:
    """The person wrote something, perhaps about this item. Words of their own tell which language they speak.

    `frame` is what it means, when somebody else read it.
    """
    text = text.strip()
    if about is not None:
        turn.update(focus=about, stage="item_focus")
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
        turn.lead_in(replies.CUT(limit=MAX_TEXT))
    if not text:
        turn.say(replies.EMPTY)
        return
    code = codes.code_in(text)
    if code is not None:
        linking.try_code(turn, code)
        return
    context = context_of(turn.state)
    if frame is None or answers_a_question(turn.state):
        frame = understand(text, context)
    if theirs and frame.lang is not None:
        turn.speak(frame.lang)
    correction = correction_in(text)
    frames = correcting.correct(turn, correction, context) if correction else None
    if frames is None:
        frames = frame.then if _answers(turn, frame, text) else (frame, *frame.then)
    later = [Todo(replace(frame, also=(), then=()), text) for frame in frames[:MAX_WISHES]]
    turn.update(todo=(*turn.state.todo, *later))


def _answers(turn: Turn, frame: Frame, text: str) -> bool:
    """Whether it answers the question that is open. A question that helps only is not asked again."""
    if turn.state.asked == "person" and _chose_person(turn, frame):
        return True
    if turn.state.asked == "picture" and pictures.answered(turn, frame, text):
        return True
    if remembering.answered(turn, frame) or mailing.answered(turn, frame, text):
        return True
    if turn.state.asked in ("size", "budget", "gender"):
        turn.update(asked=None)
    return False


def go_on(turn: Turn) -> None:
    """The next wishes, up to one that the world has to answer first: so each sees what the one before led to."""
    while turn.state.todo and not turn.state.expected:
        first, *rest = turn.state.todo
        turn.update(todo=tuple(rest))
        follow(turn, first.frame, first.text)


def suggested(turn: Turn, text: str) -> None:
    """A suggestion was pressed: its words are ours, and in English."""
    heard(turn, text, theirs=False)


def unsupported(turn: Turn, what: str) -> None:
    """A voice message, a sticker: said kindly that it means nothing here, and what does."""
    turn.say(replies.UNSUPPORTED.get(what, replies.UNSUPPORTED_OTHER))


def _chose_person(turn: Turn, frame: Frame) -> bool:
    numbers = [r for r in frame.slots.get("ref", ()) if isinstance(r, int)]
    if not numbers:
        return False
    if photos.choose_person(turn, numbers[0]):
        tryons.go_on(turn)
    return True


def follow(turn: Turn, frame: Frame, text: str) -> None:
    """Do what the frame says."""
    asked = turn.state.asked
    if "url" in frame.slots:
        own.open_link(turn, frame.intent, str(frame.slots["url"]))
    elif asked in _NEEDS_YES and plainly_yes(text, asked):
        _NEEDS_YES[asked].yes(turn)
    elif frame.intent == "affirm":
        _affirm(turn, frame)
    elif frame.intent == "deny":
        _deny(turn, frame)
    else:
        if asked in ("erase", "link", "unlink"):
            turn.update(asked=None)
        _INTENTS.get(frame.intent, _out_of_scope)(turn, frame, text)


def _affirm(turn: Turn, frame: Frame) -> None:
    asked = turn.state.asked
    if asked == "consent" and filters_of(frame.slots):
        looking.new_search(turn, frame.slots, frame.rest)
    elif asked in _NEEDS_YES:
        _NEEDS_YES[asked].ask(turn)
    elif asked == "photo":
        photos.tips(turn)
    elif filters_of(frame.slots):
        looking.refine(turn, frame.slots, frame.rest)
    else:
        turn.say(replies.YES_TO_WHAT)


def _deny(turn: Turn, frame: Frame) -> None:
    asked = turn.state.asked
    if asked == "consent":
        photos.decline(turn)
    elif asked == "erase":
        erasing.keep_everything(turn)
    elif asked == "link":
        linking.decline(turn)
    elif asked == "unlink":
        linking.stay(turn)
    elif filters_of(frame.slots):
        _refine(turn, frame)
    else:
        turn.update(asked=None, wish=())
        turn.say(replies.NO_TO_WHAT)


def show_saved(turn: Turn) -> None:
    """The wish list, answered by SearchCompleted."""
    turn.update(listing="saved", asked=None)
    turn.do(ShowFavourites())


def help_me(turn: Turn) -> None:
    """What one can say here."""
    photo = choice(labels.SEND_PHOTO, "photo-tips")
    more = [
        choice(labels.PROFILE, "profile"),
        choice(labels.PRIVACY, "privacy"),
        choice(labels.SHOW_SAVED, "saved"),
        choice(labels.LINK, "link"),
    ]
    turn.say(replies.HELP, photo, *more, choice(labels.ERASE, "erase"), *next_steps(turn.state))


# --- one function for each intent ------------------------------------------------------------------


def _search(turn: Turn, frame: Frame, _text: str) -> None:
    looking.new_search(turn, frame.slots, frame.rest)


def _refine(turn: Turn, frame: Frame, _text: str = "") -> None:
    if frame.slots == {"attribute": "color"}:
        looking.ask_colour(turn)
    elif not outfitting.refined(turn, frame.slots) and not looking.cheaper_or_dearer(turn, frame.slots):
        looking.refine(turn, frame.slots, frame.rest)


def _back(turn: Turn) -> None:
    """Back to where there is something to go back to; else the last change is taken back."""
    state = turn.state
    moved = state.listing == "saved" or bool(state.previous) or bool(state.looking and state.looking.page)
    if state.undo is not None and not moved:
        undoing.undo(turn)
    else:
        looking.back(turn)


def _tryon(turn: Turn, frame: Frame, _text: str) -> None:
    if not turn.state.shown and filters_of(frame.slots) and isinstance((frame.slots.get("ref") or [""])[0], int):
        # "Show me jeans and try the first one": there is none before they are found.
        choose = Todo(Frame("tryon", {"ref": frame.slots["ref"]}), _text)
        turn.update(todo=(choose, *turn.state.todo))
        looking.new_search(turn, frame.slots, frame.rest)
        return
    chosen = items.chosen(turn, frame.slots)
    if chosen:
        tryons.start(turn, tuple(card.id for card in chosen))
    elif chosen is None and filters_of(frame.slots):
        looking.new_search(turn, frame.slots, frame.rest)
    elif chosen is None:
        turn.say(replies.TRYON_WHICH)


def _set_photo(turn: Turn, frame: Frame, _text: str) -> None:
    if frame.slots.get("photo") == "previous":
        turn.say(replies.PHOTO_PREVIOUS_GONE)
    else:
        photos.ask_new(turn)


def _more(turn: Turn) -> None:
    """After a picture, "another" means another try; after results it means more of them."""
    if outfitting.on_screen(turn.state):
        outfitting.pressed(turn, "other")
    elif turn.state.stage == "tryon_done":
        tryons.another(turn)
    else:
        looking.more(turn)


def _cancel(turn: Turn, _frame: Frame, _text: str) -> None:
    tryons.cancel(turn)


def _help(turn: Turn, frame: Frame, _text: str) -> None:
    topic = frame.slots.get("topic")
    if topic == "photo":
        photos.tips(turn)
    elif topic == "privacy":
        photos.privacy(turn)
    elif topic == "profile":
        remembering.show(turn)
    elif topic == "mail":
        mailing.show(turn)
    else:
        help_me(turn)


def _provide(turn: Turn, frame: Frame, text: str) -> None:
    if filters_of(frame.slots):
        looking.refine(turn, frame.slots, frame.rest)
    elif "email" in frame.slots:
        mailing.provided(turn, frame)
    else:
        _out_of_scope(turn, frame, text)


def _out_of_scope(turn: Turn, frame: Frame, _text: str) -> None:
    words = " ".join(frame.rest)
    offer = find(labels.FIND(text=words), words) if len(frame.rest) <= 4 else None
    turn.say(replies.OUT_OF_SCOPE if frame.rest else replies.NOT_UNDERSTOOD, offer, *next_steps(turn.state))


_Follow = Callable[[Turn, Frame, str], None]


def _just(sentence: Text) -> _Follow:
    """An intent that is answered by one sentence and the next steps."""

    def answer(turn: Turn, _frame: Frame, _text: str) -> None:
        turn.say(sentence)

    return answer


def _plainly(do: Callable[[Turn], None]) -> _Follow:
    """An intent without slots."""

    def answer(turn: Turn, _frame: Frame, _text: str) -> None:
        do(turn)

    return answer


def _with_items(do: Callable[[Turn, dict[str, Any]], None]) -> _Follow:
    def answer(turn: Turn, frame: Frame, _text: str) -> None:
        do(turn, frame.slots)

    return answer


_INTENTS: dict[str, _Follow] = {
    "search": _search,
    "refine": _refine,
    "more": _plainly(_more),
    "back": _plainly(_back),
    "tryon": _tryon,
    "details": _with_items(items.details),
    "buy": _with_items(items.buy),
    "compare": _with_items(comparing.compare),
    "similar": _with_items(items.similar),
    "save": _with_items(items.save),
    "unsave": _with_items(items.unsave),
    "show_saved": _plainly(show_saved),
    "email_results": mailing.results,
    "digest_subscribe": mailing.subscribe,
    "digest_update": mailing.update,
    "digest_unsubscribe": mailing.unsubscribe,
    "provide": _provide,
    "set_photo": _set_photo,
    "set_profile": remembering.told,
    "tryon_status": _plainly(tryons.status),
    "tryon_retry": _plainly(tryons.retry),
    "cancel": _cancel,
    "feedback_positive": feedback.positive,
    "feedback_negative": feedback.negative,
    "advice": advising.advise,
    "link": mailing.link,
    "unlink": _plainly(linking.ask_part),
    "delete_data": erasing.asked_for,
    "reset": _plainly(correcting.start_over),
    "greet": _plainly(beginning.greet),
    "thanks": _just(replies.THANKS),
    "goodbye": _just(replies.GOODBYE),
    "help": _help,
    "add_link": _just(replies.LINK_WHERE),
    "out_of_scope": _out_of_scope,
}
