"""Mail addresses: one spelling of each, and nothing in them that would become a header or a second address."""

from __future__ import annotations

import hashlib

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from storage.house_key import HouseKey


class NoAddress(ValueError):
    """This is no mail address that can be written to."""


def normalised(text: str) -> str:
    """The address with its domain in lower case and in ASCII (IDNA), as mail servers know it. Raises NoAddress.

    The part before the @ stays as it was written: only its server knows whether case counts there.
    """
    try:
        # Whether there is such a domain is seen when it is written to; those of test networks are good ones, too.
        found = validate_email(
            text.strip(), strict=True, allow_smtputf8=False, check_deliverability=False, test_environment=True
        )
    except EmailNotValidError as error:
        raise NoAddress(str(error)) from error
    if found.ascii_email is None:
        raise NoAddress("only its domain may have other letters than ASCII")
    return found.ascii_email


def domain_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2]


def address_hash(session: Session, house: HouseKey, address: str) -> str:
    """What stands for an address where it is kept after everything of a person is gone: that it must not be
    written to any more, and how often it was asked for a confirmation.
    """
    return keyed(session, house, plain_hash(address))


def keyed(session: Session, house: HouseKey, plain: str) -> str:
    """`address_hash` out of a `plain_hash`."""
    return house.digest(session, "mail", plain)


def plain_hash(address: str) -> str:
    """What stood for an address before there was a key, and tells it to whoever tries them all."""
    return hashlib.sha256(f"mail:{address.casefold()}".encode()).hexdigest()
