"""The dialogue as stories, and as random walks that must never break."""

from __future__ import annotations

import json

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.dialogue.core import handle
from bot.dialogue.state import ConversationState
from bot.dialogue.types import (
    MAX_ACTION_BYTES,
    ButtonPressed,
    CancelTryOn,
    DataErased,
    DropPhoto,
    Effect,
    EraseEverything,
    Event,
    InspectPhoto,
    KeepPhoto,
    Message,
    PhotoInspected,
    PhotoReceived,
    PhotoRef,
    PhotoRefused,
    ProductCard,
    ProductUnknown,
    RecordConsent,
    RequestTryOn,
    Say,
    Search,
    SearchCompleted,
    ShowFavourites,
    Started,
    TextReceived,
    TryOnAccepted,
    TryOnFailed,
    TryOnFinished,
)

PHOTO, OTHER, RESULT = (PhotoRef(name * 64, 600, 800) for name in "abc")
SHIRT = ProductCard("samples-shirts-3", "White t-shirt", "t-shirt", "upper", "d" * 64, color=("white",))
JACKET = ProductCard("samples-jackets-1", "Denim jacket", "jacket", "upper", "e" * 64, color=("blue",))
JOB = "11111111-2222-3333-4444-555555555555"


class World:
    """Answers effects the way the runtime does, without doing anything."""

    def __init__(self, people: int = 1) -> None:
        self.state = ConversationState()
        self.people = people
        self.said: list[Message] = []
        self.effects: list[Effect] = []
        self.tries = 0

    def tell(self, event: Event) -> Message | None:
        """Handle the event and all that follows; returns the last message."""
        before = len(self.said)
        queue: list[Event] = [event]
        for _ in range(20):
            if not queue:
                break
            self.state, effects = handle(self.state, queue.pop(0))
            self.effects += effects
            for effect in effects:
                queue += self._answer(effect)
        assert not queue, "an event did not come to an end"
        return self.said[-1] if len(self.said) > before else None

    def hear(self, text: str) -> Message:
        """A text, which always gets an answer."""
        answer = self.tell(TextReceived(text))
        assert answer is not None, f"no answer to {text!r}"
        return answer

    def did(self, kind: type) -> bool:
        """Whether an effect of this kind was asked for."""
        return any(isinstance(effect, kind) for effect in self.effects)

    def _answer(self, effect: Effect) -> list[Event]:
        match effect:
            case Say(message):
                self.said.append(message)
            case InspectPhoto(photo):
                return [PhotoInspected(photo, self.people, OTHER if self.people > 1 else None)]
            case Search() | ShowFavourites():
                return [SearchCompleted((SHIRT, JACKET), 2, 0)]
            case RequestTryOn(product_id):
                card = {SHIRT.id: SHIRT, JACKET.id: JACKET}.get(product_id)
                self.tries += card is not None
                return [ProductUnknown(product_id)] if card is None else [TryOnAccepted(JOB, card, 1, 12.0)]
            case EraseEverything():
                return [DataErased()]
        return []


def _with_photo() -> World:
    world = World()
    world.tell(Started())
    world.tell(ButtonPressed("consent:yes"))
    world.tell(PhotoReceived(PHOTO))
    return world


def test_consent_comes_before_the_photo_is_looked_at() -> None:
    world = World()
    world.tell(Started())
    world.tell(PhotoReceived(PHOTO))
    assert not world.did(InspectPhoto)
    assert not world.did(KeepPhoto)
    world.tell(ButtonPressed("consent:yes"))
    assert world.did(RecordConsent)
    assert world.did(KeepPhoto)


def test_whoever_declines_has_their_photo_dropped() -> None:
    world = World()
    world.tell(Started())
    world.tell(PhotoReceived(PHOTO))
    world.tell(ButtonPressed("consent:no"))
    assert world.did(DropPhoto)
    assert not world.did(KeepPhoto)


def test_a_wish_a_choice_and_a_picture() -> None:
    world = _with_photo()
    found = world.hear("white t-shirt")
    assert found.products == (SHIRT, JACKET)
    working = world.tell(ButtonPressed(f"try:{SHIRT.id}"))
    assert working is not None
    assert working.job == JOB
    shown = world.tell(TryOnFinished(JOB, SHIRT, PHOTO, RESULT))
    assert shown is not None
    assert [picture.role for picture in shown.pictures] == ["before", "result"]
    assert shown.slot == working.slot, "the result takes the place of the progress"


