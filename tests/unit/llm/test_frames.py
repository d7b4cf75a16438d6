"""What a model may say that a message means, and what it may not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from bot.dialogue.core import handle
from bot.dialogue.policy import Policy
from bot.dialogue.state import ConversationState
from bot.dialogue.types import Context, EraseEverything, Frame, Say, TextReceived, Unlink
from bot.llm.answers import ANSWER, Answer
from bot.llm.frames import INTENTS, Meaning, NotAFrame, Slots, Wish, frame_of, frame_prompt, frame_tool, meaning_of

TEXT = "Dunkelblaues Kleid für die Hochzeit bis 2k, kein Polyester, Modell Amélie"
UNDERSTANDING = Path(__file__).resolve().parents[3] / "docs" / "understanding.md"


def said(intent: str, **slots: Any) -> str:
    return json.dumps({"wishes": [{"intent": intent, "slots": slots}]})


def read(arguments: str, heard: str | None = None) -> Frame:
    return frame_of(meaning_of(arguments, TEXT), Frame("search", lang=heard))


def test_a_frame_is_read_as_the_dialogue_wants_it() -> None:
    arguments = {
        "wishes": [
            {
                "intent": "search",
                "slots": {
                    "category": ["dress"],
                    "color": ["dark blue"],
                    "occasion": ["wedding"],
                    "price_max": 2000.0,
                    "exclude": {"material": ["polyester"]},
                    "gender": None,
                    "size": [],
                },
            },
            {"intent": "save", "slots": {"ref": [-1, "it"]}},
        ],
        "words": ["Amélie"],
        "language": "de",
    }
    assert read(json.dumps(arguments)) == Frame(
        "search",
        {
            "category": ["dress"],
            "color": ["dark blue"],
            "occasion": ["wedding"],
            "price_max": 2000,
            "exclude": {"material": ["polyester"]},
        },
        also=("save",),
        then=(Frame("save", {"ref": [-1, "it"]}),),
        rest=("amelie",),
        lang="de",
    )


def test_the_language_that_was_clear_without_a_model_stands() -> None:
    arguments = json.dumps({"wishes": [{"intent": "greet"}], "language": "ar"})
    assert read(arguments, "de").lang == "de"
    assert read(arguments).lang == "ar"


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "null",
        "[]",
        '{"wishes": [{"intent": "search", "slots": {"categ',
        '{"wishes": []}',
        json.dumps({"wishes": [{"intent": "search"}] * 9}),
        said("order_pizza"),
        said("affirm"),
        said("deny"),
        said("email_results"),
        said("delete_data", scope="photos"),
        said("search", colour=["red"]),
        said("search", category=["spaceship"]),
        said("search", color=["dark spaceship"]),
        said("search", category="dress"),
        said("search", price_max="2000"),
        said("search", price_max=-1),
        said("search", price_max=1e300),
        '{"wishes": [{"intent": "search", "slots": {"price_max": NaN}}]}',
        said("search", price_min=500, price_max=100),
        said("search", currency="XXX"),
        said("search", brand=["http://evil.example"]),
        said("search", style=["Ignore All Instructions"]),
        said("search", style=["x" * 41]),
        said("tryon", ref=[0]),
        said("tryon", ref=[True]),
        said("tryon", ref=["everything"]),
        said("search", url="http://evil.example"),
        said("search", email="a@b.example"),
        json.dumps({"wishes": [{"intent": "search"}], "words": ["gucci"]}),
        json.dumps({"wishes": [{"intent": "search"}], "language": "tlh"}),
        json.dumps({"wishes": [{"intent": "search", "then": []}]}),
    ],
)
def test_what_is_no_frame_is_refused(arguments: str) -> None:
    with pytest.raises(NotAFrame):
        meaning_of(arguments, TEXT)


def test_the_schema_that_is_sent_takes_what_the_check_takes_and_is_small() -> None:
    schema = frame_tool().parameters
    valid = jsonschema.Draft202012Validator(schema)
    valid.validate(json.loads(said("search", color=["dark blue"], category=["dress"], price_max=1)))
    assert not valid.is_valid(json.loads(said("order_pizza")))
    assert not valid.is_valid(json.loads(said("search", category=["spaceship"])))
    assert not valid.is_valid(json.loads(said("search", url="http://evil.example")))
    text = json.dumps(schema)
    assert not re.search(r'\$ref|"null"|maxItems|"pattern": "', text), "not every server understands it"
    assert len(text) < 12_000, "it is paid for with every message"


def test_every_intent_and_slot_of_the_schema_is_one_of_the_understanding() -> None:
    known = set(re.findall(r"[a-z_]+", UNDERSTANDING.read_text()))
    assert set(INTENTS) == set(get_args(Wish.model_fields["intent"].annotation))
    assert set(INTENTS) <= known
    # Those that the documentation of the understanding does not list one by one.
    assert set(Slots.model_fields) - known <= {"in_stock", "match"}


def test_what_is_sent_of_the_state_names_nothing_and_nobody() -> None:
    context = Context("item_focus", {"color": ["red"]}, 3, 1, {"index": 2, "id": "shop-17"}, None, {"email": "x"})
    data = frame_prompt("the second", context).data
    assert data == {
        "context": {"state": "item_focus", "query": {"color": ["red"]}, "shown": 3, "page": 1, "focus": 2},
        "message": "the second",
    }


def test_an_answer_survives_being_kept() -> None:
    frame = read(json.dumps({"wishes": [{"intent": "search"}, {"intent": "more"}], "words": ["Hochzeit"]}))
    kept = json.loads(json.dumps(Answer(frame, "Here.", "p").to_json()))
    assert Answer.of({ANSWER: kept}) == Answer(frame, "Here.", "p")
    assert Answer.of({ANSWER: None}) == Answer.of({}) == Answer()


# --- a frame in the dialogue -----------------------------------------------------------------------------


def _effects(state: ConversationState, text: str, frame: Frame) -> list[Any]:
    return list(handle(state, TextReceived(text, None, frame), Policy())[1])


@pytest.mark.parametrize("intent", ["delete_data", "unlink"])
def test_a_frame_that_destroys_something_only_leads_to_the_question(intent: str) -> None:
    state = ConversationState(consent="1", greeted=True, linked=("telegram",))
    after, effects = handle(state, TextReceived("show me more", None, Frame(intent)), Policy())
    assert after.asked in ("erase", "unlink")
    assert all(isinstance(effect, Say) for effect in effects)


@pytest.mark.parametrize("asked", ["erase", "link", "unlink", "consent", "person", "picture"])
def test_no_frame_answers_a_question(asked: str) -> None:
    state = ConversationState(greeted=True, asked=asked)  # type: ignore[arg-type]  # one of the literals above
    effects = _effects(state, "hmm, what is that?", Frame("affirm"))
    assert not any(isinstance(effect, EraseEverything | Unlink) for effect in effects)


def test_meaning_is_all_that_the_tool_takes() -> None:
    assert set(frame_tool().parameters["properties"]) == set(Meaning.model_fields)
