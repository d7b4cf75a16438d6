"""Any events in any order, in any language: the state stays valid, no wish is lost, and every message leads on."""

from __future__ import annotations

import json
from typing import get_args

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.dialogue import replies
from bot.dialogue.core import handle
from bot.dialogue.language import LANGUAGES, speaking
from bot.dialogue.state import Asked, ConversationState
from bot.dialogue.talk import _INTENTS
from bot.dialogue.turn import MAX_CHOICES
from bot.dialogue.types import (
    MAX_ACTION_BYTES,
    ButtonPressed,
    DataErased,
    EraseEverything,
    Event,
    Frame,
    ItemsKept,
    LinkedElsewhere,
    LinkFailed,
    LinkRefused,
    MailConfirmed,
    Message,
    PhotoInspected,
    PhotoReceived,
    PhotoRefused,
    ProductUnknown,
    Remember,
    Returned,
    Say,
    SearchCompleted,
    SearchFailed,
    Sight,
    Started,
    TextReceived,
    TryOnAccepted,
    TryOnDeclined,
    TryOnFailed,
    TryOnFinished,
    UnlinkedElsewhere,
    UnsupportedReceived,
)
from tests.unit.dialogue.corpus import ours
from tests.unit.dialogue.world import (
    COLOURS,
    JACKET,
    NUMBERED,
    OTHER,
    PHOTO,
    RESULT,
    SHIRT,
    STOCK,
    TEE,
    TROUSERS,
    World,
)

