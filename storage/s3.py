"""The media store in a bucket: AWS S3 and whatever speaks its interface.

Blobs are `media/<key>`. Of the bucket only its objects are used; `prepare` also sets the rules without which what
was deleted would stay: parts of broken uploads, and older versions where the bucket keeps those.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from storage.errors import MediaMissing, MediaUnavailable
from storage.media import is_media_key, media_key

PREFIX = "media/"

LENT = "lent/"
"""Copies that a server elsewhere may fetch while it draws (docs/remote.md); no row knows of them."""

LINK_S = 300
"""How long a signed link leads to its blob."""

_ABSENT = {"404", "NoSuchKey", "NotFound"}


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where and how. `endpoint` is None for AWS itself; without keys those of the machine's role are used.

    `encryption` is what the bucket's server encrypts each blob with ("AES256", "aws:kms"), None where it is set
    up to do so by itself. `links` lets browsers fetch blobs from the bucket, by signed links.
    """

    name: str
    endpoint: str | None = None
    region: str | None = None
    key_id: str | None = None
    secret: str | None = field(default=None, repr=False)
    encryption: str | None = None
    encryption_key: str | None = None
    links: bool = False
    path_style: bool = False


class BucketMediaStore:
    """See MediaStore. A client is safe to use from several threads; nothing connects before the first call."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        style = "path" if bucket.path_style else "auto"
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=bucket.endpoint,
            region_name=bucket.region or ("us-east-1" if bucket.endpoint else None),
            aws_access_key_id=bucket.key_id,
            aws_secret_access_key=bucket.secret,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": style},
                connect_timeout=5,
                read_timeout=30,
                retries={"mode": "standard", "total_max_attempts": 3},
                max_pool_connections=32,
                # Servers other than Amazon's do not all know the checksums that are sent by default.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, data: bytes, key: str | None = None) -> str:
        """See MediaStore. Written again where it is there: its time is what the sweeper goes by."""
        key = key or media_key(data)
        with self._answered("write to"):
            self._client.put_object(**self._at(key), Body=data, **self._encryption())
        return key

    def get(self, key: str) -> bytes:
        """See MediaStore."""
        with self._answered("read"):
            try:
                body: bytes = self._client.get_object(**self._at(key))["Body"].read()
            except ClientError as error:
                if _code(error) in _ABSENT:
                    raise MediaMissing(key) from error
                raise
        return body

    def delete(self, key: str) -> None:
        """See MediaStore. Where the bucket keeps versions, all of them go."""
        at = self._at(key)
        with self._answered("delete in"):
            self._client.delete_object(**at)

    def listing(self) -> Iterator[tuple[str, datetime]]:
        """See MediaStore. A thousand at a time."""
        with self._answered("list"):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket.name, Prefix=PREFIX)
            for page in pages:
                for found in page.get("Contents", ()):
                    key = found["Key"].removeprefix(PREFIX)
                    if is_media_key(key):
                        yield key, found["LastModified"]

    def link(self, key: str, mime: str) -> str | None:
        """See MediaStore."""
        if not self._bucket.links:
            return None
        asked = {**self._at(key), "ResponseContentType": mime, "ResponseCacheControl": "private, max-age=300"}
        with self._answered("sign a link into"):
            address: str = self._client.generate_presigned_url("get_object", asked, ExpiresIn=LINK_S)
        return address

    @staticmethod
    def new_loan() -> str:
        """A name for `lend` that nobody can guess."""
        return f"{LENT}{secrets.token_hex(32)}"

    def lend(self, name: str, data: bytes, mime: str, seconds: int) -> str:
        """Keep a copy until it is taken back; a signed link to it, which ends by itself."""
        at = {"Bucket": self._bucket.name, "Key": name}
        with self._answered("lend from"):
            self._client.put_object(**at, Body=data, ContentType=mime, **self._encryption())
            link: str = self._client.generate_presigned_url("get_object", at, ExpiresIn=seconds)
        return link

    def take_back(self, name: str) -> None:
        """The copy is gone, whether it came or not, and its link leads nowhere."""
        with self._answered("delete in"):
            self._client.delete_object(Bucket=self._bucket.name, Key=name)

    @property
    def origin(self) -> str | None:
        """Where signed links lead, as scheme and host; None where there are none."""
        link = self.link("0" * 64, "image/jpeg")
        return None if link is None else "{0.scheme}://{0.netloc}".format(urlsplit(link))

    def prepare(self) -> None:
        """Make the bucket where there is none, closed to the public, and set its rules."""
        name = self._bucket.name
        with self._answered("prepare"):
            try:
                self._client.head_bucket(Bucket=name)
            except ClientError as error:
                if _code(error) not in {*_ABSENT, "NoSuchBucket"}:
                    raise
                region = self._client.meta.region_name
                place = {} if region == "us-east-1" else {"LocationConstraint": region}
                self._client.create_bucket(Bucket=name, **({"CreateBucketConfiguration": place} if place else {}))
                self._client.put_public_access_block(
                    Bucket=name,
                    PublicAccessBlockConfiguration=dict.fromkeys(
                        ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
                    ),
                )
            self._client.put_bucket_lifecycle_configuration(
                Bucket=name,
                LifecycleConfiguration={
                    "Rules": [
                        {
                            "ID": "fashioncore-deleted-is-gone",
                            "Status": "Enabled",
                            "Filter": {"Prefix": PREFIX},
                            "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
                            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
                            "Expiration": {"ExpiredObjectDeleteMarker": True},
                        },
                        {
                            # Of a worker that died before it took them back.
                            "ID": "fashioncore-lent-comes-back",
                            "Status": "Enabled",
                            "Filter": {"Prefix": LENT},
                            "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
                            "Expiration": {"Days": 1},
                        },
                    ]
                },
            )

    def _encryption(self) -> dict[str, str]:
        asked = {"ServerSideEncryption": self._bucket.encryption, "SSEKMSKeyId": self._bucket.encryption_key}
        return {name: value for name, value in asked.items() if value}

    def _at(self, key: str) -> dict[str, str]:
        if not is_media_key(key):
            raise MediaMissing(key)
        return {"Bucket": self._bucket.name, "Key": PREFIX + key}

    @contextmanager
    def _answered(self, doing: str) -> Iterator[None]:
        try:
            yield
        except (BotoCoreError, ClientError) as error:
            # The message of an error may hold the address with its signature; its code never does.
            said = _code(error) if isinstance(error, ClientError) else type(error).__name__
            raise MediaUnavailable(f"cannot {doing} the bucket {self._bucket.name}: {said}") from error


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "unknown"))
