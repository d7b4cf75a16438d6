"""How a conversation is addressed: ACCOUNT in private, PLACE:ACCOUNT where an account talks in several places."""

from __future__ import annotations


def account_of(address: str) -> str:
    """The account of an address: all of it, or what stands behind the place."""
    return address.rpartition(":")[2]


def is_private(address: str) -> bool:
    """Whether nobody else reads what is said there."""
    return ":" not in address
