"""The ways in beside the web chat: what Telegram posts, what other workers ask, what comes back by mail.

Each is walked as the routes of the web chat are (test_web_security.py): with the wrong secret or none, with
another person's ids, too late, and twice.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from telegram import Bot, User

from bot.channels.telegram.inline import Inline
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.pictures import Pictures
from bot.channels.telegram.stars import Stars, Tariff
from bot.channels.telegram.updates import Me
from bot.channels.telegram.webhook import HEADER, PATH, build_app, secret_of
from bot.mail.envelope import BOUNCE, STOP
from bot.mail.incoming import Letterbox
from storage.bell import Bell
from storage.config import StorageConfig
from storage.hints import Hints
from storage.records import SentRecord
from storage.reports import export_person
from storage.schedules import Schedule
from storage.tables import Subscription
from storage.unit_of_work import Database, UnitOfWork
from tests.fakes.painter import Painter
from tests.integration.strangers import owner
from tests.integration.test_web_security import routes_of
from workers.remote.serve import Studio
from workers.remote.signing import WINDOW_S, Gate, authorization
from workers.remote.wire import HELLO_PATH, RENDER_PATH

TOKEN = "7000000001:AAWebhookWebhookWebhookWebhookWebhook"
ME = Me(7000000001, "stylist_bot", hears_all=False)
ANN, BOB = 4711, 4712
OPEN = {("GET", "/healthz"), ("GET", "/readyz")}
"""What tells anybody whether the process is well."""


def _asked(app: Starlette, method: str, path: str, **content: Any) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://door") as client:
            return await client.request(method, path, **content)

    return asyncio.run(ask())


# --- what Telegram posts ----------------------------------------------------------------------------------------


@dataclass
class Hook:
    """The application that Telegram posts to."""

    app: Starlette
    database: Database
    numbers: Iterator[int]

    def post(self, update: dict[str, Any], secret: str | None = secret_of(TOKEN)) -> int:
        """As Telegram does, with this secret."""
        headers = {} if secret is None else {HEADER: secret}
        return _asked(self.app, "POST", PATH, json=update, headers=headers).status_code

    def update(self, who: int, **message: Any) -> dict[str, Any]:
        """Somebody's message in their private chat."""
        number = next(self.numbers)
        chat, user = {"id": who, "type": "private"}, {"id": who, "is_bot": False, "first_name": "X"}
        said = {"message_id": number, "date": 1_700_000_000, "chat": chat, "from": user, **message}
        return {"update_id": number, "message": said}

    def events(self) -> list[tuple[str, str]]:
        """Whose events were stored, and what they say."""
        rows = "SELECT address, payload::text FROM inbox WHERE kind <> 'noted' ORDER BY id"
        return self.database.call(lambda uow: [tuple(row) for row in uow.session.execute(sa.text(rows))])


@pytest.fixture
def hook(database: Database, storage_config: StorageConfig) -> Iterator[Hook]:
    # Nothing of it asks Telegram: presses would be answered.
    bot, hints = Bot(TOKEN, base_url="http://127.0.0.1:1/bot"), Hints(storage_config.redis_url)
    bot._bot_user = User(ME.id, "Stylist", is_bot=True, username=ME.username)  # as it would tell itself
    inline = Inline(bot, ME, database, Pictures(bot, database), None)
    intake = Intake(bot, ME, database, Bell(), inline, Stars(bot, Tariff(price=50)))
    yield Hook(build_app(bot, intake, database, hints, secret_of(TOKEN)), database, itertools.count(1))
    asyncio.run(hints.close())


def test_only_who_knows_the_secret_hands_updates_over(hook: Hook) -> None:
    assert routes_of(hook.app) == {("POST", PATH)} | OPEN, "a way in that nobody tries"
    right = secret_of(TOKEN)
    said = hook.update(ANN, text="hello")
    wrong = (None, "", right[:-1], right + "x", right.upper(), TOKEN, secret_of(TOKEN + "x"))
    assert {hook.post(said, secret) for secret in wrong} == {403}
    assert _asked(hook.app, "GET", PATH, headers={HEADER: right}).status_code == 405
    assert hook.events() == []
    assert hook.post(said) == 200
    assert [address for address, _ in hook.events()] == [str(ANN)]


