"""Which media store: the data folder or a bucket, and both while pictures move from one to the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.media import LocalMediaStore, MediaStore, MovingMediaStore

if TYPE_CHECKING:
    from storage.s3 import BucketMediaStore


class MediaSettings(BaseSettings):
    """Settings of the media store; docs/media.md tells what to set for whom."""

    model_config = SettingsConfigDict(env_prefix="FASHIONCORE_", use_attribute_docstrings=True)

    media: Literal["folder", "s3"] | None = None
    """Where new pictures go: the data folder, or the bucket, as it is where one is set (docs/media.md)."""
    s3_bucket: str | None = Field(default=None, validation_alias="S3_BUCKET")
    """The bucket's name; with it new pictures go there."""
    s3_endpoint: str | None = Field(default=None, validation_alias="S3_ENDPOINT")
    """The address of a server that speaks S3, https://HOST; without it, Amazon's."""
    s3_region: str | None = Field(default=None, validation_alias="S3_REGION")
    """The bucket's region, as `eu-central-1`."""
    s3_access_key_id: str | None = Field(default=None, validation_alias="S3_ACCESS_KEY_ID")
    """Without it and its secret the machine's own role counts, as Amazon's tools find it."""
    s3_secret_access_key: SecretStr | None = Field(default=None, validation_alias="S3_SECRET_ACCESS_KEY")
    """The secret of that key."""
    s3_encryption: Literal["AES256", "aws:kms"] | None = Field(default=None, validation_alias="S3_ENCRYPTION")
    """What the bucket's server encrypts each picture with; without it, what the bucket is set up to do."""
    s3_encryption_key: str | None = Field(default=None, validation_alias="S3_ENCRYPTION_KEY")
    """The key's name, for aws:kms."""
    s3_links: bool = Field(default=False, validation_alias="S3_LINKS")
    """Let browsers fetch shops' pictures from the bucket by signed links of some minutes; people's are sealed."""
    s3_path_style: bool = Field(default=False, validation_alias="S3_PATH_STYLE")
    """Name the bucket in the path instead of in the host's name, as many servers beside Amazon's want it."""

    @field_validator(
        "s3_bucket", "s3_endpoint", "s3_region", "s3_access_key_id", "s3_secret_access_key", mode="before"
    )
    @classmethod
    def _unset(cls, value: object) -> object:
        # A .env with NAME= and nothing behind it means: not set.
        return None if value == "" else value

    @field_validator("s3_endpoint")
    @classmethod
    def _endpoint(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "http://unset")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("it must be http(s)://HOST[:PORT]; the bucket's name belongs into S3_BUCKET")
        return value

    @model_validator(mode="after")
    def _bucket_is_whole(self) -> Self:
        if self.media == "s3" and self.s3_bucket is None:
            raise ValueError("FASHIONCORE_MEDIA=s3 needs S3_BUCKET")
        if (self.s3_access_key_id is None) != (self.s3_secret_access_key is None):
            raise ValueError("S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both or neither")
        if self.s3_encryption_key is not None and self.s3_encryption != "aws:kms":
            raise ValueError("S3_ENCRYPTION_KEY needs S3_ENCRYPTION=aws:kms")
        return self

    def bucket(self) -> BucketMediaStore | None:
        """The bucket that is set, None when there is none. Nothing connects yet."""
        if self.s3_bucket is None:
            return None
        # Here, since most installations have none and boto3 takes 30 MB.
        from storage.s3 import Bucket, BucketMediaStore  # noqa: PLC0415

        secret = self.s3_secret_access_key
        return BucketMediaStore(
            Bucket(
                self.s3_bucket,
                endpoint=self.s3_endpoint,
                region=self.s3_region,
                key_id=self.s3_access_key_id,
                secret=secret.get_secret_value() if secret else None,
                encryption=self.s3_encryption,
                encryption_key=self.s3_encryption_key,
                links=self.s3_links,
                path_style=self.s3_path_style,
            )
        )

    def media_store(self, folder: Path) -> MediaStore:
        """Where pictures are. With a bucket set, what is still in the data folder is found there, and back."""
        local, bucket = LocalMediaStore(folder), self.bucket()
        if bucket is None:
            return local
        if self.media == "folder":
            return MovingMediaStore(local, bucket)
        return MovingMediaStore(bucket, local) if folder.exists() else bucket
