"""What can go wrong between us and a shop.

CatalogError
├── ProviderError   a shop does not answer, or answers nonsense
└── FeedError       a feed file cannot be read; the message names the row
"""

from __future__ import annotations


class CatalogError(Exception):
    """Base. `code` is for machines, `user_message` for people, `retryable` for whoever decides to try again."""

    def __init__(self, code: str, user_message: str, *, retryable: bool = False) -> None:
        super().__init__(f"{code}: {user_message}")
        self.code = code
        self.user_message = user_message
        self.retryable = retryable


class ProviderError(CatalogError):
    """A source of products failed."""


class FeedError(CatalogError):
    """A feed is not readable."""
