"""What comes back by mail, as servers of several makes write it; and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.incoming import Returned, read

REF = "0123456789abcdef0123456789abcdef01234567"
BACK = f"stylist+b-{REF}@example.org"


def _bounce(status: str, *, to: str = BACK, action: str = "failed", original: str = "") -> bytes:
    return f"""\
From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system. Your mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; anna@example.net
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b
Content-Type: text/rfc822-headers

Message-ID: <{original}>
Subject: You in a shirt

--b--
""".encode()


def _complaint(to: str = "feedback@example.org", ref: str = REF) -> bytes:
    return f"""\
From: <abuse@isp.example.net>
To: {to}
Subject: FW: You in a shirt
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--b
Content-Type: message/rfc822

From: <stylist@example.org>
To: <anna@example.net>
Message-ID: <{ref}@example.org>
Subject: You in a shirt

hello
--b--
""".encode()


@pytest.mark.parametrize("status", ["5.1.1", "5.1.2", "5.1.10", "5.2.1"])
def test_a_bounce_for_good_names_our_mail(status: str) -> None:
    assert read(_bounce(status)) == Returned("gone", REF)


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "5.3.4", "5.0.0"])
def test_a_full_mailbox_or_a_filter_is_no_missing_mailbox(status: str) -> None:
    assert read(_bounce(status)) == Returned("delayed", REF)


def test_a_delay_is_nothing_yet() -> None:
    assert read(_bounce("4.4.1", action="delayed")) is None


def test_a_bounce_to_another_address_is_known_by_the_mail_it_brings_back() -> None:
    assert read(_bounce("5.1.1", to="stylist@example.org", original=f"{REF}@example.org")) == Returned("gone", REF)


def test_a_complaint_is_known_by_the_mail_it_brings_back() -> None:
    assert read(_complaint()) == Returned("complaint", REF)


def test_a_mail_to_the_address_of_the_header_ends_it_however_it_is_spelt() -> None:
    assert read(f"To: <STYLIST+U-{REF.upper()}@EXAMPLE.ORG>\n\nplease".encode()) == Returned("stop", REF)


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: hello\n\nwhat a nice shirt",
        _bounce("5.1.1", to="stylist@example.org"),
        _complaint(ref="guessed"),
        f"To: {BACK}\nSubject: Out of office\n\nI am away.".encode(),
        f"To: stylist@example.org\nSubject: stylist+u-{REF}@example.org\n\nstylist+u-{REF}@example.org".encode(),
        b"To: " + b"a," * 20_000 + b"\n\n",
    ],
)
def test_anything_else_is_left_alone(other: bytes) -> None:
    assert read(other) is None


@given(st.binary(max_size=400), st.integers(0, 900))
def test_no_mail_however_broken_is_too_much(noise: bytes, at: int) -> None:
    whole = _bounce("5.1.1")
    read(whole[:at] + noise + whole[at:])
    read(noise)
