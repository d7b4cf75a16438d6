"""Linking chats as stories: the code, the question, and who is told what."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import replies
from bot.dialogue.codes import LENGTH, SYMBOLS, code_in, new_code, written
from bot.dialogue.policy import Policy
from bot.dialogue.types import (
    CheckLinkCode,
    DataErased,
    Link,
    LinkedElsewhere,
    LinkRefusal,
    LinkRefused,
    MakeLinkCode,
    Search,
    Unlink,
    UnlinkedElsewhere,
)
from tests.unit.dialogue.world import CODE, SHIRT, World, agreed, labels

OTHER_CODE = "8KQ49XWM"


def _with_open_code(channel: str = "telegram") -> World:
    world = agreed()
    world.open_codes = {OTHER_CODE: channel}
    return world


# --- the form of a code ----------------------------------------------------------------------------------


@given(st.integers())
def test_every_code_is_read_again_however_it_is_typed(seed: int) -> None:
    code = new_code(random.Random(seed).choice)  # noqa: S311 # the same codes in every run
    assert len(code) == LENGTH
    assert set(code) <= set(SYMBOLS)
    shown, spaced = written(code), f" {code[:4]} {code[4:]} "
    for typed in (code, shown, shown.lower(), spaced, f"{code.lower()}.", f"“{shown}”"):
        assert code_in(typed) == code, typed
    assert code_in(f"link code {shown}") == code
    assert code_in(f"my code is {code.lower()}, please") == code


def test_a_code_has_at_least_forty_bits() -> None:
    digits = sum(symbol.isdigit() for symbol in SYMBOLS)
    ways = {(kind, 0): n for kind, n in ((True, digits), (False, len(SYMBOLS) - digits))}
    for _ in range(LENGTH - 1):
        following: dict[tuple[bool, int], int] = {}
        for (kind, changes), count in ways.items():
            for other, symbols in ((True, digits), (False, len(SYMBOLS) - digits)):
                key = (other, changes + (other != kind))
                following[key] = following.get(key, 0) + count * symbols
        ways = following
    assert sum(count for (_, changes), count in ways.items() if changes >= 2) >= 2**40


@pytest.mark.parametrize(("letter", "digit"), [("O", "0"), ("o", "0"), ("l", "1"), ("I", "1")])
def test_letters_that_look_like_digits_are_read_as_digits(letter: str, digit: str) -> None:
    assert code_in(f"7KQ{letter}-9XW4") == f"7KQ{digit}9XW4"


@pytest.mark.parametrize(
    "text",
    [
        "trousers", "sweaters", "tops 2000", "under500", "dress100", "cool tops", "kurta500", "2000 tops",
        "show me AB12CD34 jackets", "7KQ4-9XW", "7KQ4-9XWMA", "7KQ4-9XWM 8KQ4-9XWM", "+49 1234 5678", "1234-5678",
        "size 32 or 34", "https://shop.example/7KQ4-9XWM", "a@7kq49xwm.example", "",
    ],
)  # fmt: skip
def test_what_people_write_about_clothes_is_no_code(text: str) -> None:
    assert code_in(text) is None


# --- making one --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("link my telegram", ("7 minutes", "other app", "nobody")),
        ("connect my accounts", ("7 minutes", "other app", "nobody")),
        ("use this on discord too", ("7 minutes", "other app", "nobody")),
        ("Konten verbinden", ("7 Minuten", "anderen App", "niemandem")),
        ("conecta meu telegram", ("7 minutos", "outro app", "ninguém")),
        ("link code", ("7 minutes", "other app", "nobody")),
    ],
)
def test_asking_gives_a_code_and_says_how_to_use_it(words: str, told: tuple[str, ...]) -> None:
    world = World(policy=Policy(link_minutes=7))
    message = world.hear(words)
    assert world.asked_for(MakeLinkCode)
    for part in ("7KQ4-9XWM", *told):
        assert part in message.text
    assert message.slot == "link"


def test_help_and_privacy_lead_to_another_app() -> None:
    world = agreed()
    assert "link" in labels(world.hear("help"))
    assert "link" in labels(world.hear("what do you keep?"))
    assert "7KQ4-9XWM" in world.press("link").text


def test_the_link_to_the_shop_is_still_the_link_to_the_shop() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.hear("give me the link of the first one")
    assert not world.asked_for(MakeLinkCode)


# --- sending one -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["8KQ4-9XWM", "8kq49xwm", "8kq4 9xwm", "link code 8KQ4-9XWM"])
def test_an_open_code_is_asked_about_before_anything_is_linked(typed: str) -> None:
    world = _with_open_code()
    question = world.hear(typed)
    assert "Link this chat with the person who made the code?" in question.text
    assert "Telegram" in question.text
    assert labels(question) == ["link:yes", "link:no"]
    assert not question.pictures
    assert not world.asked_for(Link)


@pytest.mark.parametrize("yes", ["yes", "ja", "press"])
def test_a_yes_links(yes: str) -> None:
    world = _with_open_code("discord")
    world.hear("8KQ4-9XWM")
    done = world.press("link:yes") if yes == "press" else world.hear(yes)
    assert world.asked_for(Link) == [Link(OTHER_CODE)]
    assert "Discord" in done.text
    assert "unlink" in labels(done)
    assert world.state.link is None


@pytest.mark.parametrize("no", ["no", "press"])
def test_a_no_links_nothing_and_a_later_yes_does_not_either(no: str) -> None:
    world = _with_open_code()
    world.hear("8KQ4-9XWM")
    assert (world.press("link:no") if no == "press" else world.hear(no)).text == replies.LINK_DECLINED()
    world.hear("yes")
    world.press("link:yes")
    assert not world.asked_for(Link)


def test_talking_of_something_else_leaves_the_question_and_its_button() -> None:
    world = _with_open_code()
    world.hear("8KQ4-9XWM")
    world.hear("white t-shirt")
    world.hear("yes")
    assert not world.asked_for(Link), "that yes was not about the code"
    world.press("link:yes")
    assert world.asked_for(Link)


def test_a_code_that_is_not_open_is_refused_kindly_and_may_be_looked_for_as_words() -> None:
    world = agreed()
    answer = world.hear("9KQ4-9XWM")
    assert answer.text == replies.LINK_REFUSED["unknown"]()
    assert labels(answer)[:2] == ["link", "find:9KQ4-9XWM"]
    world.press("find:9KQ4-9XWM")
    assert world.asked_for(Search)


def test_a_code_that_closes_before_the_yes_links_nothing() -> None:
    world = _with_open_code()
    world.hear("8KQ4-9XWM")
    world.open_codes.clear()
    assert world.hear("yes").text == replies.LINK_REFUSED["unknown"]()


@pytest.mark.parametrize("reason", ["unknown", "own", "public", "too_many"])
def test_every_refusal_says_why(reason: LinkRefusal) -> None:
    world = World()
    (answer,) = world.tell(LinkRefused(reason))
    assert answer.text == replies.LINK_REFUSED[reason]()


def test_a_button_may_carry_the_code() -> None:
    world = _with_open_code()
    world.press(f"link:{OTHER_CODE}")
    assert world.asked_for(CheckLinkCode) == [CheckLinkCode(OTHER_CODE)]
    assert "link:yes" in labels(world.said[-1])


def test_a_code_is_taken_before_consent_and_while_another_question_is_open() -> None:
    world = World()
    world.open_codes = {OTHER_CODE: "telegram"}
    world.hear("hello")
    assert "link:yes" in labels(world.hear("8KQ4-9XWM"))


def test_the_chat_that_made_the_code_is_told_in_the_place_of_the_code() -> None:
    world = agreed()
    world.press("link")
    (told,) = world.tell(LinkedElsewhere("telegram"))
    assert told.slot == world.said[-2].slot == "link"
    assert "Telegram" in told.text
    assert CODE not in told.text


# --- undoing it --------------------------------------------------------------------------------------------


def _linked() -> World:
    world = _with_open_code()
    world.hear("8KQ4-9XWM")
    world.hear("yes")
    return world


def test_unlinking_needs_a_second_yes_and_says_what_stays() -> None:
    world = _linked()
    question = world.hear("unlink this chat")
    assert "Telegram" in question.text
    assert "copy of what you saved" in question.text
    assert labels(question) == ["unlink:yes", "unlink:no"]
    assert world.hear("no").text == replies.UNLINK_KEPT()
    assert not world.asked_for(Unlink)
    world.press("unlink")
    assert world.hear("yes").text.startswith(replies.UNLINKED())
    assert world.asked_for(Unlink)


def test_without_a_link_there_is_nothing_to_unlink() -> None:
    world = agreed()
    assert world.hear("unlink").text == replies.UNLINK_NOTHING()
    assert world.press("unlink:yes").text == replies.UNLINK_NOTHING()
    assert not world.asked_for(Unlink)


def test_the_other_chats_hear_of_it() -> None:
    world = _linked()
    (told,) = world.tell(UnlinkedElsewhere("discord"))
    assert "Discord" in told.text


# --- what is known, and erasing ----------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["what do you keep?", "which chats are linked?", "am I linked"])
def test_privacy_names_the_linked_channels_and_offers_to_unlink(words: str) -> None:
    world = _linked()
    answer = world.hear(words)
    assert "linked with Telegram" in answer.text
    assert "unlink" in labels(answer)
    assert "linked with" not in agreed().hear("what do you keep?").text


def test_a_chat_whose_person_was_erased_elsewhere_starts_anew() -> None:
    world = _linked()
    world.hear("white t-shirt")
    (told,) = world.tell(DataErased("discord"))
    assert "Discord" in told.text
    assert replies.ERASE_DONE() in told.text
    assert world.state.photo is None
    assert world.state.linked == ()
    assert world.state.known(SHIRT.id) is None
