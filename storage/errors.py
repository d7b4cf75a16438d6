"""What can go wrong with what we keep.

StorageError
├── MediaMissing      a blob is not in the store (expired or erased)
├── MediaUnavailable  the store cannot take or give anything now (disk full, read-only)
└── LeaseLost         this worker's lease on a job is over; its result must not be written
"""

from __future__ import annotations


class StorageError(Exception):
    """Base. `code` is for machines, `user_message` for people, `retryable` for whoever decides."""

    code = "storage"
    user_message = "Something on our side did not work. Please try again in a moment."
    retryable = True


class MediaMissing(StorageError):
    """The blob is gone."""

    code = "media_missing"
    user_message = "That picture is no longer kept. Please send it again."
    retryable = False


class MediaUnavailable(StorageError):
    """The media store does not work now."""

    code = "media_unavailable"


class LeaseLost(StorageError):
    """Another worker holds the job now, or it was cancelled."""

    code = "lease_lost"
    retryable = False
