"""Trying on with an engine that takes long: something is seen at once, and what is better takes its place."""

from __future__ import annotations

from bot.dialogue import labels as names
from bot.dialogue import replies
from bot.dialogue.policy import Policy
from bot.dialogue.types import (
    CancelTryOn,
    ComparePictures,
    Message,
    PhotoRef,
    ProductCard,
    RequestTryOn,
    TryOnFailed,
    TryOnFinished,
)
from tests.unit.dialogue.world import (
    BLOUSE,
    COLOURS,
    JACKET,
    OTHER,
    PHOTO,
    RESULT,
    SHIRT,
    World,
    agreed,
    choosing,
    labels,
)

FINE = PhotoRef("9" * 64, 600, 800)


def _trying(*products: ProductCard, policy: Policy | None = None) -> World:
    """Somebody who sees the preview of each of these."""
    world = choosing(policy=policy)
    for number, product in enumerate(products, 1):
        world.press(f"try:{product.id}")
        _previewed(world, f"job-{number}", product)
    return world


def _previewed(world: World, job: str, product: ProductCard) -> Message:
    return world.tell(TryOnFinished(job, product, PHOTO, RESULT, colours=COLOURS, final=False))[-1]


def _refined(world: World, job: str, product: ProductCard) -> Message:
    return world.tell(TryOnFinished(job, product, PHOTO, FINE, engine="idm"))[-1]


def _failed(world: World, job: str, product: ProductCard, code: str, why: str = "") -> Message:
    return world.tell(TryOnFailed(job, product, code, why))[-1]


def _pictures(message: Message) -> list[str]:
    return [picture.media for picture in message.pictures]


def test_a_preview_is_shown_at_once_and_can_be_left_as_it_is() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    shown = _previewed(world, "job-1", SHIRT)
    assert _pictures(shown) == [PHOTO.media, RESULT.media]
    assert replies.RESULT_LABELS["preview"]() in shown.text
    assert replies.TRYON_REFINING() in shown.text
    assert (shown.slot, shown.job, shown.in_place) == ("job:job-1", "job-1", False)
    assert labels(shown)[0] == "cancel:job-1"
    assert not any(action.startswith("retry") for action in labels(shown)), "it is at work already"


def test_the_finer_picture_takes_the_place_of_the_preview_and_says_that_it_is_generated() -> None:
    world = _trying(SHIRT)
    shown = _refined(world, "job-1", SHIRT)
    assert _pictures(shown) == [PHOTO.media, FINE.media]
    assert replies.RESULT_LABEL_GENERATED() in shown.text
    assert (shown.slot, shown.job, shown.in_place) == ("job:job-1", None, True)
    assert world.state.jobs == ()
    assert world.state.last is not None
    assert world.state.last.result == FINE
    assert world.state.last.colours == COLOURS, "what the preview saw is still known"
    assert f"save:{SHIRT.id}" in labels(shown)


def test_the_next_garment_need_not_wait_for_the_finer_picture_of_the_last() -> None:
    world = _trying(SHIRT, JACKET, BLOUSE, policy=Policy(max_waiting=1))
    assert [asked.product_id for asked in world.asked_for(RequestTryOn)] == [SHIRT.id, JACKET.id, BLOUSE.id]
    _refined(world, "job-1", SHIRT)
    assert world.state.last is not None
    assert world.state.last.product == BLOUSE, "what is talked about stays the latest"
    assert {one.job: one.engine for one in world.state.earlier} == {"job-1": "idm", "job-2": "preview"}


def test_whoever_stops_keeps_the_preview_and_can_have_it_painted_after_all() -> None:
    world = _trying(SHIRT)
    world.press("cancel:job-1")
    stopped = world.said[-1]
    assert _pictures(stopped) == [PHOTO.media, RESULT.media]
    assert replies.TRYON_KEPT() in stopped.text
    assert (stopped.job, stopped.in_place, stopped.slot) == (None, True, "job:job-1")
    assert (stopped.choices[0].label, stopped.choices[0].action) == (names.FINER(), f"retry:{SHIRT.id}")
    world.press(f"retry:{SHIRT.id}")
    assert len(world.asked_for(RequestTryOn)) == 2


def test_stop_as_a_word_stops_the_painting() -> None:
    world = _trying(SHIRT)
    world.hear("stop")
    assert [effect.job for effect in world.asked_for(CancelTryOn)] == ["job-1"]


def test_a_failure_keeps_the_preview_and_apologises() -> None:
    world = _trying(SHIRT)
    said = _failed(world, "job-1", SHIRT, "out_of_memory", "Please try again later.")
    assert _pictures(said) == [PHOTO.media, RESULT.media]
    assert said.text.endswith(f"{replies.TRYON_NOT_REFINED()} Please try again later.")
    assert said.in_place
    assert world.state.last is not None
    assert world.state.last.result == RESULT
    assert world.state.failed is None, "there is a picture"


def test_a_new_photo_makes_anew_what_nobody_saw_yet_and_leaves_previews_as_they_are() -> None:
    world = _trying(SHIRT)
    world.press(f"try:{JACKET.id}")
    world.press("photo")
    world.send(OTHER)
    assert {effect.job for effect in world.asked_for(CancelTryOn)} == {"job-1", "job-2"}
    assert [asked.product_id for asked in world.asked_for(RequestTryOn)] == [SHIRT.id, JACKET.id, JACKET.id]
    kept = next(message for message in reversed(world.said) if message.slot == "job:job-1")
    assert _pictures(kept) == [PHOTO.media, RESULT.media]
    assert replies.TRYON_KEPT() in kept.text


def test_previews_are_compared_without_waiting_for_what_is_finer() -> None:
    world = _trying(SHIRT, JACKET)
    world.press("compare")
    assert [[one.job for one in effect.shown] for effect in world.asked_for(ComparePictures)] == [
        ["job-1", "job-2"]
    ]


def test_a_preview_of_what_was_given_up_is_not_shown() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    world.press("cancel:job-1")
    before = len(world.said)
    assert world.tell(TryOnFinished("job-1", SHIRT, PHOTO, RESULT, final=False)) == []
    assert len(world.said) == before
