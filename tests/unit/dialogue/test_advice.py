"""Advice, outfits and comparisons in a conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue import advising
from bot.dialogue.policy import Policy
from bot.dialogue.profile import Fact, Profile
from bot.dialogue.state import OutfitPlan
from bot.dialogue.styling import sentences
from bot.dialogue.turn import Turn
from bot.dialogue.types import (
    ComparePictures,
    Frame,
    GatherPieces,
    Message,
    PhotoRef,
    RequestTryOn,
    SaveFavourite,
    TryOnFailed,
    TryOnFinished,
)
from tests.unit.dialogue.world import (
    COAT,
    COLOURS,
    JACKET,
    OTHER,
    PHOTO,
    RESULT,
    SHEET,
    SHIRT,
    STOCK,
    TROUSERS,
    World,
    agreed,
    labels,
)

SKIRT = replace(
    TROUSERS, id="samples-skirts-1", title="Red skirt", category="skirt", color=("red",), price_minor=80_000
)
"""₹800"""


def dressed(world: World, job: str = "job-1", card: object = SHIRT, result: PhotoRef = RESULT) -> Message:
    """A try-on is done, and what stays of the person's own clothes was seen."""
    return world.tell(TryOnFinished(job, card, PHOTO, result, colours=COLOURS))[-1]  # type: ignore[arg-type]


def asked(world: World, **slots: object) -> None:
    """The person asked for advice, in words that were understood so."""
    turn = Turn(world.state, Policy())
    advising.advise(turn, Frame("advice", dict(slots)))
    turn.finish()
    world.state = turn.state
    queue = [event for effect in turn.effects for event in world._answer(effect)]
    world.effects += turn.effects
    for event in queue:
        world.tell(event)


@pytest.fixture
def world() -> World:
    found = agreed()
    found.stock = (*STOCK, TROUSERS, SKIRT)
    return found


# --- opinions --------------------------------------------------------------------------------------


def test_an_opinion_names_the_colours_in_the_picture_and_the_reason(world: World) -> None:
    dressed(world)
    answer = world.press("which")
    assert answer.text.startswith("White t-shirt beside what you wear below (blue)")
    assert "Light against dark" in answer.text


def test_a_rust_jacket_and_blue_jeans_are_near_opposites(world: World) -> None:
    rust = replace(JACKET, title="Rust jacket", color=("rust",))
    world.tell(TryOnFinished("job-1", rust, PHOTO, RESULT, colours=COLOURS[1:]))
    lively = replace(COLOURS[1], lab=(45.0, 2.0, -38.0))
    world.tell(TryOnFinished("job-2", rust, PHOTO, RESULT, colours=(lively,)))
    assert "near opposites on the colour wheel" in world.press("which").text


def test_without_a_picture_a_piece_is_judged_by_its_own_colour(world: World) -> None:
    world.hear("show me something nice")
    asked(world, ref=[1])
    assert "quiet colour" in world.said[-1].text
    assert world.said[-1].products == (SHIRT,)


def test_which_one_is_answered_with_reasons(world: World) -> None:
    dressed(world)
    world.state = replace(
        world.state, shown=(SHIRT, COAT), stage="results", profile=Profile((Fact("color", "white", "liked"),))
    )
    asked(world, ref=["all"])
    said = world.said[-1]
    assert said.text.startswith("Of these I would take White t-shirt.")
    assert said.products == (SHIRT,)
    assert len(said.text.split(". ")) >= 2, "a reason"


def test_an_avoided_colour_is_not_recommended(world: World) -> None:
    world.state = replace(
        world.state, shown=(SHIRT, COAT), stage="results", profile=Profile((Fact("color", "white", "avoided"),))
    )
    asked(world, ref=["all"])
    assert "Red coat" in world.said[-1].text


# --- outfits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("what goes with my navy trousers", "trousers (navy)"),
        ("qué me pongo con un pantalón azul marino?", "(azul marino)"),
        ("o que combina com minha calça azul-marinho?", "(azul-marinho)"),
        ("was passt zu meiner schwarzen Hose?", "(schwarz)"),
        ("que porter avec un pantalon noir ?", "(noir)"),
    ],
)
def test_what_goes_with_something_of_their_own_leaves_its_place_free(world: World, said: str, named: str) -> None:
    before = len(world.said)
    world.hear(said)
    proposed = next(message for message in world.said[before:] if message.products)
    assert "lower" not in {card.part for card in proposed.products}, "the trousers are theirs"
    assert named in proposed.text, proposed.text


