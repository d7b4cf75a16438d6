"""What the stylist remembers of a person and of a conversation, and how it is changed, undone and forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.dialogue import replies
from bot.dialogue.profile import Fact, Profile, facts_of
from bot.dialogue.types import (
    ButtonPressed,
    CancelTryOn,
    Event,
    Frame,
    Message,
    ProductUnknown,
    Remember,
    RequestTryOn,
    Returned,
    SaveFavourite,
    Search,
    Started,
    TextReceived,
    TryOnFailed,
    TryOnFinished,
)
from bot.dialogue.usual import usual_of
from tests.unit.dialogue.world import (
    BLOUSE,
    COAT,
    JACKET,
    OTHER,
    PHOTO,
    RESULT,
    SHIRT,
    SNEAKERS,
    World,
    agreed,
    greeted,
    labels,
)

EVERYTHING = "show me something nice"


def say(world: World, intent: str, then: tuple[Frame, ...] = (), lang: str | None = None, **slots: Any) -> Message:
    """The person says something that means this; the last message of the answer."""
    frame = Frame(intent, slots, then=then, lang=lang)
    return world.tell(TextReceived("as understood", frame=frame))[-1]


def looking(wish: str = EVERYTHING) -> World:
    """Somebody with a photo and results on screen."""
    world = agreed()
    world.hear(wish)
    return world


def last_search(world: World) -> Search:
    return world.asked_for(Search)[-1]


# --- what is known of sizes and budgets ------------------------------------------------------------


def test_a_size_counts_for_its_kind_of_clothing_and_a_general_one_for_the_rest() -> None:
    profile = Profile.of([("size", "", "M"), ("size", "top", "L")]).changed(
        facts_of({"size": ["42"], "category": ["shoes"]})
    )
    assert profile.sizes("shirt") == ("L",)
    assert profile.sizes("jeans") == ("M",)
    assert profile.sizes("sneakers") == ("42",)
    assert profile.sizes() == ("M",)
    assert Profile.of([("size", "", "M")]).sizes("shoes") == ()


def test_a_budget_is_known_by_its_currency() -> None:
    euros = Profile.of([("budget", "INR", "2000"), ("budget", "EUR", "50")])
    assert euros.budget() == (50.0, "EUR")
    assert euros.changed([Fact("currency", "", "INR")]).budget() == (2000.0, "INR")
    assert Profile.of([("budget", "", "30"), ("currency", "", "USD")]).budget() == (30.0, "USD")
    assert Profile().budget() is None


def test_a_wish_that_names_something_is_not_narrowed_by_what_is_usual_about_it() -> None:
    profile = Profile.of(
        [("size", "", "M"), ("budget", "INR", "900"), ("gender", "", "women"), ("color", "yellow", "avoided")]
    )
    usual = usual_of(profile, {"category": ["shirt"]})
    assert usual == {
        "size": ["M"],
        "gender": "women",
        "price_max": 900.0,
        "price_currency": "INR",
        "exclude": {"color": ["yellow"]},
    }
    assert usual_of(profile, {"color": ["mustard"], "size": ["L"], "price_min": 5, "gender": "men"}) == {}
    assert usual_of(profile, {}, ("size", "price", "gender", "color")) == {}


# --- telling ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slots", "kept", "said"),
    [
        ({"size": ["L"], "category": ["shirt"]}, [("size", "shirt", "L")], "shirt: size L"),
        ({"size": ["M", "L"]}, [("size", "", "M,L")], "size M or L"),
        ({"price_max": 2000, "currency": "INR"}, [("budget", "INR", "2000")], "up to ₹2,000"),
        ({"currency": "EUR"}, [("currency", "", "EUR")], "prices in EUR"),
        ({"gender": "men"}, [("gender", "", "men")], "men"),
        ({"material": ["linen"]}, [("material", "linen", "liked")], "you like linen"),
        ({"exclude": {"color": ["yellow"], "brand": ["zara"]}},
         [("color", "yellow", "avoided"), ("brand", "zara", "avoided")], "you avoid yellow; you avoid zara"),
    ],
)  # fmt: skip
def test_what_is_told_is_kept_and_confirmed_with_a_way_back(
    slots: dict[str, Any], kept: list[tuple[str, str, str]], said: str
) -> None:
    world = agreed()
    answer = say(world, "set_profile", **slots)
    assert world.state.profile == world.profile == Profile.of(kept)
    assert answer.text == replies.NOTED(facts=said)
    assert labels(answer)[:2] == ["undo:1", "profile"]
    undone = world.press("undo:1")
    assert said in undone.text
    assert world.state.profile == world.profile == Profile()


def test_what_is_known_already_is_not_kept_again() -> None:
    world = agreed()
    say(world, "set_profile", size=["L"])
    assert say(world, "set_profile", size=["L"]).text == replies.PROFILE_ALREADY()
    assert len(world.asked_for(Remember)) == 1


def test_nothing_to_remember_leads_to_what_can_be_remembered() -> None:
    assert "profile:size" in labels(say(agreed(), "set_profile", height="180 cm"))


def test_what_is_known_is_shown_and_each_line_can_be_changed_and_forgotten() -> None:
    world = agreed()
    assert say(world, "help", topic="profile").text == replies.PROFILE_EMPTY()
    say(world, "set_profile", size=["L"])
    say(world, "set_profile", exclude={"color": ["yellow"]})
    shown = say(world, "help", topic="profile")
    assert shown.text.splitlines()[1:] == ["• size L", "• you avoid yellow"]
    assert {"profile:size", "profile:tastes", "profile:budget", "profile:gender", "profile:language"} <= set(
        labels(shown)
    )
    assert {"set:size::M", "forget:size"} <= set(labels(world.press("profile:size")))
    world.press("set:size::M")
    assert world.state.profile.sizes() == ("M",)
    assert "forget:color:yellow" in labels(world.press("profile:tastes"))
    assert "yellow" in world.press("forget:color:yellow").text
    assert world.profile == Profile.of([("size", "", "M")])


def test_a_question_about_the_person_is_answered_in_words() -> None:
    world = agreed()
    world.press("profile:size")
    assert world.state.asked == "size"
    world.hear("XXL")
    world.press("profile:budget")
    world.hear("1500 rupees")
    assert world.state.profile.budget() == (1500.0, "INR")
    assert world.state.profile.sizes() == ("XXL",)
    world.press("profile:budget")
    assert world.hear("not sure").text == replies.WITHOUT_ANSWER()
    assert world.state.asked is None


def test_forgetting_in_words_takes_all_of_it_or_the_part_that_is_named() -> None:
    world = agreed()
    say(world, "set_profile", size=["L"])
    say(world, "set_profile", size=["M"], category=["shirt"])
    say(world, "set_profile", remove=["size"], category=["shirt"])
    assert world.profile == Profile.of([("size", "", "L")])
    say(world, "set_profile", remove=["size"])
    assert world.profile == Profile()
    assert say(world, "set_profile", remove=["size"]).text == replies.PROFILE_NOT_KNOWN()


def test_the_oldest_of_very_many_facts_go_from_the_store_too() -> None:
    world = agreed()
    for n in range(70):
        say(world, "set_profile", brand=[f"brand {n}"])
    assert world.profile == world.state.profile
    assert len(world.profile.facts) == 60


# --- language --------------------------------------------------------------------------------------


def test_the_language_follows_what_the_person_writes_until_they_ask_for_one() -> None:
    world = agreed()
    assert say(world, "thanks", lang="es").lang == "es"
    assert say(world, "set_profile", language="german").lang == "de"
    assert say(world, "thanks", lang="fr").lang == "de", "what was asked for is lasting"
    assert say(world, "set_profile", remove=["language"]).lang == "fr"


def test_hindi_in_latin_letters_is_answered_in_latin_letters() -> None:
    world = agreed()
    assert say(world, "set_profile", language="hindi", lang="hi-Latn").lang == "hi-Latn"
    assert say(agreed(), "set_profile", language="hindi", lang="en").lang == "hi"


def test_a_language_that_is_not_spoken_is_answered_with_those_that_are() -> None:
    answer = say(agreed(), "set_profile", language="klingon")
    assert {"set:language::es", "set:language::ar"} <= set(labels(answer))


# --- the profile in a search -----------------------------------------------------------------------


def test_what_is_usual_narrows_the_search_is_named_and_can_be_lifted() -> None:
    world = looking()
    answer = say(world, "set_profile", exclude={"color": ["blue"]})
    assert answer.products == (SHIRT, COAT, SNEAKERS)
    assert "without blue" in answer.text
    assert answer.text.startswith(replies.NOTED(facts="you avoid blue"))
    assert {"undo:2", "any"} <= set(labels(answer))
    assert world.press("any").products == (SHIRT, JACKET, BLOUSE)
    assert world.hear(EVERYTHING).products == (SHIRT, COAT, SNEAKERS), "it was lifted for that search only"


def test_a_word_lifts_one_thing_for_this_search() -> None:
    world = looking()
    say(world, "set_profile", size=["L"])
    say(world, "set_profile", gender="women")
    world.hear("any size")
    assert last_search(world).usual == {"gender": "women"}
    assert world.state.profile.sizes() == ("L",)


def test_what_is_usual_is_dropped_first_and_that_is_said() -> None:
    world = agreed()
    say(world, "set_profile", exclude={"category": ["coat"]})
    say(world, "set_profile", price_max=100, currency="INR")
    answer = say(world, "search", color=["red"])
    assert answer.products == (COAT,)
    assert "your budget" in answer.text
    assert "what you avoid" in answer.text


def test_the_gender_is_asked_once_and_only_when_it_makes_a_difference() -> None:
    world = agreed()
    world.hear(EVERYTHING)
    assert world.state.asked is None
    world.genders = ("women", "men")
    question = world.hear("t-shirt or jacket")
    assert replies.ASK_GENDER() in question.text
    assert question.products
    assert labels(question)[:2] == ["set:gender::women", "set:gender::men"]
    assert "women" in world.hear("women").text
    assert world.state.profile.gender == "women"
    say(world, "set_profile", remove=["gender"])
    assert replies.ASK_GENDER() not in world.hear("red coat").text


def test_an_answer_may_come_with_a_wish() -> None:
    world = agreed()
    world.genders = ("women", "men")
    world.hear(EVERYTHING)
    answer = world.hear("a red coat for women")
    assert world.state.profile.gender == "women"
    assert answer.products == (COAT,)
    assert answer.text.startswith(replies.NOTED(facts="women"))
    world.hear("undo")
    assert world.state.profile.gender is None


def test_a_question_that_helps_does_not_stand_in_the_way() -> None:
    world = agreed()
    world.genders = ("women", "men")
    world.hear(EVERYTHING)
    world.hear("the second one")
    assert [effect.product_id for effect in world.asked_for(RequestTryOn)] == [JACKET.id]
    assert world.state.asked is None


# --- undo ------------------------------------------------------------------------------------------


def test_a_change_of_the_filters_is_undone_in_one_step() -> None:
    world = looking("jacket or blouse")
    world.hear("under 1000")
    answer = world.hear("undo")
    assert answer.products == (JACKET, BLOUSE)
    assert answer.text.startswith(replies.UNDONE_TO(wish="jacket, blouse"))
    assert world.hear("undo").text == replies.UNDO_NOTHING()


def test_saving_and_removing_are_undone() -> None:
    world = looking()
    world.hear("save 1 and 2")
    assert JACKET.title in world.hear("undo").text
    assert world.saved == []
    world.hear("save 3")
    world.press(f"unsave:{BLOUSE.id}")
    world.hear("undo")
    assert world.saved == [BLOUSE.id]


def test_starting_over_is_undone() -> None:
    world = looking("blue jacket")
    assert "undo:2" in labels(world.hear("reset"))
    assert world.press("undo:2").products == (JACKET,)


def test_an_old_undo_button_takes_back_nothing_newer() -> None:
    world = looking()
    first = world.hear("save 1")
    world.hear("save 2")
    (button,) = (action for action in labels(first) if action.startswith("undo:"))
    assert world.press(button).text == replies.UNDO_NOTHING()
    assert world.saved == [SHIRT.id, JACKET.id]


def test_back_goes_back_a_page_and_undoes_only_where_there_is_none() -> None:
    world = looking()
    world.hear("more")
    world.hear("save 1")
    assert world.hear("back").products == (SHIRT, JACKET, BLOUSE)
    fresh = agreed()
    say(fresh, "set_profile", size=["L"])
    fresh.hear("back")
    assert fresh.profile == Profile()


# --- corrections -----------------------------------------------------------------------------------


def test_the_other_one_of_two_is_tried_on_instead() -> None:
    world = looking("blue jacket or blouse")
    world.hear("try the first")
    world.hear("no, the other one")
    assert world.asked_for(CancelTryOn) == [CancelTryOn("job-1")]
    assert [effect.product_id for effect in world.asked_for(RequestTryOn)] == [JACKET.id, BLOUSE.id]


def test_the_other_one_of_several_is_asked_for() -> None:
    world = looking()
    world.press(f"try:{SHIRT.id}")
    answer = world.hear("not that one")
    question = next(m for m in world.said if m.text == replies.WHICH_ONE())
    assert labels(question)[:2] == [f"try:{JACKET.id}", f"try:{BLOUSE.id}"]
    assert answer.text == replies.TRYON_CANCELLED(title=SHIRT.title)


@pytest.mark.parametrize("said", ["I meant the white one", "no, the white one", "ich meinte das weiße"])
def test_what_was_meant_is_taken_from_the_screen(said: str) -> None:
    world = looking()
    world.hear("save 2")
    world.hear(said)
    assert world.asked_for(SaveFavourite)[-2:] == [SaveFavourite(JACKET.id, False), SaveFavourite(SHIRT.id, True)]


def test_what_was_meant_changes_the_wish_when_nothing_was_picked() -> None:
    world = looking("red jacket")
    world.hear("I meant blue")
    assert last_search(world).slots == {"category": ["jacket"], "color": ["blue"]}


def test_not_that_one_without_anything_before_it_means_what_it_always_did() -> None:
    assert looking().hear("not that one").choices


def test_forget_that_is_about_the_last_thing_said() -> None:
    world = World()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    assert world.hear("forget that").text == replies.FORGOT_WISH()
    assert world.state.wish == ()
    say(world, "set_profile", exclude={"color": ["red"]})
    world.hear("forget that")
    assert world.profile == Profile()
    assert replies.STARTED_OVER_NO_PHOTO() in world.hear("forget that").text
    assert world.state.looking is None


# --- several wishes in one message -----------------------------------------------------------------


def test_each_wish_is_answered_once_and_sees_what_the_one_before_led_to() -> None:
    world = looking("blue jacket")
    before = len(world.said)
    say(
        world,
        "search",
        category=["coat"],
        then=(
            Frame("save", {"ref": [1]}),
            Frame("search", {"category": ["blouse"]}),
            Frame("tryon", {"ref": [1]}),
        ),
    )
    coats, saved, blouses, working = world.said[before:]
    assert (coats.products, blouses.products) == ((COAT,), (BLOUSE,))
    assert COAT.title in saved.text
    assert BLOUSE.title in working.text
    assert world.saved == [COAT.id]


def test_one_can_be_picked_in_the_message_that_asks_for_it() -> None:
    world = agreed()
    say(world, "tryon", category=["jacket"], ref=[1])
    assert [effect.product_id for effect in world.asked_for(RequestTryOn)] == [JACKET.id]


# --- in the middle of a try-on ---------------------------------------------------------------------


def test_a_running_try_on_is_not_disturbed_by_anything_said_meanwhile() -> None:
    world = looking()
    world.press(f"try:{SHIRT.id}")
    for text in ("how much is the second one?", "my size is L", "red coat", "undo", "what do you keep?"):
        world.hear(text)
    assert not world.asked_for(CancelTryOn)
    assert world.hear("is it ready?").job == "job-1"
    assert world.finish("job-1").slot == "job:job-1"


def test_a_new_photo_in_the_middle_of_a_try_on_makes_it_anew() -> None:
    world = looking()
    world.press(f"try:{SHIRT.id}")
    world.press("photo")
    world.send(OTHER)
    assert world.asked_for(CancelTryOn) == [CancelTryOn("job-1")]
    assert [effect.photo for effect in world.asked_for(RequestTryOn)] == [PHOTO, OTHER]
    assert [job.job for job in world.state.jobs] == ["job-2"]
    late: list[Event] = [
        TryOnFinished("job-1", SHIRT, PHOTO, RESULT),
        TryOnFailed("job-1", SHIRT, "cancelled", ""),
    ]
    for event in late:
        (answer,) = world.tell(event)
        assert answer.text == replies.TRYON_NEW_PHOTO(title=SHIRT.title)
        assert not answer.pictures
    assert world.state.last is None


def test_a_new_photo_in_the_middle_of_a_question_is_used() -> None:
    world = agreed()
    world.press("profile:size")
    world.send(OTHER)
    world.press("picture:me")
    assert world.state.photo == OTHER


# --- opinions --------------------------------------------------------------------------------------


def test_too_baggy_looks_for_a_closer_fit_and_can_be_undone() -> None:
    world = looking("blue jacket or blouse")
    world.press(f"try:{JACKET.id}")
    world.finish("job-1", JACKET)
    question = say(world, "feedback_negative", problem="fit", ref=["tryon"])
    assert {"fit:closer", "fit:looser"} <= set(labels(question))
    answer = say(world, "feedback_negative", problem="baggy", ref=["tryon"])
    assert last_search(world).slots["fit"] == ["slim", "fitted"]
    assert answer.text.startswith(replies.LOOK_CLOSER())
    world.hear("undo")
    assert "fit" not in last_search(world).slots


def test_too_expensive_looks_for_something_cheaper() -> None:
    world = looking("blue jacket or blouse")
    world.press(f"try:{JACKET.id}")
    world.finish("job-1", JACKET)
    say(world, "feedback_negative", rel={"price": "lower"}, ref=["tryon"])
    assert last_search(world).slots["price_max"] < 900


def test_what_is_not_to_their_taste_does_not_come_again() -> None:
    world = looking()
    answer = say(world, "feedback_negative", ref=[1])
    assert answer.text.startswith(replies.LEFT_OUT(count=1, titles=SHIRT.title))
    assert SHIRT not in answer.products
    assert SHIRT in world.hear("undo").products


def test_cheaper_than_what_has_no_price_is_answered_honestly() -> None:
    world = World(stock=(replace(SHIRT, price_minor=None), BLOUSE, replace(COAT, currency="EUR")))
    world.hear("white t-shirt")
    assert world.hear("cheaper").text == replies.NO_PRICES()
    world.hear(EVERYTHING)
    assert world.hear("cheaper").text == replies.ASK_BUDGET()
    world.hear("500 rupees")
    assert world.state.profile.budget() == (500.0, "INR")


# --- coming back -----------------------------------------------------------------------------------


def test_the_state_says_when_the_person_was_last_there() -> None:
    world = agreed()
    world.tell(TextReceived("hello"), now=1000.0)
    world.tell(TryOnFinished("job-1", SHIRT, PHOTO, RESULT))
    assert world.state.seen == 1000.0


def test_after_days_a_hello_tells_where_we_were_and_how_to_go_on() -> None:
    world = looking("blue jacket")
    world.press(f"try:{JACKET.id}")
    world.finish("job-1", JACKET)
    world.tell(Returned(3, (JACKET,)))
    answer = world.hear("hello")
    assert replies.WE_LOOKED_FOR(wish="blue, jacket") in answer.text
    assert replies.WE_TRIED_ON(title=JACKET.title) in answer.text
    assert labels(answer)[:2] == ["resume", "last"]
    assert world.press("last").pictures
    assert world.press("resume").products == (JACKET,)
    assert world.hear("hello").text == replies.GREET(), "it is told once"


def test_after_days_the_numbers_on_screen_still_mean_the_same_things() -> None:
    world = looking()
    world.tell(Returned(3, (replace(JACKET, price_minor=100), BLOUSE), (SHIRT.id,)))
    assert world.hear("try the first").text == replies.PRODUCT_GONE()
    assert "₹1" in world.hear("how much is the second one?").text
    assert f"try:{SHIRT.id}" not in labels(world.said[-1])


def test_a_yes_of_today_does_not_answer_the_question_of_last_week() -> None:
    world = agreed()
    world.hear("delete my data")
    world.tell(Returned(7))
    world.hear("yes")
    assert world.state.photo == PHOTO


def test_a_product_that_is_gone_keeps_the_place_of_the_others() -> None:
    world = looking()
    world.tell(ProductUnknown(SHIRT.id))
    world.hear("try the second")
    assert world.asked_for(RequestTryOn)[-1].product_id == JACKET.id
    assert f"try:{SHIRT.id}" not in labels(world.hear("thanks"))


def test_the_story_is_the_same_every_time() -> None:
    def story() -> list[object]:
        world = looking()
        for event in (TextReceived("save 2"), ButtonPressed("undo:2"), TextReceived("forget that"), Started()):
            world.tell(event, now=5.0)
        return [world.state, *world.effects]

    assert story() == story()


# --- said as people say it, whatever is on screen ------------------------------------------------------


@pytest.mark.parametrize("wish", ["", EVERYTHING])
@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("I'm a size L in shirts", Fact("size", "shirt", "L")),
        ("my budget is 2000", Fact("budget", "", "2000")),
        ("no zara please ever", Fact("brand", "zara", "avoided")),
        ("nunca me muestres poliéster", Fact("material", "polyester", "avoided")),
        ("prices in euros", Fact("currency", "", "EUR")),
    ],
)
def test_something_lasting_is_kept_with_and_without_results(wish: str, said: str, fact: Fact) -> None:
    world = looking(wish) if wish else agreed()
    world.hear(said)
    assert fact in world.profile.facts


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("I'm a size L in shirts", Fact("size", "shirt", "L")),
        ("em camisas eu uso M", Fact("size", "shirt", "M")),
        ("je fais du L en chemise", Fact("size", "shirt", "L")),
        ("mein Budget ist 60 Euro", Fact("budget", "EUR", "60")),
        ("precios en euros", Fact("currency", "", "EUR")),
    ],
)
def test_something_lasting_is_kept_before_anything_was_agreed_to(said: str, fact: Fact) -> None:
    world = greeted()
    world.hear(said)
    assert world.profile.facts == (fact,)


@pytest.mark.parametrize("said", ["under 2000", "size XL"])
def test_a_change_of_what_is_on_screen_is_not_kept(said: str) -> None:
    world = looking()
    world.hear(said)
    assert world.profile == Profile()


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("forget my size", {"budget"}),
        ("forget my budget", {"size"}),
        ("forget everything you know about me", set()),
        ("forget everything you know", set()),
    ],
)
def test_what_is_forgotten_is_forgotten_with_results_on_screen_too(said: str, left: set[str]) -> None:
    world = looking()
    world.hear("my size is L")
    world.hear("my budget is 2000")
    world.hear(said)
    assert {fact.topic for fact in world.profile.facts} == left
    assert world.state.asked != "erase"


def test_a_language_nobody_speaks_here_is_answered_with_those_that_are_while_results_are_on_screen() -> None:
    world = looking()
    assert str(replies.LANGUAGE_UNKNOWN) in world.hear("reply in tamil").text


@pytest.mark.parametrize("wish", ["", EVERYTHING])
def test_a_wish_is_searched_for_before_it_is_acted_on(wish: str) -> None:
    world = looking(wish) if wish else agreed()
    world.hear("show me red coats and save the first one")
    assert world.saved == [COAT.id]
    assert (
        str(replies.PRICE(title=SHIRT.title, price="₹500"))
        in world.hear("white t-shirt under 2000 and how much is the first one?").text
    )


def test_what_is_not_found_is_not_acted_on() -> None:
    world = looking()
    said = world.tell(TextReceived("show me green jackets and save the first one"))
    assert (len(said), world.saved) == (1, [])


def test_nothing_cheaper_is_said_and_the_page_stays() -> None:
    world = agreed()
    world.hear("coats")
    shown, before = world.state.shown, world.state.looking
    reply = world.hear("cheaper")
    assert reply.text == str(replies.NONE_CHEAPER)
    assert (world.state.shown, world.state.looking) == (shown, before)
    assert "undo" not in " ".join(labels(reply))


def test_what_is_removed_from_the_saved_ones_is_unsaved() -> None:
    world = looking()
    world.hear("save 1 and 2")
    first, _ = world.saved
    world.hear("show saved")
    world.hear("remove the second one")
    assert world.saved == [first]


def test_what_is_removed_from_the_results_is_left_out() -> None:
    world = looking()
    second = world.state.shown[1]
    world.hear("remove the second one")
    assert second.id not in [card.id for card in world.state.shown]


def test_no_the_second_one_asks_the_same_about_the_second() -> None:
    world = looking()
    second = world.state.shown[1]
    world.hear("tell me about the first one")
    reply = world.hear("no, the second one")
    assert (reply.products, world.asked_for(RequestTryOn)) == ((second,), [])


def test_nothing_is_left_to_undo_after_the_last_change() -> None:
    world = looking()
    world.hear("save 1")
    world.hear("undo")
    assert world.hear("undo").text == str(replies.UNDO_NOTHING)


@pytest.mark.parametrize("said", ["outra cor", "another colour", "andere farbe", "لون اخر", "दूसरा रंग"])
def test_another_colour_asks_which(said: str) -> None:
    world = looking("jackets")
    assert "say:in red" in labels(world.hear(said))


@pytest.mark.parametrize(("spoken", "language"), [("quero uma jaqueta", "pt"), ("quiero una chaqueta", "es")])
def test_words_that_two_languages_share_are_in_the_one_spoken_before(spoken: str, language: str) -> None:
    world = agreed()
    world.hear(spoken)
    world.hear("vestido azul por favor")
    assert world.state.language == language


@pytest.mark.parametrize(
    ("said", "sentence"),
    [("what do you do with my photo?", replies.PRIVACY), ("how should I take the photo?", replies.PHOTO_TIPS)],
)
@pytest.mark.parametrize("wish", ["", EVERYTHING])
def test_questions_about_the_photo_are_told_apart(wish: str, said: str, sentence: Any) -> None:
    world = looking(wish) if wish else agreed()
    assert world.hear(said).text.startswith(str(sentence.one)[:20])
