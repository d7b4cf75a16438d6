"""Brings a feed from its address into a file, unless it is still the one that was imported last."""

from __future__ import annotations

from pathlib import Path

from catalog.errors import FeedError
from catalog.feed_stream import MAX_PACKED_BYTES
from catalog.outbound import OutboundClient, OutboundError, OutboundLimits, Version

AGENT = "fashionCORE/0.1 (product feed)"
LIMITS = OutboundLimits(answer_s=3600.0, silence_s=60.0)
"""A gigabyte in an hour is a slow server's pace; one that says nothing for a minute is dead."""

_SENTENCES = {
    "link_unreachable": "The feed's address cannot be reached from here. It must be on the public internet.",
    "link_too_slow": "The feed's server fell silent. Nothing was changed; try again later.",
    "link_gone": "There is no feed at this address (any more).",
    "link_closed": "The feed's server does not let us read it. Check the address and what belongs into it.",
    "link_too_large": f"The feed is larger than {MAX_PACKED_BYTES / 1e9:.0f} GB.",
}


def is_address(origin: str) -> bool:
    """Whether a feed is named by an address rather than by a file."""
    return origin.lower().startswith(("http://", "https://"))


async def fetch_feed(client: OutboundClient, url: str, to: Path, known: Version) -> Version | None:
    """Write the feed to the file, whole or not at all. None when it is still the `known` one. Raises FeedError."""
    part = to.with_name(f"{to.name}.part")
    try:
        with part.open("wb") as file:
            version = await client.download(url, file, MAX_PACKED_BYTES, known)
        if version is not None:
            part.replace(to)
    except OutboundError as error:
        sentence = _SENTENCES.get(error.code, "The feed could not be fetched.")
        raise FeedError("feed_unreachable", sentence, retryable=True) from error
    except OSError as error:
        raise FeedError("feed_disk", f"The feed cannot be kept in {to.parent} ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
    return version
