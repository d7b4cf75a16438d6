"""Pictures in a bucket: what leads to them, who may see them, and how they get there from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from pydantic import ValidationError

from bot.media_moves import move_media, prepare_bucket
from bot.settings import BotSettings
from bot.web.guards import content_policy
from storage.environment import explained
from storage.errors import MediaMissing, MediaUnavailable
from storage.media import LocalMediaStore, MovingMediaStore
from storage.s3 import Bucket, BucketMediaStore
from storage.unit_of_work import Database
from tests.buckets import NewBucket

PICTURE = b"\xff\xd8 a picture"


@pytest.fixture
def bucket(new_bucket: NewBucket) -> Bucket:
    return new_bucket()


def _client(bucket: Bucket) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=bucket.endpoint,
        region_name="us-east-1",
        aws_access_key_id=bucket.key_id,
        aws_secret_access_key=bucket.secret,
    )


def _settings(bucket: Bucket, data: Path, database_url: str, **more: Any) -> BotSettings:
    return BotSettings(
        DATABASE_URL=database_url,
        REDIS_URL="redis://localhost/0",
        data=data,
        S3_BUCKET=bucket.name,
        S3_ENDPOINT=bucket.endpoint,
        S3_ACCESS_KEY_ID=bucket.key_id,
        S3_SECRET_ACCESS_KEY=bucket.secret,
        S3_PATH_STYLE=True,
        **more,
    )


def test_a_signed_link_shows_the_picture_with_its_type_and_nothing_without_the_signature(bucket: Bucket) -> None:
    store = BucketMediaStore(replace(bucket, links=True))
    store.prepare()
    link = store.link(store.put(PICTURE), "image/jpeg")
    assert link is not None
    assert store.origin is not None
    assert link.startswith(f"{store.origin}/")
    answer = httpx.get(link)
    assert (answer.content, answer.headers["content-type"]) == (PICTURE, "image/jpeg")
    assert httpx.get(link.partition("?")[0]).status_code == 403
    assert store.origin in content_policy([store.origin])


def test_without_links_the_bucket_is_nobodys_business_but_ours(bucket: Bucket) -> None:
    store = BucketMediaStore(bucket)
    assert store.link("0" * 64, "image/jpeg") is None
    assert store.origin is None


def test_each_picture_is_encrypted_as_it_was_set(bucket: Bucket) -> None:
    store = BucketMediaStore(replace(bucket, encryption="AES256"))
    store.prepare()
    kept = _client(bucket).head_object(Bucket=bucket.name, Key=f"media/{store.put(PICTURE)}")
    assert kept["ServerSideEncryption"] == "AES256"


def test_a_prepared_bucket_is_closed_and_keeps_no_older_versions_of_what_was_deleted(bucket: Bucket) -> None:
    store = BucketMediaStore(bucket)
    store.prepare()
    store.prepare()
    client = _client(bucket)
    assert all(client.get_public_access_block(Bucket=bucket.name)["PublicAccessBlockConfiguration"].values())
    rule, lent = client.get_bucket_lifecycle_configuration(Bucket=bucket.name)["Rules"]
    assert (lent["Filter"], lent["Expiration"]["Days"]) == ({"Prefix": "lent/"}, 1)
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}


def test_a_bucket_that_cannot_be_reached_is_told_without_address_or_secret(bucket: Bucket) -> None:
    far = BucketMediaStore(replace(bucket, endpoint="http://127.0.0.1:9"))
    with pytest.raises(MediaUnavailable, match=r"^cannot read the bucket .*: EndpointConnectionError$") as error:
        far.get("0" * 64)
    assert error.value.retryable
    with pytest.raises(MediaUnavailable, match="NoSuchBucket"):
        BucketMediaStore(bucket).put(PICTURE)


@pytest.fixture
def database(database_url: str, bucket: Bucket, tmp_path: Path) -> Iterator[Database]:
    """A program that has written into its folder and now has a bucket."""
    settings = _settings(bucket, tmp_path, database_url)
    (tmp_path / "media").mkdir()
    assert prepare_bucket(settings)
    database = Database(settings.storage(4), settings.media_store(tmp_path / "media"))
    yield database
    database.close()


def test_pictures_move_while_others_read_write_and_erase(
    database: Database, bucket: Bucket, database_url: str, tmp_path: Path
) -> None:
    folder = LocalMediaStore(tmp_path / "media")
    old = database.call(lambda uow: uow.media.keep(PICTURE, "catalogue", "image/jpeg", None))
    assert list(folder.listing()) == [], "what is new goes into the bucket"
    for number in range(5):
        folder.put(bytes([number]))
    orphan = folder.put(b"nobody holds it")
    assert database.store.get(orphan) == b"nobody holds it"
    assert database.call(lambda uow: uow.media.forget(orphan))

    told: list[int] = []
    moved = move_media(_settings(bucket, tmp_path, database_url), lambda _what, _part, count: told.append(count))

    assert (moved, told) == (5, [1, 2, 3, 4, 5])
    assert list(folder.listing()) == []
    in_bucket = {key for key, _ in BucketMediaStore(bucket).listing()}
    assert len(in_bucket) == 6
    assert old in in_bucket
    with pytest.raises(MediaMissing):
        database.store.get(orphan)
    assert move_media(_settings(bucket, tmp_path, database_url), lambda *_: None) == 0


def test_the_way_back_is_the_same(bucket: Bucket, database_url: str, tmp_path: Path) -> None:
    store = BucketMediaStore(bucket)
    store.prepare()
    key = store.put(PICTURE)
    settings = _settings(bucket, tmp_path, database_url, media="folder")
    assert settings.media_store(tmp_path / "media").get(key) == PICTURE
    assert move_media(settings, lambda *_: None) == 1
    assert LocalMediaStore(tmp_path / "media").get(key) == PICTURE
    assert list(store.listing()) == []


def test_without_a_folder_there_is_the_bucket_alone(bucket: Bucket, tmp_path: Path) -> None:
    settings = _settings(bucket, tmp_path, "postgresql://nobody@127.0.0.1:1/none")
    assert isinstance(settings.media_store(tmp_path / "none"), BucketMediaStore)
    assert isinstance(settings.media_store(tmp_path), MovingMediaStore)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"S3_ENDPOINT": "ftp://files"}, "S3_ENDPOINT: it must be http(s)://HOST[:PORT]"),
        ({"S3_ENDPOINT": "https://host/bucket"}, "S3_ENDPOINT: it must be"),
        ({"S3_BUCKET": "", "media": "s3"}, "Contradictory settings: FASHIONCORE_MEDIA=s3 needs S3_BUCKET."),
        ({"S3_SECRET_ACCESS_KEY": None}, "S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together"),
        ({"S3_ENCRYPTION": "rot13"}, "S3_ENCRYPTION: input should be 'AES256' or 'aws:kms'."),
        ({"S3_ENCRYPTION_KEY": "mine"}, "S3_ENCRYPTION_KEY needs S3_ENCRYPTION=aws:kms"),
        ({"photo_days": "many"}, "FASHIONCORE_PHOTO_DAYS: input should be a valid integer"),
        ({"DATABASE_URL": None}, "DATABASE_URL: input should be"),
        ({"DATABASE_URL": "mysql://x@y/z"}, "DATABASE_URL: it must be postgresql://USER:PASSWORD@HOST/DATABASE."),
        ({"REDIS_URL": "valkey.example"}, "REDIS_URL: it must be redis://:PASSWORD@HOST:6379/0."),
        ({"engine": "watercolour"}, "FASHIONCORE_ENGINE: it must be one of preview, idm, remote."),
    ],
)
def test_a_setting_that_cannot_be_is_named_in_one_line(given: dict[str, Any], said: str, tmp_path: Path) -> None:
    whole: dict[str, Any] = {
        "DATABASE_URL": "postgresql://x@y/z",
        "REDIS_URL": "redis://localhost/0",
        "data": tmp_path,
        "S3_BUCKET": "pictures",
        "S3_ACCESS_KEY_ID": "key",
        "S3_SECRET_ACCESS_KEY": "a-secret-of-ours",
    }
    with pytest.raises(ValidationError) as error:
        BotSettings(**whole | given)
    line = explained(error.value)
    assert line.startswith(said) or said in line
    assert "\n" not in line
    assert "a-secret-of-ours" not in line
