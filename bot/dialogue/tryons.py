"""Trying on: from the choice of a product to the picture, with everything that can come in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.dialogue import labels, photos, replies
from bot.dialogue.actions import choice, is_product_id, job_choice, look_id, pieces_of
from bot.dialogue.language import duration, listed
from bot.dialogue.state import MAX_EARLIER, Deed, LastResult, RunningJob
from bot.dialogue.styling import sentences
from bot.dialogue.styling.steps import outfit_steps
from bot.dialogue.turn import Turn, next_steps, suggestions
from bot.dialogue.types import (
    CancelTryOn,
    Choice,
    Picture,
    ProductCard,
    ProductUnknown,
    RequestTryOn,
    TryOnAccepted,
    TryOnDeclined,
    TryOnFailed,
    TryOnFinished,
)


def start(turn: Turn, looks: tuple[str, ...]) -> None:
    """Try these on, a picture for each, or say for each why not and what to do about it.

    A look is the id of a product, or the ids of the pieces of an outfit joined by "+", from the skin outwards.
    """
    wanted = list(dict.fromkeys(looks))
    if any(not is_product_id(piece) for look in wanted for piece in pieces_of(look)):
        turn.say(replies.PRODUCT_GONE)
        return
    turn.update(deed=Deed("tryon", tuple(wanted)))
    for look in wanted:
        _start_one(turn, look)


def take_back(turn: Turn, looks: tuple[str, ...]) -> bool:
    """These were not meant: stop what is made of them; true when there was something to stop."""
    running = [job for job in turn.state.jobs if look_of(job.pieces) in looks]
    waited = any(look in turn.state.wish for look in looks)
    turn.update(wish=tuple(look for look in turn.state.wish if look not in looks))
    for job in running:
        turn.do(CancelTryOn(job.job))
    return bool(running) or waited


def title_of(cards: Iterable[ProductCard]) -> str:
    """What an outfit is called: "White t-shirt and Blue jeans"."""
    return listed([card.title for card in cards])


def _start_one(turn: Turn, look: str) -> None:
    state, ids = turn.state, pieces_of(look)
    cards = [card for card in map(state.known, ids) if card is not None]
    title = title_of(cards) if cards else replies.THE_CHOSEN()
    running = next((j for j in state.jobs if look_of(j.pieces) == look), None)
    unwearable = next((card for card in cards if card.part is None), None)
    if unwearable is not None:
        turn.say(replies.TRYON_NOT_THIS_KIND(title=unwearable.title))
    elif running is not None:
        turn.say(replies.TRYON_ALREADY(title=title), *_waiting_choices(running.job))
    elif look in state.requested:
        turn.say(replies.TRYON_ALREADY(title=title))
    elif state.photo is None or not turn.agreed:
        _wait_for_photo(turn, look, title)
    elif (count := len(state.awaited) + len(state.requested)) >= turn.policy.max_waiting:
        turn.say(replies.TRYON_TOO_MANY(count=count), *_stop_choices())
    else:
        focus = cards[0] if cards else state.focus
        turn.update(requested=(*state.requested, look), asked=None, focus=focus)
        turn.do(RequestTryOn(ids[0], state.photo, state.person_index, ids[1:]))


def look_of(pieces: Iterable[ProductCard]) -> str:
    """The name of an outfit, of one piece or several."""
    return look_id(card.id for card in pieces)


def _wait_for_photo(turn: Turn, look: str, title: str) -> None:
    """Remember the wish; it is granted by itself once the photo is there."""
    first = not turn.state.wish
    turn.update(wish=tuple(dict.fromkeys([*turn.state.wish, look]))[-turn.policy.max_waiting :])
    if first or not turn.effects:
        turn.lead_in(replies.TRYON_NEEDS_PHOTO(title=title))
        photos.ask(turn)


def go_on(turn: Turn) -> None:
    """There is a photo now: grant the wish that waited for it, or ask for one."""
    wish = turn.state.wish
    if wish:
        turn.update(wish=())
        start(turn, wish)
    elif turn.state.shown:
        turn.say(replies.PHOTO_PICK_ITEM)
    else:
        turn.say(replies.ASK_WISH, *suggestions(), choice(labels.HELP, "help"))


def _waiting_choices(job: str) -> list[Choice]:
    return [job_choice(labels.STOP, "cancel", job), choice(labels.ANOTHER, "another"), choice(labels.HELP, "help")]


def _stop_choices() -> list[Choice]:
    return [choice(labels.STOP, "cancel"), choice(labels.STATUS, "status"), choice(labels.HELP, "help")]


def accepted(turn: Turn, event: TryOnAccepted) -> None:
    """The job exists: its card shows position and progress until the result takes its place."""
    state = turn.state
    jobs = tuple(j for j in state.jobs if j.job != event.job)
    job = RunningJob(event.job, event.product, event.more)
    turn.update(
        jobs=(*jobs, job),
        requested=tuple(look for look in state.requested if look != look_of(job.pieces)),
        focus=event.product,
        asked=None,
    )
    when = waiting(event.position, event.eta_s)
    text = replies.TRYON_STARTED(title=title_of(job.pieces), when=when)
    if gone := [piece for piece in job.pieces if piece.in_stock is False]:
        text = f"{text} {replies.NOT_SOLD(titles=title_of(gone))}"
    turn.say(
        text,
        *_waiting_choices(event.job),
        job=event.job,
        slot=f"job:{event.job}",
    )


def waiting(ahead: int, eta_s: float) -> str:
    """How long it takes until a job's turn comes, in a sentence."""
    wait = duration(eta_s)
    return replies.TRYON_QUEUED(count=ahead, wait=wait) if ahead > 0 else replies.TRYON_NOW(wait=wait)


