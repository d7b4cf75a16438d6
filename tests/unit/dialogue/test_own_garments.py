"""Garments that people bring as pictures or links, as stories."""

from __future__ import annotations

import pytest

from bot.dialogue import replies
from bot.dialogue.types import (
    DropPhoto,
    GarmentLook,
    InspectPhoto,
    ItemsKept,
    KeepItems,
    KeepPhoto,
    LinkFailed,
    OpenLink,
    PhotoReceived,
    RequestTryOn,
    SaveFavourite,
    Search,
    TextReceived,
)
from tests.unit.dialogue.world import JACKET, NUMBERED, OTHER, PHOTO, TEE, World, agreed, labels

OWN_TEE, OWN_OTHER = "own:000000000066", "own:000000000062"


def tried(world: World) -> list[str]:
    return [effect.product_id for effect in world.asked_for(RequestTryOn)]


def without_photo() -> World:
    world = World()
    world.press("consent:yes")
    return world


# --- a picture of a garment ------------------------------------------------------------------------


def test_a_garment_becomes_a_card_of_their_own_that_can_be_tried_on() -> None:
    world = agreed()
    answer = world.send(TEE)
    assert [(c.id, c.source) for c in answer.products] == [(OWN_TEE, "Your picture")]
    assert {f"try:{OWN_TEE}", f"similar:{OWN_TEE}"} <= set(labels(answer))
    assert world.state.photo == PHOTO, "the photo of the person stays"
    world.press(f"try:{OWN_TEE}")
    assert tried(world) == [OWN_TEE]


def test_something_similar_searches_by_kind_and_colour() -> None:
    world = agreed()
    world.send(TEE)
    world.press(f"similar:{OWN_TEE}")
    assert world.asked_for(Search)[-1].slots == {"category": ["t-shirt"], "color": ["white"]}


@pytest.mark.parametrize(
    "said", ["try this", "this t-shirt", "how would this look on me", "can I wear this?", "prueba esto"]
)
def test_a_garment_with_the_wish_to_wear_it_is_tried_on_at_once(said: str) -> None:
    world = agreed()
    world.tell(PhotoReceived(TEE, text=said))
    assert tried(world) == [OWN_TEE]


def test_other_words_are_heard_about_the_garment() -> None:
    world = agreed()
    world.tell(PhotoReceived(TEE, text="something like this"))
    assert world.asked_for(Search)[-1].slots["category"] == ["t-shirt"]
    assert not tried(world)


def test_without_a_photo_of_the_person_it_is_kept_and_tried_on_when_the_photo_comes() -> None:
    world = without_photo()
    answer = world.send(TEE)
    assert replies.ASK_PHOTO() in answer.text
    assert not tried(world)
    world.send(PHOTO)
    assert world.asked_for(KeepPhoto) == [KeepPhoto(PHOTO, None)]
    assert tried(world) == [OWN_TEE]


def test_it_can_be_named_and_saved_in_words() -> None:
    world = agreed()
    world.send(TEE)
    world.hear("save it")
    world.hear("try it on")
    assert world.asked_for(SaveFavourite) == [SaveFavourite(OWN_TEE, True)]
    assert tried(world) == [OWN_TEE]


def test_an_old_button_of_a_garment_works_after_other_things_were_talked_about() -> None:
    world = agreed()
    world.send(TEE)
    world.hear("white t-shirt")
    world.press(f"similar:{OWN_TEE}")
    assert world.asked_for(Search)[-1].slots["category"] == ["t-shirt"]


# --- both in one message ---------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(PHOTO, TEE), (TEE, PHOTO)])
def test_a_person_and_a_garment_together_start_the_try_on(order: tuple[object, ...]) -> None:
    world = without_photo()
    world.tell(PhotoReceived(order[0], (order[1],)))  # type: ignore[arg-type]  # both are photos
    assert world.asked_for(KeepPhoto) == [KeepPhoto(PHOTO, None)]
    assert world.asked_for(RequestTryOn) == [RequestTryOn(OWN_TEE, PHOTO, None)]


def test_before_consent_neither_is_looked_at_and_after_it_both_go_on() -> None:
    world = World()
    world.tell(PhotoReceived(PHOTO, (TEE,), text="try this on"))
    assert not world.asked_for(InspectPhoto)
    world.press("consent:yes")
    assert tried(world) == [OWN_TEE]
    assert world.state.photo == PHOTO


def test_a_declined_consent_drops_all_of_them() -> None:
    world = World()
    world.tell(PhotoReceived(PHOTO, (TEE,)))
    world.press("consent:no")
    assert world.asked_for(DropPhoto) == [DropPhoto(PHOTO), DropPhoto(TEE)]


def test_with_several_people_in_the_photo_the_garment_waits_for_the_choice() -> None:
    world = World(people=3)
    world.press("consent:yes")
    world.tell(PhotoReceived(PHOTO, (TEE,)))
    assert not tried(world)
    world.press("who:2")
    assert world.asked_for(RequestTryOn) == [RequestTryOn(OWN_TEE, PHOTO, 1)]


def test_with_an_older_photo_too_the_garment_waits_for_the_choice() -> None:
    world = agreed()
    world.people = 2
    world.tell(PhotoReceived(OTHER, (TEE,)))
    assert not tried(world)
    world.press("who:1")
    assert world.asked_for(RequestTryOn) == [RequestTryOn(OWN_TEE, OTHER, 0)]


def test_what_the_channel_calls_a_garment_is_one_although_a_model_wears_it() -> None:
    world = without_photo()
    world.tell(PhotoReceived(PHOTO, (OTHER,), garments=(OTHER.media,)))
    assert world.asked_for(KeepItems) == [KeepItems(((OTHER, None),), "try")]
    assert world.asked_for(RequestTryOn) == [RequestTryOn(OWN_OTHER, PHOTO, None)]


