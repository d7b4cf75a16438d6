"""What people write becomes the frame they mean."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.types import Context
from bot.dialogue.understanding import understand, understand_lines


@pytest.mark.parametrize(
    "text",
    ["under 2000", "below 2k", "2000 se kam", "2000 ke andar", "menos de 2000", "moins de 2000", "unter 2000"],
)
def test_a_price_limit_means_one_thing_in_every_language(text: str) -> None:
    assert understand(f"shirt {text}", Context()).slots.get("price_max") == 2000, text


@given(st.integers(min_value=20, max_value=99_000))
def test_any_amount_below_a_limit_is_that_limit(amount: int) -> None:
    assert understand(f"dress under {amount}", Context()).slots.get("price_max") == amount


LIMITS = ("under {}", "below {}", "{} se kam", "{} ke andar", "{} tak", "menos de {}", "hasta {}", "moins de {}")
MORE_LIMITS = (
    "unter {}",
    "bis zu {}",
    "até {}",
    "{} से कम",
    "{} तक",
    "اقل من {}",
    "max {}",
    "{} or less",
    "no more than {}",
)


@given(st.integers(min_value=20, max_value=99_000), st.sampled_from([*LIMITS, *MORE_LIMITS]))
def test_every_way_to_name_a_limit_means_the_same(amount: int, limit: str) -> None:
    frame = understand(f"shirt {limit.format(amount)}", Context())
    assert (frame.intent, frame.slots.get("price_max")) == ("search", amount)


@given(
    st.integers(min_value=1, max_value=90),
    st.sampled_from(["{}k", "{} k", "{},000", "{} thousand", "{} hazaar", "{} हज़ार"]),
)
def test_every_way_to_write_thousands_means_the_same(thousands: int, spelling: str) -> None:
    frame = understand(f"dress under {spelling.format(thousands)}", Context())
    assert frame.slots.get("price_max") == thousands * 1000


@given(st.integers(min_value=20, max_value=5000), st.integers(min_value=1, max_value=5000))
def test_a_range_has_both_ends(low: int, more: int) -> None:
    for phrase in ("between {} and {}", "{}-{} rs", "from {} to {}", "entre {} y {}", "{} se {} ke beech"):
        slots = understand(f"kurta {phrase.format(low, low + more)}", Context()).slots
        assert (slots.get("price_min"), slots.get("price_max")) == (low, low + more), phrase


@pytest.mark.parametrize(
    ("money", "currency"),
    [
        ("₹900", "INR"),
        ("900 rs", "INR"),
        ("900/-", "INR"),
        ("$900", "USD"),
        ("900 bucks", "USD"),
        ("900€", "EUR"),
        ("£900", "GBP"),
    ],
)
def test_a_currency_is_known_by_its_sign_or_word(money: str, currency: str) -> None:
    slots = understand(f"shirt under {money}", Context()).slots
    assert (slots.get("price_max"), slots.get("currency")) == (900, currency)


def test_no_currency_is_guessed() -> None:
    assert "currency" not in understand("shirt under 900", Context()).slots


@given(st.integers(min_value=1, max_value=5))
def test_a_number_on_a_page_of_results_is_one_of_them(number: int) -> None:
    for phrase in ("{}", "#{}", "number {}", "try {}", "option {} please"):
        frame = understand(phrase.format(number), Context(state="results", shown=5))
        assert (frame.intent, frame.slots) == ("tryon", {"ref": [number]}), phrase


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("blak", "black"), ("whte", "white"), ("gren", "green"), ("purpel", "purple"), ("yelow", "yellow")],
)
def test_a_slip_of_the_finger_is_forgiven(typed: str, meant: str) -> None:
    assert understand(f"{typed} shirt", Context()).slots.get("color") == [meant]


@pytest.mark.parametrize(
    "text", ["i want this", "the shows were great", "what is the weather", "my head hurts", "read it"]
)
def test_everyday_words_are_not_turned_into_clothes(text: str) -> None:
    slots = understand(text, Context()).slots
    assert not {"category", "color", "material", "pattern"} & slots.keys()


@pytest.mark.parametrize(
    "text",
    [
        "another jacket", "a different jacket", "koi aur jacket", "कोई और जैकेट", "दूसरी जैकेट", "otra chaqueta",
        "une autre veste", "eine andere Jacke", "outra jaqueta", "جاكيت اخر",
    ],
)  # fmt: skip
def test_another_kind_is_looked_for_anew_and_another_of_that_kind_goes_on(text: str) -> None:
    """A bare "jackets" changes the kind and keeps the rest; "another" one is done with what is there."""
    dresses = Context("results", {"category": ["dress"], "color": ["red"]}, 5)
    frame = understand(text, dresses)
    assert (frame.intent, frame.slots) == ("search", {"category": ["jacket"]})
    jackets = Context("results", {"category": ["jacket"]}, 5)
    assert understand(text, jackets).intent in ("more", "tryon"), "“दूसरी” is the second one there"


@pytest.mark.parametrize(
    "text", ["actually, a jacket", "jackets", "lieber eine Jacke", "plutôt une veste", "nahi, jacket"]
)
def test_a_bare_kind_changes_the_kind_and_nothing_else(text: str) -> None:
    trousers = Context("results", {"category": ["trousers"], "color": ["brown"]}, 5)
    assert understand(text, trousers).intent == "refine"


def test_several_wishes_keep_their_order() -> None:
    frame = understand("try 3 and save 4", Context(state="results", shown=5))
    assert (frame.intent, frame.slots, frame.also) == ("tryon", {"ref": [3]}, ("save",))
    assert [(f.intent, f.slots) for f in frame.then] == [("save", {"ref": [4]})]


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


@pytest.mark.parametrize(
    "text", ["1" * 2000, "1," * 999, "a@" + "a." * 999, "lakh " * 400, "try 1 and save 2 " * 117, "x" * 9999]
)
def test_a_hostile_message_is_read_in_bounded_time(text: str) -> None:
    understand("warm up", Context())
    begun = time.process_time()
    understand(text, Context(state="results", shown=5))
    assert time.process_time() - begun < 1.0, "seconds for one message"


def test_an_address_in_words_is_an_address() -> None:
    assert (
        understand("mail these to ana at example dot co dot uk", Context()).slots["email"] == "ana@example.co.uk"
    )
