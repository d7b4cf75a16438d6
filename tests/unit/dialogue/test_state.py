"""The state is written down and read by other versions of the program."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.dialogue import state as state_module
from bot.dialogue.core import handle
from bot.dialogue.state import ConversationState
from bot.dialogue.types import Started, TextReceived, TryOnFinished
from tests.unit.dialogue.world import PHOTO, RESULT, SHIRT, World, agreed


def _rich() -> World:
    world = agreed()
    world.hear("show me something nice")
    world.hear("in blue, not red")
    world.press(f"try:{SHIRT.id}")
    world.tell(TryOnFinished("job-1", SHIRT, PHOTO, RESULT))
    world.press(f"try:{SHIRT.id}")
    return world


def test_a_rich_state_reads_back_the_same() -> None:
    state = _rich().state
    assert ConversationState.from_json(json.loads(json.dumps(state.to_json()))) == state


def test_fields_of_a_later_version_are_left_out() -> None:
    data = _rich().state.to_json()
    data |= {"version": 99, "mood": "sunny"}
    data["shown"][0]["fabric_story"] = "long"
    data["looking"]["weather"] = "rain"
    data["photo"]["camera"] = "x"
    assert ConversationState.from_json(data) == _rich().state


def test_fields_that_an_earlier_version_did_not_have_take_their_default() -> None:
    assert ConversationState.from_json({"version": 1, "greeted": True}) == ConversationState(greeted=True)
    assert ConversationState.from_json({}) == ConversationState()


def test_an_old_state_takes_every_step_since(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "greeted": data["welcomed"]}

    monkeypatch.setattr(state_module, "MIGRATIONS", (renamed,))
    assert ConversationState.from_json({"version": 1, "welcomed": True}).greeted
    assert not ConversationState.from_json({"version": 2, "welcomed": True}).greeted
    assert ConversationState().to_json()["version"] == 2


@pytest.mark.parametrize("data", [{"photo": {"media": "x"}}, {"shown": [3]}, {"jobs": [{}]}, {"version": "new"}])
def test_what_is_no_state_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a conversation state"):
        ConversationState.from_json(data)


def test_handling_changes_no_state_in_place() -> None:
    before = _rich().state
    written = json.dumps(before.to_json())
    for event in (Started(), TextReceived("cheaper"), TextReceived("not white"), TextReceived("delete my data")):
        handle(before, event)
    assert json.dumps(before.to_json()) == written
