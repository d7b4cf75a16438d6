"""What a person told for good, on a real database: it counts in every chat of theirs and in real searches."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.dialogue import replies
from catalog.types import Money
from storage.products import ProductPictures
from storage.reports import export_person
from storage.tables import ProductRow
from storage.unit_of_work import Database, UnitOfWork
from tests.integration.linked import person_of
from tests.integration.town import Chat, Town
from tests.unit.catalog.products import product

SHOP = (
    product("coat-red", "Red coat", "coat", color="red", sizes=("M", "L")),
    product("coat-blue", "Blue coat", "coat", color="blue", price=Money(9000, "EUR")),
    product("coat-black", "Black coat", "coat", color="black", sizes=("S",)),
)


def _stock(uow: UnitOfWork) -> None:
    uow.products.put(SHOP)
    for one in SHOP:
        uow.products.set_pictures(one.id, ProductPictures("0" * 64, None))


@pytest.fixture
def town(town: Town, database: Database) -> Town:
    database.call(_stock)
    return town


def _shown(chat: Chat) -> set[str]:
    return {card["id"] for card in chat.turns[-1]["products"]}


def _told(town: Town, chat: Chat) -> list[tuple[str, str, str]]:
    person = person_of(town.database, chat.account, chat.channel)
    return list(town.database.call(lambda uow: uow.people.standing(person)).preferences)


def test_what_is_told_in_one_chat_counts_in_all_until_it_is_forgotten(town: Town) -> None:
    telegram, web = town.chat("telegram", "4711"), town.chat("web", "a" * 64)
    assert telegram.press("set:size::M") == replies.NOTED(facts="size M")
    assert telegram.say("I hate blue") == replies.NOTED(facts="you avoid blue")
    telegram.link_with(web)
    assert "size M, without blue" in web.say("coat")
    assert _shown(web) == {"coat-red"}
    web.press("any")
    assert _shown(web) == {"coat-red", "coat-blue", "coat-black"}

    person = person_of(town.database, web.account)
    kept = town.database.call(lambda uow: export_person(uow.session, uow.house, person))["preferences"]
    assert [(row["topic"], row["subject"], row["value"]) for row in kept] == _told(town, telegram)

    web.press("unlink:yes")
    web.press("forget:size")
    assert _told(town, web) == [("color", "blue", "avoided")]
    assert _told(town, telegram) == [("size", "", "M"), ("color", "blue", "avoided")], "each has its own again"
    web.say("undo")
    assert ("size", "", "M") in _told(town, web)
    web.press("erase:yes")
    assert _told(town, web) == []


def test_nothing_found_gives_up_what_is_usual_before_what_was_asked_for(town: Town) -> None:
    web = town.chat("web", "b" * 64)
    web.press("set:size::M")
    answer = web.say("black coat")
    assert replies.FOUND_UNUSUAL(dropped="your size") in answer
    assert _shown(web) == {"coat-black"}


def test_whoever_comes_back_after_days_finds_things_as_they_are_now(town: Town) -> None:
    web = town.chat("web", "c" * 64)
    web.say("hello")
    web.say("coat")
    first, second, _third = (card["id"] for card in web.turns[-1]["products"])

    def four_days_pass(uow: UnitOfWork) -> None:
        back = (
            "UPDATE conversations SET state = jsonb_set(state, '{seen}', to_jsonb((state->>'seen')::float - 4e5))"
        )
        uow.session.execute(sa.text(back))
        uow.session.execute(sa.delete(ProductRow).where(ProductRow.id == first))
        uow.session.execute(sa.update(ProductRow).where(ProductRow.id == second).values(title="Better coat"))

    town.database.call(four_days_pass)
    assert replies.WE_LOOKED_FOR(wish="coat") in web.say("hello")
    assert web.say("try the first one") == replies.PRODUCT_GONE()
    assert "Better coat" in web.say("tell me about the second one")
    assert web.press("resume").startswith("I found 2")
