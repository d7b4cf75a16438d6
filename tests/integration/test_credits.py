"""The ledger of paid try-ons."""

from __future__ import annotations

from uuid import uuid4

from storage.unit_of_work import Database


def test_the_last_credit_is_taken_once(database: Database) -> None:
    with database.unit_of_work() as uow:
        assert uow.credits.paid("7", "charge", 1, 50)
        assert not uow.credits.paid("7", "charge", 1, 50)
    first, second = uuid4(), uuid4()
    with database.unit_of_work() as uow:
        assert uow.credits.reserve("7", first, 0)
        assert uow.credits.reserve("7", first, 0), "asked twice, taken once"
        assert not uow.credits.reserve("7", second, 0)
        uow.credits.give_back(first)
        uow.credits.give_back(first)
        assert uow.credits.balance("7") == 1
        assert uow.credits.reserve("7", second, 0)
        assert uow.credits.balance("7") == 0
