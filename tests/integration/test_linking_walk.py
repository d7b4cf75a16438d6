"""Three accounts link, unlink, erase, save and send photos in any order: nothing is lost, nothing goes astray."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from storage.config import StorageConfig
from storage.master_key import MasterKey
from storage.media import LocalMediaStore
from storage.tables import Favourite, Media, Person, Photo
from storage.unit_of_work import Database, UnitOfWork
from tests.integration.linked import do, opened, person_of, send_photo
from tests.unit.catalog.products import product

NAMES = ("a", "b", "c")
PRODUCTS = ("coat", "skirt", "t-shirt")
PICTURES = (b"one", b"two", b"three")
ACCOUNTS = st.sampled_from(NAMES)


@dataclass
class Somebody:
    """A person of the model: what each account said, which pictures it showed, and what belongs to the person."""

    words: dict[str, list[str]]
    shown: dict[str, set[str]]
    saved: set[str] = field(default_factory=set)
    photos: dict[str, int] = field(default_factory=dict)
    """Media key to the number of the step in which it was sent last."""
    told: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Kind of clothing to the step in which its size was told last, and the size."""

    @classmethod
    def new(cls, name: str) -> Somebody:
        return cls({name: []}, {name: set()})

    @property
    def photo(self) -> str | None:
        return max(self.photos, key=lambda key: self.photos[key], default=None)


class Walk(RuleBasedStateMachine):
    """The model beside the real database."""

    database: ClassVar[Database]

    def __init__(self) -> None:
        super().__init__()
        self.people = [Somebody.new(name) for name in NAMES]
        self.steps = 0
        for name in NAMES:
            asyncio.run(self.database.forget(do(self.database, _erased, name)))

    def _who(self, name: str) -> Somebody:
        return next(person for person in self.people if name in person.words)

    @rule(name=ACCOUNTS, one=st.sampled_from(PRODUCTS), saved=st.booleans())
    def saves(self, name: str, one: str, saved: bool) -> None:
        do(self.database, _save, name, one, saved)
        who = self._who(name)
        who.saved = (who.saved | {one}) if saved else (who.saved - {one})

    @rule(name=ACCOUNTS, kind=st.sampled_from(["", "shirt"]), size=st.sampled_from(["S", "M", ""]))
    def tells_a_size(self, name: str, kind: str, size: str) -> None:
        do(self.database, _prefer, name, kind, size)
        self.steps += 1
        told = self._who(name).told
        told.pop(kind, None)
        if size:
            told[kind] = (self.steps, size)

    @rule(name=ACCOUNTS)
    def says(self, name: str) -> None:
        mine = self._who(name).words[name]
        mine.append(f"words {len(mine)} of {name}")
        do(self.database, _say, name, mine[-1])

    @rule(name=ACCOUNTS, picture=st.sampled_from(PICTURES))
    def sends_a_photo(self, name: str, picture: bytes) -> None:
        who = self._who(name)
        key = do(self.database, send_photo, name, picture)
        self.steps += 1
        who.photos[key] = self.steps
        who.shown[name].add(key)

    @rule(name=ACCOUNTS)
    def deletes_the_photo(self, name: str) -> None:
        who = self._who(name)
        if who.photo:
            asyncio.run(self.database.forget(do(self.database, _drop_photo, name, who.photo)))
        who.photos.clear()

    @rule(stays=ACCOUNTS, joins=ACCOUNTS)
    def link(self, stays: str, joins: str) -> None:
        first, second = self._who(stays), self._who(joins)
        assert do(self.database, _link, stays, joins) == (first is not second)
        if first is not second:
            self.people.remove(second)
            first.words |= second.words
            first.shown |= second.shown
            first.saved |= second.saved
            for kind, told in second.told.items():
                first.told[kind] = max(told, first.told.get(kind, told))
            for key, number in second.photos.items():
                first.photos[key] = max(number, first.photos.get(key, 0))

    @rule(name=ACCOUNTS)
    def unlink(self, name: str) -> None:
        who = self._who(name)
        alone = do(self.database, _unlink, name)
        assert (alone is None) == (len(who.words) == 1)
        if alone is None:
            return
        here = who.shown.pop(name)
        there = set().union(*who.shown.values())
        taken = {key: number for key, number in who.photos.items() if key in here}
        who.photos = {key: number for key, number in who.photos.items() if key not in here or key in there}
        self.people.append(
            Somebody({name: who.words.pop(name)}, {name: here}, set(who.saved), taken, dict(who.told))
        )

    @rule(name=ACCOUNTS)
    def erase(self, name: str) -> None:
        who = self._who(name)
        asyncio.run(self.database.forget(do(self.database, _erased, name)))
        self.people.remove(who)
        self.people += [Somebody.new(account) for account in who.words]

    def _id(self, person: Somebody) -> UUID:
        ids = {person_of(self.database, name) for name in person.words}
        assert len(ids) == 1, "an account of a person belongs to somebody else"
        return ids.pop()

    @invariant()
    def nobody_is_taken_for_another(self) -> None:
        assert len({self._id(person) for person in self.people}) == len(self.people), "two people are one"

    @invariant()
    def everybody_has_what_they_should_have(self) -> None:
        for person in self.people:
            who = self._id(person)
            with self.database.unit_of_work() as uow:
                assert set(uow.people.favourites(who, 100)) == person.saved
                standing = uow.people.standing(who)
                told = {(kind, size) for kind, (_, size) in person.told.items()}
                assert {(kind, size) for _, kind, size in standing.preferences} == told
                photo = standing.photo
                assert (photo and photo.media_key) == person.photo
                for name, words in person.words.items():
                    talk = uow.conversations.find("web", name)
                    assert talk is not None
                    said = [turn.body["text"] for turn in uow.conversations.latest_turns(talk.id, 1000)]
                    assert [text for text in said if text] == words

    @invariant()
    def everybody_sees_their_own_photos_and_nobody_a_strangers(self) -> None:
        every = set().union(*(person.shown[name] for person in self.people for name in person.words))
        for person in self.people:
            who = self._id(person)
            with self.database.unit_of_work() as uow:
                assert {key for key in every if uow.media.visible(key, who)} == set(person.photos)
                # Sealed with keys of people who were linked, parted and erased since.
                assert {uow.media.read(key) for key in person.photos} <= set(PICTURES)

    @invariant()
    def the_balance_adds_up(self) -> None:
        with self.database.unit_of_work() as uow:
            assert uow.session.query(Favourite).count() == sum(len(person.saved) for person in self.people)
            assert uow.session.query(Photo).count() == sum(len(person.photos) for person in self.people)
            assert uow.session.query(Media).count() == sum(len(person.photos) for person in self.people)
            assert uow.session.query(Person).count() == len(self.people)
        kept = {key for key, _ in self.database.store.listing()}
        assert kept == set().union(*(person.photos for person in self.people))