def declined(turn: Turn, event: TryOnDeclined) -> None:
    """It cannot be asked for now: why, and what helps."""
    turn.update(requested=_without(turn.state.requested, event.product_id))
    turn.say(event.message, *event.choices, *next_steps(turn.state))


def _without(looks: tuple[str, ...], product: str) -> tuple[str, ...]:
    """The looks that have nothing of this product."""
    return tuple(look for look in looks if product not in pieces_of(look))


def _belongs_to_nobody(turn: Turn, job: str) -> bool:
    """Whether this is the end of a job from before everything was deleted."""
    return turn.state.consent is None and all(j.job != job for j in turn.state.jobs)


def _forget_job(turn: Turn, event: TryOnFinished | TryOnFailed) -> None:
    look = look_of((event.product, *event.more))
    turn.update(
        jobs=tuple(j for j in turn.state.jobs if j.job != event.job),
        requested=tuple(one for one in turn.state.requested if one != look),
    )


def finished(turn: Turn, event: TryOnFinished) -> None:
    """The picture is there. After "delete my data" a late one belongs to nobody and is not shown."""
    if _belongs_to_nobody(turn, event.job):
        return
    last = LastResult(
        event.job, event.product, event.before, event.result, event.more, event.engine, event.colours
    )
    if not event.final:
        _previewed(turn, last, event.warnings)
        return
    preview = _preview_of(turn, event.job)
    _forget_job(turn, event)
    if preview is not None:
        _refined(turn, replace(last, colours=last.colours or preview.colours), event.warnings)
        return
    title, look = title_of(last.pieces), look_of(last.pieces)
    if event.before != turn.state.photo and any(look_of(j.pieces) == look for j in turn.state.jobs):
        # It was too late to stop the one made of the photo before; the one of the new photo is on its way.
        turn.say(replies.TRYON_NEW_PHOTO(title=title), *next_steps(turn.state), slot=f"job:{event.job}")
        return
    _keep(turn, last)
    _show(turn, last, event.warnings)


def _preview_of(turn: Turn, job: str) -> LastResult | None:
    return next((one.preview for one in turn.state.jobs if one.job == job), None)


def _keep(turn: Turn, last: LastResult) -> None:
    """From now on this is the latest result."""
    known = [one for one in (*turn.state.earlier, turn.state.last) if one is not None and one.job != last.job]
    turn.update(earlier=tuple(known[-MAX_EARLIER:]), compared=())
    turn.update(last=last, focus=last.product, stage="tryon_done", failed=None, failed_more=())


