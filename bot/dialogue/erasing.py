"""Deleting: the photo at once, everything after a second yes."""

from __future__ import annotations

from bot.dialogue import photos, replies
from bot.dialogue.turn import Turn
from bot.dialogue.types import EraseEverything, Frame


def asked_for(turn: Turn, frame: Frame, _text: str) -> None:
    """They want something deleted."""
    if frame.slots.get("scope") == "photos":
        photos.delete_photo(turn)
    else:
        ask(turn)


def ask(turn: Turn) -> None:
    """Deleting everything needs a second yes."""
    turn.update(asked="erase")
    turn.say(replies.ERASE_ASK)


def erase(turn: Turn) -> None:
    """The second yes: DataErased answers it."""
    turn.update(asked=None)
    turn.do(EraseEverything())


def keep_everything(turn: Turn) -> None:
    """No second yes."""
    turn.update(asked=None)
    turn.say(replies.ERASE_KEPT)
