"""Alembic migrations, run by `fashioncore migrate` and at every `fashioncore up`."""
