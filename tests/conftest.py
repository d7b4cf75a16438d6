"""What every test can ask for."""

from __future__ import annotations

from tests.servers import (
    database_url,
    empty_database_url,
    migrated_template,
    module_database_url,
    own_servers,
    postgres_url,
    redis_url,
    servers,
)

__all__ = [
    "database_url",
    "empty_database_url",
    "migrated_template",
    "module_database_url",
    "own_servers",
    "postgres_url",
    "redis_url",
    "servers",
]