def test_what_telegram_hands_over_twice_counts_once(hook: Hook) -> None:
    paid = {
        "currency": "XTR", "total_amount": 50, "invoice_payload": f"pack:10:50:{ANN}",
        "telegram_payment_charge_id": "charge-1", "provider_payment_charge_id": "p",
    }  # fmt: skip
    payment, words = hook.update(ANN, successful_payment=paid), hook.update(ANN, text="hello")
    # The same payment under another number is a payment told twice, too.
    again = hook.update(ANN, successful_payment=paid)
    for update in (payment, words, payment, words, again):
        assert hook.post(update) == 200
    assert hook.database.call(lambda uow: uow.credits.balance(str(ANN))) == 10
    assert hook.database.call(lambda uow: uow.credits.balance(str(BOB))) == 0
    assert len(hook.events()) == 2
    back = {"currency": "XTR", "total_amount": 50, "invoice_payload": "", "telegram_payment_charge_id": "charge-1"}
    refunds = [hook.update(who, refunded_payment=back) for who in (BOB, ANN, ANN)]
    assert {hook.post(update) for update in refunds} == {200}
    assert hook.database.call(lambda uow: uow.credits.balance(str(ANN))) == 0, "once, and where it was paid"
    assert hook.database.call(lambda uow: uow.credits.balance(str(BOB))) == 0


def test_another_persons_turns_and_messages_show_nothing_in_telegram(hook: Hook) -> None:
    def live(uow: UnitOfWork) -> tuple[str, str]:
        talk = uow.conversations.open("telegram", str(ANN))
        picture = {"media": "canary", "alt": "canary", "role": "result"}
        body = {"text": "canary", "choices": [], "products": [], "pictures": [picture], "job": None}
        uow.conversations.say(talk.id, "telegram", body)
        (turn,) = uow.conversations.latest_turns(talk.id, 1)
        uow.outbox.note("telegram", SentRecord(talk.id, turn.id, "main", 1, str(ANN), "99", "canary-item"))
        return turn.id.hex, str(talk.id)

    turn, talk = hook.database.call(live)
    message = {"message_id": 99, "date": 1, "chat": {"id": ANN, "type": "private"}, "text": "x"}
    chat = {"id": BOB, "type": "private"}
    user = {"id": BOB, "is_bot": False, "first_name": "Bob"}
    me = {"id": ME.id, "is_bot": True, "first_name": "Stylist"}
    pressed = {"id": "1", "from": user, "chat_instance": "1", "data": "last"}
    updates = [
        hook.update(
            BOB, text=f"/start result_{turn}", entities=[{"type": "bot_command", "offset": 0, "length": 6}]
        ),
        hook.update(BOB, text="this", reply_to_message={**message, "from": me}),
        hook.update(BOB, text="this", reply_to_message={**message, "chat": chat, "from": me}),
        {"update_id": 901, "callback_query": {**pressed, "message": {**message, "from": me}}},
        {"update_id": 902, "callback_query": {**pressed, "message": {**message, "chat": chat, "from": me}}},
    ]
    assert {hook.post(update) for update in updates} == {200}
    stored = hook.events()
    assert {address for address, _ in stored} == {str(BOB)}
    assert not [text for _, text in stored if "canary" in text or talk in text]


# --- what other workers ask -------------------------------------------------------------------------------------


