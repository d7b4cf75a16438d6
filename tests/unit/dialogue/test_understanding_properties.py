"""One meaning said in many ways gives one frame, and what adds no meaning changes none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.types import Context, Frame
from bot.dialogue.understanding import lexicon, understand
from bot.dialogue.understanding.lines import context_from
from bot.dialogue.understanding.reading import SHORTEST_FUZZY, compound, corrected
from tests.unit.dialogue.corpus import STRANGERS, Labelled, lines_of, ours

PAGE = Context(state="results", query={"category": ["dress"], "color": ["red"]}, shown=5)


def ways(written: str) -> list[str]:
    """The ways of saying something, written with | between them."""
    return [" ".join(way.split()) for way in written.split("|")]


UP_TO = ways(
    """
    under {} | below {} | less than {} | max {} | up to {} | not more than {} | nothing over {} | at most {}
    | {} or less | cheaper than {} | {} se kam | {} ke andar | {} tak | {} se zyada nahi | {} ke neeche | {}
    से कम | {} तक | {} के अंदर | menos de {} | hasta {} | no más de {} | que no pase de {} | máximo {} |
    moins de {} | pas plus de {} | {} maximum | jusqu'à {} | unter {} | bis {} | höchstens {} | nicht mehr
    als {} | até {} | no máximo {} | abaixo de {} | أقل من {} | تحت {} | لا يزيد عن {} | بحد اقصى {}
    """
)
FROM = ways(
    """
    over {} | at least {} | more than {} | {} se upar | {} se zyada | {} से ऊपर | más de {} | a partir de {}
    | plus de {} | au moins {} | über {} | mindestens {} | mehr als {} | acima de {} | pelo menos {} | فوق
    {} | اكثر من {}
    """
)
BETWEEN = ways(
    """
    between {} and {} | {}-{} rs | {} to {} | {} se {} ke beech | {} से {} के बीच | entre {} y {} | entre {}
    et {} | zwischen {} und {} | entre {} e {} | بين {} و {}
    """
)
MONEY = {
    "EUR": "{} euros | €{} | {} €",
    "USD": "${} | {} dollars | {} bucks",
    "INR": "₹{} | rs {} | {}/- | {} rupaye | {} रुपये",
    "GBP": "£{} | {} quid",
    "AED": "{} AED | {} درهم",
    "SAR": "{} ريال",
    "BRL": "{} reais | R${}",
    "MXN": "{} pesos",
    "CHF": "{} CHF",
}
MEANINGS: list[tuple[dict[str, object], str]] = [
    (
        {"color": ["black"]},
        """
        in black | make it black | kaale rang mein | काले रंग में | en negro | en noir | in schwarz | em
        preto | باللون الأسود | bas black dikhao | nur in schwarz
        """,
    ),
    (
        {"exclude": {"color": ["red"]}},
        """
        not red | no red please | anything but red | laal nahi chahiye | लाल नहीं | que no sea rojo | pas de
        rouge | kein rot | nada de vermelho | بدون احمر | i dont like red | no me gusta el rojo
        """,
    ),
    (
        {"rel": {"price": "lower"}},
        """
        cheaper | less expensive | thoda sasta | सस्ता | más barato | moins cher | billiger | etwas
        günstiger | mais barato | أرخص
        """,
    ),
    (
        {"rel": {"length": "longer"}},
        """
        a bit longer | not so short | thoda lamba | थोड़ा लंबा | un poco más largo | más larguito | un peu
        plus long | etwas länger | mais comprido | اطول شوي
        """,
    ),
    (
        {"sort": "price_asc"},
        """
        cheapest first | price low to high | sabse saste pehle | सबसे सस्ता पहले | los más baratos primero |
        du moins cher au plus cher | billigste zuerst | mais baratos primeiro | من الارخص
        """,
    ),
    (
        {"remove": ["price"]},
        """
        remove the price limit | any price | price limit hata do | कीमत की सीमा हटा दो | sin límite de
        precio | enlève le filtre prix | preis egal | qualquer preço | شيل فلتر السعر
        """,
    ),
    (
        {"sleeve": ["long"]},
        """
        long sleeves | full sleeves wali | पूरी आस्तीन | manga larga | manches longues | langärmlig | manga
        comprida | اكمام طويلة
        """,
    ),
    (
        {"size": ["M"]},
        """
        size M | M size | साइज M | talla M | taille M | größe M | tamanho M | مقاس M | medium
        """,
    ),
    (
        {"gender": "men"},
        """
        for men | mardon ke liye | पुरुषों के लिए | para hombre | pour homme | für herren | masculino |
        رجالي
        """,
    ),
]
SECOND = ways(
    """
    the second one | 2 | #2 | number two | dusra wala | दूसरा वाला | el segundo | le deuxième | das zweite |
    o segundo | الثاني | 2nd one pls
    """
)
SPOKEN = {
    "en": "show me something like this please | i want a blue dress | how much is the second one",
    "hi-Latn": "blue wala dikhao | mujhe kuch aur chahiye | ye kitne ka hai",
    "hi": "मुझे लाल साड़ी चाहिए | और दिखाओ",
    "es": "quiero una camiseta negra | ¿cuánto cuesta? | muéstrame más",
    "fr": "je cherche une robe | c'est trop cher | plus foncé",
    "de": "ich suche ein kleid | zeig mir mehr | gefällt mir nicht",
    "pt": "quero um vestido azul | não gostei | mostra mais",
    "ar": "أريد فستان | كم السعر؟",
}
AMOUNTS = {
    2000: """
        under 2k | 2000 se kam | do hazaar se kam | दो हज़ार तक | menos de dos mil | menos de 2 mil | moins
        de deux mille | unter zweitausend | unter zwei tausend | até dois mil | اقل من ألفين | تحت ٢٠٠٠ |
        2,000 max | max 2.000 | under two thousand
        """,
    1500: """
        dedh hazaar tak | 1.5k tak
        """,
    100_000: """
        1 lakh ke andar
        """,
}
NO_SIGN = ["ok", "2", "no", "black jeans nike", "blazer", "XL", "👍", "zara", "jeans", ""]


def _same(frame: Frame) -> tuple[object, ...]:
    return frame.intent, frame.slots, frame.also


@pytest.mark.parametrize("way", UP_TO)
@settings(max_examples=15)
@given(amount=st.integers(min_value=20, max_value=99_000))
def test_every_way_to_name_a_limit_gives_one_frame(way: str, amount: int) -> None:
    assert _same(understand(way.format(amount), PAGE)) == ("refine", {"price_max": amount}, ())


@pytest.mark.parametrize("way", FROM)
@settings(max_examples=15)
@given(amount=st.integers(min_value=20, max_value=99_000))
def test_every_way_to_name_a_least_price_gives_one_frame(way: str, amount: int) -> None:
    assert _same(understand(way.format(amount), PAGE)) == ("refine", {"price_min": amount}, ())


@pytest.mark.parametrize("way", BETWEEN)
@settings(max_examples=15)
@given(low=st.integers(min_value=60, max_value=9_000), more=st.integers(min_value=1, max_value=9_000))
def test_every_way_to_name_a_range_gives_both_ends(way: str, low: int, more: int) -> None:
    frame = understand(way.format(low, low + more), PAGE)
    slots = {k: v for k, v in frame.slots.items() if k != "currency"}
    assert (frame.intent, slots) == ("refine", {"price_min": low, "price_max": low + more})


@pytest.mark.parametrize(("money", "currency"), [(w, c) for c, said in MONEY.items() for w in ways(said)])
@settings(max_examples=15)
@given(amount=st.integers(min_value=20, max_value=9_000))
def test_every_way_to_write_money_says_amount_and_currency(money: str, currency: str, amount: int) -> None:
    frame = understand("under " + money.format(amount), PAGE)
    assert _same(frame) == ("refine", {"price_max": amount, "currency": currency}, ())


@pytest.mark.parametrize(("amount", "said"), [(n, w) for n, said in AMOUNTS.items() for w in ways(said)])
def test_an_amount_in_words_is_the_amount(amount: int, said: str) -> None:
    assert understand(said, PAGE).slots.get("price_max") == amount


@pytest.mark.parametrize(("slots", "said"), [(slots, w) for slots, said in MEANINGS for w in ways(said)])
def test_one_meaning_in_many_languages_gives_one_frame(slots: dict[str, object], said: str) -> None:
    frame = understand(said, PAGE)
    assert (frame.intent, frame.slots) == ("refine", slots)


@pytest.mark.parametrize("said", SECOND)
def test_a_thing_on_the_page_is_pointed_at_in_any_language(said: str) -> None:
    assert _same(understand(said, PAGE)) == ("tryon", {"ref": [2]}, ())


def _plain(message: Labelled) -> bool:
    """Without single letters, whose size tells a size, and without addresses, which keep theirs."""
    return (
        "@" not in message.text and "://" not in message.text and not any(len(w) < 2 for w in message.text.split())
    )


LABELLED = [m for m in [*ours(), *lines_of(STRANGERS)] if _plain(m)]


@given(
    st.sampled_from(LABELLED),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from(["", " ", "!", "!!", " 🌼", " 🙈", "\n"]),
    st.sampled_from([" ", "  ", "\t"]),
)
def test_case_space_and_ornament_change_nothing(message: Labelled, case: object, end: str, space: str) -> None:
    context = context_from(message.context)
    assert callable(case)
    noisy = case(message.text).replace(" ", space) + end
    if len(case(message.text)) == len(message.text):  # some letters have no other case of one letter
        assert _same(understand(noisy, context)) == _same(understand(message.text, context)), noisy


@given(st.text(max_size=120), st.sampled_from(LABELLED))
def test_any_text_in_any_context_gives_a_frame_and_always_the_same(text: str, message: Labelled) -> None:
    context = context_from(message.context)
    frame = understand(text, context)
    json.dumps(frame.slots)
    assert frame == understand(text, context)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=SHORTEST_FUZZY - 1))
def test_short_words_are_never_put_right(word: str) -> None:
    assert corrected(word) == word
    assert compound(word) == ()


@given(st.sampled_from(sorted(lexicon.common_words())))
def test_everyday_words_are_never_turned_into_others(word: str) -> None:
    latin = word.isascii()
    assert not latin or word in lexicon.vocabulary() or (corrected(word), compound(word)) == (word, ())


@pytest.mark.parametrize(("lang", "said"), [(lang, w) for lang, said in SPOKEN.items() for w in ways(said)])
def test_the_language_of_a_message_is_told(lang: str, said: str) -> None:
    assert understand(said, Context()).lang == lang


@pytest.mark.parametrize("said", NO_SIGN)
def test_without_a_clear_sign_no_language_is_told(said: str) -> None:
    assert understand(said, Context()).lang is None
