"""The dialogue as stories: what a person does, and what they read in answer."""

from __future__ import annotations

import pytest

from bot.dialogue import replies
from bot.dialogue.language import speaking
from bot.dialogue.policy import Policy
from bot.dialogue.styling import sentences
from bot.dialogue.types import (
    ButtonPressed,
    CancelTryOn,
    DropPhoto,
    EraseEverything,
    InspectPhoto,
    KeepPhoto,
    PhotoInspected,
    PhotoReceived,
    PhotoRefused,
    RecordConsent,
    RequestTryOn,
    SaveFavourite,
    Search,
    SearchCompleted,
    SearchFailed,
    Sight,
    Started,
    TextReceived,
    TryOnFailed,
    TryOnFinished,
)
from tests.unit.dialogue.world import (
    BLOUSE,
    COAT,
    JACKET,
    NUMBERED,
    OTHER,
    PHOTO,
    RESULT,
    SHIRT,
    SNEAKERS,
    World,
    agreed,
    choosing,
    greeted,
    labels,
)

# --- beginning and consent -------------------------------------------------------------------------


def test_the_greeting_says_what_is_kept_how_long_and_how_to_delete_it() -> None:
    world = World(policy=Policy(photo_days=7, result_days=21))
    (hello,) = world.tell(Started())
    for part in ("7 days", "21 days", "delete my data", "this machine"):
        assert part in hello.text
    assert labels(hello) == ["consent:yes", "privacy", "consent:no"]


def test_whoever_writes_first_is_greeted_all_the_same() -> None:
    assert labels(World().hear("hello")) == ["consent:yes", "privacy", "consent:no"]


def test_consent_is_recorded_once_and_then_the_photo_is_asked_for() -> None:
    world = greeted()
    assert replies.ASK_PHOTO() in world.press("consent:yes").text
    world.press("consent:yes")
    assert len(world.asked_for(RecordConsent)) == 1


def test_a_written_yes_is_consent_only_while_it_is_the_question() -> None:
    world = greeted()
    world.hear("yes")
    assert world.state.consent is not None
    other = greeted()
    other.hear("white t-shirt")
    other.hear("yes")
    assert other.state.consent is None


@pytest.mark.parametrize(
    "said",
    [
        "you're nice",
        "why?",
        "hmm",
        "yes but who sees it?",
        "yes if it is safe",
        "love it",
        "sure, show me red dresses",
    ],
)
def test_only_a_plain_yes_is_consent(said: str) -> None:
    world = greeted()
    world.hear(said)
    assert world.asked_for(RecordConsent) == []


@pytest.mark.parametrize(
    "said", ["Yes please!", "ok", "haan ji", "si, claro", "ja bitte", "oui bien sûr", "نعم", "हाँ"]
)
def test_a_plain_yes_is_consent_in_every_language(said: str) -> None:
    world = greeted()
    world.hear(said)
    assert len(world.asked_for(RecordConsent)) == 1


def test_the_question_for_consent_keeps_its_buttons_while_it_is_open() -> None:
    world = greeted()
    assert {"consent:yes", "privacy", "consent:no"} <= set(labels(world.hear("hi")))


def test_a_photo_before_consent_is_held_unseen_and_used_after_it() -> None:
    world = greeted()
    assert "consent:yes" in labels(world.send())
    assert not world.asked_for(InspectPhoto)
    world.press("consent:yes")
    assert world.asked_for(KeepPhoto) == [KeepPhoto(PHOTO, None)]


def test_a_photo_before_a_declined_consent_is_dropped() -> None:
    world = World()
    world.send()
    world.press("consent:no")
    assert world.asked_for(DropPhoto) == [DropPhoto(PHOTO)]
    assert world.state.pending is None


def test_searching_needs_no_consent() -> None:
    world = greeted()
    assert world.hear("white t-shirt").products == (SHIRT,)


def test_new_terms_are_asked_before_the_next_photo() -> None:
    world = agreed()
    world.policy = Policy(consent_version="2")
    assert "consent:yes" in labels(world.send(OTHER))
    world.press("consent:yes")
    world.press("picture:me")
    assert world.asked_for(RecordConsent)[-1] == RecordConsent("2")
    assert world.state.photo == OTHER


# --- the photo -------------------------------------------------------------------------------------


