"""The state is written down and read by other versions of the program."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from bot.dialogue import state as state_module
from bot.dialogue.core import handle
from bot.dialogue.profile import Fact, Profile
from bot.dialogue.state import (
    ConversationState,
    Deed,
    LastResult,
    LinkQuestion,
    Looking,
    MailWish,
    OutfitPlan,
    PendingPhoto,
    RunningJob,
    Todo,
    Undo,
)
from bot.dialogue.types import (
    Frame,
    MailPlan,
    MailStanding,
    ProductCard,
    Started,
    TextReceived,
    TryOnFinished,
)
from tests.unit.dialogue.world import (
    BLOUSE,
    COAT,
    COLOURS,
    JACKET,
    NUMBERED,
    OTHER,
    PHOTO,
    RESULT,
    SHIRT,
    SNEAKERS,
    TROUSERS,
    World,
    choosing,
)


def _rich() -> World:
    world = choosing()
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


def full() -> ConversationState:
    """A state with something in every field that holds more than a value."""
    last = LastResult("job-1", SHIRT, PHOTO, RESULT, (TROUSERS,), "idm", COLOURS)
    return ConversationState(
        consent="1",
        photo=PHOTO,
        pending=PendingPhoto(OTHER, "use", 2, NUMBERED, (RESULT,), ("own:1",), "try this"),
        wish=("a", "b+c"),
        looking=Looking({"color": ["red"]}, "glossy", 2, ("size",)),
        previous=(Looking({"category": ["coat"]}),),
        shown=(SHIRT, JACKET),
        focus=JACKET,
        requested=("x",),
        jobs=(RunningJob("job-2", SHIRT, (TROUSERS,), last), RunningJob("job-3", COAT)),
        last=last,
        failed=COAT,
        failed_more=(SNEAKERS,),
        earlier=(replace(last, job="job-0", more=(), colours=()),),
        plan=OutfitPlan({"price_max": 90}, (SHIRT,), (SHIRT, TROUSERS), ("y",), "cheaper"),
        comparing=("job-0",),
        compared=("job-1",),
        link=LinkQuestion("ticket", "telegram"),
        linked=("telegram",),
        items=(BLOUSE,),
        language="es",
        profile=Profile((Fact("size", "", "M"),)),
        todo=(Todo(Frame("search", {"color": ["blue"]}, rest=("glossy",)), "glossy blue"),),
        expected=1,
        deed=Deed("save", ("z",)),
        undo=Undo(3, "profile", Looking({"size": ["L"]}), ("p",), (Fact("gender", "", "women"),)),
        mail=MailStanding("ana@example.com", True, MailPlan(weekday=2), "2026-01-01"),
        mailing=MailWish({"cadence": "daily"}, ("q",), "job-1"),
        note="And then",
    )


def test_all_that_lasts_reads_back_the_same() -> None:
    state = full()
    assert ConversationState.from_json(json.loads(json.dumps(state.to_json()))) == state


def test_a_field_that_was_not_written_yet_is_at_its_beginning() -> None:
    for name in (one.name for one in fields(ConversationState)):
        data = full().to_json()
        del data[name]
        begun = {name: getattr(ConversationState(), name)}
        assert ConversationState.from_json(data) == replace(full(), **begun), name


def test_what_an_earlier_version_did_not_know_of_a_part_is_at_its_beginning() -> None:
    data = full().to_json()
    for part in (data["last"], data["jobs"][0]["preview"]):
        del part["more"], part["colours"], part["engine"]
    del data["jobs"][0]["more"], data["plan"]["anchors"], data["plan"]["pieces"], data["plan"]["slots"]
    del data["pending"]["more"], data["pending"]["numbered"], data["looking"]["slots"]
    del data["todo"][0]["frame"]["slots"], data["todo"][0]["frame"]["rest"]
    del data["undo"]["looking"], data["undo"]["facts"], data["mail"]["plan"], data["jobs"][1]["preview"]
    read = ConversationState.from_json(data)
    bare = LastResult("job-1", SHIRT, PHOTO, RESULT)
    assert read.last == bare
    assert read.jobs == (RunningJob("job-2", SHIRT, (), bare), RunningJob("job-3", COAT))
    assert read.plan == OutfitPlan(seen=("y",), move="cheaper")
    assert read.pending == PendingPhoto(OTHER, "use", 2, garments=("own:1",), text="try this")
    assert read.looking == Looking({}, "glossy", 2, ("size",))
    assert read.todo == (Todo(Frame("search"), "glossy blue"),)
    assert read.undo == Undo(3, "profile", products=("p",))
    assert read.mail == MailStanding("ana@example.com", True, None, "2026-01-01")


def test_what_a_shop_says_anew_of_a_product_is_known_everywhere() -> None:
    old = full()
    known = old.cards + list(old.plan.anchors if old.plan else ())
    fresh = {card.id: replace(card, title=f"New {card.title}") for card in known}
    now = old.with_cards(fresh)
    assert now.shown == (fresh[SHIRT.id], fresh[JACKET.id])
    assert (now.items, now.focus, now.failed) == ((fresh[BLOUSE.id],), fresh[JACKET.id], fresh[COAT.id])
    assert now.failed_more == (fresh[SNEAKERS.id],)
    assert now.last is not None
    assert now.last.pieces == (fresh[SHIRT.id], fresh[TROUSERS.id])
    assert now.earlier[0].pieces == (fresh[SHIRT.id],)
    assert now.plan is not None
    assert (now.plan.anchors, now.plan.pieces) == ((fresh[SHIRT.id],), (fresh[SHIRT.id], fresh[TROUSERS.id]))
    assert old.with_cards({}) == old
    assert ConversationState().with_cards(fresh) == ConversationState()


def test_every_product_that_may_come_up_again_is_known_by_its_id() -> None:
    state = full()
    everything: tuple[ProductCard, ...] = (SHIRT, JACKET, BLOUSE, COAT, SNEAKERS, TROUSERS)
    assert {state.known(card.id) for card in everything} == set(everything)
    assert state.known("unheard-of") is None