def test_a_choice_before_the_photo_goes_on_when_the_photo_comes() -> None:
    world = World()
    world.tell(Started())
    world.tell(ButtonPressed("consent:yes"))
    world.hear("white t-shirt")
    world.tell(ButtonPressed(f"try:{SHIRT.id}"))
    assert world.tries == 0
    world.tell(PhotoReceived(PHOTO))
    assert world.tries == 1


def test_several_people_are_asked_which_one() -> None:
    world = World(people=3)
    world.tell(Started())
    world.tell(ButtonPressed("consent:yes"))
    asked = world.tell(PhotoReceived(PHOTO))
    assert asked is not None
    assert [picture.role for picture in asked.pictures] == ["numbered"]
    world.tell(ButtonPressed("who:2"))
    kept = [effect for effect in world.effects if isinstance(effect, KeepPhoto)]
    assert [keep.person_index for keep in kept] == [1]


def test_a_double_press_asks_for_one_picture() -> None:
    world = _with_photo()
    world.hear("white t-shirt")
    for _ in range(2):
        assert world.tell(ButtonPressed(f"try:{SHIRT.id}")) is not None
    assert world.tries == 1


def test_an_unknown_product_gets_a_sentence() -> None:
    world = _with_photo()
    answer = world.tell(ButtonPressed("try:gone-for-good"))
    assert answer is not None
    assert answer.choices


def test_deleting_asks_once_more_and_then_forgets_everything() -> None:
    world = _with_photo()
    world.hear("delete my data")
    assert not world.did(EraseEverything)
    world.tell(ButtonPressed("erase:yes"))
    assert world.did(EraseEverything)
    assert world.state.photo is None
    assert world.state.consent is None


def test_a_message_while_a_job_runs_is_answered_and_cancel_stops_the_job() -> None:
    world = _with_photo()
    world.hear("white t-shirt")
    world.tell(ButtonPressed(f"try:{SHIRT.id}"))
    assert world.hear("how long will it take").text
    world.hear("cancel")
    assert world.did(CancelTryOn)


EVENTS = st.one_of(
    st.just(Started()),
    st.sampled_from(
        [
            "white t-shirt",
            "the second one",
            "more",
            "back",
            "save it",
            "another",
            "yes",
            "no",
            "cheaper",
            "😀",
            "",
            "x" * 3000,
        ]
    ).map(TextReceived),
    st.text(max_size=40).map(TextReceived),
    st.sampled_from(
        [
            "consent:yes",
            "consent:no",
            "more",
            "back",
            "who:1",
            "who:9",
            "erase:no",
            f"try:{SHIRT.id}",
            "try:",
            "say:red",
            "cancel",
            f"cancel:{JOB}",
            f"save:{SHIRT.id}",
            "another",
            "similar",
            "nonsense",
            "retry",
        ]
    ).map(ButtonPressed),
    st.text(max_size=20).map(ButtonPressed),
    st.sampled_from([PhotoReceived(PHOTO), PhotoReceived(OTHER), PhotoRefused("too_dark", "Too dark.")]),
    st.sampled_from(
        [
            TryOnFinished(JOB, SHIRT, PHOTO, RESULT),
            TryOnFailed(JOB, SHIRT, "gave_up", ""),
            TryOnFailed("?", JACKET, "x", "y"),
        ]
    ),
)


class Walk(RuleBasedStateMachine):
    """Any events in any order: the state stays valid and every message leads on."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(people=2)

    @rule(event=EVENTS)
    def something_happens(self, event: Event) -> None:
        self.world.tell(event)

    @rule(text=st.sampled_from(["help", "cancel", "delete my data"]))
    def the_ways_out_are_open(self, text: str) -> None:
        assert self.world.hear(text).text

    @invariant()
    def the_state_survives_being_written_down(self) -> None:
        state = self.world.state
        assert ConversationState.from_json(json.loads(json.dumps(state.to_json()))) == state

    @invariant()
    def every_message_leads_on(self) -> None:
        for message in self.world.said:
            assert message.choices, f"a dead end: {message.text!r}"
            assert all(0 < len(choice.action.encode()) <= MAX_ACTION_BYTES for choice in message.choices)
        self.world.said = self.world.said[-1:]


TestRandomWalks = Walk.TestCase
TestRandomWalks.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
