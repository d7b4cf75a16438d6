"""The stylist as a function: state and event in, new state and effects out. Deterministic, without any I/O."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from bot.dialogue import (
    advising,
    beginning,
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
    talk,
    tryons,
    undoing,
    watching,
)
from bot.dialogue.actions import choice, is_product_id, parse
from bot.dialogue.language import speaking
from bot.dialogue.policy import Policy
from bot.dialogue.state import ConversationState
from bot.dialogue.turn import Turn
from bot.dialogue.types import (
    ButtonPressed,
    Compared,
    DataErased,
    Effect,
    Event,
    ItemsKept,
    ItemsMailed,
    LinkCodeMade,
    Linked,
    LinkedElsewhere,
    LinkFailed,
    LinkOffered,
    LinkRefused,
    MailConfirmed,
    MailsArranged,
    MailsRefused,
    PhotoInspected,
    PhotoReceived,
    PhotoRefused,
    PiecesGathered,
    PriceFell,
    ProductCard,
    ProductUnknown,
    Returned,
    SearchCompleted,
    SearchFailed,
    Started,
    TextReceived,
    TryOnAccepted,
    TryOnDeclined,
    TryOnFailed,
    TryOnFinished,
    Unlinked,
    UnlinkedElsewhere,
    UnsupportedReceived,
    WatchRefused,
)

_DEFAULT_POLICY = Policy()

FROM_PERSON = (Started, TextReceived, UnsupportedReceived, ButtonPressed, PhotoReceived)
_ANSWERS = (
    PhotoInspected, ItemsKept, SearchCompleted, SearchFailed, ProductUnknown, TryOnDeclined, TryOnAccepted,
    PiecesGathered, LinkCodeMade, LinkOffered, LinkRefused, Linked, Unlinked, MailsArranged,
    MailsRefused, ItemsMailed,
)  # fmt: skip
"""What answers effects within the event that led to them."""


def handle(
    state: ConversationState, event: Event, policy: Policy = _DEFAULT_POLICY, now: float | None = None
) -> tuple[ConversationState, tuple[Effect, ...]]:
    """The state after the event, and what the world shall do, in order.

    Answers to effects (SearchCompleted, TryOnAccepted, ...) are events like any other. `now` is when the event
    came, in seconds since 1970. Raises nothing.
    """
    theirs = isinstance(event, FROM_PERSON)
    with speaking(None):
        turn = Turn(state, policy)
        if theirs:
            turn.update(todo=(), expected=0, seen=state.seen if now is None else now)
        elif isinstance(event, _ANSWERS):
            turn.update(expected=max(0, state.expected - 1))
        _dispatch(turn, event)
        talk.go_on(turn)
        if theirs:
            turn.update(away=0)
        turn.finish()
    return turn.state, tuple(turn.effects)


def _dispatch(turn: Turn, event: Event) -> None:  # noqa: PLR0912, PLR0915  # one case for each kind of event
    match event:
        case Started():
            beginning.started(turn)
        case TextReceived():
            talk.heard(turn, event.text, event.about, theirs=not event.ours, frame=event.frame)
        case UnsupportedReceived():
            talk.unsupported(turn, event.what)
        case ButtonPressed():
            _pressed(turn, event.action)
        case PhotoReceived():
            _hear(turn, pictures.received(turn, event))
        case PhotoRefused():
            photos.refused(turn, event)
        case PhotoInspected():
            _hear(turn, pictures.inspected(turn, event))
        case ItemsKept():
            _hear(turn, *own.kept(turn, event))
        case LinkFailed():
            own.link_failed(turn, event)
        case SearchCompleted():
            looking.completed(turn, event)
        case SearchFailed():
            looking.failed(turn, event)
        case ProductUnknown():
            tryons.unknown_product(turn, event)
            comparing.go_on(turn)
        case TryOnDeclined():
            tryons.declined(turn, event)
            comparing.go_on(turn)
        case TryOnAccepted():
            tryons.accepted(turn, event)
        case TryOnFinished():
            tryons.finished(turn, event)
            comparing.go_on(turn)
        case TryOnFailed():
            tryons.failed(turn, event)
            comparing.go_on(turn)
        case WatchRefused():
            watching.refused(turn, event)
        case PriceFell():
            watching.told(turn, event)
        case PiecesGathered():
            outfitting.gathered(turn, event)
        case Compared():
            comparing.compared(turn, event)
        case DataErased():
            turn.state = ConversationState(app_language=turn.state.app_language)
            if event.channel:
                where = replies.channel(event.channel)
                turn.lead_in(replies.ERASED_ELSEWHERE(channel=where))
            turn.say(replies.ERASE_DONE, choice(labels.START, "start"), choice(labels.HELP, "help"))
        case Returned():
            beginning.returned(turn, event)
        case LinkCodeMade():
            linking.code_made(turn, event.code)
        case LinkOffered():
            linking.offered(turn, event)
        case LinkRefused():
            linking.refused(turn, event)
        case Linked():
            linking.linked(turn, event)
        case LinkedElsewhere():
            linking.linked_elsewhere(turn, event)
        case Unlinked():
            linking.parted(turn, event)
        case UnlinkedElsewhere():
            linking.parted_elsewhere(turn, event)
        case MailsArranged():
            mailing.arranged(turn, event)
        case MailsRefused():
            mailing.refused(turn, event)
        case ItemsMailed():
            mailing.mailed(turn, event)
        case MailConfirmed():
            mailing.confirmed(turn, event)
        case _:
            assert_never(event)


def _hear(turn: Turn, text: str, about: ProductCard | None = None) -> None:
    """Words that came with pictures, when there are any."""
    if text:
        talk.heard(turn, text, about)


def _pressed(turn: Turn, raw: str) -> None:
    """A button, perhaps an old one: what it says is done if that still means anything."""
    verb, argument = parse(raw)
    if verb in _PLAIN and not argument:
        _PLAIN[verb](turn)
    elif verb in _WITH_PRODUCT and argument:
        if is_product_id(argument):
            _WITH_PRODUCT[verb](turn, argument)
        else:
            turn.say(replies.PRODUCT_GONE)
    elif verb in _WITH_WORDS and argument:
        _WITH_WORDS[verb](turn, argument)
    else:
        turn.say(replies.UNKNOWN_ACTION)


def _consent(turn: Turn, answer: str) -> None:
    if answer == "yes":
        photos.agree(turn)
    elif answer == "no":
        photos.decline(turn)
    else:
        photos.ask_consent(turn)


def _erase(turn: Turn, answer: str) -> None:
    if answer == "yes":
        erasing.erase(turn)
    else:
        erasing.keep_everything(turn)


def _who(turn: Turn, number: str) -> None:
    chosen = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else None
    if photos.choose_person(turn, chosen):
        tryons.go_on(turn)


def _try(turn: Turn, look: str) -> None:
    tryons.start(turn, (look,))


def _similar(turn: Turn, product: str) -> None:
    card = turn.state.known(product)
    if card is None:
        turn.say(replies.PRODUCT_GONE)
    else:
        looking.similar(turn, card, {})


def _save(turn: Turn, product: str) -> None:
    items.mark(turn, (product,), saved=True)


def _unsave(turn: Turn, product: str) -> None:
    items.mark(turn, (product,), saved=False)


_PLAIN: dict[str, Callable[[Turn], None]] = {
    "start": beginning.started,
    "resume": beginning.resume,
    "last": beginning.last_picture,
    "help": talk.help_me,
    "privacy": photos.privacy,
    "photo": photos.ask_new,
    "photo-tips": photos.tips,
    "more": looking.more,
    "again": looking.again,
    "back": looking.back,
    "any": looking.lift,
    "undo": undoing.undo,
    "profile": remembering.show,
    "colors": looking.ask_colour,
    "another": tryons.another,
    "saved": talk.show_saved,
    "status": tryons.status,
    "cancel": tryons.cancel,
    "retry": tryons.retry,
    "reset": correcting.start_over,
    "compare": comparing.latest,
    "which": advising.opinion,
    "erase": erasing.ask,
    "link": linking.ask_code,
    "unlink": linking.ask_part,
    "unwatch": watching.end_all,
    "mail": mailing.show,
}
_WITH_PRODUCT: dict[str, Callable[[Turn, str], None]] = {
    "retry": tryons.retry,
    "similar": _similar,
    "save": _save,
    "unsave": _unsave,
    "watch": watching.begin,
    "unwatch": watching.end,
}
_WITH_WORDS: dict[str, Callable[[Turn, str], None]] = {
    "try": _try,
    "say": talk.suggested,
    "find": looking.search_words,
    "any": looking.lift,
    "fit": feedback.fit,
    "undo": undoing.undo,
    "profile": remembering.ask,
    "set": remembering.set_by_button,
    "forget": remembering.forget_by_button,
    "consent": _consent,
    "who": _who,
    "picture": pictures.use,
    "cancel": tryons.cancel,
    "outfit": outfitting.pressed,
    "pick": comparing.pick,
    "erase": _erase,
    "link": linking.answer,
    "unlink": linking.answer_part,
    "mail": mailing.pressed,
    "zone": mailing.choose_zone,
}
