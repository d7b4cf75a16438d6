"""Talking about mails: who wants which and when, what is asked for it, and what is sent where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue import zones
from bot.dialogue.types import (
    ArrangeMails,
    MailItems,
    MailLinkCode,
    MailPlan,
    PauseMails,
    PriceFell,
    StopMails,
    TextReceived,
    Watch,
)
from bot.dialogue.understanding.mailwords import mail_words
from tests.unit.dialogue.world import (
    SHIRT,
    World,
    greeted,
)

FRIDAY = MailPlan("weekly", weekday=4, hour=9, zone="Europe/Berlin")


def _somebody(zone: str | None = "Europe/Berlin") -> World:
    world = greeted()
    world.state = replace(world.state, zone=zone)
    return world


def _reader() -> World:
    """Somebody who gets mails on Fridays."""
    world = _somebody()
    world.hear("email me every friday at 9")
    world.hear("ana@example.com")
    world.confirm()
    return world


def test_an_address_is_asked_for_once_and_the_browser_tells_the_time_zone() -> None:
    world = _somebody()
    assert "Which address" in world.hear("email me every friday at 9").text
    answer = world.hear("ana@example.com")
    assert world.asked_for(ArrangeMails) == [ArrangeMails("ana@example.com", FRIDAY)]
    assert "I have sent a link to ana@example.com" in answer.text
    assert "every week on Friday at 9:00" in answer.text
    assert "Thank you, ana@example.com is confirmed." in world.confirm().text
    world.hear("make it monthly on the 15th at 20:30")
    monthly = replace(FRIDAY, cadence="monthly", day=15, hour=20, minute=30)
    assert world.asked_for(ArrangeMails)[-1] == ArrangeMails("", monthly)


def test_where_no_browser_tells_it_the_place_is_asked_for_and_understood() -> None:
    world = _somebody(zone=None)
    world.hear("email me every friday at 9")
    assert "Where are you" in world.hear("ana@example.com").text
    assert "I do not know that place" in world.hear("atlantis").text
    several = world.hear("in the united states")
    assert {"zone:America/New_York", "zone:America/Los_Angeles"} <= {one.action for one in several.choices}
    world.press("zone:America/Chicago")
    assert world.asked_for(ArrangeMails)[0].plan == replace(FRIDAY, zone="America/Chicago")


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("I'm in Mumbai", "Asia/Kolkata"), ("भारत", "Asia/Kolkata"), ("ألمانيا", "Europe/Berlin"),
        ("ich wohne in München", "Europe/Berlin"), ("São Paulo", "America/Sao_Paulo"),
        ("القاهرة", "Africa/Cairo"), ("Asia/Calcutta", "Asia/Kolkata"), ("red dress", None),
    ],
)  # fmt: skip
def test_places_are_known_in_every_language(words: str, zone: str | None) -> None:
    assert zones.zones_in(words) == (() if zone is None else (zone,))


def test_every_zone_that_is_offered_is_one() -> None:
    offered = [zone for language in ("en", "hi", "es", "fr", "de", "pt", "ar") for zone in zones.likely(language)]
    places = [zone for found in zones._places().values() for zone in found]
    assert all(zones.known(zone) == zone for zone in [*offered, *places])


def test_an_address_that_cannot_be_one_is_said_in_words() -> None:
    world = _somebody()
    world.hear("send me a weekly digest")
    assert "That is no address" in world.hear("ana@example").text
    assert "came back" in world.hear("bounced@example.com").text
    assert world.state.asked == "email"
    world.hear("ana@example.com")
    assert world.asked_for(ArrangeMails)[-1].address == "ana@example.com"


def test_whoever_looks_for_clothes_instead_is_not_asked_again() -> None:
    world = _somebody()
    world.hear("send me a weekly digest")
    assert world.hear("white t-shirt").products
    assert (world.state.asked, world.state.mailing) == (None, None)
    assert "no mails" in (world.hear("send me a weekly digest"), world.hear("no thanks"))[1].text


def test_mails_are_paused_for_as_long_as_was_said_and_begin_again() -> None:
    world = _reader()
    assert "for 14 days" in world.hear("pause the mails for two weeks").text
    world.hear("mails pausieren bis montag")
    world.hear("pause the mails")
    assert world.asked_for(PauseMails) == [PauseMails(days=14), PauseMails(weekday=0), PauseMails()]
    assert "paused" in world.hear("what mails do I get?").text
    world.hear("send the mails again")
    assert world.asked_for(PauseMails)[-1] == PauseMails(on=False)


def test_stopping_mails_and_stopping_to_wait_for_prices_are_told_apart() -> None:
    world = _reader()
    world.hear("red coat")
    world.hear("tell me when the first one gets cheaper")
    world.hear("stop the price alerts")
    assert world.asked_for(Watch)[-1] == Watch(None, on=False)
    assert not world.asked_for(StopMails)
    world.hear("stop the mails")
    assert world.asked_for(StopMails) == [StopMails()]
    assert "only when you ask" in world.hear("what mails do i get").text
    world.hear("forget my email address")
    assert world.asked_for(StopMails)[-1] == StopMails(forget=True)
    assert world.state.mail is None


def test_what_is_on_screen_is_mailed_once() -> None:
    world = _reader()
    shown = world.hear("t-shirt").products
    answer = world.hear("email me these")
    assert world.asked_for(MailItems) == [MailItems(tuple(card.id for card in shown))]
    assert "ana@example.com" in answer.text
    assert "already" in world.hear("email me these").text
    world.press("mail:again")
    assert len(world.asked_for(MailItems)) == 2
    world.hear("email me my saved items")
    assert world.asked_for(MailItems)[-1] == MailItems(("saved",))


def test_the_last_try_on_is_mailed_as_its_picture() -> None:
    world = _reader()
    world.press("consent:yes")
    world.send()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    world.finish(world.last_job)
    world.hear("email me this")
    assert world.asked_for(MailItems)[-1] == MailItems(job=world.last_job)


def test_what_was_wanted_before_the_address_was_confirmed_goes_out_then() -> None:
    world = _somebody()
    shown = world.hear("t-shirt").products
    world.hear("send these to ana@example.com")
    world.hear("and a mail every friday at 9")
    assert not world.asked_for(MailItems)
    world.confirm()
    assert world.asked_for(MailItems) == [MailItems(tuple(card.id for card in shown))]


def test_a_price_is_waited_for_by_mail_when_mail_is_said() -> None:
    world = _somebody()
    world.hear("red coat")
    world.hear("email me when the first one gets cheaper")
    assert world.asked_for(Watch)
    world.hear("ana@example.com")
    plan = world.asked_for(ArrangeMails)[0].plan
    assert plan is not None
    assert plan.cadence == "alert"
    world.tell(PriceFell(SHIRT))


def test_mails_at_set_times_are_not_given_up_for_prices_without_being_asked() -> None:
    world = _reader()
    world.hear("red coat")
    answer = world.hear("mail me when the first one gets cheaper")
    assert "Friday" in answer.text
    assert "mail:alert" in {one.action for one in answer.choices}
    assert len(world.asked_for(ArrangeMails)) == 1


def test_an_address_that_nobody_asked_for_leads_to_what_could_be_sent() -> None:
    world = _somebody()
    answer = world.hear("my email is ana@example.com")
    assert "What shall I send there?" in answer.text
    world.press("mail:monthly")
    assert world.asked_for(ArrangeMails)[0].address == "ana@example.com"


def test_another_device_is_linked_by_mail_when_mail_is_said() -> None:
    world = _reader()
    assert "mail:link" in {one.action for one in world.hear("continue on another device").choices}
    world.hear("mail me a link to sign in on my phone")
    assert world.asked_for(MailLinkCode) == [MailLinkCode()]


def test_where_others_read_along_no_address_is_asked_for_or_said() -> None:
    world = _reader()
    world.state = replace(world.state, public=True)
    for words in ("email me every monday", "what mails do i get", "what do you know about me"):
        said = " ".join(message.text for message in world.tell(TextReceived(words)))
        assert "ana@" not in said
    assert len(world.asked_for(ArrangeMails)) == 1


@pytest.mark.parametrize(
    ("text", "days", "weekday"),
    [
        ("pausa los correos tres semanas", 21, None), ("mets les mails en pause pour un mois", 30, None),
        ("mets les mails en pause pendant deux semaines", 14, None),
        ("mail 5 din ke liye rok do", 5, None), ("pausiere die Mails bis Freitag", None, 4),
        ("put the digest on hold", None, None),
    ],
)  # fmt: skip
def test_how_long_a_pause_is_stands_in_the_words(text: str, days: int | None, weekday: int | None) -> None:
    words = mail_words(text)
    assert words.pause
    assert (words.days, words.weekday) == (days, weekday)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("pause the mails until 5 January", (1, 5)),
        ("pausiere die mails bis zum 5. März", (3, 5)),
        ("pausa los correos hasta el 5 de enero", (1, 5)),
        ("mets les mails en pause jusqu'au 14 février", (2, 14)),
        ("pause the mails until Jan 5th", (1, 5)),
        ("mails 5 जनवरी तक रोक दो", (1, 5)),
        ("मेल 5 जनवरी तक रोक दो", (1, 5)),
        ("pausa os e-mails até 1 de março", (3, 1)),
    ],
)
def test_a_pause_may_end_on_a_date(text: str, date: tuple[int, int]) -> None:
    world = _reader()
    world.hear(text)
    assert world.asked_for(PauseMails) == [PauseMails(date=date)]


def test_a_date_names_no_product_on_the_screen() -> None:
    world = _reader()
    world.hear("white t-shirt")
    world.hear("pause the mails until Jan 5th")
    assert world.asked_for(PauseMails) == [PauseMails(date=(1, 5))]


@pytest.mark.parametrize("text", ["pause the mails until 31 February", "pause the mails for 5 days in a row"])
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert mail_words(text).date is None