class Clock:
    """What time it is for the gate."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_no_route_of_a_worker_that_draws_for_others_answers_who_has_no_right(database: Database) -> None:
    del database  # it has none
    key, clock, painter = "k" * 32, Clock(), Painter()
    app = Studio(painter, Gate(key, clock)).app()
    clock.now += 10
    closed = routes_of(app) - OPEN
    assert closed == {("GET", HELLO_PATH), ("POST", RENDER_PATH)}, "a way in that nobody tries"
    for method, path in sorted(closed):
        route, body = f"{method} {path}", b"" if method == "GET" else b"[]"

        def status(header: str | None, method: str = method, path: str = path, body: bytes = body) -> int:
            headers = {} if header is None else {"Authorization": header}
            return _asked(app, method, path, content=body, headers=headers).status_code

        fresh = authorization(key, route, body, clock)
        others = [one for one in (f"GET {HELLO_PATH}", f"POST {RENDER_PATH}") if one != route]
        for wrong in (
            None,
            "",
            f"Bearer {key}",
            authorization("x" * 32, route, body, clock),
            authorization(key, others[0], body, clock),
            authorization(key, route, body, lambda: clock.now - WINDOW_S - 1),
            authorization(key, route, body, lambda: clock.now + WINDOW_S + 1),
            fresh.replace("nonce=", "nonce=0", 1),
        ):
            assert status(wrong) == 401, f"{route}: {wrong}"
        assert status(fresh) != 401
        assert status(fresh) == 401, "a copy"
        clock.now += WINDOW_S + 1
        assert status(fresh) == 401, "a copy, later"
    assert painter.batches == []


# --- what comes back by mail ------------------------------------------------------------------------------------


@contextmanager
def _unchanged(database: Database, person: Any) -> Iterator[None]:
    before = database.call(lambda uow: export_person(uow.session, uow.house, person))
    yield
    assert database.call(lambda uow: export_person(uow.session, uow.house, person)) == before


def test_a_mail_stops_only_what_its_random_name_stands_for(database: Database) -> None:
    ann = owner(database, "ann")

    def subscribe(uow: UnitOfWork) -> tuple[str, str, str]:
        where = uow.mailing.subscribe(ann.person, "ann@example.com", Schedule("daily"), "en")
        token = uow.mailing.new_confirmation(ann.person)
        ref = uow.session.execute(sa.text("SELECT ref FROM mails")).scalar_one()
        return where.stop_token, token, ref

    stop, confirm, ref = database.call(subscribe)
    letterbox = Letterbox(database)

    def taken(to: str) -> str:
        mail = EmailMessage()
        mail["From"], mail["To"] = "bob@example.com", f"us+{to}@example.org"
        mail.set_type("multipart/report")
        part = EmailMessage()
        part.set_content("no such mailbox")
        mail.attach(part)
        return asyncio.run(letterbox.take(mail.as_bytes()))

    ids = [ident.replace("-", "").ljust(40, "0")[:40] for ident in ann.ids.values()]
    with _unchanged(database, ann.person):
        for name in (*ids, confirm, ref):
            assert taken(f"{STOP}{name}") in ("unknown", "nothing"), "the name of something else"
        for name in (*ids, confirm, stop):
            assert taken(f"{BOUNCE}{name}") in ("unknown", "nothing")
        for token in (*ids, stop, ref):
            assert database.call(lambda uow, token=token: uow.mailing.confirm(token)) is None  # type: ignore[misc] # a lambda's default
        for token in (*ids, confirm, ref):
            assert database.call(lambda uow, token=token: uow.mailing.end_by(token)) is None  # type: ignore[misc] # a lambda's default
    assert taken(f"{STOP}{stop}") == "stop"


def test_a_link_that_confirms_an_address_ends_with_its_time(database: Database) -> None:
    def late(uow: UnitOfWork) -> str:
        person = uow.people.find_or_create("web", "ann")
        uow.mailing.subscribe(person, "ann@example.com", Schedule("daily"), "en")
        token = uow.mailing.new_confirmation(person)
        uow.session.execute(sa.update(Subscription).values(confirm_until=sa.func.now() - timedelta(seconds=1)))
        return token

    token = database.call(late)
    assert database.call(lambda uow: uow.mailing.to_confirm(token)) is None
    assert database.call(lambda uow: uow.mailing.confirm(token)) is None