def _previewed(turn: Turn, last: LastResult, warnings: tuple[str, ...]) -> None:
    """There is something to see, and a better engine goes on with it."""
    running = next((job for job in turn.state.jobs if job.job == last.job), None)
    if running is None:
        # It was given up meanwhile: its end says the rest.
        return
    shown = replace(running, preview=last)
    turn.update(jobs=tuple(shown if job is running else job for job in turn.state.jobs))
    _keep(turn, last)
    _show(turn, last, (*warnings, replies.TRYON_REFINING()), refining=True)


def _refined(turn: Turn, last: LastResult, warnings: tuple[str, ...]) -> None:
    """The better picture takes the place of the preview, whatever is talked about by now."""
    state = turn.state
    if state.last is not None and state.last.job == last.job:
        turn.update(last=last)
    turn.update(earlier=tuple(last if one.job == last.job else one for one in state.earlier))
    _show(turn, last, warnings, in_place=True)


def _show(
    turn: Turn,
    last: LastResult,
    remarks: tuple[str, ...],
    *,
    refining: bool = False,
    in_place: bool = False,
    better: bool = False,
) -> None:
    """The result in the message of its job: one that is being refined can be left as it is, and one that could be
    `better` can be tried so again.
    """
    choices = _result_choices(turn, last)
    retry = _retry_choice(last.product, last.more)
    if refining:
        choices = [job_choice(labels.STOP, "cancel", last.job), *(one for one in choices if one != retry)]
    elif better:
        choices = [replace(retry, label=labels.FINER()), *(one for one in choices if one != retry)]
    turn.say(
        " ".join([replies.TRYON_DONE(title=title_of(last.pieces)), label_of(last), *remarks]),
        *choices,
        products=last.pieces,
        pictures=result_pictures(last),
        job=last.job if refining else None,
        slot=f"job:{last.job}",
        in_place=in_place,
    )


def result_pictures(last: LastResult) -> tuple[Picture, ...]:
    """Before and after, as the channels show them side by side."""
    return (
        Picture(last.before.media, replies.TRYON_BEFORE_ALT(), "before"),
        Picture(last.result.media, replies.TRYON_RESULT_ALT(title=title_of(last.pieces)), "result"),
    )


def label_of(last: LastResult) -> str:
    """What kind of picture it is, said with every one: a preview or a generated one, and no promise of fit."""
    return str(replies.RESULT_LABELS.get(last.engine, replies.RESULT_LABEL_GENERATED))


def _retry_choice(product: ProductCard, more: tuple[ProductCard, ...]) -> Choice:
    """Ids of a whole outfit do not fit into an action: without one, the latest is meant."""
    return choice(labels.RETRY, "retry", "" if more else product.id)


def _result_choices(turn: Turn, last: LastResult) -> list[Choice]:
    """What one may want to do with a picture: eight at the most."""
    card, state = last.product, turn.state
    comparable = any(one.before == last.before and one.pieces != last.pieces for one in state.earlier)
    judge = choice(sentences.COMPARE, "compare") if comparable else choice(sentences.OPINION, "which")
    if state.plan is not None and last.more and state.plan.pieces == last.pieces:
        return [judge, *outfit_steps(state.plan, tried=True)]
    return [
        choice(labels.ANOTHER, "another"),
        choice(sentences.COMPLETE, "outfit", "new"),
        judge,
        choice(labels.SIMILAR, "similar", card.id),
        choice(labels.SAVE, "save", card.id),
        _retry_choice(card, last.more),
        choice(labels.OTHER_PHOTO, "photo"),
        choice(labels.HELP, "help"),
    ]


