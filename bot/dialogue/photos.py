"""The person's photo: asked for, held until consent, chosen from, kept, replaced, deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.dialogue import labels, replies
from bot.dialogue.actions import choice, look_id
from bot.dialogue.language import Text, listed
from bot.dialogue.policy import HERE
from bot.dialogue.state import PendingPhoto
from bot.dialogue.turn import Turn, consent_choices, next_steps, person_choices, suggestions, try_choices
from bot.dialogue.types import (
    CancelTryOn,
    DropPhoto,
    InspectPhoto,
    KeepPhoto,
    PhotoRef,
    PhotoRefused,
    Picture,
    RecordConsent,
    Sight,
)


def terms(turn: Turn) -> str:
    """What the person agrees to."""
    policy = turn.policy
    kept = replies.TERMS(photo_days=policy.photo_days, result_days=policy.result_days)
    return f"{kept} {_who_sees(turn)} {replies.MAILS_ONLY}"


def _who_sees(turn: Turn) -> str:
    """Where what the person sends goes."""
    policy = turn.policy
    if not policy.model and not policy.drawn_on:
        return replies.ONLY_HERE()
    said = []
    if policy.model:
        where = replies.THIS_MACHINE() if policy.model == HERE else policy.model
        said.append(replies.MODEL_READS(where=where))
        if policy.model_sees:
            said.append(replies.MODEL_SEES())
    if policy.drawn_on:
        said.append(replies.DRAWN_THERE(where=policy.drawn_on))
    else:
        said.append((replies.PHOTO_STAYS if policy.model_sees else replies.PICTURES_STAY)())
    return " ".join(said)


def ask_consent(turn: Turn, *sentences: Text) -> None:
    """The terms and the three answers to them."""
    turn.update(asked="consent")
    turn.say(" ".join([*map(str, sentences), terms(turn)]), *consent_choices())


def privacy(turn: Turn) -> None:
    """What is kept, in full."""
    policy = turn.policy
    text = f"{replies.PRIVACY(photo_days=policy.photo_days, result_days=policy.result_days)} {_who_sees(turn)}"
    if policy.shops:
        text += " " + replies.PRIVACY_SHOPS(shops=listed(policy.shops))
    text += f" {replies.MAILS_ONLY}"
    linked = turn.state.linked
    if linked:
        text += " " + replies.PRIVACY_LINKED(channels=replies.channels(linked))
    if not turn.agreed:
        turn.update(asked="consent")
        turn.say(text, choice(labels.AGREE, "consent", "yes"), choice(labels.DECLINE, "consent", "no"))
    else:
        part = choice(labels.UNLINK, "unlink") if linked else None
        more = (choice(labels.ERASE, "erase"), choice(labels.LINK, "link"), part)
        turn.say(text, *more, *next_steps(turn.state))


def agree(turn: Turn) -> None:
    """Consent was given: go on with what waited for it."""
    state = turn.state
    if state.consent != turn.policy.consent_version:
        turn.update(consent=turn.policy.consent_version)
        turn.do(RecordConsent(turn.policy.consent_version))
        turn.lead_in(replies.CONSENT_THANKS)
    else:
        turn.lead_in(replies.CONSENT_ALREADY)
    turn.update(asked=None)
    if state.pending and state.pending.waits_for == "consent":
        inspect(turn, state.pending)
        turn.say(replies.PHOTO_LOOKING)
    elif turn.state.photo is None:
        ask(turn)
    else:
        turn.say(replies.PHOTO_PICK_ITEM if state.shown else replies.ASK_WISH)


def decline(turn: Turn) -> None:
    """No consent: a photo that waited for it is dropped, looking around goes on."""
    waited = turn.state.pending
    drop_pending(turn)
    turn.update(asked=None, wish=())
    turn.say(replies.CONSENT_DECLINED_PHOTO if waited else replies.CONSENT_DECLINED)


def ask(turn: Turn) -> None:
    """Ask for the photo, or for what stands in its way."""
    state = turn.state
    if not turn.agreed:
        ask_consent(turn)
        return
    if state.pending and state.pending.waits_for == "person":
        ask_person(turn)
        return
    if state.pending and state.pending.waits_for == "inspection":
        turn.say(replies.PHOTO_IN_WORK)
        return
    turn.update(asked="photo")
    found = try_choices(state.shown) if state.photo is not None else []
    start = [] if state.shown else suggestions()
    turn.say(
        replies.ASK_PHOTO, choice(labels.SEND_PHOTO, "photo-tips"), *found, *start, choice(labels.HELP, "help")
    )


def ask_new(turn: Turn) -> None:
    """Ask for a photo which takes the place of the one there is, or for the first one."""
    if turn.state.photo is None:
        ask(turn)
        return
    turn.update(asked="photo")
    turn.say(replies.PHOTO_SEND_NEW, choice(labels.SEND_PHOTO, "photo-tips"), *next_steps(turn.state))


def tips(turn: Turn) -> None:
    """How to take and send a photo that works."""
    turn.say(replies.PHOTO_TIPS)


def inspect(turn: Turn, waiting: PendingPhoto) -> None:
    """Look at pictures; whether a photo was asked for counts when it is known what they show."""
    expected = "photo" if turn.state.asked == "photo" else None
    turn.update(pending=replace(waiting, waits_for="inspection"), asked=expected)
    turn.do(InspectPhoto(waiting.photo, waiting.more, waiting.garments))


def drop_pending(turn: Turn, *keep: PhotoRef) -> None:
    """Forget the waiting pictures and the numbered copy, but never media that are in use."""
    pending = turn.state.pending
    if pending is None:
        return
    drop(turn, (*pending.pictures, pending.numbered), *keep)
    turn.update(pending=None)


def drop(turn: Turn, photos: Iterable[PhotoRef | None], *keep: PhotoRef) -> None:
    """Forget these pictures, but never the person's photo, nor those to keep."""
    used = {p.media for p in (turn.state.photo, *keep) if p}
    for photo in photos:
        if photo and photo.media not in used:
            turn.do(DropPhoto(photo))


