"""What the stylist says about clothes that go together, outfits and comparisons; see `replies.py` for the rules.

They are about colours, occasions, prices and sizes, never about bodies.
"""

from __future__ import annotations

from bot.dialogue.language import N_, Text
from bot.dialogue.styling.colours import Relation

# --- colours ---------------------------------------------------------------------------------------

OWN_CLOTHES = {
    "upper": N_("your own top ({color})"),
    "lower": N_("what you wear below ({color})"),
    "dress": N_("your own dress ({color})"),
    "shoes": N_("your shoes ({color})"),
}
"""What the person keeps wearing in a picture."""

PAIRS: dict[Relation, Text] = {
    "neutrals": N_("{first} and {second}: two quiet colours, which always go together."),
    "neutral": N_("{first} beside {second}: a quiet colour lets the other one speak."),
    "tones": N_("{first} and {second}: tones of one colour, which looks calm and chosen."),
    "neighbours": N_("{first} and {second}: neighbours on the colour wheel, which looks easy together."),
    "opposites": N_("{first} and {second}: near opposites on the colour wheel, which looks lively."),
    "apart": N_(
        "{first} and {second}: far apart on the colour wheel. That is daring; something white, grey, navy or "
        "denim beside them calms it."
    ),
}
MUTED = N_("Both are muted, so it stays calm.")
VIVID = N_("Both are strong, so it is bold.")
CLEAR = N_("Light against dark gives it clear lines.")
EVEN = N_("Both are about equally light; a piece that is lighter or darker would give it lines.")
ALONE_QUIET = N_("{title}: a quiet colour, which goes with nearly everything.")
ALONE_STRONG = N_("{title}: a strong colour; quiet pieces beside it let it speak.")
SUITS = N_("It suits what you asked for: {wishes}.")
DRESSIER = N_("I would choose something dressier for this: {wishes}.")
SIMPLER = N_("I would choose something simpler for this: {wishes}.")
NOTHING_DRESSIER = N_("I found nothing dressier for this: {wishes}.")
ASK_ABOUT = N_("Gladly. What is it about: pick a piece here, or tell me the occasion.")

# --- which one -------------------------------------------------------------------------------------

WOULD_TAKE = N_("Of these I would take {title}.")
BY_LIKING = N_("It has something you told me you like.")
BY_PRICE = N_("It also costs the least, {price}.")
BY_BUDGET = N_("It stays within your budget.")
BY_SIZE = N_("The shop lists it in your size, {size}.")
BY_LITTLE = N_("They are close to each other; the one you like best is the right one.")

# --- outfits ---------------------------------------------------------------------------------------

OUTFIT = N_("Here is an outfit: {titles}.")
TOGETHER = N_("Together it costs {price}.")
NO_PRICES = N_("I do not know what all of these cost, so I cannot keep to your budget.")
TOO_DEAR = N_("I found no outfit for {budget}. The least for which I could put one together is {price}.")
NO_OUTFIT = N_("I found no pieces for an outfit like that. Tell me a colour, an occasion or another budget.")
NO_CHANGE = N_("I found no other that fits with the rest. Here is what we have.")
NO_CHEAPER = N_("I found none that costs less. Here is what we have.")

# --- side by side ----------------------------------------------------------------------------------

COMPARING = N_("I show them to you side by side as soon as all the pictures are there.")
COMPARED = N_("Side by side: {items}. Which is your favourite?")
LETTERED = N_("{letter}: {title}")
LETTERED_PRICE = N_("{letter}: {title}, {price}")
SHEET_ALT = N_("You in each of them, side by side: {items}")
PICKED = N_("Your favourite: {title}. I have saved it for you.")
COMPARE_WHAT = N_(
    "Tell me which two to compare, for example “compare 1 and 3”, or try two things on and I put the pictures "
    "side by side."
)

# --- sizes -----------------------------------------------------------------------------------------

SIZES = N_("The shop lists {title} in {sizes}.")
SIZE_THERE = N_("The shop lists {title} in your size, {size}.")
SIZE_NOT_THERE = N_("The shop does not list {title} in {size}, which is what you take; it lists {sizes}.")
SIZES_UNKNOWN = N_("The shop does not say which sizes {title} comes in.")
SIZE_CHART = N_("By its chart, {size} is for {measures}.")
SIZE_TELL = N_("Tell me the size you usually take, and I check it.")
SIZE_HONEST = N_("I cannot promise that it fits: that depends on the cut.")
MEASURES = {
    "chest_cm": N_("a chest of {low} to {high} cm"),
    "waist_cm": N_("a waist of {low} to {high} cm"),
    "hips_cm": N_("hips of {low} to {high} cm"),
    "inseam_cm": N_("an inside leg of {low} to {high} cm"),
    "height_cm": N_("a height of {low} to {high} cm"),
}

# --- buttons ---------------------------------------------------------------------------------------

OPINION = N_("What do you think?")
COMPLETE = N_("Complete the look")
COMPARE = N_("Side by side")
WHICH = N_("Which one?")
FAVOURITE = N_("Favourite: {letter}")
OTHER_PIECE = {
    "upper": N_("Another top"),
    "layer": N_("Another jacket"),
    "lower": N_("Another bottom"),
    "dress": N_("Another dress"),
}
OTHER_OUTFIT = N_("Another outfit")
SAVE_ALL = N_("Save all of it")
