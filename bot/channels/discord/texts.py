"""What the channel itself says: commands, options, and the few sentences that are not the dialogue's."""

from __future__ import annotations

from bot.dialogue.language import N_, NN_

LOCALES = {"hi": "hi", "es-ES": "es", "es-419": "es", "fr": "fr", "de": "de", "pt-BR": "pt"}
"""Discord's names of the languages of ours that it has, besides English."""

CONTEXT_MENU = N_("Try this on")

COMMANDS = {
    "tryon": N_("See yourself wearing something"),
    "style": N_("Say in your own words what you would like to wear"),
    "search": N_("Look for clothes in the catalogue"),
    "wardrobe": N_("What you saved"),
    "outfit": N_("What goes well with it"),
    "compare": N_("Two items of the last results side by side"),
    "profile": N_("Tell the stylist your size, taste or budget"),
    "digest": N_("New things by e-mail now and then"),
    "privacy": N_("What is kept about you, and how to delete it"),
    "help": N_("What you can say here"),
    "result": N_("Your latest picture once more"),
}

OPTIONS = {
    "photo": N_("A photo of yourself, head to hips or more"),
    "garment": N_("A picture of the garment"),
    "link": N_("The page of the garment in a shop"),
    "search": N_("Something from the catalogue: begin to type"),
    "text": N_("In your own words, for example “linen shirt under 2000”"),
    "first": N_("Number of the first item"),
    "second": N_("Number of the second item"),
}

# What a command says for the person, in words the dialogue understands.
SAY_OUTFIT = "what goes with this"
SAY_COMPARE = "compare {first} and {second}"
SAY_DIGEST = "send me a weekly digest"
SAY_LINK = "try on {url}"
SAY_TRY_THIS = "try this on"
SAY_BUDGET = "under {amount}"

# --- buttons, selects and forms of the channel's own -------------------------------------------------

OWN_WORDS = N_("In your own words")
OTHER_BUDGET = N_("Other budget")
SHARE = N_("Share")
TRY_ON = N_("Try on …")
SAVE = N_("Save …")
MORE = N_("More …")
FORM_WORDS = N_("What would you like?")
FORM_BUDGET = N_("At most how much?")
FORM_PROFILE = N_("Your size, taste or budget")

# --- sentences --------------------------------------------------------------------------------------

MOMENT = N_("One moment …")
NOT_YOURS = N_("These buttons belong to somebody else. Mention me or use /tryon, and you get your own.")
IN_PRIVATE = N_("I have answered you in private, since it is about your photo.")
CANNOT_WRITE = N_("I may not write to you in private. Use /result here, and only you will see it.")
MISSED = N_("An answer of mine could not reach you; /result shows your latest picture.")
SHARED = N_("{person} tried on {title}.")
SHARE_GONE = N_("That picture is not kept any more, so there is nothing to share.")
SHARE_DONE = N_("It is in the channel now.")
SHARE_BARRED = N_("I may not write in that channel.")
TROUBLE = N_("I could not take that in just now. Please try it again in a minute.")
PICTURE_GONE = N_("That picture cannot be fetched any more. Please send it again.")
PICTURE_TOO_LARGE = N_("That file is larger than {megabytes} MB. Please send a smaller one.")
NO_PICTURE = N_("There is neither a picture nor a link in that message.")
WORKING = N_("I am working on {title}.")
SEVERAL_MORE = NN_("… and one more in the list below.", "… and {count} more in the list below.")
