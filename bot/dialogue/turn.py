"""One turn being worked out: the state so far, and the effects collected for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from bot.dialogue import labels, names
from bot.dialogue.actions import choice, say
from bot.dialogue.language import ENGLISH, Text, speak, spoken
from bot.dialogue.policy import Policy
from bot.dialogue.state import ConversationState, Undo
from bot.dialogue.types import (
    OWN,
    ArrangeMails,
    CheckLinkCode,
    Choice,
    Effect,
    EraseEverything,
    GatherPieces,
    InspectPhoto,
    KeepItems,
    Link,
    MailItems,
    MailLinkCode,
    MakeLinkCode,
    Message,
    Picture,
    ProductCard,
    RequestTryOn,
    Say,
    Search,
    ShowFavourites,
    Unlink,
)

MAX_CHOICES = 8
SIZES = ("XS", "S", "M", "L", "XL", "XXL")
"""Sizes to tap; any other can be written."""

_ANSWERED = (
    Search,
    ShowFavourites,
    RequestTryOn,
    GatherPieces,
    InspectPhoto,
    KeepItems,
    MakeLinkCode,
    CheckLinkCode,
    Link,
    Unlink,
    EraseEverything,
    ArrangeMails,
    MailItems,
    MailLinkCode,
)


class Turn:
    """Lives for one event only; nothing of it outlives `handle()`."""

    def __init__(self, state: ConversationState, policy: Policy) -> None:
        self.state = replace(state, note="")
        self.policy = policy
        self.speak_theirs()
        self.effects: list[Effect] = []
        self._lead = state.note

    @property
    def agreed(self) -> bool:
        """Whether the person agreed to the terms as they are today."""
        return self.state.consent == self.policy.consent_version

    def update(self, **changes: Any) -> None:
        """Replace fields of the state (Any: their types differ; dataclasses.replace checks the names)."""
        self.state = replace(self.state, **changes)

    def speak(self, language: str) -> None:
        """The person writes in this language: go on in it, unless they asked for another."""
        self.update(language=language)
        self.speak_theirs()

    def speak_theirs(self) -> None:
        """Go on in the language that they asked for, else the one they write in, else that of their app."""
        speak(self.state.spoken or ENGLISH)

    def do(self, effect: Effect) -> None:
        """Ask the world for something."""
        self.effects.append(effect)
        if isinstance(effect, _ANSWERED):
            self.update(expected=self.state.expected + 1)

    def undoable(self, kind: Literal["search", "reset", "saved", "unsaved", "profile"], **before: Any) -> None:
        """From now on this is the change that "undo" takes back (Any: fields of Undo)."""
        number = self.state.changes + 1
        self.update(undo=Undo(number, kind, **before), changes=number)

    @property
    def undo_choice(self) -> Choice | None:
        """The button that takes back the last change."""
        last = self.state.undo
        return choice(labels.UNDO, "undo", str(last.number)) if last else None

    def lead_in(self, sentence: str | Text) -> None:
        """Put a sentence in front of what this turn says next."""
        self._lead = f"{self._lead} {sentence}".strip()

    def say(
        self,
        text: str | Text,
        *choices: Choice | None,
        products: tuple[ProductCard, ...] = (),
        pictures: tuple[Picture, ...] = (),
        job: str | None = None,
        slot: str | None = None,
        in_place: bool = False,
    ) -> None:
        """Send a message. It always carries choices: without any of its own, the next steps that fit now."""
        text, self._lead = f"{self._lead} {text}".strip(), ""
        kept = _distinct([c for c in choices if c is not None]) or next_steps(self.state)
        shown = tuple(replace(p, source=labels.OWN_PICTURE()) if p.source == OWN else p for p in products)
        if len(kept) > MAX_CHOICES:
            # Help stays within reach.
            kept = [*[c for c in kept if c.action != "help"][: MAX_CHOICES - 1], choice(labels.HELP, "help")]
        self.do(Say(Message(text, tuple(kept), shown, pictures, job, slot, spoken(), in_place)))

    def finish(self) -> None:
        """A lead-in that nothing followed waits for the answer to an effect, or else stands alone."""
        if self._lead and any(isinstance(effect, _ANSWERED) for effect in self.effects):
            self.update(note=self._lead)
        elif self._lead:
            self.say("")


def _distinct(choices: list[Choice]) -> list[Choice]:
    seen: dict[str, Choice] = {}
    for one in choices:
        seen.setdefault(one.action, one)
    return list(seen.values())


def next_steps(state: ConversationState) -> list[Choice]:
    """What a person can sensibly do now, whatever the stylist has just said."""
    if state.asked == "erase":
        return [choice(labels.ERASE_YES, "erase", "yes"), choice(labels.ERASE_NO, "erase", "no")]
    if state.asked == "link":
        return [choice(labels.LINK_YES, "link", "yes"), choice(labels.LINK_NO, "link", "no")]
    if state.asked == "unlink":
        return [choice(labels.UNLINK_YES, "unlink", "yes"), choice(labels.UNLINK_NO, "unlink", "no")]
    steps = answer_choices(state)
    if state.asked == "consent" or (state.pending and state.pending.waits_for == "consent"):
        steps += consent_choices()
    if state.pending and state.pending.waits_for == "person":
        steps += person_choices(state.pending.people)
    if state.pending and state.pending.waits_for == "use":
        steps += use_choices()
    if state.shown:
        steps += try_choices(state.shown, gone=state.gone)
        if state.has_more:
            steps.append(choice(labels.MORE, "more"))
        steps.append(choice(labels.START_OVER, "reset"))
    else:
        steps += suggestions()
    steps.append(choice(labels.HELP, "help"))
    return _distinct(steps)


def consent_choices() -> list[Choice]:
    """The answers to the question for consent."""
    return [
        choice(labels.AGREE, "consent", "yes"),
        choice(labels.PRIVACY, "privacy"),
        choice(labels.DECLINE, "consent", "no"),
    ]


def person_choices(people: int) -> list[Choice]:
    """One number for each person in the photo, as far as buttons go; larger numbers can be written."""
    return [choice(str(n), "who", str(n)) for n in range(1, min(people, MAX_CHOICES - 1) + 1)]


def use_choices() -> list[Choice]:
    """The answers to the question what a picture is for."""
    return [choice(labels.THIS_IS_ME, "picture", "me"), choice(labels.TRY_IT, "picture", "try")]


def suggestions() -> list[Choice]:
    """Wishes to begin with."""
    return [say(text) for text in labels.SUGGESTIONS]


def answer_choices(state: ConversationState) -> list[Choice]:
    """The answers to the question for a size or a gender, while one is open."""
    if state.asked == "size":
        return [choice(size, "set", f"size:{state.asked_about}:{size}") for size in SIZES]
    if state.asked == "gender":
        return [choice(names.value(who).capitalize(), "set", f"gender::{who}") for who in ("women", "men")]
    return []


def try_choices(cards: tuple[ProductCard, ...], limit: int = 3, gone: tuple[str, ...] = ()) -> list[Choice]:
    """Buttons that try on the first of these, numbered as they stand on the screen."""
    wearable = [(n, card) for n, card in enumerate(cards, 1) if card.part is not None and card.id not in gone]
    return [choice(labels.TRY(ordinal=n), "try", card.id) for n, card in wearable[:limit]]