def failed(turn: Turn, event: TryOnFailed) -> None:
    """No picture: say why, and offer what may help. Asked to stop, it is no failure."""
    if _belongs_to_nobody(turn, event.job):
        return
    preview = _preview_of(turn, event.job)
    _forget_job(turn, event)
    if preview is not None:
        stopped = event.code == "cancelled"
        why = (replies.TRYON_KEPT(),) if stopped else (replies.TRYON_NOT_REFINED(), event.message)
        _show(turn, preview, tuple(filter(None, why)), in_place=True, better=True)
        return
    title, slot = title_of((event.product, *event.more)), f"job:{event.job}"
    if event.code == "cancelled":
        look = look_of((event.product, *event.more))
        anew = look in (*turn.state.requested, *(look_of(j.pieces) for j in turn.state.jobs))
        text = (replies.TRYON_NEW_PHOTO if anew else replies.TRYON_CANCELLED)(title=title)
        turn.say(text, choice(labels.ANOTHER, "another"), *next_steps(turn.state), slot=slot)
        return
    turn.update(failed=event.product, failed_more=event.more)
    turn.say(
        f"{replies.TRYON_FAILED(title=title)} {event.message}".strip(),
        _retry_choice(event.product, event.more),
        choice(labels.OTHER_PHOTO, "photo"),
        choice(labels.SIMILAR, "similar", event.product.id),
        choice(labels.ANOTHER, "another"),
        choice(labels.HELP, "help"),
        slot=slot,
    )


def unknown_product(turn: Turn, event: ProductUnknown) -> None:
    """The product is gone from the shop or the button was made up."""
    state = turn.state
    turn.update(
        requested=_without(state.requested, event.product_id),
        wish=_without(state.wish, event.product_id),
        gone=tuple(dict.fromkeys([*state.gone, event.product_id]))
        if state.known(event.product_id)
        else state.gone,
    )
    turn.say(replies.PRODUCT_GONE)


def cancel(turn: Turn, job: str = "") -> None:
    """Stop that job, or with no name all of them."""
    state = turn.state
    chosen = [j for j in state.jobs if not job or j.job == job]
    if not chosen:
        turn.update(asked=None, wish=())
        turn.say(replies.TRYON_NOTHING_RUNNING)
        return
    for one in chosen:
        turn.do(CancelTryOn(one.job))
    turn.update(asked=None)
    turn.say(replies.TRYON_STOPPING(count=len(chosen)))


def status(turn: Turn) -> None:
    """How far it is: the job's live progress again, or its result."""
    state = turn.state
    if state.jobs:
        titles = listed([title_of(j.pieces) for j in state.jobs])
        text = replies.TRYON_STATUS(count=len(state.jobs), titles=titles)
        job = state.jobs[-1].job
        turn.say(text, *_waiting_choices(job), job=job)
    elif state.last is not None:
        show_last(turn)
    else:
        turn.say(replies.TRYON_NOTHING_RUNNING)


def show_last(turn: Turn) -> None:
    """The latest result once more."""
    last = turn.state.last
    if last is None:
        turn.say(replies.TRYON_NOTHING_TO_RETRY)
        return
    text = f"{replies.TRYON_STATUS_DONE(title=title_of(last.pieces))} {label_of(last)}"
    turn.say(text, *_result_choices(turn, last), products=last.pieces, pictures=result_pictures(last))


def retry(turn: Turn, product: str = "") -> None:
    """Do that one again: the one named, else the one that failed, else the latest."""
    state = turn.state
    if state.failed is not None:
        pieces: tuple[ProductCard, ...] = (state.failed, *state.failed_more)
    elif state.last is not None:
        pieces = state.last.pieces
    else:
        pieces = (state.focus,) if state.focus else ()
    wanted = product or look_of(pieces)
    if not wanted:
        turn.say(replies.TRYON_NOTHING_TO_RETRY)
        return
    start(turn, (wanted,))


def another(turn: Turn) -> None:
    """Something else to try: what is still on screen, without the ones just seen."""
    state = turn.state
    worn = [*(state.last.pieces if state.last else ()), *(card for j in state.jobs for card in j.pieces)]
    seen = {card.id for card in worn}
    left = tuple(c for c in state.shown if c.id not in seen and c.id not in state.gone)
    if not left:
        turn.update(asked=None)
        turn.say(replies.ASK_WISH, *suggestions(), choice(labels.HELP, "help"))
        return
    numbered = {c.id: n for n, c in enumerate(state.shown, 1)}
    steps = [choice(labels.TRY(ordinal=numbered[c.id]), "try", c.id) for c in left if c.part is not None]
    more = [choice(labels.MORE, "more")] if state.has_more else []
    turn.update(stage="results")
    turn.say(replies.PHOTO_PICK_ITEM, *steps[:4], *more, choice(labels.START_OVER, "reset"), products=left)
