"""How much is understood, measured over labelled messages. The floors stand just under what was reached."""

from __future__ import annotations

import pytest

from tests.data import TEST_DATA, needs_test_data
from tests.unit.dialogue.corpus import Figures, by_language, measure, ours, public

LANGUAGES = ("en", "hl", "hi", "es", "fr", "de", "pt", "ar")


def _explained(figures: Figures) -> str:
    rates = f"intent {figures.intent_rate:.3f}, turn {figures.turn_rate:.3f}, slot F1 {figures.slot_f1:.3f}"
    return "\n".join([rates, *figures.wrong])


@needs_test_data
def test_the_public_messages_are_understood() -> None:
    figures = measure(public(TEST_DATA / "utterances" / "public_utterances.jsonl"))
    assert figures.intent_rate >= 0.98, _explained(figures)
    assert figures.turn_rate >= 0.97, _explained(figures)
    assert figures.slot_f1 >= 0.98, _explained(figures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_understood(language: str) -> None:
    figures = by_language(ours())[language]
    assert figures.intent_rate >= 0.97, _explained(figures)
    assert figures.turn_rate >= 0.95, _explained(figures)


def test_every_message_of_ours_is_in_a_language_that_is_measured() -> None:
    assert {m.language for m in ours()} == set(LANGUAGES)