def test_several_people_are_asked_which_one_with_numbers_on_the_picture() -> None:
    world = agreed(people=3)
    question = world.said[-1]
    assert [(p.media, p.role) for p in question.pictures] == [(NUMBERED.media, "numbered")]
    assert labels(question)[:3] == ["who:1", "who:2", "who:3"]
    world.press("who:2")
    assert world.asked_for(KeepPhoto) == [KeepPhoto(PHOTO, 1)]
    assert DropPhoto(NUMBERED) in world.asked_for(DropPhoto)


@pytest.mark.parametrize(("said", "index"), [("2", 1), ("the third one", 2), ("the last one", 2), ("number 1", 0)])
def test_the_person_can_be_named_in_words(said: str, index: int) -> None:
    world = agreed(people=3)
    world.hear(said)
    assert world.asked_for(KeepPhoto) == [KeepPhoto(PHOTO, index)]


def test_a_number_nobody_has_is_asked_again() -> None:
    world = agreed(people=2)
    assert "from 1 to 2" in world.press("who:7").text
    assert not world.asked_for(KeepPhoto)


def test_a_new_photo_takes_the_place_of_the_old_one() -> None:
    world = agreed()
    world.press("photo")
    answer = world.send(OTHER)
    assert DropPhoto(PHOTO) in world.asked_for(DropPhoto)
    assert world.state.photo == OTHER
    assert replies.PHOTO_REPLACED() in answer.text


def test_the_same_photo_again_is_not_dropped() -> None:
    world = agreed()
    world.send(PHOTO)
    assert not world.asked_for(DropPhoto)
    assert world.state.photo == PHOTO


def test_a_refused_photo_says_why_and_the_old_one_stays() -> None:
    world = agreed()
    (answer,) = world.tell(PhotoRefused("too_dark", "It is too dark in this photo."))
    assert "too dark" in answer.text
    assert replies.PHOTO_REFUSED_KEEP() in answer.text
    assert world.state.photo == PHOTO


def test_a_garment_where_the_person_should_be_is_explained_and_dropped() -> None:
    world = World()
    world.press("consent:yes")
    world.people = 0
    answer = world.send()
    assert answer.choices
    assert world.asked_for(DropPhoto) == [DropPhoto(PHOTO)]
    assert world.state.photo is None


def test_a_late_look_at_a_replaced_photo_changes_nothing() -> None:
    world = agreed()
    world.tell(PhotoInspected((Sight(OTHER, 1),)))
    assert world.state.photo == PHOTO
    assert DropPhoto(OTHER) in world.asked_for(DropPhoto)


# --- looking ---------------------------------------------------------------------------------------


def test_results_are_offered_with_next_steps() -> None:
    world = World()
    answer = world.hear("blue jacket or blouse")
    assert answer.products == (JACKET, BLOUSE)
    assert {f"try:{JACKET.id}", f"try:{BLOUSE.id}", "say:cheaper", "colors"} <= set(labels(answer))


def test_a_wish_is_refined_and_carried_over() -> None:
    world = World()
    world.hear("blue jacket or blouse")
    world.hear("under 1000")
    assert world.asked_for(Search)[-1].slots["category"] == ["jacket", "blouse"]
    assert world.state.shown == (BLOUSE,)


def test_cheaper_means_cheaper_than_what_is_shown() -> None:
    world = World()
    world.hear("blue jacket or blouse")
    world.hear("cheaper")
    assert world.asked_for(Search)[-1].slots["price_max"] < 900


def test_more_goes_on_until_there_is_no_more_and_back_returns() -> None:
    world = World()
    assert "more" in labels(world.hear("show me something nice"))
    assert world.press("more").products == (COAT, SNEAKERS)
    assert replies.NO_MORE() in world.press("more").text
    assert world.press("back").products == (SHIRT, JACKET, BLOUSE)


def test_back_on_the_first_page_returns_to_the_search_before() -> None:
    world = World()
    world.hear("blue jacket")
    world.hear("red coat")
    assert world.hear("back").products == (JACKET,)


def test_what_had_to_be_left_out_is_said() -> None:
    world = World()
    world.relaxed = ("color",)
    assert "the colour" in world.hear("a purple jacket").text or not world.state.shown
    assert "the colour" in world.hear("jacket").text