def _save(uow: UnitOfWork, name: str, one: str, saved: bool) -> None:
    uow.people.save_favourite(opened(uow, name).person_id, one, saved=saved)


def _prefer(uow: UnitOfWork, name: str, kind: str, size: str) -> None:
    uow.people.prefer(opened(uow, name).person_id, "size", kind, size)


def _say(uow: UnitOfWork, name: str, words: str) -> None:
    talk = opened(uow, name)
    uow.conversations.say(talk.id, "web", {"text": words, "pictures": []})


def _drop_photo(uow: UnitOfWork, name: str, key: str) -> list[str]:
    return uow.media.drop_photo(opened(uow, name).person_id, key)


def _link(uow: UnitOfWork, stays: str, joins: str) -> bool:
    return uow.people.link(opened(uow, stays).person_id, opened(uow, joins).person_id)


def _unlink(uow: UnitOfWork, name: str) -> UUID | None:
    return uow.people.unlink(opened(uow, name).person_id, "web", name)


def _erased(uow: UnitOfWork, name: str) -> list[str]:
    return uow.people.erase(opened(uow, name).person_id)


@pytest.fixture
def walked(module_database_url: str, tmp_path: Path) -> Iterator[Database]:
    opened_database = Database(
        StorageConfig(module_database_url, "redis://localhost/0", tmp_path),
        LocalMediaStore(tmp_path),
        master=MasterKey(MasterKey.new()),
    )
    opened_database.call(lambda uow: uow.products.put(product(name, name, name) for name in PRODUCTS))
    yield opened_database
    opened_database.close()


def test_linking_in_any_order_loses_and_leaks_nothing(walked: Database) -> None:
    Walk.database = walked
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
