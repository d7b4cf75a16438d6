"""The vocabulary of buttons: `verb` or `verb:argument`, at most 64 bytes, the same on every channel."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.dialogue.language import Text
from bot.dialogue.types import MAX_ACTION_BYTES, Choice

PRODUCT_ID = re.compile(r"[a-z0-9-]{1,40}|own:[0-9a-f]{12}")
"""A product of a shop, or an item that the person brought."""


def action(verb: str, argument: str = "") -> str:
    """The action string. Raises ValueError when it does not fit into MAX_ACTION_BYTES bytes."""
    whole = f"{verb}:{argument}" if argument else verb
    if len(whole.encode()) > MAX_ACTION_BYTES:
        raise ValueError(f"action too long for the narrowest channel: {whole!r}")
    return whole


def choice(label: str | Text, verb: str, argument: str = "") -> Choice:
    """A button with that label."""
    return Choice(str(label), action(verb, argument))


def choice_that_fits(label: str | Text, verb: str, argument: str) -> Choice | None:
    """A button with that label, or None when its action is too long."""
    return choice(label, verb, argument) if len(f"{verb}:{argument}".encode()) <= MAX_ACTION_BYTES else None


def say(label: Text) -> Choice:
    """A suggestion chip: pressing it is the same as writing its label in English."""
    return choice(label, "say", label.one)


def job_choice(label: str | Text, verb: str, job: str) -> Choice:
    """A button about a job. Job ids come from the queue: one that is too long means "the latest job"."""
    fits = len(f"{verb}:{job}".encode()) <= MAX_ACTION_BYTES
    return choice(label, verb, job if fits else "")


def find(label: str | Text, text: str) -> Choice | None:
    """A button which searches these very words, or None when they do not fit into an action."""
    return choice_that_fits(label, "find", text) if text else None


def parse(raw: str) -> tuple[str, str]:
    """The verb and the argument ("" when there is none) of a pressed button."""
    verb, _, argument = raw.partition(":")
    return verb.strip(), argument.strip()


def look_id(products: Iterable[str]) -> str:
    """What names an outfit: the ids of its pieces; a single product is an outfit of one."""
    return "+".join(products)


def pieces_of(look: str) -> tuple[str, ...]:
    """The ids of the products that an outfit is made of."""
    return tuple(look.split("+"))


def is_product_id(text: str) -> bool:
    """Whether this can be the id of a product at all."""
    return PRODUCT_ID.fullmatch(text) is not None
