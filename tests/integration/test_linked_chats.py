"""Linking as the people of two channels live it: real consumers on a real database, everything between them."""

from __future__ import annotations

import pytest

from bot.dialogue import replies
from storage.reports import export_person
from storage.unit_of_work import Database
from tests.integration.linked import do, person_of, send_photo
from tests.integration.town import Chat, Town
from tests.unit.catalog.products import product


@pytest.fixture
def town(town: Town, database: Database) -> Town:
    database.call(lambda uow: uow.products.put([product("coat", "Red coat", "coat")]))
    return town


@pytest.fixture
def telegram(town: Town) -> Chat:
    return town.chat("telegram", "4711")


@pytest.fixture
def web(town: Town) -> Chat:
    return town.chat("web", "a" * 64)


def test_photo_agreement_and_favourites_of_telegram_are_there_in_the_web_chat_at_once(
    town: Town, telegram: Chat, web: Chat
) -> None:
    telegram.say("hello")
    telegram.press("consent:yes")
    do(town.database, send_photo, telegram.account, b"photo", "telegram")
    telegram.press("save:coat")
    assert "Link this chat" in web.say(telegram.code().lower())
    assert web.say("yes").startswith("Done")
    assert "Telegram" in web.answer
    assert "You have agreed already" in web.press("consent:yes")
    assert "linked with Telegram" in web.say("what do you keep?")
    assert "linked with the web chat" in telegram.say("what do you keep?")
    standing = town.database.call(
        lambda uow: uow.people.standing(uow.conversations.open("web", web.account).person_id)
    )
    assert standing.photo is not None


def test_both_chats_are_told_and_the_code_is_gone_from_both_tables_and_the_makers_chat(
    town: Town, telegram: Chat, web: Chat
) -> None:
    code = telegram.code()
    assert "no longer valid" in web.say("1A1A-1A1A")
    web.say(code)
    web.say("yes")
    assert "used in the web chat" in telegram.answer
    assert all(code not in turn["text"] for turn in telegram.turns), "the message that showed it says so now"
    assert "no longer valid" in town.chat("discord", "9").say(code)
    assert person_of(town.database, web.account) == person_of(town.database, telegram.account, "telegram")


def test_ones_own_code_and_a_code_of_a_linked_chat_link_nothing(telegram: Chat, web: Chat) -> None:
    assert telegram.say(telegram.code()) == replies.LINK_REFUSED["own"]()
    telegram.link_with(web)
    assert web.say(telegram.code()) == replies.LINK_REFUSED["own"]()


def test_after_too_many_wrong_codes_even_the_right_one_is_refused(telegram: Chat, web: Chat) -> None:
    code = telegram.code()
    for number in range(5):
        assert "no longer valid" in web.say(f"1A1A-1A1{number}")
    assert web.say(code) == replies.LINK_REFUSED["too_many"]()


def test_where_others_read_along_no_code_is_shown_and_one_that_is_sent_there_is_void(
    town: Town, telegram: Chat, web: Chat
) -> None:
    group = town.chat("telegram", "-100123:4711")
    assert group.say("link my discord") == replies.LINK_REFUSED["public"]()
    code = web.code()
    assert group.say(code) == replies.LINK_REFUSED["public"]()
    assert "no longer valid" in telegram.say(code)


def test_unlinking_from_a_group_or_a_private_chat_takes_the_whole_account(
    town: Town, telegram: Chat, web: Chat
) -> None:
    group = town.chat("telegram", "-100123:4711")
    group.say("hello")
    web.link_with(telegram)
    assert person_of(town.database, group.account, "telegram") == person_of(town.database, web.account)
    telegram.say("unlink this chat")
    assert telegram.say("yes").startswith("This chat is on its own again")
    alone = person_of(town.database, telegram.account, "telegram")
    assert alone != person_of(town.database, web.account)
    assert person_of(town.database, group.account, "telegram") == alone
    assert "unlinked from this one" in web.answer
    assert "unlinked" not in group.answer
    assert telegram.say("unlink") == replies.UNLINK_NOTHING()


def test_erasing_in_one_chat_erases_all_and_tells_all(town: Town, telegram: Chat, web: Chat) -> None:
    discord = town.chat("discord", "99")
    telegram.link_with(web)
    telegram.link_with(discord)
    group = town.chat("telegram", "-100123:4711")
    group.say("secret words")
    web.say("secret words")
    discord.say("delete my data")
    discord.say("yes")
    for chat in (web, telegram):
        assert "You asked for it in Discord" in chat.answer
        assert replies.ERASE_DONE() in chat.answer
        assert len(chat.turns) == 1, "nothing is left of what was said before"
    assert discord.answer == replies.ERASE_DONE()
    assert group.turns == []
    people = {person_of(town.database, c.account, c.channel) for c in (web, telegram, discord)}
    assert len(people) == 3, "they are strangers again"
    assert web.say("hello"), "and start anew"


def test_an_export_covers_all_chats(town: Town, telegram: Chat, web: Chat) -> None:
    telegram.link_with(web)
    person = person_of(town.database, web.account)
    rows = town.database.call(lambda uow: export_person(uow.session, uow.house, person))
    assert {row["channel"] for row in rows["conversations"]} == {"web", "telegram"}
    assert {row["channel"] for row in rows["identities"]} == {"web", "telegram"}


def test_the_chat_that_sent_the_code_may_be_linked_with_two_others_first(
    town: Town, telegram: Chat, web: Chat
) -> None:
    discord, second = town.chat("discord", "99"), town.chat("web", "b" * 64)
    web.link_with(discord)
    telegram.link_with(second)
    discord.link_with(telegram)
    people = {person_of(town.database, c.account, c.channel) for c in (web, telegram, discord, second)}
    assert len(people) == 1
    assert "linked with Discord, Telegram and the web chat" in web.say("what do you keep?")
