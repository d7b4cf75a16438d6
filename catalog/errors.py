"""What can go wrong between us and a shop.

CatalogError
├── ProviderError   a shop does not answer, or answers nonsense
│   └── Paced       our own allowance of calls to it is used up for the moment
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
    """A source of products failed. `pause_s` is how long to leave it alone, where that is known; `reason` is for
    the operator.
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        retryable: bool = False,
        pause_s: float = 0.0,
        reason: str = "",
        **values: str,
    ) -> None:
        super().__init__(code, sentence, retryable=retryable, **values)
        self.pause_s = pause_s
        self.reason = reason


class Paced(ProviderError):
    """Nothing was asked: so many calls are not allowed to us just now. No fault of the shop."""

    def __init__(self, shop: str, after_s: float) -> None:
        sentence = "{shop} is asked a lot right now. Please try again in a minute."
        super().__init__("shop_paced", sentence, retryable=True, shop=shop)
        self.after_s = after_s


class FeedError(CatalogError):
    """A feed is not readable."""
