"""What may be a mail address, and its one spelling."""

from __future__ import annotations

import pytest

from storage.mail_address import NoAddress, domain_of, normalised, plain_hash


@pytest.mark.parametrize(
    ("written", "known"),
    [
        (" Anna.Li@Example.ORG ", "Anna.Li@example.org"),
        ("anna+mode@bücher.de", "anna+mode@xn--bcher-kva.de"),
        ("anna@BÜCHER.de", "anna@xn--bcher-kva.de"),
        ("a@例え.テスト", "a@xn--r8jz45g.xn--zckzah"),
        ("o'neil@example.co.uk", "o'neil@example.co.uk"),
    ],
)
def test_an_address_has_one_spelling(written: str, known: str) -> None:
    assert normalised(written) == known


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "anna",
        "anna@",
        "@example.org",
        "anna@localhost",
        "a@b@example.org",
        "anna@example.org\nBcc: all@example.org",
        "anna@example.org\r\n\r\nhello",
        "anna\n@example.org",
        "anna@exam\u2028ple.org",
        "anna@example.org,bob@example.org",
        "anna@example.org; bob@example.org",
        "Anna <anna@example.org>",
        "anna@[127.0.0.1]",
        '"anna\\\r\nBcc: x"@example.org',
        "ünal@example.org",
        "anna@example.org\x00",
        "anna\u202e@example.org",
        "a" * 65 + "@example.org",
        "anna@" + "a" * 64 + ".org",
        "anna@" + "abcdefg." * 40 + "org",
        "anna@-example.org",
        "anna@example..org",
        "{{7*7}}@exa{{mple}}.org",
    ],
)
def test_what_is_no_address_or_more_than_one_is_refused(hostile: str) -> None:
    with pytest.raises(NoAddress):
        normalised(hostile)


def test_case_makes_no_other_mailbox_where_addresses_are_stopped() -> None:
    assert plain_hash("Anna@example.org") == plain_hash("anna@example.org")
    assert domain_of("anna@example.org") == "example.org"