def test_nothing_found_leads_on() -> None:
    world = World()
    answer = world.hear("green sherwani under 10")
    assert not answer.products
    assert "find:sherwani" in labels(answer)


def test_a_search_that_fails_can_be_repeated() -> None:
    world = World()
    world.hear("blue jacket")
    (answer,) = world.tell(SearchFailed("The shop does not answer."))
    assert answer.text == "The shop does not answer."
    assert labels(answer)[0].startswith("find:")


def test_other_colours_are_chips_without_the_one_on_screen() -> None:
    world = World()
    world.hear("white t-shirt")
    actions = labels(world.press("colors"))
    assert "say:in blue" in actions
    assert "say:in white" not in actions
    world.press("say:in blue")
    assert world.asked_for(Search)[-1].slots["color"] == ["blue"]


def test_unknown_words_can_still_be_looked_for() -> None:
    world = World()
    answer = world.hear("zorbla fnord")
    assert "find:zorbla fnord" in labels(answer)
    world.press("find:zorbla fnord")
    assert world.asked_for(Search)[-1].text == "zorbla fnord"


# --- trying on -------------------------------------------------------------------------------------


def test_a_wish_a_choice_and_a_picture() -> None:
    world = agreed()
    world.hear("white t-shirt")
    working = world.press(f"try:{SHIRT.id}")
    assert (working.job, working.slot) == ("job-1", "job:job-1")
    assert "cancel:job-1" in labels(working)
    shown = world.finish("job-1")
    assert [p.role for p in shown.pictures] == ["before", "result"]
    assert shown.slot == working.slot, "the result takes the place of the progress"
    assert shown.products == (SHIRT,)
    assert {"another", f"similar:{SHIRT.id}", f"save:{SHIRT.id}"} <= set(labels(shown))


@pytest.mark.parametrize(
    ("said", "product"),
    [
        ("the second one", JACKET),
        ("2", JACKET),
        ("try the third", BLOUSE),
        ("the white one", SHIRT),
        ("try the last one", BLOUSE),
        ("dusra wala try karo", JACKET),
        ("quiero probarme el primero", SHIRT),
    ],
)
def test_a_choice_can_be_made_in_words(said: str, product: object) -> None:
    world = choosing()
    world.hear(said)
    assert [effect.product_id for effect in world.asked_for(RequestTryOn)] == [getattr(product, "id", None)]


def test_a_description_of_two_things_asks_which_one() -> None:
    world = choosing()
    answer = world.hear("try the blue one")
    assert answer.products == (JACKET, BLOUSE)
    assert not world.asked_for(RequestTryOn)


def test_a_number_that_is_not_on_the_screen_asks_which_one() -> None:
    world = agreed()
    world.hear("white t-shirt")
    assert f"try:{SHIRT.id}" in labels(world.hear("try number 4"))
    assert not world.asked_for(RequestTryOn)


def test_a_choice_before_the_photo_is_granted_when_the_photo_comes() -> None:
    world = World()
    world.hear("white t-shirt")
    assert replies.GREETING() not in world.press(f"try:{SHIRT.id}").text
    world.press("consent:yes")
    assert not world.asked_for(RequestTryOn)
    answer = world.send()
    assert [e.product_id for e in world.asked_for(RequestTryOn)] == [SHIRT.id]
    assert answer.text.startswith(replies.PHOTO_KEPT())


def test_a_wish_survives_the_question_which_person_it_is() -> None:
    world = World(people=2)
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    world.press("consent:yes")
    world.send()
    world.press("who:1")
    assert world.asked_for(RequestTryOn) == [RequestTryOn(SHIRT.id, PHOTO, 0)]


def test_the_same_button_twice_makes_one_picture() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    assert "already" in world.press(f"try:{SHIRT.id}").text
    assert len(world.asked_for(RequestTryOn)) == 1


def test_a_second_piece_waits_its_turn_and_the_position_is_said() -> None:
    world = choosing()
    world.press(f"try:{SHIRT.id}")
    assert "One is ahead of you" in world.press(f"try:{JACKET.id}").text
    assert len(world.state.jobs) == 2


def test_not_everything_at_once() -> None:
    world = agreed()
    world.policy = Policy(max_waiting=2)
    world.hear("show me something nice")
    world.hear("try all")
    assert len(world.asked_for(RequestTryOn)) == 2
    assert any("2 pictures are on their way" in message.text for message in world.said)


