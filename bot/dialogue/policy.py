"""What the operator decides and the dialogue has to tell people truthfully."""

from __future__ import annotations

from dataclasses import dataclass

HERE = "localhost"
"""The name of this very machine in `Policy.model`."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`photo_days` is how long a person's photo is kept, `result_days` how long the pictures made of it are.

    `consent_version` changes when the terms change; then the person is asked again before the next photo.
    `max_waiting` is how many try-ons of one person may wait or run at once. A code for linking another chat is
    open for `link_minutes`. `model` is where a language model reads what people write ("" when none does), and
    with `model_sees` also the pictures made of them that they ask about. `drawn_on` is the host that pictures are
    drawn on ("" when they are drawn here). `shops` are asked live, in their words.
    """

    photo_days: int = 30
    result_days: int = 30
    consent_version: str = "1"
    max_waiting: int = 4
    link_minutes: int = 10
    model: str = ""
    shops: tuple[str, ...] = ()
    model_sees: bool = False
    drawn_on: str = ""
