"""How much is understood, measured over labelled messages. The floors stand just under what was reached."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.data import TEST_DATA, needs_test_data
from tests.understanding import tables
from tests.unit.dialogue.corpus import (
    LANGUAGES,
    STRANGERS,
    UNREAD,
    Figures,
    by_language,
    languages_told,
    lines_of,
    measure,
    ours,
)

DOCS = Path(__file__).parents[3] / "docs" / "understanding.md"


def _explained(figures: Figures) -> str:
    rates = f"intent {figures.intent_rate:.3f}, turn {figures.turn_rate:.3f}, slot F1 {figures.slot_f1:.3f}"
    return "\n".join([rates, *figures.wrong])


@needs_test_data
def test_the_public_messages_are_understood() -> None:
    figures = measure(lines_of(TEST_DATA / "utterances" / "public_utterances.jsonl"))
    assert figures.intent_rate >= 0.98, _explained(figures)
    assert figures.turn_rate >= 0.97, _explained(figures)
    assert figures.slot_f1 >= 0.98, _explained(figures)


@cache
def _measured(name: str) -> dict[str, Figures]:
    return by_language(ours() if name == "ours" else lines_of(UNREAD if name == "unread" else STRANGERS))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["ours", "strangers"])
def test_what_was_learned_from_is_understood(name: str, language: str) -> None:
    figures = _measured(name)[language]
    assert figures.intent_rate >= 0.97, _explained(figures)
    assert figures.turn_rate >= 0.93, _explained(figures)


def test_what_nobody_looked_at_is_understood() -> None:
    figures = measure(lines_of(UNREAD))
    rates = figures.intent_rate, figures.turn_rate, figures.slot_f1
    assert rates >= (0.95, 0.85, 0.92), rates  # the messages stay unread: no explanation
    assert figures.turn_rate >= 0.85, rates
    assert figures.slot_f1 >= 0.92, rates


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_lags_behind(language: str) -> None:
    assert _measured("unread")[language].turn_rate >= 0.8


def test_the_language_of_a_message_is_told_and_hardly_ever_wrong() -> None:
    messages = [*ours(), *lines_of(STRANGERS), *lines_of(UNREAD)]
    outcomes = languages_told(messages)
    assert sum(n for (_, outcome), n in outcomes.items() if outcome == "told") >= 0.85 * len(messages)
    assert sum(n for (_, outcome), n in outcomes.items() if outcome == "wrong") <= 0.01 * len(messages)


def test_every_message_is_in_a_language_that_is_measured() -> None:
    assert {m.language for m in [*ours(), *lines_of(STRANGERS), *lines_of(UNREAD)]} == set(LANGUAGES)


def test_the_documentation_shows_the_measured_tables() -> None:
    assert tables() in DOCS.read_text(encoding="utf-8"), "print them with `python -m tests.understanding`"