def test_complete_the_look_builds_around_the_picture_and_tries_all_of_it_on_at_once(world: World) -> None:
    dressed(world)
    world.press("outfit:new")
    proposal = next(m for m in reversed(world.said) if len(m.products) > 1)
    assert SHIRT in proposal.products
    assert {card.part for card in proposal.products} == {"upper", "lower"}
    request = world.asked_for(RequestTryOn)[-1]
    assert (request.product_id, *request.more) == tuple(card.id for card in proposal.products)
    assert len(world.state.jobs) == 1, "one picture"
    titles = [card.title for card in proposal.products]
    assert all(title in world.said[-1].text for title in titles)
    done = world.tell(
        TryOnFinished(world.last_job, proposal.products[0], PHOTO, RESULT, more=proposal.products[1:])
    )[-1]
    assert done.products == proposal.products
    assert "promises no fit" in done.text
    assert "outfit:other" in labels(done)


def test_a_budget_is_kept_and_said(world: World) -> None:
    asked(world, topic="outfit", price_max=1500, currency="INR")
    proposal = next(m for m in world.said[::-1] if m.products)
    assert set(proposal.products) == {SHIRT, SKIRT}
    assert "₹1,300" in proposal.text


def test_a_budget_that_is_too_small_is_told_with_what_it_would_take(world: World) -> None:
    asked(world, topic="outfit", price_max=700, currency="INR")
    assert world.said[-1].text == sentences.TOO_DEAR(budget="₹700", price="₹1,300")
    assert not world.asked_for(RequestTryOn)


def test_a_change_that_the_budget_does_not_allow_leaves_the_outfit_as_it_is(world: World) -> None:
    asked(world, topic="outfit", price_max=1500, currency="INR")
    before = world.state.plan
    answer = world.hear("a coat instead")
    assert "₹5,300" in answer.text
    assert before is not None
    assert answer.products == before.pieces
    assert "outfit:other" in labels(answer)


def test_prices_that_nobody_knows_are_said_to_be_unknown(world: World) -> None:
    world.stock = tuple(replace(card, price_minor=None, currency=None) for card in world.stock)
    asked(world, topic="outfit", price_max=700)
    assert any(sentences.NO_PRICES() in message.text for message in world.said)


def test_another_bottom_changes_that_piece_and_nothing_else(world: World) -> None:
    dressed(world)
    world.press("outfit:new")
    before = world.state.plan.pieces if world.state.plan else ()
    world.press("outfit:lower")
    after = world.state.plan.pieces if world.state.plan else ()
    assert [c.id for c in before if c.part != "lower"] == [c.id for c in after if c.part != "lower"]
    assert {c.id for c in (*before, *after) if c.part == "lower"} == {TROUSERS.id, SKIRT.id}


def test_cheaper_costs_less_until_nothing_does(world: World) -> None:
    asked(world, topic="outfit")
    costs = []
    for _ in range(6):
        plan = world.state.plan
        assert isinstance(plan, OutfitPlan)
        costs.append(sum(card.price_minor or 0 for card in plan.pieces))
        world.press("outfit:cheaper")
    assert costs == sorted(costs, reverse=True)
    assert any(m.text.startswith(sentences.NO_CHEAPER()) for m in world.said)


@pytest.mark.parametrize(("words", "ident"), [("a coat instead", COAT.id), ("jeans, cheaper", SKIRT.id)])
def test_words_change_the_outfit_on_screen(world: World, words: str, ident: str) -> None:
    world.state = replace(world.state, photo=None)
    asked(world, topic="outfit", price_max=6000)
    world.hear(words.replace("jeans, ", ""))
    plan = world.state.plan
    assert plan is not None
    assert ident in [card.id for card in plan.pieces]


def test_more_is_another_outfit_while_one_is_on_screen(world: World) -> None:
    world.state = replace(world.state, photo=None)
    asked(world, topic="outfit", price_max=6000)
    before = world.state.plan.pieces if world.state.plan else ()
    world.hear("more")
    after = world.state.plan.pieces if world.state.plan else ()
    assert after
    assert before != after


def test_an_outfit_without_a_photo_waits_for_one() -> None:
    world = World(stock=(*STOCK, TROUSERS))
    world.press("consent:yes")
    asked(world, topic="outfit", occasion=["party"])
    assert "outfit:try" in labels(next(m for m in world.said[::-1] if m.products))
    world.press("outfit:try")
    assert not world.asked_for(RequestTryOn)
    world.send()
    assert world.asked_for(RequestTryOn)[-1].more, "the whole outfit"


