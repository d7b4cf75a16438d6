"""What words and buttons lead to, one decision at a time; the stories show them in their course."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.dialogue import replies
from bot.dialogue.core import handle
from bot.dialogue.state import ConversationState, LastResult, Looking, RunningJob
from bot.dialogue.types import (
    Compared,
    ComparePictures,
    DataErased,
    Event,
    Frame,
    ItemsKept,
    ItemsMailed,
    KeepPhoto,
    LinkCodeMade,
    Linked,
    LinkedElsewhere,
    LinkFailed,
    LinkOffered,
    LinkRefused,
    MailConfirmed,
    MailPlan,
    MailsArranged,
    MailsRefused,
    MailStanding,
    Message,
    PhotoReceived,
    PhotoRefused,
    PiecesGathered,
    PriceFell,
    ProductUnknown,
    RequestTryOn,
    Returned,
    Say,
    Search,
    SearchCompleted,
    SearchFailed,
    Started,
    TextReceived,
    TryOnAccepted,
    TryOnDeclined,
    TryOnFailed,
    TryOnFinished,
    Unlinked,
    UnlinkedElsewhere,
    UnsupportedReceived,
    WatchRefused,
)
from tests.unit.dialogue.world import (
    BLOUSE,
    COAT,
    CODE,
    JACKET,
    PHOTO,
    RESULT,
    SHEET,
    SHIRT,
    World,
    agreed,
    labels,
)


def meant(world: World, intent: str, *rest: str, text: str = "words", **slots: Any) -> Message:
    """The answer to words that somebody else read so."""
    return world.tell(TextReceived(text, frame=Frame(intent, slots, rest=rest)))[-1]


def browsing() -> World:
    """Somebody who looks at the first page of everything, and has agreed to nothing yet."""
    world = World()
    world.hear("show me something nice")
    return world


# --- yes and no --------------------------------------------------------------------------------------


def test_a_yes_to_nothing_asks_what_for_and_a_no_what_instead() -> None:
    assert browsing().hear("yes").text == replies.YES_TO_WHAT()
    assert browsing().hear("no").text == replies.NO_TO_WHAT()


def test_a_yes_to_a_photo_says_how_to_take_it() -> None:
    world = World()
    world.tell(Started())
    world.press("consent:yes")
    assert world.hear("yes").text == replies.PHOTO_TIPS()


@pytest.mark.parametrize("intent", ["affirm", "deny", "provide", "refine"])
def test_a_yes_or_a_no_with_a_wish_in_it_is_about_what_is_looked_at(intent: str) -> None:
    world = World()
    world.hear("jacket")
    meant(world, intent, "glossy", color=["red"])
    search = world.asked_for(Search)[-1]
    assert search.slots == {"category": ["jacket"], "color": ["red"]}
    assert "glossy" in search.text


def test_a_yes_with_a_wish_in_it_is_no_consent_but_the_wish() -> None:
    world = World()
    world.tell(Started())
    world.hear("yes, red dresses")
    assert world.asked_for(Search)[-1].slots == {"color": ["red"], "category": ["dress"]}
    assert world.state.consent is None


def test_a_no_to_each_question_is_an_answer_to_that_question() -> None:
    world = World()
    world.tell(Started())
    assert world.hear("no").text == replies.CONSENT_DECLINED()
    world.hear("delete my data")
    assert world.hear("no").text == replies.ERASE_KEPT()
    world.press("erase")
    assert world.press("erase:no").text == replies.ERASE_KEPT()


def test_after_a_no_to_the_photo_nothing_waits_for_one() -> None:
    world = World()
    world.tell(Started())
    world.press("consent:yes")
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    assert SHIRT.id in world.state.wish
    world.hear("no")
    assert world.state.asked is None
    assert not world.state.wish
    world.send()
    assert world.asked_for(RequestTryOn) == []


# --- who it is ---------------------------------------------------------------------------------------


def test_a_person_is_chosen_in_words_and_that_is_all_the_words_do() -> None:
    world = World(people=2)
    world.tell(Started())
    world.press("consent:yes")
    world.send()
    (said,) = world.tell(TextReceived("the second one"))
    assert said.text.startswith(replies.PHOTO_KEPT())
    assert world.asked_for(KeepPhoto)[-1].person_index == 1


def test_other_words_than_a_number_are_a_wish_of_their_own() -> None:
    world = World(people=2)
    world.tell(Started())
    world.press("consent:yes")
    world.send()
    world.hear("white t-shirt")
    assert world.asked_for(Search)[-1].slots["category"] == ["t-shirt"]
    assert world.state.photo is None


# --- buttons -----------------------------------------------------------------------------------------


def test_a_product_is_saved_and_taken_off_the_list_by_its_button() -> None:
    world = browsing()
    world.press(f"save:{SHIRT.id}")
    assert world.saved == [SHIRT.id]
    world.press(f"unsave:{SHIRT.id}")
    assert world.saved == []


@pytest.mark.parametrize("verb", ["similar", "try", "save"])
def test_a_button_of_a_product_that_never_was_says_that_it_is_gone(verb: str) -> None:
    assert browsing().press(f"{verb}:no such product").text == replies.PRODUCT_GONE()
    assert browsing().press("similar:unheard-of").text == replies.PRODUCT_GONE()


@pytest.mark.parametrize("action", ["nonsense", "more:1", "similar", "say", ""])
def test_a_button_that_means_nothing_says_so(action: str) -> None:
    assert browsing().press(action).text == replies.UNKNOWN_ACTION()


def test_a_pressed_suggestion_changes_no_language() -> None:
    world = World()
    world.hear("hola, quiero un vestido rojo")
    assert world.press("say:White t-shirt").lang == "es"


def test_help_offers_the_ways_on_and_itself_no_more() -> None:
    assert labels(World().press("help"))[:6] == ["photo-tips", "profile", "privacy", "saved", "link", "erase"]
    assert "help" not in labels(World().press("help"))[:7]
    assert any(action.startswith("say:") for action in labels(World().press("help")))


# --- words that are no wish --------------------------------------------------------------------------


@pytest.mark.parametrize(("what", "said"), [*replies.UNSUPPORTED.items(), ("dice", replies.UNSUPPORTED_OTHER)])
def test_what_is_no_text_and_no_photo_is_declined_by_its_name(what: str, said: Any) -> None:
    assert World().tell(UnsupportedReceived(what))[-1].text == said()


def test_a_few_unknown_words_can_be_looked_for_and_many_cannot() -> None:
    for count, offered in ((0, False), (1, True), (4, True), (5, False)):
        words = [f"zorbla{n}" for n in range(count)]
        said = meant(World(), "out_of_scope", *words)
        find = [choice for choice in said.choices if choice.action.startswith("find:")]
        assert bool(find) is offered, count
        assert said.text == (replies.OUT_OF_SCOPE if words else replies.NOT_UNDERSTOOD)()
        assert any(action.startswith("say:") for action in labels(said)), "and what else there is"
        if find:
            assert " ".join(words) in find[0].label
            assert find[0].action == f"find:{' '.join(words)}"


@pytest.mark.parametrize(("said", "answer"), [("thanks", replies.THANKS), ("bye", replies.GOODBYE)])
def test_what_needs_one_sentence_gets_it(said: str, answer: Any) -> None:
    assert World().hear(said).text == answer()


def test_what_is_given_without_a_question_is_taken_for_what_it_is() -> None:
    address = meant(World(), "provide", email="ana@example.com")
    assert address.text == replies.MAIL_WHICH()
    assert meant(World(), "provide").text == replies.NOT_UNDERSTOOD()
    assert meant(World(), "provide", "zorbla").text == replies.OUT_OF_SCOPE()


def test_a_message_without_words_and_one_that_is_too_long_are_told() -> None:
    assert World().hear("  ").text == replies.EMPTY()
    assert World().hear("blue " * 1000).text.startswith(replies.CUT(limit=2000))


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("photo", replies.PHOTO_TIPS()),
        ("privacy", "delete"),
        ("profile", replies.PROFILE_EMPTY()),
        (None, replies.HELP()),
    ],
)
def test_help_is_about_what_was_asked(topic: str | None, text: str) -> None:
    said = meant(agreed(), "help", **({"topic": topic} if topic else {}))
    assert text in said.text


# --- wishes ------------------------------------------------------------------------------------------


def test_trying_on_what_is_nowhere_to_be_seen_looks_for_it() -> None:
    world = World()
    meant(world, "tryon", "glossy", color=["red"], category=["coat"])
    search = world.asked_for(Search)[-1]
    assert search.slots == {"color": ["red"], "category": ["coat"]}
    assert "glossy" in search.text


def test_trying_on_nothing_in_particular_asks_what() -> None:
    assert meant(World(), "tryon").text == replies.TRYON_WHICH()


def test_the_first_of_what_is_to_be_found_is_tried_once_it_is() -> None:
    world = agreed()
    meant(world, "tryon", "glossy", category=["jacket"], ref=[1])
    assert "glossy" in world.asked_for(Search)[-1].text
    assert [wish.product_id for wish in world.asked_for(RequestTryOn)] == [JACKET.id]


def test_a_photo_of_before_is_gone_and_a_new_one_is_asked_for() -> None:
    assert meant(agreed(), "set_photo", photo="previous").text == replies.PHOTO_PREVIOUS_GONE()
    assert replies.PHOTO_SEND_NEW() in meant(agreed(), "set_photo", photo="new").text


def test_a_new_search_keeps_the_words_that_nobody_understood() -> None:
    world = World()
    meant(world, "search", "glossy", category=["jacket"])
    assert "glossy" in world.asked_for(Search)[-1].text


def test_back_leaves_the_list_and_else_the_search_before_it_takes_back_what_was_done_last() -> None:
    world = browsing()
    world.press(f"save:{SHIRT.id}")
    world.hear("show my saved items")
    assert world.state.asked is None
    world.hear("back")
    assert (world.state.listing, world.saved) == ("results", [SHIRT.id])
    world.hear("back")
    assert world.saved == [], "there was nothing to go back to"
    world.hear("jacket")
    world.press(f"save:{JACKET.id}")
    world.hear("back")
    assert world.saved == [JACKET.id]
    assert world.state.looking == Looking({}, "")


def test_a_look_at_the_list_leaves_open_questions_behind() -> None:
    world = browsing()
    world.press("profile:size")
    assert world.state.asked == "size"
    world.press("saved")
    assert world.state.asked is None


def test_a_message_about_an_item_is_about_that_item() -> None:
    world = browsing()
    world.tell(TextReceived("save it", about=COAT))
    assert world.saved == [COAT.id]
    assert (world.state.focus, world.state.stage) == (COAT, "item_focus")


# --- who is there ------------------------------------------------------------------------------------


def test_a_person_who_comes_is_seen_and_an_answer_of_the_world_is_not_one() -> None:
    state, _ = handle(replace(ConversationState(), away=3, expected=0), TextReceived("hello"), now=12.0)
    assert (state.seen, state.away) == (12.0, 0)
    again, _ = handle(state, PhotoReceived(PHOTO))
    assert again.seen == 12.0


# --- what the world answers --------------------------------------------------------------------------

STANDING = MailStanding("ana@example.com", confirmed=True, plan=MailPlan())
ANSWERS: tuple[tuple[Event, str], ...] = (
    (Started(), "Welcome back"),
    (UnsupportedReceived("voice"), "I cannot listen"),
    (PhotoRefused("dark", "Too dark."), "Too dark. I go on"),
    (ItemsKept((BLOUSE,)), "I see a garment in your picture: Blue blouse"),
    (ItemsKept((BLOUSE,), text="how much is it"), "I see a garment in your picture"),
    (LinkFailed("The page says nothing."), "The page says nothing."),
    (SearchCompleted((COAT,), 1, 0), "I found one that fits"),
    (SearchFailed("Closed."), "Closed."),
    (ProductUnknown(JACKET.id), "not there any more"),
    (TryOnDeclined(JACKET.id, "Later."), "Later."),
    (TryOnAccepted("job-9", JACKET, 0, 4.0), "Denim jacket is on its way to you"),
    (TryOnFinished("job-1", SHIRT, PHOTO, RESULT), "Here you are in White t-shirt"),
    (TryOnFailed("job-1", SHIRT, "no_pose", "Stand up."), "White t-shirt did not work out. Stand up."),
    (PiecesGathered({"upper": (SHIRT,)}), "I found no pieces"),
    (WatchRefused(JACKET.id), "as many prices as I can watch"),
    (PriceFell(JACKET, (300000, "INR")), "Denim jacket costs ₹2,000 now"),
    (DataErased(), "All of it is deleted"),
    (DataErased("telegram"), "You asked for it in Telegram"),
    (LinkCodeMade(CODE), "7KQ4-9XWM"),
    (LinkOffered("ticket", "telegram"), "It was made in Telegram"),
    (LinkRefused("unknown", "8KQ49XWM"), "no longer valid"),
    (Linked("telegram"), "linked with the one in Telegram"),
    (LinkedElsewhere("telegram"), "Your code was used in Telegram"),
    (Unlinked(), "on its own again"),
    (UnlinkedElsewhere("telegram"), "A chat in Telegram was unlinked"),
    (MailsArranged(STANDING), "Mails go to ana@example.com"),
    (MailsRefused("off"), "no confirmed address"),
    (ItemsMailed("ana@example.com"), "on its way to ana@example.com"),
)


QUIET: tuple[Event, ...] = (Compared(("job-1",), SHEET), MailConfirmed(), Returned(3))
"""What is said only where somebody waits for it."""


def test_whatever_the_world_answers_is_told() -> None:
    world = agreed()
    world.hear("show me something nice")
    world.press(f"try:{SHIRT.id}")
    for event, told in ANSWERS:
        _, effects = handle(world.state, event)
        said = [effect.message.text for effect in effects if isinstance(effect, Say)]
        assert told in said[0], event
        assert len(said) == (2 if isinstance(event, ItemsKept) and event.text else 1)
    for event in QUIET:
        _, effects = handle(world.state, event)
        assert effects == ()


def test_what_came_with_a_picture_is_heard_when_the_picture_was_looked_at() -> None:
    world = World()
    world.tell(PhotoReceived(PHOTO, text="show me jackets"))
    assert world.asked_for(Search) == []
    world.press("consent:yes")
    assert world.asked_for(Search)[-1].slots == {"category": ["jacket"]}


@pytest.mark.parametrize(
    "end",
    [
        TryOnFinished("job-3", COAT, PHOTO, RESULT),
        TryOnFailed("job-3", COAT, "no_pose", "Stand up."),
        TryOnDeclined(COAT.id, "Later."),
        ProductUnknown(COAT.id),
    ],
)
def test_pictures_are_put_side_by_side_as_soon_as_none_of_them_is_awaited(end: Event) -> None:
    shirt, jacket = (LastResult(f"job-{card.id}", card, PHOTO, RESULT) for card in (SHIRT, JACKET))
    state = replace(
        agreed().state,
        last=shirt,
        earlier=(jacket,),
        comparing=(SHIRT.id, JACKET.id, COAT.id),
        jobs=(RunningJob("job-3", COAT),) if isinstance(end, TryOnFinished | TryOnFailed) else (),
        requested=() if isinstance(end, TryOnFinished | TryOnFailed) else (COAT.id,),
    )
    waiting, effects = handle(state, WatchRefused(COAT.id))
    assert not any(isinstance(effect, ComparePictures) for effect in effects)
    _, effects = handle(waiting, end)
    (compared,) = (effect for effect in effects if isinstance(effect, ComparePictures))
    assert [shown.job for shown in compared.shown][:2] == [shirt.job, jacket.job]


def test_who_comes_back_after_days_is_met_where_they_left() -> None:
    world = agreed()
    world.hear("jacket")
    world.tell(Returned(3))
    assert world.state.away == 3
    world.hear("hello")
    assert world.state.away == 0


def test_a_deletion_leaves_the_language_of_the_app_and_nothing_else() -> None:
    state, _ = handle(replace(agreed().state, app_language="de", language="es"), DataErased())
    assert state == ConversationState(app_language="de")
