"""What people write becomes the frame they mean."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.types import Context
from bot.dialogue.understanding import understand, understand_lines
from tests.data import TEST_DATA, needs_test_data

SOFT = frozenset(["style", "feature", "match", "body", "height", "problem", "attribute", "topic"])


@pytest.mark.parametrize(
    "text",
    ["under 2000", "below 2k", "2000 se kam", "2000 ke andar", "menos de 2000", "moins de 2000", "unter 2000"],
)
def test_a_price_limit_means_one_thing_in_every_language(text: str) -> None:
    assert understand(f"shirt {text}", Context()).slots.get("price_max") == 2000, text


@given(st.integers(min_value=20, max_value=99_000))
def test_any_amount_below_a_limit_is_that_limit(amount: int) -> None:
    assert understand(f"dress under {amount}", Context()).slots.get("price_max") == amount


@given(st.text(max_size=200))
def test_any_text_gives_a_frame(text: str) -> None:
    frame = understand(text, Context(state="results", shown=4))
    assert frame.intent
    json.dumps(frame.slots)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("help", "help"),
        ("delete my data", "delete_data"),
        ("cancel", "cancel"),
        ("more", "more"),
        ("gracias", "thanks"),
    ],
)
def test_plain_words_mean_what_they_say(text: str, intent: str) -> None:
    assert understand(text, Context()).intent == intent


def test_a_line_that_is_no_message_does_not_stop_the_others() -> None:
    lines = ["not json", "", '{"id": 1, "text": "white t-shirt"}', '{"id": 2}']
    answers = [json.loads(line) for line in understand_lines(lines)]
    assert len(answers) == 3
    assert answers[1]["id"] == 1
    assert answers[1]["intent"] == "search"
    assert answers[1]["slots"] == {"category": ["t-shirt"], "color": ["white"]}
    assert "error" in answers[0]
    assert "error" in answers[2]


@needs_test_data
def test_the_public_messages_are_understood() -> None:
    asked = (TEST_DATA / "utterances" / "public_utterances.jsonl").read_text().splitlines()
    wanted = [json.loads(line) for line in asked]
    got = [json.loads(line) for line in understand_lines(asked)]
    intents = sum(w["intent"] == g["intent"] for w, g in zip(wanted, got, strict=True))
    turns = sum(
        w["intent"] == g["intent"] and _hard(w["slots"]) == _hard(g["slots"])
        for w, g in zip(wanted, got, strict=True)
    )
    assert intents / len(wanted) >= 0.95
    assert turns / len(wanted) >= 0.92


def _hard(slots: dict[str, Any], prefix: str = "") -> set[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for name, value in slots.items():
        if isinstance(value, dict):
            pairs |= _hard(value, f"{prefix}{name}.")
        elif name not in SOFT:
            pairs |= {(prefix + name, str(v)) for v in (value if isinstance(value, list) else [value])}
    return pairs
