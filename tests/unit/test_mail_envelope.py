"""A letter as it goes over the wire: one recipient, no header of a stranger's, a way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.parser import BytesParser
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.envelope import House
from bot.mail.letter import Attached, Letter
from storage.mailing import Kind, MailRecord, SubscriptionRecord
from storage.schedules import Schedule

NOW = datetime(2026, 3, 6, 8, tzinfo=UTC)
REF, TOKEN = "a" * 40, "b" * 40
HOUSE = House("Stilistin Ü <stylist@example.org>", "back@example.org", "https://chat.example.org")
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Content-Type",
}
LETTER = Letter(
    "You in “White shirt” عربي",
    "Hello\nthere",
    '<p>Hello <img src="cid:one@x"></p>',
    (Attached("one@x", b"\xff\xd8"),),
)


def _mail(kind: Kind = "digest", address: str = "anna@xn--bcher-kva.de") -> MailRecord:
    person = uuid4()
    about = SubscriptionRecord(person, address, "en", Schedule("daily"), True, False, None, NOW, None, TOKEN)
    return MailRecord(
        1, person, kind, address, address.rpartition("@")[2], {}, REF, 1, NOW + timedelta(days=1), about
    )


def _parsed(data: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(data)


def test_a_mail_has_both_parts_and_its_pictures_inside_and_names_the_way_out() -> None:
    message = _parsed(HOUSE.message(_mail(), LETTER, NOW))
    assert message["To"] == "anna@xn--bcher-kva.de"
    assert message["From"] == "Stilistin Ü <stylist@example.org>"
    assert message["Subject"] == LETTER.subject
    assert message["Message-ID"] == f"<{REF}@example.org>"
    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/jpeg"]
    stop = f"https://chat.example.org/mail/unsubscribe/{TOKEN}"
    assert message["List-Unsubscribe"] == f"<{stop}>, <mailto:back+u-{TOKEN}@example.org?subject=unsubscribe>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert HOUSE.return_path(REF) == f"back+b-{REF}@example.org"


@pytest.mark.parametrize("kind", ["confirm", "sign_in", "items"])
def test_what_was_asked_for_offers_no_end_of_what_was_not(kind: Kind) -> None:
    assert _parsed(HOUSE.message(_mail(kind), LETTER, NOW))["List-Unsubscribe"] is None


def test_where_nobody_reads_what_comes_back_and_nothing_is_https_nothing_is_promised() -> None:
    house = replace(HOUSE, back="", home="http://127.0.0.1:8787")
    message = _parsed(house.message(_mail(), LETTER, NOW))
    assert message["List-Unsubscribe"] == f"<http://127.0.0.1:8787/mail/unsubscribe/{TOKEN}>"
    assert message["List-Unsubscribe-Post"] is None
    assert house.return_path(REF) == "stylist@example.org"


@pytest.mark.parametrize("hostile", ["Shirt\r\nBcc: all@example.org", "a\nb", "x\u2028y\x00z", "\r\n\r\n<script>"])
def test_a_product_title_in_the_subject_makes_no_header(hostile: str) -> None:
    message = _parsed(HOUSE.message(_mail(), replace(LETTER, subject=hostile), NOW))
    assert message["Bcc"] is None
    assert message.get_content_type() == "multipart/alternative"
    assert "\n" not in message["Subject"]


def test_lines_are_as_short_as_servers_take_them_whatever_the_letter_says() -> None:
    long = replace(LETTER, subject="Wort " * 60, text="ü" * 5000, html="<p>" + "x" * 50_000)
    data = HOUSE.message(_mail(), long, NOW)
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")


@given(
    st.text(min_size=1, max_size=300),
    st.text(min_size=1, max_size=300),
    st.text(max_size=80),
    st.binary(max_size=200),
)
def test_whatever_a_letter_says_is_read_back_as_it_was(text: str, html: str, subject: str, picture: bytes) -> None:
    written = Letter(subject, text, html, (Attached("one@x", picture),))
    message = _parsed(HOUSE.message(_mail(), written, NOW))
    words = {part.get_content_type(): part for part in message.walk()}
    assert words["text/plain"].get_content().splitlines() == text.splitlines()
    assert words["text/html"].get_content().splitlines() == html.splitlines()
    assert words["image/jpeg"].get_content() == picture
    assert words["image/jpeg"]["Content-ID"] == "<one@x>"
    assert not message.defects
    assert set(message.keys()) == HEADERS


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nBcc: all@example.org", "a@b.example, c@example.org", "a", "a b@c.de"]
)
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    with pytest.raises((ValueError, HeaderParseError)):
        HOUSE.message(_mail(address=address), LETTER, NOW)
