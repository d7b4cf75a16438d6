"""Any events in any order: the state stays valid, and every message leads on."""

from __future__ import annotations

import json

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.dialogue.state import ConversationState
from bot.dialogue.types import (
    MAX_ACTION_BYTES,
    ButtonPressed,
    DataErased,
    EraseEverything,
    Event,
    ItemsKept,
    LinkedElsewhere,
    LinkFailed,
    PhotoInspected,
    PhotoReceived,
    PhotoRefused,
    ProductUnknown,
    SearchCompleted,
    SearchFailed,
    Sight,
    Started,
    TextReceived,
    TryOnAccepted,
    TryOnFailed,
    TryOnFinished,
    UnlinkedElsewhere,
)
from tests.unit.dialogue.world import JACKET, NUMBERED, OTHER, PHOTO, RESULT, SHIRT, STOCK, TEE, World

TEXTS = (
    "white t-shirt", "the second one", "try all", "more", "back", "save it", "another", "yes", "no", "cheaper",
    "darker", "not blue", "compare 1 and 2", "how much is it", "buy it", "more like 1", "show saved", "reset",
    "retry", "status", "i love it", "too tight", "new photo", "delete my photos", "any colour", "who are you",
    "try 1 and save 2", "try https://shop.example/1", "https://shop.example/2 please", "this is me",
    "size L", "email me these", "what do you keep", "😀", "", "x" * 3000, "hola", "2", "-1",
    "link my telegram", "7kq4-9xwm", "8kq4-9xwm", "unlink",
)  # fmt: skip
ACTIONS = (
    "consent:yes", "consent:no", "privacy", "photo", "photo-tips", "more", "back", "colors", "another", "saved",
    "status", "cancel", "cancel:job-1", "retry", f"retry:{SHIRT.id}", "reset", "erase", "erase:yes", "erase:no",
    "who:1", "who:9", f"try:{SHIRT.id}", f"try:{JACKET.id}", "try:gone", "try:", f"save:{SHIRT.id}",
    f"unsave:{SHIRT.id}", f"similar:{SHIRT.id}", "picture:me", "picture:try", "try:own:000000000066",
    "say:red", "find:anything", "start", "help", "nonsense",
    "link", "link:yes", "link:no", "link:8KQ49XWM", "unlink", "unlink:yes", "unlink:no",
)  # fmt: skip
EVENTS = st.one_of(
    st.just(Started()),
    st.sampled_from(TEXTS).map(TextReceived),
    st.text(max_size=40).map(TextReceived),
    st.sampled_from(ACTIONS).map(ButtonPressed),
    st.text(max_size=20).map(ButtonPressed),
    st.builds(
        PhotoReceived,
        st.sampled_from([PHOTO, OTHER, TEE]),
        st.sampled_from([(), (TEE,), (PHOTO, OTHER)]),
        st.sampled_from([(), (OTHER.media,)]),
        st.sampled_from(["", "try this", "this is me", "red dress"]),
    ),
    st.just(PhotoRefused("too_dark", "Too dark.")),
    st.lists(st.sampled_from([Sight(PHOTO, 1), Sight(OTHER, 4, NUMBERED), Sight(TEE)]), max_size=2).map(
        lambda sights: PhotoInspected(tuple(sights))
    ),
    st.sampled_from([ItemsKept((SHIRT,), "try"), ItemsKept((), refused=("No garment.",)), LinkFailed("")]),
    st.builds(SearchCompleted, st.sampled_from([(), STOCK[:1], STOCK[:3]]), st.integers(0, 9), st.integers(0, 3)),
    st.sampled_from([SearchFailed(""), ProductUnknown(SHIRT.id), TryOnAccepted("job-9", JACKET, 3, 500.0)]),
    st.sampled_from(
        [
            TryOnFinished("job-1", SHIRT, PHOTO, RESULT),
            TryOnFailed("job-1", SHIRT, "gave_up", ""),
            TryOnFailed("job-2", JACKET, "cancelled", ""),
        ]
    ),
    st.sampled_from([LinkedElsewhere("discord"), UnlinkedElsewhere("web"), DataErased("telegram")]),
)


class Walk(RuleBasedStateMachine):
    """A conversation in which anything may come next."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(people=2)

    @rule(event=EVENTS)
    def something_happens(self, event: Event) -> None:
        answered = isinstance(event, TextReceived | ButtonPressed | PhotoReceived | Started)
        assert self.world.tell(event) or not answered, f"no answer to {event}"

    @rule(people=st.integers(0, 5))
    def other_people_are_in_the_next_photo(self, people: int) -> None:
        self.world.people = people

    @rule()
    def a_code_of_another_chat_is_open(self) -> None:
        self.world.open_codes = {"8KQ49XWM": "telegram"}

    @rule()
    def help_is_there(self) -> None:
        assert "delete my data" in self.world.hear("help").text

    @rule()
    def cancel_leaves_nothing_running(self) -> None:
        self.world.hear("cancel")
        assert not self.world.state.jobs

    @rule()
    def deleting_works(self) -> None:
        self.world.hear("delete my data")
        self.world.press("erase:yes")
        assert self.world.asked_for(EraseEverything)
        assert self.world.state == ConversationState()

    @invariant()
    def the_state_survives_being_written_down(self) -> None:
        written = json.dumps(self.world.state.to_json())
        assert ConversationState.from_json(json.loads(written)) == self.world.state

    @invariant()
    def every_message_leads_on(self) -> None:
        for message in self.world.said:
            assert message.text
            assert message.choices, f"a dead end: {message.text!r}"
            assert all(choice.label for choice in message.choices)
            assert all(0 < len(choice.action.encode()) <= MAX_ACTION_BYTES for choice in message.choices)
        self.world.said.clear()
        self.world.effects.clear()

    @invariant()
    def the_memory_stays_small(self) -> None:
        assert len(json.dumps(self.world.state.to_json())) < 60_000


TestRandomWalks = Walk.TestCase
TestRandomWalks.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