def test_several_garments_are_shown_side_by_side() -> None:
    world = agreed()
    world.looks[OTHER] = GarmentLook("lower", "jeans", ("blue",))
    answer = world.tell(PhotoReceived(TEE, (OTHER,)))[-1]
    assert [card.id for card in answer.products] == [OWN_TEE, OWN_OTHER]
    world.hear("try the second one")
    assert tried(world) == [OWN_OTHER]


# --- somebody wears it: is it them, or a model? ----------------------------------------------------


def test_the_first_picture_of_somebody_is_their_photo() -> None:
    world = without_photo()
    world.send(PHOTO)
    assert world.state.photo == PHOTO


def test_a_further_picture_of_somebody_is_asked_about() -> None:
    world = agreed()
    question = world.send(OTHER)
    assert question.text == replies.PICTURE_FOR_WHAT()
    assert labels(question)[:2] == ["picture:me", "picture:try"]
    assert world.state.photo == PHOTO


@pytest.mark.parametrize("answer", ["this is me", "yes", "me", "my new photo", "it’s me"])
def test_said_to_be_them_it_takes_the_place_of_the_photo(answer: str) -> None:
    world = agreed()
    world.send(OTHER)
    world.hear(answer)
    assert world.state.photo == OTHER
    assert DropPhoto(PHOTO) in world.asked_for(DropPhoto)


@pytest.mark.parametrize("answer", ["try it on", "no, something to try on", "this dress", "no"])
def test_said_to_be_a_garment_it_is_tried_on(answer: str) -> None:
    world = agreed()
    world.send(OTHER)
    world.hear(answer)
    assert world.state.photo == PHOTO
    assert tried(world) == [OWN_OTHER]


def test_the_question_can_wait_while_something_else_is_looked_for() -> None:
    world = agreed()
    world.send(OTHER)
    assert world.hear("white t-shirt").products
    world.press("picture:try")
    assert tried(world) == [OWN_OTHER]


def test_a_model_sent_with_the_wish_to_wear_it_is_a_garment() -> None:
    world = agreed()
    world.tell(PhotoReceived(OTHER, text="this dress please"))
    assert tried(world) == [OWN_OTHER]


def test_a_photo_that_was_asked_for_is_not_asked_about() -> None:
    world = agreed()
    world.press("photo")
    world.send(OTHER)
    assert world.state.photo == OTHER


def test_a_photo_with_the_wish_for_something_on_screen_is_their_photo() -> None:
    world = without_photo()
    world.hear("white t-shirt")
    world.tell(PhotoReceived(PHOTO, text="try the first one"))
    assert world.state.photo == PHOTO
    assert tried(world) == ["samples-shirts-3"]


def test_said_to_be_them_several_people_are_told_apart() -> None:
    world = agreed()
    world.people = 2
    world.send(OTHER)
    question = world.press("picture:me")
    assert [p.media for p in question.pictures] == [NUMBERED.media]
    assert labels(question)[:2] == ["who:1", "who:2"]


# --- neither ---------------------------------------------------------------------------------------


def test_neither_a_person_nor_a_garment_is_refused_kindly() -> None:
    world = agreed()
    world.people = 0
    answer = world.send(OTHER)
    assert "Nobody is in it." in answer.text
    assert DropPhoto(OTHER) in world.asked_for(DropPhoto)
    assert world.state.photo == PHOTO


def test_the_useful_picture_of_several_is_used() -> None:
    world = agreed()
    world.people = 0
    answer = world.tell(PhotoReceived(OTHER, (TEE,)))[-1]
    assert replies.PICTURE_UNCLEAR() in answer.text
    assert [card.id for card in answer.products] == [OWN_TEE]


def test_a_picture_in_which_no_garment_is_found_after_all_says_so() -> None:
    world = agreed()
    answer = world.tell(ItemsKept((), "try", refused=("I see no garment.",)))[-1]
    assert "I see no garment." in answer.text


# --- a link ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "url", "then"),
    [
        ("https://shop.example/9", "https://shop.example/9", "show"),
        ("try this on https://shop.example/9", "https://shop.example/9", "try"),
        ("something like https://shop.example/9?a=1", "https://shop.example/9?a=1", "similar"),
        ("www.shop.example/9", "https://www.shop.example/9", "show"),
        ("how much is https://shop.example/9", "https://shop.example/9", "show"),
    ],
)
def test_a_link_is_opened_and_that_is_said_first(said: str, url: str, then: str) -> None:
    world = agreed()
    first = world.tell(TextReceived(said))[0]
    assert first.text == replies.LINK_READING()
    assert world.asked_for(OpenLink) == [OpenLink(url, then)]  # type: ignore[arg-type]  # one of the literals


def test_what_the_page_sells_is_shown_with_its_shop() -> None:
    world = agreed()
    answer = world.hear(JACKET.url or "")
    assert answer.products == (JACKET,)
    assert f"try:{JACKET.id}" in labels(answer)


def test_a_link_to_try_on_is_tried_on_as_soon_as_it_is_read() -> None:
    world = agreed()
    world.hear(f"try this on {JACKET.url}")
    assert tried(world) == [JACKET.id]


def test_a_link_needs_no_consent_and_its_try_on_waits_for_the_photo() -> None:
    world = World()
    world.hear(f"try this on {JACKET.url}")
    world.press("consent:yes")
    world.send(PHOTO)
    assert tried(world) == [JACKET.id]


def test_a_page_that_tells_nothing_is_said_so() -> None:
    world = agreed()
    assert world.tell(LinkFailed("The page says nothing."))[-1].text == "The page says nothing."
