"""What waits with a message for a model's answer, and the answer as it is kept until the message is handled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from bot.dialogue.types import Context, Effect, Frame, Say
from bot.llm.phrasing import print_of
from storage.budgets import Spending

ANSWER = "model"
"""Where the answer stands in the payload of a message. It is there, perhaps empty, from the moment the model is
asked: so it is asked once, whatever becomes of it.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A message to be read by a model. `heard` is what the built-in understanding makes of it."""

    channel: str
    address: str
    event_id: str
    payload: Mapping[str, Any]
    text: str
    context: Context
    heard: Frame
    person: UUID
    day: date
    reserved: Spending


@dataclass(frozen=True, slots=True)
class Answer:
    """The frame that was read, and words for the one message of which this is the print."""

    frame: Frame | None = None
    words: str = ""
    print: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Answer:
        """The answer in the payload of a message; an empty one when there is none."""
        kept = payload.get(ANSWER)
        if not kept:
            return cls()
        return cls(_frame(kept["frame"]) if kept["frame"] else None, kept["words"], kept["print"])

    def worded(self, effect: Effect) -> Effect:
        """The effect, in the model's words if it says exactly what they were made for."""
        if self.words and isinstance(effect, Say) and print_of(effect.message) == self.print:
            return Say(replace(effect.message, text=self.words))
        return effect


def _frame(kept: Mapping[str, Any]) -> Frame:
    then = tuple(map(_frame, kept["then"]))
    return Frame(kept["intent"], kept["slots"], tuple(kept["also"]), then, tuple(kept["rest"]), kept["lang"])
