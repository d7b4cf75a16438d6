"""Every media store passes these."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.errors import MediaMissing
from storage.media import LocalMediaStore, MediaStore, MovingMediaStore
from storage.s3 import BucketMediaStore
from tests.buckets import NewBucket
from tests.fakes.media_store import MemoryMediaStore


def _folder(folder: Path, _new_bucket: NewBucket) -> MediaStore:
    return LocalMediaStore(folder / "media")


def _bucket(_folder: Path, new_bucket: NewBucket) -> MediaStore:
    store = BucketMediaStore(new_bucket())
    store.prepare()
    return store


def _moving(folder: Path, new_bucket: NewBucket) -> MediaStore:
    return MovingMediaStore(_bucket(folder, new_bucket), _folder(folder, new_bucket))


def _fake(_folder: Path, _new_bucket: NewBucket) -> MediaStore:
    return MemoryMediaStore()


MAKERS: dict[str, Callable[[Path, NewBucket], MediaStore]] = {
    "a local folder": _folder,
    "a bucket": _bucket,
    "from a folder to a bucket": _moving,
    "the fake": _fake,
}


@pytest.fixture(params=MAKERS)
def store(request: pytest.FixtureRequest, tmp_path: Path, new_bucket: NewBucket) -> MediaStore:
    return MAKERS[request.param](tmp_path, new_bucket)


def test_what_was_put_is_got_under_the_hash_of_its_bytes(store: MediaStore) -> None:
    key = store.put(b"a picture")
    assert key == hashlib.sha256(b"a picture").hexdigest()
    assert store.get(key) == b"a picture"


def test_putting_the_same_bytes_twice_keeps_one_blob(store: MediaStore) -> None:
    assert store.put(b"same") == store.put(b"same")
    assert len(list(store.listing())) == 1


def test_an_empty_blob_is_a_blob(store: MediaStore) -> None:
    assert store.get(store.put(b"")) == b""


def test_a_deleted_blob_is_missing_and_deleting_again_is_no_error(store: MediaStore) -> None:
    key = store.put(b"short-lived")
    store.delete(key)
    store.delete(key)
    with pytest.raises(MediaMissing):
        store.get(key)


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "0" * 63, "G" * 64, "0" * 64 + "/x", "\x00" * 64])
def test_a_key_that_is_no_hash_names_nothing(store: MediaStore, key: str) -> None:
    with pytest.raises(MediaMissing):
        store.get(key)


def test_the_listing_says_when_each_blob_was_written(store: MediaStore) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    keys = {store.put(bytes([number])) for number in range(5)}
    listed = dict(store.listing())
    assert set(listed) == keys
    assert all(before <= written <= datetime.now(UTC) + timedelta(seconds=2) for written in listed.values())


def test_many_writers_of_the_same_bytes_leave_one_whole_blob(store: MediaStore) -> None:
    data = bytes(200_000)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(store.put, [data] * 32))
    assert len(keys) == 1
    assert store.get(keys.pop()) == data
    assert len(list(store.listing())) == 1
