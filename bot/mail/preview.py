"""What a mail would look like now, as one file that a browser opens."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from bot.bootstrap import open_composer, open_database
from bot.dialogue.language import ENGLISH
from bot.dialogue.profile import Profile
from bot.mail.letter import Letter, Order
from bot.messages import language_in
from bot.settings import BotSettings
from storage.unit_of_work import Database, UnitOfWork

LOOKS_BACK = timedelta(days=30)
"""What is new for a preview: a shop that was just set up wants to see something too."""

ELSEWHERE = "http://127.0.0.1:8787"
"""Where links lead when no public address is set: the web chat of `./fashioncore up`."""


async def letter_for(settings: BotSettings, person: UUID) -> Letter | None:
    """The digest that this person would get now; None when nothing is new for them, or there is no such person."""
    database = open_database(settings)
    try:
        async with open_composer(settings, database, ELSEWHERE) as composer:
            now, language = datetime.now(UTC), await _language(database, person)
            order = Order("digest", person, language, now, since=now - LOOKS_BACK, stop=f"{ELSEWHERE}/")
            (written,) = await composer.write([order])
    finally:
        database.close()
    return None if written is None else written.letter


def save(letter: Letter, folder: Path, name: str) -> Path:
    """Put both parts of a letter into the folder; returns the page."""
    page = folder / f"{name}.html"
    page.write_text(as_page(letter))
    page.with_suffix(".txt").write_text(f"{letter.subject}\n\n{letter.text}")
    return page


def as_page(letter: Letter) -> str:
    """The HTML with each picture in the place of its `cid:`."""
    html = letter.html
    for picture in letter.pictures:
        data = base64.b64encode(picture.data).decode()
        html = html.replace(f"cid:{picture.cid}", f"data:{picture.type};base64,{data}")
    return html


async def _language(database: Database, person: UUID) -> str:
    """That of their mails; before there are any what they asked for, or what is spoken in their latest chat."""

    def look(uow: UnitOfWork) -> str | None:
        if (subscribed := uow.mailing.subscription(person)) is not None:
            return subscribed.locale
        told = Profile.of(uow.people.preferences(person)).language
        talks = uow.conversations.of(person)
        return told or next(filter(None, map(language_in, reversed(talks))), None)

    return await database.run(look) or ENGLISH
