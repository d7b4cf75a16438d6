"""A model words an answer: what the facts say may be said, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.types import Frame, Message, PhotoRef, Picture
from bot.llm.phrasing import PROMPT_TOKENS, NotSaid, may_be_worded, print_of, reply_prompt, said
from bot.llm.truth import MAX_REPLY, Facts, faults
from tests.unit.dialogue.world import JACKET, SHIRT

TWO = Message("I found 2 that fit. Pick one to see it on you.", products=(SHIRT, JACKET))


def _in(language: str, sentence: str) -> Facts:
    return Facts(replace(TWO, text=sentence, lang=language))


ENGLISH, GERMAN, FRENCH = Facts(TWO), _in("de", "Ich habe 2 gefunden."), _in("fr", "J'en ai trouvé 2.")
SPANISH, HINDI, ARABIC = _in("es", "Encontré 2."), _in("hi", "मुझे 2 मिले।"), _in("ar", "وجدت 2.")


@pytest.mark.parametrize(
    ("facts", "reply"),
    [
        (ENGLISH, "Two lovely options! Shall I show one on you?"),
        (
            ENGLISH,
            "I found 2: the White t-shirt at ₹500, the Denim jacket at ₹2,000. I'd start with one.",
        ),
        (ENGLISH, "The white t-shirt is easy and light, and the denim jacket goes over it."),
        (ENGLISH, "I do like both. Shall we try one?"),
        (GERMAN, "Zwei schöne Stücke: das weiße T-Shirt und die Jeansjacke. Welches soll ich dir zeigen?"),
        (GERMAN, "White t-shirt kostet 500 ₹, Denim jacket 2.000 ₹."),
        (FRENCH, "Voici deux jolies pièces. Laquelle veux-tu voir sur toi ?"),
        (FRENCH, "White t-shirt est à 500 ₹, Denim jacket à 2 000 ₹."),
        (SPANISH, "¡Mira estas dos! ¿Cuál te enseño puesta?"),
        (HINDI, "ये दो अच्छे विकल्प हैं: White t-shirt और Denim jacket।"),
        (HINDI, "White t-shirt की कीमत ₹५०० है।"),
        (ARABIC, "هذه قطعتان جميلتان، أيهما أعرض عليك؟"),
    ],
)
def test_the_facts_may_be_said_in_any_words(facts: Facts, reply: str) -> None:
    assert faults(reply, facts) == []


@pytest.mark.parametrize(
    ("facts", "reply"),
    [
        # invented prices
        (ENGLISH, "The White t-shirt costs ₹1."),
        (ENGLISH, "The price is 1."),
        (ENGLISH, "It costs just 2."),
        (ENGLISH, "The White t-shirt costs $500."),
        (ENGLISH, "The White t-shirt costs 500 euros."),
        (ENGLISH, "The White t-shirt costs ₹2,000."),
        (ENGLISH, "The White t-shirt is ₹500, the Denim jacket ₹500."),
        (ENGLISH, "Yours for ₹500!"),
        (ENGLISH, "The White t-shirt costs ₹50\u200b0."),
        (ENGLISH, "The White t-shirt costs ₹５."),
        (ENGLISH, "Only two rupees!"),
        (ENGLISH, "The White t-shirt costs five hundred rupees."),
        (ENGLISH, "It is free today."),
        (ENGLISH, "Half price today!"),
        (ENGLISH, "50% off."),
        (ENGLISH, "On sale now!"),
        (ENGLISH, "The first is cheaper."),
        (GERMAN, "Das White t-shirt kostet 5 €."),
        (GERMAN, "Nur fünf Euro!"),
        (FRENCH, "C'est gratuit."),
        (SPANISH, "Solo cinco euros."),
        (HINDI, "White t-shirt ₹१ में।"),
        (ARABIC, "White t-shirt مجاني"),
        # invented things
        (ENGLISH, "There are three more."),
        (ENGLISH, "The Gucci jacket is here."),
        (ENGLISH, "We also have gucci."),
        (ENGLISH, "The leather jacket is great."),
        (ENGLISH, "Try the Midnight Runner."),
        (ENGLISH, "Our new one is called “silk dream”."),
        (ENGLISH, "The red t-shirt is nice."),
        (ENGLISH, "You will find it at Nordstrom."),
        (GERMAN, "Die Gucci Jacke ist toll."),
        (FRENCH, "La jupe en soie est jolie."),
        (HINDI, "यह लाल साड़ी अच्छी है।"),
        # links and markup
        (ENGLISH, "See https://evil.example/."),
        (ENGLISH, "Look at evil.example for more."),
        (ENGLISH, "Write to me@evil.example."),
        (ENGLISH, "[Here](x) it is."),
        (ENGLISH, "<b>Here</b> it is."),
        (ENGLISH, "Here\u202e it is."),
        (ENGLISH, "x" * (MAX_REPLY + 1)),
        (ENGLISH, "   "),
        # other letters, and other words, than those of the language
        (ENGLISH, "Тhe White t-shirt is nice."),
        (HINDI, "Here are two for you."),
        (ENGLISH, "Das weiße T-Shirt passt."),
        (FRENCH, "Das weiße T-Shirt passt zu der Jacke."),
        # bodies
        (ENGLISH, "It makes you look slimmer."),
        (FRENCH, "Il amincit la silhouette."),
        (HINDI, "इसमें आप पतली दिखेंगी।"),
    ],
)
def test_what_no_fact_says_is_refused(facts: Facts, reply: str) -> None:
    assert faults(reply, facts) != []


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(text: str) -> None:
    faults(text, ENGLISH)


@given(
    number=st.integers(0, 10**7).filter(lambda n: n not in (2, 500, 2000)),
    sentence=st.sampled_from(
        ["It costs {}.", "₹{} only", "{} rupees", "The White t-shirt: {}", "Take {} of them."]
    ),
    digits=st.sampled_from(["0123456789", "०१२३४५६७८९", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"]),
    grouped=st.booleans(),
)
def test_no_number_of_its_own_passes(number: int, sentence: str, digits: str, *, grouped: bool) -> None:
    written = f"{number:,}" if grouped else str(number)
    reply = sentence.format(written.translate(str.maketrans("0123456789", digits)))
    assert faults(reply, ENGLISH) != []


def test_the_stylists_own_sentences_may_be_repeated() -> None:
    sentence = "Nothing had everything you asked for, so I left out the price. Here is what comes close."
    assert faults(f"Nearly! {sentence}", Facts(replace(TWO, text=sentence))) == []


def test_with_a_picture_its_colours_may_be_named_and_nothing_else() -> None:
    reply = "The white goes well with the green behind you."
    assert faults(reply, Facts(TWO)) == ["clothes"]
    assert faults(reply, Facts(TWO, seen=True)) == []
    assert faults("The white goes well with the green skirt.", Facts(TWO, seen=True)) == ["clothes"]


def test_words_are_taken_only_by_the_schema_and_only_when_they_are_true() -> None:
    assert said('{"text": " Here are two. "}', TWO) == "Here are two."
    for arguments in ('{"text": "The price is 1."}', '{"text": 1}', '{"text": "Hi", "more": 1}', '{"te', "[]"):
        with pytest.raises(NotSaid):
            said(arguments, TWO)


def test_what_goes_out_has_neither_ids_nor_links_nor_pictures() -> None:
    prompt = json.dumps(dict(reply_prompt("what about these?", TWO).data))
    assert "₹500" in json.loads(prompt)["items"][0]["price"]
    for secret in (SHIRT.id, JACKET.id, JACKET.picture, JACKET.url or "", "samples-"):
        assert secret not in prompt


def test_the_longest_prompt_is_no_longer_than_what_is_set_aside_for_it() -> None:
    long = replace(SHIRT, title="ह" * 500, brand="ब" * 500, color=("dark blue",) * 9, url=None)
    message = replace(TWO, text="श" * 900, products=(long,) * 12, lang="hi")
    assert reply_prompt("", message, b"").tokens <= PROMPT_TOKENS


def test_questions_jobs_and_pictures_keep_their_own_words() -> None:
    search = Frame("search")
    assert may_be_worded(search, TWO)
    assert not may_be_worded(Frame("delete_data"), TWO)
    assert not may_be_worded(Frame("search", then=(Frame("save"),)), TWO)
    assert not may_be_worded(Frame("details", {"attribute": "size"}), TWO), "figures are said as they are"
    assert may_be_worded(Frame("details", {"attribute": "price"}), TWO)
    assert not may_be_worded(search, replace(TWO, job="j"))
    shown = Picture(PhotoRef("a" * 64, 1, 1).media, "You", "result")
    assert not may_be_worded(search, replace(TWO, pictures=(shown,)))


def test_words_for_one_message_are_used_for_no_other() -> None:
    dearer = replace(SHIRT, price_minor=60000)
    prints = {print_of(m) for m in (TWO, replace(TWO, text="2"), replace(TWO, products=(dearer, JACKET)))}
    assert len(prints) == 3
    assert print_of(TWO) == print_of(replace(TWO, choices=()))