TEXTS = (
    "white t-shirt", "the second one", "try all", "more", "back", "save it", "another", "yes", "no", "cheaper",
    "darker", "not blue", "compare 1 and 2", "how much is it", "buy it", "more like 1", "show saved", "reset",
    "retry", "status", "i love it", "too tight", "new photo", "delete my photos", "any colour", "who are you",
    "try 1 and save 2", "try https://shop.example/1", "https://shop.example/2 please", "this is me",
    "size L", "email me these", "what do you keep", "😀", "", "x" * 3000, "hola", "2", "-1",
    "what goes with this", "which one suits me", "compare", "compare 1 and 3", "what should i wear to a wedding",
    "link my telegram", "7kq4-9xwm", "8kq4-9xwm", "unlink", "undo", "no, the other one", "not that one",
    "i meant the blue one", "forget that", "i hate blue", "my budget is 900", "any size", "deshacer", "भूल जाओ",
    "email me every friday at 9", "ana@example.com", "bounced@example.com", "busy@example.com", "it's ana@example",
    "what mails do i get", "pause the mails for 2 weeks", "pause the mails until monday", "send the mails again",
    "stop the mails", "forget my email", "mail me when it gets cheaper", "I live in Mumbai", "united states",
    "mail me a link to sign in on my phone",
)  # fmt: skip
ACTIONS = (
    "consent:yes", "consent:no", "privacy", "photo", "photo-tips", "more", "back", "colors", "another", "saved",
    "status", "cancel", "cancel:job-1", "retry", f"retry:{SHIRT.id}", "reset", "erase", "erase:yes", "erase:no",
    "who:1", "who:9", f"try:{SHIRT.id}", f"try:{JACKET.id}", "try:gone", "try:", f"save:{SHIRT.id}",
    f"unsave:{SHIRT.id}", f"similar:{SHIRT.id}", "picture:me", "picture:try", "try:own:000000000066",
    "say:red", "find:anything", "start", "help", "nonsense", "resume", "last", "any", "any:size", "fit:closer",
    "fit", "undo", "undo:1", "undo:x", "profile", "profile:size", "profile:budget", "profile:gender",
    "profile:tastes", "profile:language", "profile:currency", "profile:?", "set:size:shirt:M", "set:gender::women",
    "set:language::es", "set:currency::EUR", "set:size::9", "set:", "forget:size", "forget:color:blue", "forget:",
    "which", "compare", "pick:job-1", "pick:gone", "outfit:new", "outfit:try", "outfit:other", "outfit:cheaper",
    "outfit:upper", "outfit:layer", "outfit:save", "outfit:nonsense",
    "link", "link:yes", "link:no", "link:8KQ49XWM", "unlink", "unlink:yes", "unlink:no",
    "mail", "mail:weekly", "mail:alert", "mail:pause", "mail:resume", "mail:stop", "mail:forget", "mail:change",
    "mail:never", "mail:address", "mail:again", "mail:these", "mail:link", "mail:?",
    "zone:Europe/Berlin", "zone:?",
)  # fmt: skip
SLOTS = st.fixed_dictionaries(
    {},
    optional={
        "ref": st.sampled_from([[1], [2, 1], [9], [-1], ["it"], ["all"], ["tryon"], ["saved"]]),
        "ref_desc": st.sampled_from([{"color": ["blue"]}, {"category": ["coat"]}]),
        "category": st.sampled_from([["t-shirt"], ["jacket", "coat"], ["shoes"], ["sari"]]),
        "color": st.sampled_from([["blue"], ["white", "red"]]),
        "brand": st.just(["zara"]),
        "size": st.sampled_from([["L"], ["M", "UK 14"], ["42"]]),
        "gender": st.sampled_from(["women", "men", "unisex", "girls"]),
        "price_max": st.sampled_from([5, 900, 1e6]),
        "currency": st.sampled_from(["INR", "EUR"]),
        "language": st.sampled_from(["hindi", "spanish", "klingon"]),
        "exclude": st.sampled_from([{"color": ["blue"]}, {"brand": ["zara"], "category": ["coat"]}]),
        "remove": st.sampled_from(
            [["size"], ["price", "color"], ["gender"], ["profile"], ["language"], ["brand"]]
        ),
        "rel": st.sampled_from([{"price": "lower"}, {"color": "darker"}, {"length": "longer"}]),
        "problem": st.sampled_from(["fit", "baggy", "tight", "face", "color"]),
        "topic": st.sampled_from(["profile", "privacy", "photo", "mail"]),
        "email": st.sampled_from(["ana@example.com", "bounced@example.com"]),
        "cadence": st.sampled_from(["daily", "weekly", "monthly", "alert"]),
        "day": st.sampled_from(["friday", "31"]),
        "time": st.sampled_from(["09:30", "evening"]),
        "attribute": st.sampled_from(["price", "size", ["material"]]),
        "url": st.just("shop.example/1"),
        "unknown_answer": st.just(True),
        "scope": st.sampled_from(["photos", "all"]),
        "photo": st.sampled_from(["new", "previous"]),
    },
)
FRAMES = st.builds(
    Frame,
    st.sampled_from([*_INTENTS, "no_such_intent"]),
    SLOTS,
    then=st.lists(st.builds(Frame, st.sampled_from(list(_INTENTS)), SLOTS), max_size=3).map(tuple),
    rest=st.sampled_from([(), ("zorbla",)]),
    lang=st.sampled_from([None, *LANGUAGES]),
)
WHAT_THE_PERSON_DOES = st.one_of(
    st.just(Started()),
    st.sampled_from(TEXTS).map(TextReceived),
    st.sampled_from([message.text for message in ours()]).map(TextReceived),
    st.builds(TextReceived, st.text(max_size=40), frame=FRAMES),
    st.builds(TextReceived, st.sampled_from(TEXTS), st.sampled_from([SHIRT, JACKET]), FRAMES),
    st.sampled_from(ACTIONS).map(ButtonPressed),
    st.text(max_size=20).map(ButtonPressed),
    st.builds(
        PhotoReceived,
        st.sampled_from([PHOTO, OTHER, TEE]),
        st.sampled_from([(), (TEE,), (PHOTO, OTHER)]),
        st.sampled_from([(), (OTHER.media,)]),
        st.sampled_from(["", "try this", "this is me", "red dress"]),
    ),
    st.sampled_from(["voice", "sticker", "?"]).map(UnsupportedReceived),
)
WHAT_COMES_BESIDES = st.one_of(
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
            TryOnFinished("job-1", SHIRT, OTHER, RESULT),
            TryOnFinished("job-3", JACKET, PHOTO, RESULT),
            TryOnFinished("job-4", SHIRT, PHOTO, RESULT, (), (TROUSERS, JACKET), "preview", COLOURS),
            TryOnFailed("job-4", SHIRT, "gave_up", "", (TROUSERS, JACKET)),
            TryOnFailed("job-1", SHIRT, "gave_up", ""),
            TryOnFailed("job-2", JACKET, "cancelled", ""),
            TryOnDeclined(SHIRT.id, "Not now."),
        ]
    ),
    st.sampled_from([LinkedElsewhere("discord"), UnlinkedElsewhere("web"), DataErased("telegram")]),
    st.sampled_from([LinkRefused("public"), LinkRefused("unknown", "8KQ49XWM"), MailConfirmed()]),
    st.sampled_from([Returned(0), Returned(4, (SHIRT,), (JACKET.id,)), Returned(40, (), (SHIRT.id,), True)]),
)
ANSWERS: dict[str, Event] = {
    "consent": TextReceived("yes"),
    "photo": PhotoReceived(PHOTO),
    "person": TextReceived("1"),
    "picture": ButtonPressed("picture:me"),
    "erase": TextReceived("no"),
    "link": TextReceived("no"),
    "unlink": TextReceived("no"),
    "size": ButtonPressed("set:size::M"),
    "budget": TextReceived("2000"),
    "gender": TextReceived("women"),
    "email": TextReceived("no"),
    "zone": ButtonPressed("zone:Europe/Berlin"),
}
"""Something that answers each question."""


