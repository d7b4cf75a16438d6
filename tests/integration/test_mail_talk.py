"""Talking about mails on a real database: what is said in one chat counts in all, and each mail is queued once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from bot.dialogue import replies
from bot.effects.mail import LONG_WAIT, standing_of, tell_confirmed, tell_price, tell_ready
from bot.web.mail_pages import MailPages
from storage.mailing import SubscriptionRecord
from storage.products import ProductPictures
from storage.tables import Job, MailRow
from storage.unit_of_work import Database, UnitOfWork
from tests.integration.linked import do, person_of
from tests.integration.town import Chat, Town
from tests.unit.catalog.products import product

SHOP = (
    product("coat-red", "Red coat", "coat", color="red"),
    product("coat-blue", "Blue coat", "coat", color="blue"),
)


@pytest.fixture
def town(town: Town, database: Database) -> Town:
    def stock(uow: UnitOfWork) -> None:
        uow.products.put(SHOP)
        for one in SHOP:
            uow.products.set_pictures(one.id, ProductPictures("0" * 64, None))

    database.call(stock)
    return town


def _who(chat: Chat) -> UUID:
    return person_of(chat.town.database, chat.account, chat.channel)


def _mails(chat: Chat, kind: str) -> list[dict[str, Any]]:
    rows = sa.select(MailRow.payload).where(MailRow.person_id == _who(chat), MailRow.kind == kind)
    return list(chat.town.database.call(lambda uow: list(uow.session.scalars(rows.order_by(MailRow.id)))))


def _subscription(chat: Chat) -> SubscriptionRecord:
    person = _who(chat)
    record = chat.town.database.call(lambda uow: uow.mailing.subscription(person))
    assert record is not None
    return record


def _open_the_link(chat: Chat) -> str:
    """What is said where the person was last, once they opened the link."""
    person = _who(chat)

    def work(uow: UnitOfWork) -> None:
        assert uow.mailing.confirm(uow.mailing.new_confirmation(person)) is not None
        assert tell_confirmed(uow, person) == chat.channel

    chat.town.database.call(work)
    chat.town.settle()
    return chat.answer


def _reader(town: Town, words: str = "email me every friday at 9") -> Chat:
    web = town.chat("web", "a" * 64)
    web.say(words)
    web.say("ana@example.com")
    if "alert" not in words:
        web.say("Berlin")
    _open_the_link(web)
    return web


def test_mails_are_arranged_in_one_chat_and_changed_in_another(town: Town) -> None:
    web, telegram = town.chat("web", "a" * 64), town.chat("telegram", "4711")
    assert web.say("email me every friday at 9") == str(replies.MAIL_ASK_ADDRESS)
    web.say("ana@exämple.org")
    assert "I have sent a link to ana@xn--exmple-cua.org" in web.say("I live in Berlin")
    assert not _subscription(web).confirmed
    assert "is confirmed" in _open_the_link(web)
    first = _subscription(web)
    assert first.schedule is not None
    assert (first.schedule.weekday, first.schedule.hour, first.schedule.timezone) == (4, 9, "Europe/Berlin")
    assert first.next_at is not None

    web.link_with(telegram)
    assert "every week on Friday" in telegram.say("what mails do I get?")
    telegram.say("cada domingo a las 10")
    changed = _subscription(web)
    assert changed.schedule is not None
    assert (changed.schedule.weekday, changed.schedule.hour, changed.locale) == (6, 10, "es")
    web.say("pause the mails for two weeks")
    paused = _subscription(web)
    assert paused.next_at is not None
    assert changed.next_at is not None
    assert paused.next_at - changed.next_at >= timedelta(days=7)
    web.say("pause the mails until 29 February")
    until = _subscription(web).paused_until
    assert until is not None
    day = until.astimezone(ZoneInfo("Europe/Berlin"))
    assert (day.month, day.hour) == (2, 0)
    assert day.day in (28, 29)
    assert day > datetime.now(UTC)
    web.say("send the mails again")
    assert _subscription(web).next_at == changed.next_at
    web.say("stop the mails")
    assert _subscription(web).ended
    telegram.say("borra mi correo")
    assert town.database.call(lambda uow: uow.mailing.subscription(_who(web))) is None
    web.say("my email is ana@example.com")
    web.press("mail:alert")
    web.press("erase:yes")
    assert town.database.call(lambda uow: uow.session.execute(sa.select(MailRow.id)).all()) == []


def test_what_is_on_screen_waits_for_the_confirmation_and_is_queued_once(town: Town) -> None:
    web = town.chat("web", "a" * 64)
    web.say("coat")
    web.say("email me these")
    assert "goes out" in web.say("ana@example.com")
    assert _mails(web, "items") == []
    assert _open_the_link(web).endswith(replies.MAILED(address="ana@example.com"))
    (mail,) = _mails(web, "items")
    assert Counter(mail["products"]) == {"coat-red": 1, "coat-blue": 1}
    assert web.say("email me these") == str(replies.MAILED_ALREADY)
    web.press("save:coat-red")
    web.say("email me my saved items")
    assert _mails(web, "items")[1:] == [{"products": ["coat-red"]}]


def test_a_link_in_a_mail_opens_the_chat_elsewhere_after_a_yes(town: Town) -> None:
    web = _reader(town)
    web.say("mail me a link to sign in on my phone")
    (mail,) = _mails(web, "sign_in")
    assert mail["minutes"] == 15
    phone = town.chat("web", "b" * 64)
    assert "Link this chat" in phone.press(f"link:{mail['code']}")
    phone.say("yes")
    assert _who(phone) == _who(web)


def test_an_address_is_asked_for_a_confirmation_only_so_often(town: Town) -> None:
    for number in range(4):
        chat = town.chat("web", f"{number}" * 64)
        chat.say("mail me price alerts")
        answer = chat.say("ana@example.com")
    assert answer == str(replies.MAIL_REFUSED["too_many"])


def test_where_others_read_along_no_address_is_taken(town: Town) -> None:
    group = town.chat("telegram", "-100:4711")
    assert group.say("email me every friday") == str(replies.MAIL_PUBLIC)
    assert group.say("what mails do i get") == str(replies.MAIL_PUBLIC)


def test_prices_go_by_mail_to_those_alone_who_want_a_mail_then(town: Town) -> None:
    weekly = _reader(town)
    alert = town.chat("telegram", "4711")
    alert.say("mail me price alerts")
    alert.say("bo@example.com")
    _open_the_link(alert)
    payload = {"product": "coat-red", "was": [9900, "EUR"]}
    for person in (_who(weekly), _who(alert)):
        do(town.database, tell_price, person, payload)
    assert (_mails(weekly, "digest"), _mails(alert, "digest")) == ([], [payload])
    alert.say("pause the mails")
    town.database.call(lambda uow: tell_price(uow, _who(alert), payload))
    mail = standing_of(_subscription(alert))
    assert mail is not None
    assert mail.paused_until == ""
    assert len(_mails(alert, "digest")) == 1


def test_a_picture_is_told_by_mail_after_a_long_wait_once(town: Town) -> None:
    web = _reader(town)
    person = _who(web)

    def asked(uow: UnitOfWork) -> UUID:
        talk = uow.conversations.open(web.channel, web.account)
        return uow.jobs.request(person, talk.id, "preview", "f" * 64, {})[0].id

    job = town.database.call(asked)
    town.database.call(lambda uow: tell_ready(uow, person, job))
    assert _mails(web, "ready") == []
    long_ago = sa.func.now() - LONG_WAIT - timedelta(minutes=1)
    town.database.call(lambda uow: uow.session.execute(sa.update(Job).values(created_at=long_ago)))
    for _ in range(2):
        town.database.call(lambda uow: tell_ready(uow, person, job))
    assert _mails(web, "ready") == [{"job": str(job)}]


def test_the_page_that_confirms_an_address_tells_the_chat(town: Town) -> None:
    web = town.chat("web", "a" * 64)
    web.say("mail me price alerts")
    web.say("ana@example.com")
    token = town.database.call(lambda uow: uow.mailing.new_confirmation(_who(web)))
    pages = httpx.ASGITransport(Starlette(routes=MailPages(town.database, None).routes()))

    async def visit(*methods: str) -> None:
        async with httpx.AsyncClient(transport=pages, base_url="http://chat.example") as client:
            for method in methods:
                (await client.request(method, f"/mail/confirm/{token}")).raise_for_status()

    asyncio.run(visit("GET"))
    town.settle()
    assert "is confirmed" not in web.answer
    asyncio.run(visit("POST", "POST"))
    town.settle()
    assert ["is confirmed" in turn["text"] for turn in web.turns].count(True) == 1
