"""What can go wrong between us and a shop.

CatalogError
├── ProviderError   a shop does not answer, or answers nonsense
└── FeedError       a feed file cannot be read; the message names the row
"""

from __future__ import annotations


class CatalogError(Exception):
    """Base. `code` is for machines, `user_message` for people, `retryable` for whoever decides to try again.

    `values` fill the sentence; without them it is taken as it is.
    """

    def __init__(self, code: str, sentence: str, *, retryable: bool = False, **values: str) -> None:
        self.code = code
        self.sentence = sentence
        self.values = values
        self.user_message = sentence.format(**values) if values else sentence
        self.retryable = retryable
        super().__init__(f"{code}: {self.user_message}")


class ProviderError(CatalogError):
    """A source of products failed."""


class FeedError(CatalogError):
    """A feed is not readable."""