def test_shoes_cannot_be_tried_on_and_that_is_said() -> None:
    world = agreed()
    world.hear("white sneakers")
    answer = world.hear("try 1")
    assert "White sneakers" in answer.text
    assert not world.asked_for(RequestTryOn)


def test_questions_while_a_job_runs_are_answered_with_its_progress() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    for question in ("how long will it take", "is it ready?", "kitna time lagega"):
        assert world.hear(question).job == "job-1", question
    with speaking("hi-Latn"):
        assert world.hear("thanks").text == replies.THANKS(), "in the language of the last question"


def test_cancel_stops_what_runs() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    stopped = world.hear("cancel")
    assert world.asked_for(CancelTryOn) == [CancelTryOn("job-1")]
    assert stopped.slot == "job:job-1"
    assert not world.state.jobs
    assert world.hear("cancel").text == replies.TRYON_NOTHING_RUNNING()


def test_a_failure_is_explained_and_can_be_repeated() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    (answer,) = world.tell(TryOnFailed("job-1", SHIRT, "arms_cover", "Your arms cover the top."))
    assert "Your arms cover the top." in answer.text
    assert f"retry:{SHIRT.id}" in labels(answer)
    world.press(f"retry:{SHIRT.id}")
    assert len(world.asked_for(RequestTryOn)) == 2


def test_warnings_of_the_picture_are_passed_on() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    (answer,) = world.tell(TryOnFinished("job-1", SHIRT, PHOTO, RESULT, ("The hem is hidden.",)))
    assert "The hem is hidden." in answer.text


def test_another_offers_what_was_not_tried_yet() -> None:
    world = choosing()
    world.press(f"try:{SHIRT.id}")
    world.finish("job-1")
    assert world.hear("another").products == (JACKET, BLOUSE)


def test_something_similar_leaves_no_dead_end() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    world.finish("job-1")
    world.press(f"similar:{SHIRT.id}")
    alike = {"category": ["t-shirt"], "color": ["white"], "like": SHIRT.id}
    assert world.asked_for(Search)[-1].slots == alike


def test_an_unknown_product_gets_a_sentence() -> None:
    world = agreed()
    assert world.press("try:gone-for-good").text == replies.PRODUCT_GONE()
    assert world.press("try:No Such/Thing").text == replies.PRODUCT_GONE()


# --- things on the screen --------------------------------------------------------------------------


def test_a_price_comes_from_the_card_and_from_nowhere_else() -> None:
    world = World()
    world.hear("show me something nice")
    assert "₹2,000" in world.hear("how much is the second one?").text
    assert "do not know" in world.hear("is the first one machine washable?").text


def test_the_shop_link_is_on_the_card() -> None:
    world = World()
    world.hear("show me something nice")
    assert world.hear("buy the second one").products == (JACKET,)
    assert "no shop page" in world.hear("buy the first one").text


def test_two_are_compared_side_by_side() -> None:
    world = World()
    world.hear("show me something nice")
    answer = world.hear("compare 1 and 2")
    assert answer.products == (SHIRT, JACKET)
    assert "₹500" in answer.text
    assert world.hear("compare").text == sentences.COMPARE_WHAT()


def test_favourites_are_saved_shown_and_removed() -> None:
    world = World()
    world.hear("show me something nice")
    world.hear("save the first and the third")
    assert world.hear("show saved").products == (SHIRT, BLOUSE)
    world.hear("remove 1 from my wishlist")
    assert world.hear("show saved").products == (BLOUSE,)
    assert world.press("back").products == (SHIRT, JACKET, BLOUSE)
    assert world.asked_for(SaveFavourite)[-1] == SaveFavourite(SHIRT.id, False)


def test_two_wishes_in_one_message_are_granted_in_order() -> None:
    world = choosing()
    world.hear("try 3 and save 1")
    assert [e.product_id for e in world.asked_for(RequestTryOn)] == [BLOUSE.id]
    assert world.saved == [SHIRT.id]


# --- deleting --------------------------------------------------------------------------------------


def test_deleting_everything_asks_once_more() -> None:
    world = agreed()
    assert labels(world.hear("delete my data")) == ["erase:yes", "erase:no"]
    world.hear("no")
    assert not world.asked_for(EraseEverything)
    world.hear("delete my data")
    farewell = world.hear("yes")
    assert farewell.text == replies.ERASE_DONE()
    assert (world.state.photo, world.state.consent, world.state.jobs) == (None, None, ())