def test_an_outfit_of_a_mail_is_tried_on_by_its_pieces(world: World) -> None:
    world.press(f"try:{SHIRT.id}+{TROUSERS.id}")
    wanted = world.asked_for(RequestTryOn)[-1]
    assert (wanted.product_id, wanted.more) == (SHIRT.id, (TROUSERS.id,))
    world.press(f"try:{SHIRT.id}+<script>")
    assert len(world.asked_for(RequestTryOn)) == 1


def test_what_the_profile_avoids_is_asked_of_the_catalogue_too(world: World) -> None:
    profile = Profile((Fact("color", "red", "avoided"), Fact("gender", "", "women")))
    world.state = replace(world.state, profile=profile)
    asked(world, topic="outfit")
    slots = world.asked_for(GatherPieces)[-1].slots
    assert slots["exclude"] == {"color": ["red"]}
    assert slots["gender"] == "women"
    assert all("red" not in card.color for card in (world.state.plan or OutfitPlan()).pieces)


def test_all_of_an_outfit_is_saved_at_once(world: World) -> None:
    asked(world, topic="outfit")
    world.press("outfit:save")
    plan = world.state.plan
    assert plan is not None
    assert world.saved == [card.id for card in plan.pieces]


# --- side by side ----------------------------------------------------------------------------------


def test_two_that_are_tried_on_are_put_side_by_side_and_one_is_picked(world: World) -> None:
    dressed(world, "job-1", SHIRT)
    assert "compare" not in labels(world.said[-1])
    dressed(world, "job-2", JACKET, OTHER)
    assert "compare" in labels(world.said[-1])
    sheet = world.press("compare")
    (asked_for,) = world.asked_for(ComparePictures)
    assert [shown.lines for shown in asked_for.shown] == [("White t-shirt", "₹500"), ("Denim jacket", "₹2,000")]
    assert sheet.pictures[0].media == SHEET.media
    assert "A: White t-shirt, ₹500; B: Denim jacket, ₹2,000" in sheet.text
    assert "A: White t-shirt" in sheet.pictures[0].alt
    assert "promises no fit" in sheet.text
    assert world.press("which").text.startswith("Of these I would take")
    dressed(world, "job-3", TROUSERS)
    assert "Of these" not in world.press("which").text, "it is about the new picture now"
    picked = world.press("pick:job-2")
    assert "Denim jacket" in picked.text
    assert world.asked_for(SaveFavourite)[-1] == SaveFavourite(JACKET.id, True)


def test_what_is_missing_is_rendered_first_and_the_comparison_comes_by_itself(world: World) -> None:
    world.hear("show me something nice")
    dressed(world, "job-0", SHIRT)
    world.hear("compare 1 and 2")
    assert [request.product_id for request in world.asked_for(RequestTryOn)] == [JACKET.id]
    assert not world.asked_for(ComparePictures)
    answer = world.tell(TryOnFinished(world.last_job, JACKET, PHOTO, OTHER))[-1]
    assert answer.pictures[0].media == SHEET.media


def test_a_comparison_of_which_one_fails_shows_the_others_or_none(world: World) -> None:
    world.hear("show me something nice")
    world.hear("compare 1 and 2")
    world.tell(TryOnFinished("job-1", SHIRT, PHOTO, RESULT))
    answer = world.tell(TryOnFailed("job-2", JACKET, "turned_away", "You are turned to the side."))[-1]
    assert "did not work out" in answer.text
    assert not world.asked_for(ComparePictures)
    assert not world.state.comparing


def test_the_pictures_that_are_there_are_meant_by_them(world: World) -> None:
    world.hear("show me something nice")
    dressed(world, "job-1", SHIRT)
    dressed(world, "job-2", COAT, OTHER)
    asked_for = world.hear("compare them")
    assert "White t-shirt" in asked_for.text
    assert "Red coat" in asked_for.text
    assert "Denim" not in asked_for.text


def test_pictures_of_an_earlier_photo_are_not_compared(world: World) -> None:
    dressed(world, "job-1", SHIRT)
    world.tell(TryOnFinished("job-2", JACKET, OTHER, RESULT))
    assert world.press("compare").text == sentences.COMPARE_WHAT()
