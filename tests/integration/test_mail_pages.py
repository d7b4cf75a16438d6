"""The pages that links in mail lead to: a look changes nothing, a button or a mail program's POST does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from bot.web.errors import ApiError, answer
from bot.web.mail_pages import MailPages
from bot.web.sessions import COOKIE, address_of
from storage.mailing import SubscriptionRecord
from storage.schedules import Schedule
from storage.tables import MailRow
from storage.unit_of_work import Database, UnitOfWork

T = TypeVar("T")
COOKIES = {name: name * 10 for name in ("anna", "bert")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mails").mkdir()
    return tmp_path / "mails"


@pytest.fixture
def app(database: Database, folder: Path) -> Starlette:
    return Starlette(routes=MailPages(database, folder).routes(), exception_handlers={ApiError: answer})


def _ask(app: Starlette, work: Callable[[httpx.AsyncClient], Awaitable[T]], cookie: str = "") -> T:
    async def run() -> T:
        cookies = {COOKIE: cookie} if cookie else {}
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="https://chat", cookies=cookies) as client:
            return await work(client)

    return asyncio.run(run())


def _get(app: Starlette, path: str, cookie: str = "") -> httpx.Response:
    return _ask(app, lambda client: client.get(path), cookie)


def _post(app: Starlette, path: str) -> httpx.Response:
    # As RFC 8058 has it: no cookie, no page before, this body.
    return _ask(app, lambda client: client.post(path, data={"List-Unsubscribe": "One-Click"}))


def _person(database: Database, locale: str = "en", name: str = "anna" * 10) -> UUID:
    def work(uow: UnitOfWork) -> UUID:
        person = uow.conversations.open("web", address_of(name)).person_id
        uow.mailing.subscribe(person, f"{name[:4]}@example.org", Schedule("daily"), locale)
        return person

    return database.call(work)


def _record(database: Database, person: UUID) -> SubscriptionRecord:
    record = database.call(lambda uow: uow.mailing.subscription(person))
    assert record is not None
    return record


def test_looking_at_the_question_confirms_nothing_and_its_button_does_once(
    app: Starlette, database: Database
) -> None:
    person = _person(database)
    page = f"/mail/confirm/{database.call(lambda uow: uow.mailing.new_confirmation(person))}"
    for _ in range(2):
        shown = _get(app, page)
        assert "anna@example.org" in shown.text
        assert '<form method="post">' in shown.text
        assert not _record(database, person).confirmed
    assert "That is settled" in _post(app, page).text
    assert _record(database, person).confirmed
    assert "used up" in _post(app, page).text
    assert "used up" in _get(app, page).text


def test_one_post_of_a_mail_program_ends_it_and_a_look_does_not(app: Starlette, database: Database) -> None:
    person = _person(database, "de")
    database.call(lambda uow: uow.mailing.confirm(uow.mailing.new_confirmation(person)))
    page = f"/mail/unsubscribe/{_record(database, person).stop_token}"
    shown = _get(app, page)
    assert 'lang="de"' in shown.text
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert not _record(database, person).ended
    for _ in range(2):
        assert _post(app, page).status_code == 200
        assert _record(database, person).ended


@pytest.mark.parametrize("token", ["x", "0" * 40, "%00" * 5, "../../etc", "é", "'" * 40])
def test_a_link_that_means_nothing_says_what_is_so_and_tells_nobody_apart(app: Starlette, token: str) -> None:
    answer = _post(app, f"/mail/unsubscribe/{token}")
    assert answer.status_code in (200, 404, 405)
    assert "@" not in answer.text.replace("@media", "")


def test_everybody_reads_their_own_mails_of_the_folder_and_nobody_elses(
    app: Starlette, database: Database, folder: Path
) -> None:
    refs = {}
    for name in ("anna", "bert"):
        person = _person(database, name=COOKIES[name])
        ref: str = database.call(
            lambda uow, p=person: uow.session.scalars(  # type: ignore[misc] # a lambda's default
                sa.update(MailRow).where(MailRow.person_id == p).values(status="sent").returning(MailRow.ref)
            ).one()
        )
        message = EmailMessage()
        message["Subject"] = f"<b>For {name}</b>"
        message.set_content("plain")
        message.add_alternative('<p>Hello <img src="cid:one@x"></p>', subtype="html")
        html = message.get_payload(1)
        assert isinstance(html, EmailMessage)
        html.add_related(b"\xff\xd8", "image", "jpeg", cid="<one@x>")
        (folder / f"{ref}.eml").write_bytes(message.as_bytes())
        refs[name] = ref
    listed = _get(app, "/mail", COOKIES["anna"]).text
    assert "&lt;b&gt;For anna&lt;/b&gt;" in listed
    assert "bert" not in listed
    mine = _get(app, f"/mail/{refs['anna']}", COOKIES["anna"])
    assert 'src="data:image/jpeg;base64,/9g="' in mine.text
    assert "script" not in mine.headers["content-security-policy"]
    assert _get(app, f"/mail/{refs['bert']}", COOKIES["anna"]).status_code == 404
    assert _get(app, f"/mail/{refs['bert']}").status_code == 404
    assert "There are none yet" in _get(app, "/mail").text