class Walk(RuleBasedStateMachine):
    """A conversation in which anything may come next."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(people=2)
        self.world.genders = ("women", "men")
        self.fresh: list[Message] = []

    def tell(self, event: Event) -> list[Message]:
        """What follows from it, with all that is asked of every answer."""
        self.world.effects.clear()
        told = self.world.tell(event)
        if told:
            self.fresh = told
        assert told or not self.world.asked_for(Remember), "something was kept in silence"
        return told

    @rule(event=WHAT_THE_PERSON_DOES)
    def the_person_is_answered(self, event: Event) -> None:
        assert self.tell(event), f"no answer to {event}"

    @rule(event=WHAT_COMES_BESIDES)
    def something_comes_late_twice_or_for_somebody_else(self, event: Event) -> None:
        self.tell(event)

    @precondition(lambda self: self.fresh)
    @rule(data=st.data())
    def a_fresh_button_is_pressed(self, data: st.DataObject) -> None:
        choices = [choice for message in self.fresh for choice in message.choices]
        assert self.tell(ButtonPressed(data.draw(st.sampled_from(choices)).action))

    @rule(people=st.integers(0, 5))
    def other_people_are_in_the_next_photo(self, people: int) -> None:
        self.world.people = people

    @rule()
    def a_code_of_another_chat_is_open(self) -> None:
        self.world.open_codes = {"8KQ49XWM": "telegram"}

    @precondition(lambda self: self.world.state.asked is not None)
    @rule()
    def an_open_question_can_be_answered(self) -> None:
        asked = self.world.state.asked
        assert asked is not None
        assert self.tell(ANSWERS[asked])
        # A photo may show several people, or something else than the person, which is asked then.
        assert self.world.state.asked != asked or asked in ("photo", "person")

    @rule()
    def help_is_there(self) -> None:
        (answer,) = self.tell(TextReceived("help"))
        with speaking(answer.lang):
            assert replies.HELP() in answer.text

    @rule()
    def cancel_leaves_nothing_running(self) -> None:
        self.tell(TextReceived("cancel"))
        assert not self.world.state.jobs
        assert not self.world.running

    @rule()
    def deleting_works(self) -> None:
        self.tell(TextReceived("delete my data"))
        self.tell(ButtonPressed("erase:yes"))
        assert self.world.asked_for(EraseEverything)
        assert self.world.state == ConversationState()

    @invariant()
    def the_state_survives_being_written_down(self) -> None:
        written = json.dumps(self.world.state.to_json())
        assert ConversationState.from_json(json.loads(written)) == self.world.state
        assert len(written) < 80_000

    @invariant()
    def no_wish_waits_for_ever(self) -> None:
        state = self.world.state
        assert not state.todo
        assert not state.expected
        assert not state.requested

    @invariant()
    def what_is_kept_of_the_person_is_what_the_conversation_knows(self) -> None:
        assert self.world.profile == self.world.state.profile

    @invariant()
    def every_message_leads_on(self) -> None:
        for message in self.world.said:
            assert message.text
            assert 0 < len(message.choices) <= MAX_CHOICES, f"a dead end: {message.text!r}"
            assert all(choice.label for choice in message.choices)
            assert all(0 < len(choice.action.encode()) <= MAX_ACTION_BYTES for choice in message.choices)
            for choice in message.choices:
                self._does_something(choice.action, message)
        self.world.said.clear()

    def _does_something(self, action: str, message: Message) -> None:
        state, effects = handle(self.world.state, ButtonPressed(action), self.world.policy)
        assert effects, f"the button {action} of {message.text!r} does nothing"
        for effect in effects:
            if isinstance(effect, Say):
                with speaking(effect.message.lang):
                    assert replies.UNKNOWN_ACTION() not in effect.message.text, f"{action} of {message.text!r}"
        assert state.seen == self.world.state.seen


def test_the_walk_knows_an_answer_to_every_question() -> None:
    assert set(ANSWERS) == set(get_args(Asked))


TestRandomWalks = Walk.TestCase
TestRandomWalks.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