def test_a_yes_to_something_else_deletes_nothing() -> None:
    world = agreed()
    world.hear("delete my data")
    world.hear("white t-shirt")
    world.hear("yes")
    assert not world.asked_for(EraseEverything)


def test_a_yes_that_is_about_something_else_too_is_asked_for_again() -> None:
    world = agreed()
    world.hear("delete my data")
    assert labels(world.hear("and a blue coat, yes")) == ["erase:yes", "erase:no"]
    assert not world.asked_for(EraseEverything)


@pytest.mark.parametrize(
    ("said", "erased"),
    [
        ("yes delete everything", True),
        ("yes but keep my saved things", False),
        ("yes delete only the photo", False),
    ],
)
def test_a_yes_may_say_the_question_again_but_nothing_else(said: str, erased: bool) -> None:
    world = agreed()
    world.press("erase")
    world.hear(said)
    assert bool(world.asked_for(EraseEverything)) is erased


def test_a_picture_that_comes_after_the_deletion_is_not_shown() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    world.hear("delete my data")
    world.press("erase:yes")
    assert world.tell(TryOnFinished("job-1", SHIRT, PHOTO, RESULT)) == []


def test_deleting_the_photo_stops_what_is_made_of_it() -> None:
    world = agreed()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    world.hear("delete my photos")
    assert world.state.photo is None
    assert DropPhoto(PHOTO) in world.asked_for(DropPhoto)
    assert world.asked_for(CancelTryOn) == [CancelTryOn("job-1")]
    assert not world.asked_for(EraseEverything)


# --- odd input -------------------------------------------------------------------------------------


def test_a_long_message_is_cut_and_that_is_said() -> None:
    world = World()
    answer = world.hear("white t-shirt " + "x" * 5000)
    assert "2,000 characters" in answer.text
    assert answer.products == (SHIRT,)


@pytest.mark.parametrize("text", ["", "   ", "😀", "?!?", "\u200b", "asdf qwer"])
def test_a_message_without_sense_leads_on(text: str) -> None:
    assert World().hear(text).choices


@pytest.mark.parametrize(
    "action", ["", ":", "try:", "who:", "who:x", "save:", "nonsense:1", "cancel:none", "similar:x"]
)
def test_an_odd_or_old_button_leads_on(action: str) -> None:
    assert World().press(action).choices


@pytest.mark.parametrize(
    "text",
    [
        "weekly digest of jeans",
        "email me these",
        "reply in hindi",
        "use my old photo",
        "remember that i wear size L",
        "what's the weather in pune",
    ],
)
def test_what_cannot_be_done_yet_is_said_kindly_and_promises_nothing(text: str) -> None:
    world = agreed()
    world.hear("white t-shirt")
    answer = world.hear(text)
    assert answer.choices
    assert not any(word in answer.text for word in ("subscribed", "sent", "remembered"))


def test_a_smaller_number_of_results_than_expected_does_not_break_paging() -> None:
    world = World()
    world.hear("show me something nice")
    world.tell(SearchCompleted((), 0, 1))
    assert world.hear("more").choices


def test_started_again_keeps_everything() -> None:
    world = agreed()
    (answer,) = world.tell(Started())
    assert answer.text == replies.WELCOME_BACK()
    assert world.state.photo == PHOTO


def test_events_are_handled_alike_every_time() -> None:
    def story() -> list[object]:
        world = agreed()
        for event in (TextReceived("blue jacket"), ButtonPressed("colors"), PhotoReceived(OTHER)):
            world.tell(event)
        return [world.state, *world.effects]

    assert story() == story()


@pytest.mark.parametrize("wish", ["white t-shirt", "purple poncho"])
def test_while_a_shop_is_late_one_may_look_again(wish: str) -> None:
    world = agreed()
    world.waiting = True
    reply = world.hear(wish)
    assert str(replies.SHOPS_STILL_LOOK) in reply.text
    assert "again" in [one.action for one in reply.choices]
    asked = world.asked_for(Search)[-1]
    world.waiting = False
    assert str(replies.SHOPS_STILL_LOOK) not in world.press("again").text
    assert world.asked_for(Search)[-1] == asked
