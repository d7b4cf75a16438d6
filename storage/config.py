"""Plain settings of the storage. Only the entry points read the environment and fill these in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url


@dataclass(frozen=True, slots=True)
class StorageConfig:
    """`database_url` and `redis_url` as operators write them; `data` is our folder on this machine."""

    database_url: str
    redis_url: str
    data: Path
    pool_size: int = 12

    @property
    def media(self) -> Path:
        """Where the local media store keeps its blobs."""
        return self.data / "media"


def sqlalchemy_url(database_url: str) -> URL:
    """The URL with our driver named.

    SQLAlchemy 2.1 reads `postgresql://` as psycopg 3, and people write `postgres://` too; we use psycopg2.
    Raises ValueError when it is not PostgreSQL.
    """
    url = make_url(database_url)
    if url.drivername.split("+")[0] not in {"postgresql", "postgres"}:
        raise ValueError(f"DATABASE_URL must be a PostgreSQL URL, not {url.drivername}://")
    return url.set(drivername="postgresql+psycopg2")
