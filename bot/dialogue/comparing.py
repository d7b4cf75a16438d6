"""Side by side: two or three try-ons of one photo in one picture, and the favourite among them."""

from __future__ import annotations

from typing import Any

from bot.dialogue import items, labels, tryons
from bot.dialogue.actions import choice, job_choice
from bot.dialogue.advising import LETTERS
from bot.dialogue.language import listed
from bot.dialogue.prices import amount_text
from bot.dialogue.state import LastResult
from bot.dialogue.styling import sentences
from bot.dialogue.styling.outfits import total_of
from bot.dialogue.turn import Turn
from bot.dialogue.types import Compared, ComparePictures, Picture, ProductCard, SaveFavourite, Shown

AT_ONCE = 3


def compare(turn: Turn, slots: dict[str, Any]) -> None:
    """Compare those that are named, or else the latest pictures."""
    several = slots.get("ref") == ["all"] and turn.state.stage == "tryon_done" and len(_results(turn)) > 1
    cards = None if several else items.chosen(turn, slots)
    if cards == ():
        return
    if cards is None or len(cards) < 2:
        latest(turn)
    else:
        items.compare(turn, cards)
        _show(turn, cards)


def _show(turn: Turn, cards: tuple[ProductCard, ...]) -> None:
    """On the person's photo, where there is one: what is missing is rendered first."""
    looks = tuple(card.id for card in cards if card.part is not None)[:AT_ONCE]
    if turn.state.photo is None or not turn.agreed or len(looks) < 2:
        return
    done = [look for look in looks if _result(turn, look) is not None]
    running = {tryons.look_of(job.pieces) for job in turn.state.awaited} | set(turn.state.requested)
    turn.update(comparing=looks)
    if len(done) < len(looks):
        turn.say(sentences.COMPARING)
    tryons.start(turn, tuple(look for look in looks if look not in running and look not in done))
    go_on(turn)


def latest(turn: Turn) -> None:
    """The latest pictures made of the photo, two or three of them."""
    looks = list(dict.fromkeys(tryons.look_of(result.pieces) for result in _results(turn)))[:AT_ONCE]
    if len(looks) < 2:
        turn.say(sentences.COMPARE_WHAT)
        return
    # In the order in which they were tried on.
    turn.update(comparing=tuple(reversed(looks)))
    go_on(turn)


def _results(turn: Turn) -> list[LastResult]:
    return [result for result in turn.state.results if result.before == turn.state.photo]


def _result(turn: Turn, look: str) -> LastResult | None:
    return next((result for result in _results(turn) if tryons.look_of(result.pieces) == look), None)


def go_on(turn: Turn) -> None:
    """Something ended: when all that is compared is there, it is put side by side."""
    state = turn.state
    if not state.comparing:
        return
    coming = {tryons.look_of(job.pieces) for job in state.awaited} | set(state.requested)
    if coming & set(state.comparing):
        return
    results = [result for look in state.comparing if (result := _result(turn, look)) is not None]
    turn.update(comparing=())
    if len(results) > 1:
        turn.do(ComparePictures(tuple(Shown(one.job, one.result, _lines(one)) for one in results)))


def _lines(result: LastResult) -> tuple[str, ...]:
    total = total_of(result.pieces)
    titles = tuple(card.title for card in result.pieces)
    return (*titles, amount_text(*total)) if total is not None else titles


def compared(turn: Turn, event: Compared) -> None:
    """The picture is there."""
    known = {result.job: result for result in turn.state.results}
    results = [known[job] for job in event.jobs if job in known]
    if len(results) < 2:
        return
    turn.update(compared=tuple(result.job for result in results), asked=None, stage="tryon_done")
    said = "; ".join(_lettered(letter, result) for letter, result in zip(LETTERS, results, strict=False))
    labelled = dict.fromkeys(tryons.label_of(result) for result in results)
    picks = [
        job_choice(sentences.FAVOURITE(letter=letter), "pick", result.job)
        for letter, result in zip(LETTERS, results, strict=False)
    ]
    turn.say(
        " ".join([sentences.COMPARED(items=said), *labelled]),
        *picks,
        choice(sentences.WHICH, "which"),
        choice(labels.ANOTHER, "another"),
        choice(labels.HELP, "help"),
        pictures=(Picture(event.sheet.media, sentences.SHEET_ALT(items=said), "result"),),
        products=tuple(dict.fromkeys(card for result in results for card in result.pieces)),
    )


def _lettered(letter: str, result: LastResult) -> str:
    title, total = listed([card.title for card in result.pieces]), total_of(result.pieces)
    if total is None:
        return sentences.LETTERED(letter=letter, title=title)
    return sentences.LETTERED_PRICE(letter=letter, title=title, price=amount_text(*total))


def pick(turn: Turn, job: str) -> None:
    """The favourite of those side by side: it is saved."""
    result = next((one for one in turn.state.results if one.job == job), None)
    if result is None:
        turn.say(sentences.COMPARE_WHAT)
        return
    for card in result.pieces:
        turn.do(SaveFavourite(card.id, saved=True))
    turn.update(focus=result.product)
    turn.say(
        sentences.PICKED(title=tryons.title_of(result.pieces)),
        choice(sentences.COMPLETE, "outfit", "new"),
        choice(labels.SHOW_SAVED, "saved"),
        choice(labels.ANOTHER, "another"),
        choice(labels.HELP, "help"),
        products=result.pieces,
    )
