"""What the person's pictures are: photos of them, garments they want to try on, or both in one message."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue import labels, photos, replies, tryons
from bot.dialogue.actions import choice
from bot.dialogue.state import PendingPhoto
from bot.dialogue.turn import Turn, use_choices
from bot.dialogue.types import (
    Context,
    Frame,
    KeepItems,
    PhotoInspected,
    PhotoReceived,
    PhotoRefused,
    Sight,
)
from bot.dialogue.understanding import understand

_THIS = frozenset({"this", "that", "these", "those"})
_ME = frozenset({"me", "myself", "mine"})

MAX_GARMENTS = 4
"""Of one message; as many as can be tried on at once."""


def received(turn: Turn, event: PhotoReceived) -> str:
    """Clean pictures came in. Without consent they are held, not looked at. Returns words to be heard now."""
    pictures = (event.photo, *event.more)
    photos.drop_pending(turn, *pictures)
    waiting = PendingPhoto(event.photo, "inspection", more=event.more, garments=event.garments, text=event.text)
    if turn.agreed:
        photos.inspect(turn, waiting)
        return ""
    about_them = _wants_it(event.text) or _says_me(event.text)
    turn.update(pending=replace(waiting, waits_for="consent", text=event.text if about_them else ""))
    photos.ask_consent(turn, replies.CONSENT_WAITING)
    return "" if about_them else event.text


def inspected(turn: Turn, event: PhotoInspected) -> str:
    """It is known what the pictures show. Returns words that came with them and are still to be heard.

    An answer about other pictures than those that wait is out of date.
    """
    state, pending = turn.state, turn.state.pending
    if pending is None or pending.pictures != tuple(sight.photo for sight in event.sights):
        photos.drop(turn, (picture for sight in event.sights for picture in (sight.photo, sight.numbered)))
        return ""
    expected = state.asked == "photo" or bool(state.wish)
    turn.update(pending=None, asked=None)
    text, wanted = pending.text, _wants_it(pending.text)
    people, garments, neither = _sorted(pending, event.sights)
    if not people and not garments:
        photos.drop(turn, (sight.photo for sight in neither))
        photos.refused(turn, PhotoRefused("no_person", neither[0].refusal))
        return "" if wanted else text
    if neither:
        photos.drop(turn, (sight.photo for sight in neither))
        turn.lead_in(replies.PICTURE_UNCLEAR)
    if wanted and people and not garments:
        # "Try this on", and somebody in the picture: a model, unless a photo of the person is what was missing.
        missing = expected or (state.photo is None and (len(people) > 1 or state.focus or state.shown))
        people, garments = (people[:1], people[1:]) if missing else ([], people)
    together = bool(people and garments)
    if garments:
        _keep_items(turn, garments, text, wanted=wanted or together)
    if people:
        _person(turn, people, ask=not (together or expected or text))
        if not together:
            _go_on(turn)
    return "" if garments else text


def _sorted(pending: PendingPhoto, sights: tuple[Sight, ...]) -> tuple[list[Sight], list[Sight], list[Sight]]:
    """Photos of people, garments, and what is neither."""
    people, garments, neither = [], [], []
    for sight in sights:
        if sight.photo.media in pending.garments and (sight.garment or sight.people):
            garments.append(sight)
        elif sight.people:
            people.append(sight)
        elif sight.garment:
            garments.append(sight)
        else:
            neither.append(sight)
    return people, garments, neither


def _keep_items(turn: Turn, sights: list[Sight], text: str, *, wanted: bool) -> None:
    photos.drop(turn, (sight.numbered for sight in sights))
    photos.drop(turn, (sight.photo for sight in sights[MAX_GARMENTS:]))
    kept = tuple((sight.photo, sight.garment) for sight in sights[:MAX_GARMENTS])
    turn.do(KeepItems(kept, "try" if wanted else "show", "" if wanted else text))


def _person(turn: Turn, sights: list[Sight], *, ask: bool) -> None:
    """The first is the person's photo, unless they have one and may have sent something to try on."""
    first, *others = sights
    if turn.state.photo not in (None, first.photo) and ask:
        _ask_use(turn, first)
    else:
        photos.take(turn, first)
        if others and turn.state.pending is None and ask:
            _ask_use(turn, others.pop(0))
    photos.drop(turn, (picture for sight in others for picture in (sight.photo, sight.numbered)))


def _ask_use(turn: Turn, sight: Sight) -> None:
    turn.update(pending=PendingPhoto(sight.photo, "use", sight.people, sight.numbered), asked="picture")
    turn.say(replies.PICTURE_FOR_WHAT, *use_choices(), choice(labels.HELP, "help"))


def _go_on(turn: Turn) -> None:
    if turn.state.photo is not None and turn.state.pending is None:
        tryons.go_on(turn)


def use(turn: Turn, answer: str) -> None:
    """The person said what the picture is for."""
    pending = turn.state.pending
    if pending is None or pending.waits_for != "use":
        photos.ask_or_go_on(turn)
        return
    sight = Sight(pending.photo, pending.people, pending.numbered)
    turn.update(pending=None, asked=None)
    if answer == "me":
        photos.take(turn, sight)
        _go_on(turn)
    else:
        _keep_items(turn, [sight], "", wanted=True)


def answered(turn: Turn, frame: Frame, text: str) -> bool:
    """Whether these words answer the question what the picture is for."""
    if frame.intent in ("affirm", "set_photo") or _says_me(text):
        use(turn, "me")
    elif frame.intent == "deny" or _wants_it(text):
        use(turn, "try")
    else:
        return False
    return True


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.lower().replace("’s", "").replace("'s", "")).split()


def _wants_it(text: str) -> bool:
    """Whether the words that came with a picture ask to try on what is in it: "try this", "this dress?"."""
    if not text:
        return False
    frame = understand(text, Context(state="item_focus", focus={"index": 0, "id": "own"}))
    if frame.intent == "tryon":
        return "url" not in frame.slots and all(isinstance(ref, str) for ref in frame.slots.get("ref", ()))
    if frame.intent not in ("search", "out_of_scope") or not frame.slots.keys() <= {"category"}:
        return False
    words = _words(text)
    return bool(_THIS & set(words) and not _ME & set(words)) or ("category" in frame.slots and len(words) <= 2)


def _says_me(text: str) -> bool:
    """Whether the words say that the picture shows the person: "this is me"."""
    words = _words(text)
    return 0 < len(words) <= 5 and bool(_ME & set(words)) and not _wants_it(text)