def refused(turn: Turn, event: PhotoRefused) -> None:
    """Intake or inspection said no: say why, what to do, and that an earlier photo still serves."""
    pending = turn.state.pending
    if pending and pending.waits_for == "inspection":
        drop_pending(turn)
    turn.update(asked="photo")
    parts = [event.message.strip() or replies.PHOTO_NOBODY()]
    if turn.state.photo:
        parts.append(replies.PHOTO_REFUSED_KEEP())
    turn.say(
        " ".join(parts),
        choice(labels.SEND_PHOTO, "photo-tips"),
        *next_steps(turn.state),
    )


def take(turn: Turn, sight: Sight) -> None:
    """This is a photo of the person: keep it, once it is known who of several they are."""
    if sight.people == 1:
        drop(turn, (sight.numbered,))
        _keep(turn, sight.photo, None)
        return
    turn.update(pending=PendingPhoto(sight.photo, "person", sight.people, sight.numbered))
    ask_person(turn)


def ask_person(turn: Turn) -> None:
    """Which of the people in the photo is it?"""
    pending = turn.state.pending
    if pending is None:
        ask(turn)
        return
    turn.update(asked="person")
    shown = pending.numbered or pending.photo
    alt = replies.PEOPLE_ALT(count=pending.people)
    turn.say(
        replies.PHOTO_WHICH_PERSON(count=pending.people),
        *person_choices(pending.people),
        choice(labels.OTHER_PHOTO, "photo"),
        pictures=(Picture(shown.media, alt, "numbered"),),
    )


def choose_person(turn: Turn, number: int | None) -> bool:
    """The person of this number (from 1; -1 is the last) is dressed from now on; true when that is settled."""
    pending = turn.state.pending
    if pending is None or pending.waits_for != "person":
        ask_or_go_on(turn)
        return False
    if number == -1:
        number = pending.people
    if number is None or not 1 <= number <= pending.people:
        turn.lead_in(replies.PHOTO_WHICH_PERSON_RANGE(count=pending.people))
        ask_person(turn)
        return False
    _keep(turn, pending.photo, number - 1)
    return True


def ask_or_go_on(turn: Turn) -> None:
    """The next step about photos, whatever that is now."""
    if turn.state.photo is None:
        ask(turn)
    else:
        turn.say(f"{replies.PHOTO_KEPT} {replies.PHOTO_PICK_ITEM if turn.state.shown else replies.ASK_WISH}")


def _keep(turn: Turn, photo: PhotoRef, person_index: int | None) -> None:
    old, pending = turn.state.photo, turn.state.pending
    turn.update(photo=photo, person_index=person_index, pending=None, asked=None)
    # In this order: the old photo takes those before it along, of which the new one may be one.
    turn.do(KeepPhoto(photo, person_index))
    drop(turn, (old, pending.numbered if pending else None))
    if old and old.media != photo.media:
        # What runs is made of a photo that is gone: it is made of the new one instead, or stays the preview it is.
        running = turn.state.awaited
        turn.update(
            wish=tuple(
                dict.fromkeys([*(look_id(card.id for card in job.pieces) for job in running), *turn.state.wish])
            ),
            jobs=tuple(job for job in turn.state.jobs if job.preview is not None),
        )
        for job in (*running, *turn.state.jobs):
            turn.do(CancelTryOn(job.job))
    turn.lead_in(replies.PHOTO_REPLACED if old and old.media != photo.media else replies.PHOTO_KEPT)


def delete_photo(turn: Turn) -> None:
    """The photo goes, and with it what is being made of it; what is finished stays until everything goes."""
    had = turn.state.photo is not None or turn.state.pending is not None
    drop_pending(turn)
    old = turn.state.photo
    turn.update(photo=None, person_index=None, wish=(), asked=None)
    drop(turn, (old,))
    for job in turn.state.jobs:
        turn.do(CancelTryOn(job.job))
    text = replies.PHOTO_DROPPED if had else replies.PHOTO_NONE
    turn.say(text, choice(labels.ERASE, "erase"), *next_steps(turn.state))
