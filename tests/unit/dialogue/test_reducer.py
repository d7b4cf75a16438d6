"""What words and buttons lead to, one decision at a time; the stories show them in their course."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from bot.dialogue import replies, types
from bot.dialogue.actions import choice
from bot.dialogue.core import handle
from bot.dialogue.policy import Policy
from bot.dialogue.state import (
    Asked,
    ConversationState,
    LastResult,
    Looking,
    OutfitPlan,
    PendingPhoto,
    RunningJob,
    Todo,
    Undo,
)
from bot.dialogue.talk import answers_a_question, context_of
from bot.dialogue.turn import Turn, next_steps
from bot.dialogue.types import (
    CancelTryOn,
    Choice,
    ComparePictures,
    Context,
    DataErased,
    EraseEverything,
    Event,
    Frame,
    ItemsKept,
    KeepPhoto,
    Message,
    OpenLink,
    PhotoReceived,
    ProductUnknown,
    RequestTryOn,
    Returned,
    SaveFavourite,
    Say,
    Search,
    SearchCompleted,
    TextReceived,
    TryOnDeclined,
    TryOnFailed,
    TryOnFinished,
    UnsupportedReceived,
    WatchRefused,
)
from tests.unit.dialogue.world import (
    BLOUSE,
    COAT,
    CODE,
    JACKET,
    OTHER,
    PHOTO,
    RESULT,
    SHEET,
    SHIRT,
    SNEAKERS,
    TROUSERS,
    World,
    agreed,
    choosing,
    consenting,
    greeted,
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
    world = consenting()
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
    world = greeted()
    world.hear("yes, red dresses")
    assert world.asked_for(Search)[-1].slots == {"color": ["red"], "category": ["dress"]}
    assert world.state.consent is None


def test_a_no_to_each_question_is_an_answer_to_that_question() -> None:
    world = greeted()
    assert world.hear("no").text == replies.CONSENT_DECLINED()
    world.hear("delete my data")
    assert world.hear("no").text == replies.ERASE_KEPT()
    world.press("erase")
    assert world.press("erase:no").text == replies.ERASE_KEPT()


def test_a_no_to_linking_links_nothing_and_one_to_parting_parts_nothing() -> None:
    world = agreed()
    world.open_codes = {CODE: "telegram"}
    world.hear(CODE)
    assert world.hear("no").text == replies.LINK_DECLINED()
    assert world.state.linked == ()
    world.state = replace(world.state, linked=("telegram",))
    world.press("unlink")
    assert world.hear("no").text == replies.UNLINK_KEPT()
    assert world.state.linked == ("telegram",)


def test_after_a_no_to_the_photo_nothing_waits_for_one() -> None:
    world = consenting()
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    assert SHIRT.id in world.state.wish
    world.hear("no")
    assert world.state.asked is None
    assert world.state.wish == ()
    world.send()
    assert world.asked_for(RequestTryOn) == []


# --- who it is ---------------------------------------------------------------------------------------


def test_a_person_is_chosen_in_words_and_that_is_all_the_words_do() -> None:
    world = agreed(people=2)
    (said,) = world.tell(TextReceived("the second one"))
    assert said.text.startswith(replies.PHOTO_KEPT())
    assert world.asked_for(KeepPhoto)[-1].person_index == 1


def test_other_words_than_a_number_are_a_wish_of_their_own() -> None:
    world = agreed(people=2)
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


def test_consent_is_given_refused_or_asked_for_again_by_its_button() -> None:
    world = greeted()
    assert "consent:yes" in labels(world.press("consent:perhaps"))
    assert world.press("consent:no").text == replies.CONSENT_DECLINED()
    assert world.state.consent is None
    assert replies.CONSENT_THANKS() in world.press("consent:yes").text


def test_all_is_deleted_by_the_button_that_says_yes_and_by_no_other() -> None:
    world = agreed()
    for other in ("erase", "erase:no", "erase:perhaps"):
        world.press(other)
        assert world.asked_for(EraseEverything) == []
    assert world.press("erase:yes").text == replies.ERASE_DONE()


def test_a_person_is_chosen_by_a_number_that_is_there() -> None:
    world = consenting(people=2)
    world.hear("white t-shirt")
    world.press(f"try:{SHIRT.id}")
    world.send()
    for wrong in ("9", "x", "२", "²", "1" * 5000):
        assert replies.PHOTO_WHICH_PERSON_RANGE(count=2) in world.press(f"who:{wrong}").text
    assert world.asked_for(KeepPhoto) == []
    world.press("who:2")
    assert world.asked_for(KeepPhoto) == [KeepPhoto(PHOTO, 1)]
    assert [wish.product_id for wish in world.asked_for(RequestTryOn)] == [SHIRT.id], "and the wish is granted"


def test_more_like_a_product_is_looked_for_by_its_button() -> None:
    world = browsing()
    world.press(f"similar:{JACKET.id}")
    assert world.asked_for(Search)[-1].slots["category"] == ["jacket"]


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


def test_what_a_later_version_understands_is_out_of_scope_here() -> None:
    assert meant(World(), "no_such_intent", "zorbla").text == replies.OUT_OF_SCOPE()


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
    world = World()
    assert world.hear("blue " * 1000).text.startswith(replies.CUT(limit=2000))
    assert world.asked_for(Search)[-1].slots == {"color": ["blue"]}, "what is left of it is heard"
    assert replies.CUT(limit=2000) not in World().hear("blue " * 399 + "dress").text


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("photo", replies.PHOTO_TIPS()),
        ("privacy", replies.PRIVACY(photo_days=Policy().photo_days, result_days=Policy().result_days)),
        ("profile", replies.PROFILE_EMPTY()),
        ("mail", replies.MAILS_NONE()),
        (None, replies.HELP()),
    ],
)
def test_help_is_about_what_was_asked(topic: str | None, text: str) -> None:
    said = meant(agreed(), "help", **({"topic": topic} if topic else {}))
    assert text in said.text


# --- what is offered ---------------------------------------------------------------------------------

START = [("White t-shirt", "say:White t-shirt"), ("Denim jacket", "say:Denim jacket")]
START += [("Black trousers", "say:Black trousers"), ("Help", "help")]
CONSENT = [("I agree", "consent:yes"), ("What do you keep?", "privacy"), ("No thanks", "consent:no")]


def offered(**known: Any) -> list[tuple[str, str]]:
    """The buttons under whatever is said then, by their label and their action."""
    return [(step.label, step.action) for step in next_steps(ConversationState(**known))]


@pytest.mark.parametrize(
    ("asked", "buttons"),
    [
        ("erase", [("Yes, delete everything", "erase:yes"), ("No, keep it", "erase:no")]),
        ("link", [("Yes, link them", "link:yes"), ("No, do not link", "link:no")]),
        ("unlink", [("Yes, unlink", "unlink:yes"), ("No, stay linked", "unlink:no")]),
    ],
)
def test_what_cannot_be_taken_back_is_answered_before_anything_else(
    asked: Asked, buttons: list[tuple[str, str]]
) -> None:
    assert offered(asked=asked, shown=(SHIRT,)) == buttons


def test_an_open_question_has_its_answers_as_buttons_before_the_usual_ones() -> None:
    sizes = [(size, f"set:size:shirt:{size}") for size in ("XS", "S", "M", "L", "XL", "XXL")]
    assert offered(asked="size", asked_about="shirt") == sizes + START
    assert offered(asked="gender") == [("Women", "set:gender::women"), ("Men", "set:gender::men"), *START]
    assert offered(asked="consent") == CONSENT + START
    assert offered() == START


def test_a_photo_that_waits_for_an_answer_has_its_buttons_before_the_usual_ones() -> None:
    assert offered(pending=PendingPhoto(PHOTO, "consent")) == CONSENT + START
    assert offered(pending=PendingPhoto(PHOTO, "person", people=2)) == [("1", "who:1"), ("2", "who:2"), *START]
    crowd = offered(pending=PendingPhoto(PHOTO, "person", people=12))
    assert crowd == [(str(n), f"who:{n}") for n in range(1, 8)] + START
    use = [("This is me", "picture:me"), ("Try it on", "picture:try")]
    assert offered(pending=PendingPhoto(PHOTO, "use")) == use + START


def test_all_that_is_open_keeps_its_buttons_at_once() -> None:
    sizes = [(size, f"set:size:shirt:{size}") for size in ("XS", "S", "M", "L", "XL", "XXL")]
    gender = [("Women", "set:gender::women"), ("Men", "set:gender::men")]
    rest = [("Try 1", f"try:{SHIRT.id}"), ("Start over", "reset"), ("Help", "help")]
    use = PendingPhoto(PHOTO, "use")
    assert offered(asked="size", asked_about="shirt", pending=use, shown=(SHIRT,)) == [
        *sizes, ("This is me", "picture:me"), ("Try it on", "picture:try"), *rest,
    ]  # fmt: skip
    assert offered(asked="gender", pending=PendingPhoto(PHOTO, "consent")) == gender + CONSENT + START
    assert offered(asked="gender", pending=PendingPhoto(PHOTO, "person", people=1)) == [
        *gender, ("1", "who:1"), *START,
    ]  # fmt: skip


def test_the_first_three_that_can_be_worn_are_tried_by_the_number_they_have_on_the_screen() -> None:
    shown = (SNEAKERS, SHIRT, JACKET, BLOUSE, COAT)
    after = [("Start over", "reset"), ("Help", "help")]
    first = [("Try 2", f"try:{SHIRT.id}"), ("Try 3", f"try:{JACKET.id}"), ("Try 4", f"try:{BLOUSE.id}")]
    assert offered(shown=shown) == first + after
    assert offered(shown=shown, gone=(SHIRT.id, BLOUSE.id)) == [first[1], ("Try 5", f"try:{COAT.id}"), *after]
    assert offered(shown=(SHIRT,), looking=Looking({}), total=9) == [
        ("Try 1", f"try:{SHIRT.id}"), ("More", "more"), *after,
    ]  # fmt: skip


def said_with(*choices: Choice | None, state: ConversationState | None = None) -> Message:
    turn = Turn(state or ConversationState(), Policy())
    turn.say("Hello.", *choices)
    (said,) = turn.effects
    assert isinstance(said, Say)
    return said.message


def test_a_message_has_eight_buttons_at_most_each_once_and_help_stays_within_reach() -> None:
    help_, *many = (choice(f"Button {n}", verb) for n, verb in enumerate(["help", *"abcdefghi"]))
    assert labels(said_with(*many[:8])) == [*"abcdefgh"]
    assert labels(said_with(help_, *many[:7])) == ["help", *"abcdefg"]
    assert labels(said_with(help_, *many)) == [*"abcdefg", "help"]
    again = said_with(many[0], None, choice("Once more", "a"), many[1])
    assert [one.label for one in again.choices] == ["Button 1", "Button 2"]
    assert labels(said_with(None)) == [action for _, action in START], "never a dead end"


def test_a_message_says_whose_a_product_is_and_keeps_what_it_belongs_to() -> None:
    mine = replace(SHIRT, source=types.OWN)
    turn = Turn(ConversationState(), Policy())
    picture = types.Picture(PHOTO.media, "You", "result")
    turn.say(" Look. ", products=(mine, JACKET), pictures=(picture,), job="job-1", slot="s", in_place=True)
    (said,) = turn.effects
    assert isinstance(said, Say)
    assert said.message.products == (replace(mine, source="Your picture"), JACKET)
    assert (said.message.text, said.message.pictures) == ("Look.", (picture,))
    assert (said.message.job, said.message.slot, said.message.in_place) == ("job-1", "s", True)
    assert said_with().in_place is False


def test_a_sentence_that_leads_in_stands_before_the_next_one_only() -> None:
    turn = Turn(ConversationState(note="Before."), Policy())
    assert turn.state.note == ""
    turn.lead_in("First.")
    turn.say("Second.")
    turn.say("Third.")
    turn.finish()
    assert [effect.message.text for effect in turn.effects if isinstance(effect, Say)] == [
        "Before. First. Second.", "Third.",
    ]  # fmt: skip


def test_a_sentence_that_nothing_follows_waits_for_an_answer_or_else_stands_alone() -> None:
    waiting, alone = (Turn(ConversationState(), Policy()) for _ in range(2))
    for turn in (waiting, alone):
        turn.lead_in("Well.")
    waiting.do(types.ShowFavourites())
    alone.do(CancelTryOn("job-1"))
    for turn in (waiting, alone):
        turn.finish()
    assert (waiting.state.note, waiting.state.expected, len(waiting.effects)) == ("Well.", 1, 1)
    assert (alone.state.note, alone.state.expected) == ("", 0)
    assert [effect.message.text for effect in alone.effects if isinstance(effect, Say)] == ["Well."]


def test_every_change_that_can_be_taken_back_has_a_number_of_its_own() -> None:
    turn = Turn(ConversationState(changes=4), Policy())
    turn.undoable("saved", products=("a",))
    assert (turn.state.undo, turn.state.changes) == (Undo(5, "saved", products=("a",)), 5)
    turn.undoable("reset")
    assert (turn.state.undo, turn.state.changes) == (Undo(6, "reset"), 6)


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


def test_back_from_a_later_page_is_the_page_before_it() -> None:
    world = browsing()
    world.press(f"save:{SHIRT.id}")
    world.hear("more")
    world.hear("back")
    assert world.asked_for(Search)[-1].page == 0
    assert world.saved == [SHIRT.id], "nothing was taken back"


@pytest.mark.parametrize(
    ("words", "move"), [(Frame("more"), "other"), (Frame("refine", {"rel": {"price": "lower"}}), "cheaper")]
)
def test_another_and_cheaper_are_about_the_outfit_on_the_screen(words: Frame, move: str) -> None:
    outfit = OutfitPlan(pieces=(SHIRT, TROUSERS))
    state = ConversationState(plan=outfit, shown=outfit.pieces)
    state, effects = handle(state, TextReceived("words", frame=words))
    assert [type(effect) for effect in effects] == [types.GatherPieces]
    assert state.plan == replace(outfit, move=move)


def test_cheaper_is_one_search_among_what_was_found() -> None:
    world = browsing()
    world.hear("cheaper")
    assert len(world.asked_for(Search)) == 2
    assert "price_max" in world.asked_for(Search)[-1].slots


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

STANDING = types.MailStanding("ana@example.com", confirmed=True, plan=types.MailPlan())
ANSWERS: tuple[tuple[types.Event, str], ...] = (
    (types.Started(), "Welcome back"),
    (types.UnsupportedReceived("voice"), "I cannot listen"),
    (types.PhotoRefused("dark", "Too dark."), "Too dark. I go on"),
    (types.ItemsKept((BLOUSE,)), "I see a garment in your picture: Blue blouse"),
    (types.ItemsKept((BLOUSE,), text="how much is it"), "I see a garment in your picture"),
    (types.LinkFailed("The page says nothing."), "The page says nothing."),
    (types.SearchCompleted((COAT,), 1, 0), "I found one that fits"),
    (types.SearchFailed("Closed."), "Closed."),
    (types.ProductUnknown(JACKET.id), "not there any more"),
    (types.TryOnDeclined(JACKET.id, "Later."), "Later."),
    (types.TryOnAccepted("job-9", JACKET, 0, 4.0), "Denim jacket is on its way to you"),
    (types.TryOnFinished("job-1", SHIRT, PHOTO, RESULT), "Here you are in White t-shirt"),
    (types.TryOnFailed("job-1", SHIRT, "no_pose", "Stand up."), "White t-shirt did not work out. Stand up."),
    (types.PiecesGathered({"upper": (SHIRT,)}), "I found no pieces"),
    (types.WatchRefused(JACKET.id), "as many prices as I can watch"),
    (types.PriceFell(JACKET, (300000, "INR")), "Denim jacket costs ₹2,000 now"),
    (types.DataErased(), "All of it is deleted"),
    (types.DataErased("telegram"), "You asked for it in Telegram"),
    (types.LinkCodeMade(CODE), "7KQ4-9XWM"),
    (types.LinkOffered("ticket", "telegram"), "It was made in Telegram"),
    (types.LinkRefused("unknown", "8KQ49XWM"), "no longer valid"),
    (types.Linked("telegram"), "linked with the one in Telegram"),
    (types.LinkedElsewhere("telegram"), "Your code was used in Telegram"),
    (types.Unlinked(), "on its own again"),
    (types.UnlinkedElsewhere("telegram"), "A chat in Telegram was unlinked"),
    (types.MailsArranged(STANDING), "Mails go to ana@example.com"),
    (types.MailsRefused("off"), "no confirmed address"),
    (types.ItemsMailed("ana@example.com"), "on its way to ana@example.com"),
)


QUIET: tuple[types.Event, ...] = (types.Compared(("job-1",), SHEET), types.MailConfirmed(), types.Returned(3))
"""What is said only where somebody waits for it."""


def test_whatever_the_world_answers_is_told() -> None:
    world = choosing()
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


# --- what the understanding is told ------------------------------------------------------------------


def test_at_the_beginning_nothing_is_known_and_a_first_page_is_meant() -> None:
    assert context_of(ConversationState()) == Context()


def test_what_is_on_the_screen_is_counted_and_what_is_looked_at_has_its_number() -> None:
    state = ConversationState(
        stage="item_focus",
        looking=Looking({"color": ["red"]}, page=2),
        shown=(SHIRT, JACKET, COAT),
        focus=JACKET,
        language="es",
    )
    assert context_of(state) == Context(
        "item_focus", {"color": ["red"]}, shown=3, page=3, focus={"index": 2, "id": JACKET.id}, spoken="es"
    )
    elsewhere = context_of(replace(state, focus=BLOUSE))
    assert elsewhere.focus == {"index": 0, "id": BLOUSE.id}


@pytest.mark.parametrize("asked", ["consent", "erase", "picture", "link", "unlink"])
def test_questions_for_a_yes_are_all_the_same_to_it(asked: Asked) -> None:
    context = context_of(ConversationState(stage="results", asked=asked))
    assert (context.state, context.asked) == ("ask", "confirm")


@pytest.mark.parametrize("asked", ["photo", "size", "budget", "gender", "email", "zone"])
def test_every_other_question_is_told_by_its_name(asked: Asked) -> None:
    context = context_of(ConversationState(stage="results", asked=asked, shown=(SHIRT,)))
    assert (context.state, context.asked, context.shown) == ("ask", asked, 1)


def test_where_a_person_is_asked_for_people_are_counted() -> None:
    waiting = PendingPhoto(PHOTO, "person", people=4)
    assert context_of(ConversationState(asked="person", pending=waiting, shown=(SHIRT,))).shown == 4
    assert context_of(ConversationState(asked="size", pending=waiting, shown=(SHIRT,))).shown == 1


def test_something_is_being_made_until_there_is_something_else_to_look_at() -> None:
    waiting, shown = RunningJob("job-1", SHIRT), LastResult("job-1", SHIRT, PHOTO, RESULT)
    for state, told in (
        (ConversationState(jobs=(waiting,)), "tryon_running"),
        (ConversationState(requested=(SHIRT.id,)), "tryon_running"),
        (ConversationState(jobs=(waiting,), stage="tryon_done"), "tryon_running"),
        (ConversationState(jobs=(waiting,), stage="results"), "results"),
        (ConversationState(jobs=(replace(waiting, preview=shown),), stage="tryon_done"), "tryon_done"),
    ):
        assert context_of(state).state == told


def test_mails_that_somebody_gets_are_told_by_how_often_they_come() -> None:
    assert context_of(ConversationState(mail=STANDING)).digest == {"active": True, "cadence": "weekly"}
    assert context_of(ConversationState(mail=replace(STANDING, plan=None))).digest is None


def test_only_the_question_for_a_photo_leaves_words_to_somebody_else() -> None:
    open_questions = [asked for asked in get_args(Asked) if answers_a_question(ConversationState(asked=asked))]
    assert set(open_questions) == set(get_args(Asked)) - {"photo"}
    assert not answers_a_question(ConversationState())
    world = browsing()
    world.press("profile:size")
    assert len(world.tell(TextReceived("M", frame=Frame("search", {"category": ["coat"]})))) == 1
    assert [fact.value for fact in world.state.profile.facts] == ["M"]


# --- several wishes ----------------------------------------------------------------------------------


def test_several_wishes_of_a_message_are_granted_in_their_order() -> None:
    world = agreed()
    world.hear("show me jackets and save the first one")
    assert world.saved == [JACKET.id]
    assert world.state.todo == ()


def test_the_first_eight_wishes_are_granted() -> None:
    colours = [Frame("search", {"color": [f"colour {n}"]}) for n in range(9)]
    world = World()
    world.tell(TextReceived("a lot", frame=replace(colours[0], then=tuple(colours[1:]), also=("search",) * 8)))
    assert [search.slots["color"] for search in world.asked_for(Search)] == [[f"colour {n}"] for n in range(8)]


def test_the_next_wish_waits_until_the_world_has_answered_the_one_before() -> None:
    save = Frame("save", {"ref": [1]}, also=("buy",), then=(Frame("buy"),))
    both = Frame("search", {"category": ["jacket"]}, then=(save,))
    state, effects = handle(ConversationState(), TextReceived("both", frame=both))
    assert [type(effect).__name__ for effect in effects] == ["Search"]
    assert state.todo == (Todo(Frame("save", {"ref": [1]}), "both"),)
    state, effects = handle(state, SearchCompleted((JACKET,), 1, 0))
    assert SaveFavourite(JACKET.id, saved=True) in effects
    assert (state.todo, state.expected) == ((), 0)


def test_a_new_message_leaves_wishes_behind_that_nobody_answered() -> None:
    both = Frame("search", {"category": ["jacket"]}, then=(Frame("save", {"ref": [1]}),))
    state, _ = handle(ConversationState(), TextReceived("both", frame=both))
    state, effects = handle(state, TextReceived("thanks"))
    assert [effect.message.text for effect in effects if isinstance(effect, Say)] == [replies.THANKS()]
    assert (state.todo, state.expected) == ((), 0)


def test_every_answer_is_waited_for_and_one_that_nobody_waits_for_is_no_debt() -> None:
    state, _ = handle(ConversationState(expected=2), SearchCompleted((JACKET,), 1, 0))
    assert state.expected == 1
    state, _ = handle(ConversationState(), SearchCompleted((JACKET,), 1, 0))
    assert state.expected == 0


# --- answers to questions ----------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["profile:size", "profile:budget", "profile:gender"])
def test_a_question_that_helps_only_is_dropped_for_another_wish(question: str) -> None:
    world = browsing()
    world.press(question)
    assert world.state.asked == question.removeprefix("profile:")
    assert world.hear("thanks").text == replies.THANKS()
    assert world.state.asked is None
    world.press(question)
    world.hear("jacket")
    assert world.asked_for(Search)[-1].slots == {"category": ["jacket"]}


def test_an_address_and_a_no_answer_the_question_for_an_address() -> None:
    world = browsing()
    world.hear("email me these")
    assert world.state.asked == "email"
    assert len(world.tell(TextReceived("ana@example.com"))) == 1
    assert world.state.mail is not None
    assert world.state.mail.address == "ana@example.com"
    other = browsing()
    other.hear("email me these")
    assert other.hear("no").text == replies.MAIL_NOT_NOW()


def test_words_take_back_what_was_done_last_or_say_what_was_meant() -> None:
    world = browsing()
    world.hear("save the first one")
    assert world.saved == [SHIRT.id]
    world.hear("I meant the second one")
    assert world.saved == [JACKET.id]
    world.hear("undo")
    assert world.saved == []


def test_what_was_not_there_to_be_taken_back_is_heard_as_it_is() -> None:
    world = World()
    world.hear("not that one, a red dress")
    assert world.asked_for(Search)


def test_words_beside_a_picture_tell_the_language_too() -> None:
    world = World()
    world.tell(PhotoReceived(PHOTO, text="quiero ver chaquetas azules"))
    assert world.state.language == "es"


@pytest.mark.parametrize("words", ["me", "that's me", "it's a picture of me"])
def test_whoever_says_that_they_are_in_the_picture_is(words: str) -> None:
    world = agreed()
    world.send(OTHER)
    world.hear(words)
    assert world.state.photo == OTHER


def test_a_picture_is_for_what_the_words_say() -> None:
    world = agreed()
    world.people = 1
    world.send(OTHER)
    assert world.state.asked == "picture"
    said = world.tell(TextReceived("this is me"))
    assert world.state.photo == OTHER
    assert len(said) == 1


def test_a_question_for_a_yes_is_put_again_until_there_is_one() -> None:
    world = greeted()
    for words in ("yes but who sees it?", "sure, why"):
        assert "consent:yes" in labels(world.hear(words))
    world.hear("yes")
    assert world.state.consent is not None
    world.hear("delete my data")
    assert world.hear("yes but keep the photos").text == replies.ERASE_ASK()
    assert world.hear("yes").text == replies.ERASE_DONE()


@pytest.mark.parametrize("question", ["erase", "unlink", "link"])
def test_another_wish_withdraws_what_cannot_be_taken_back(question: str) -> None:
    world = agreed()
    if question == "link":
        world.open_codes = {CODE: "telegram"}
        world.hear(CODE)
    else:
        world.state = replace(world.state, linked=("telegram",))
        world.press(question)
    assert world.state.asked == question
    assert world.hear("thanks").text == replies.THANKS()
    assert world.state.asked is None
    before = world.state.linked
    world.hear("yes")
    assert world.asked_for(EraseEverything) == []
    assert world.state.linked == before


def test_a_code_of_another_chat_is_tried_and_a_link_is_opened() -> None:
    world = agreed()
    world.open_codes = {CODE: "telegram"}
    assert "Telegram" in world.hear("7kq4-9xwm").text
    assert world.hear("yes").text != replies.YES_TO_WHAT()
    assert world.state.linked == ("telegram",)
    world.hear("try https://shop.example/1")
    assert world.asked_for(OpenLink)[-1].url.endswith("shop.example/1")
    assert world.asked_for(OpenLink)[-1].then == "try"


def test_people_are_answered_in_the_language_they_write_and_buttons_in_the_one_they_had() -> None:
    world = World()
    assert world.hear("hola, quiero un vestido rojo").lang == "es"
    assert world.press("help").lang == "es"
    assert world.tell(TextReceived("show me red jackets, please", ours=True))[-1].lang == "es"
    assert world.hear("show me red jackets, please").lang == "en"


def test_more_means_more_of_what_is_on_the_screen() -> None:
    world = browsing()
    world.hear("more")
    assert world.asked_for(Search)[-1].page == 1
    worn = choosing()
    worn.press(f"try:{SHIRT.id}")
    worn.finish("job-1")
    assert f"try:{JACKET.id}" in labels(worn.hear("another one"))
    assert worn.asked_for(Search)[-1].page == 0


def test_a_colour_that_is_asked_about_is_asked_back() -> None:
    world = World()
    world.hear("jacket")
    assert any(action.startswith("say:") for action in labels(meant(world, "refine", attribute="color")))
    assert len(world.asked_for(Search)) == 1


def test_cancel_stops_what_is_made() -> None:
    world = choosing()
    world.press(f"try:{SHIRT.id}")
    world.hear("cancel")
    assert [effect.job for effect in world.asked_for(CancelTryOn)] == ["job-1"]


def test_words_that_came_with_a_garment_are_about_it() -> None:
    world = browsing()
    world.tell(ItemsKept((BLOUSE,), text="save it"))
    assert world.saved == [BLOUSE.id]
    assert world.state.stage == "item_focus"


def test_words_beside_a_picture_that_are_not_about_it_are_heard_at_once() -> None:
    world = World()
    world.tell(PhotoReceived(PHOTO, text="do you have blue jackets"))
    assert world.asked_for(Search)[-1].slots == {"color": ["blue"], "category": ["jacket"]}
    assert world.state.pending is not None
