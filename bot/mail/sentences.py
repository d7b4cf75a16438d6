"""What letters say; `replies.py` has the rules. Nothing here is urgent, and nothing is said of bodies."""

from __future__ import annotations

from bot.dialogue.language import N_, NN_

# --- subjects and titles of digests ----------------------------------------------------------------

YOU_IN = N_("You in {title}")
PICTURES_OF_YOU = NN_("One new picture of you", "{count} new pictures of you")
NOW_COSTS = N_("{title} now costs {price}")
AGAIN_IN = N_("{title} is there again in {size}")
AGAIN = N_("{title} is there again")
NEW_FOR_YOU = N_("New for you: {title}")
AND_MORE = N_("{news}, and more")
SINCE = N_("What is new since {date}.")

# --- sections --------------------------------------------------------------------------------------

TRIED = N_("Your new try-ons")
SAVED = N_("News of what you saved")
SUGGESTED = N_("Chosen for you")
OUTFIT = N_("An outfit for you")
OUTFIT_AROUND = N_("An outfit around {title}")
MORE_TRIED = NN_("One more picture waits in the chat.", "{count} more pictures wait in the chat.")

BEFORE = N_("Before")
AFTER = N_("After")
BEFORE_ALT = N_("Your photo, as you sent it")
AFTER_ALT = N_("Try-on: you in {title}")

LESS = N_("{percent} less")
INSTEAD = N_("{price} instead of {was}")
BACK_IN_SIZE = N_("There again in your size, {size}")
BACK = N_("There again")

# --- why something is suggested --------------------------------------------------------------------

LIKED_COLOUR = N_("In {colour}, which you like.")
LIKED_BRAND = N_("By {brand}, which you like.")
LIKED_MATERIAL = N_("Made of {material}, which you like.")
LIKED_PATTERN = N_("The pattern is one you like: {pattern}.")
LIKE_SAVED = N_("Of the same kind and colour as {title}, which you saved.")
LIKE_TRIED = N_("Of the same kind and colour as {title}, which you tried on.")

# --- buttons ---------------------------------------------------------------------------------------

OPEN_CHAT = N_("Open in the chat")
TRY_ALL = N_("Try all of it on")
ASK = N_("Ask about it")
SHOP = N_("To the shop")
SHOP_AT = N_("To {shop}")

# --- below -----------------------------------------------------------------------------------------

WHY = N_("You get this because you asked for it in our chat.")
WHY_ONCE = N_("You get this once, because you asked for it in our chat.")
PRICES = N_("Prices as of {date}. They may have changed since.")
CHANGE = N_("Change or pause these mails")
STOP = N_("Stop these mails")

# --- single letters --------------------------------------------------------------------------------

CONFIRM_SUBJECT = N_("Please confirm your address")
CONFIRM_TITLE = N_("Shall I write to you?")
CONFIRM = N_("Somebody asked in our chat that I write to this address.")
CONFIRM_WHEN = N_("Somebody asked in our chat that I write to this address: {when}.")
CONFIRM_YES = N_("Yes, write to me")
CONFIRM_NO = N_("Was that not you? Then do nothing. Without a yes no further mail comes.")

SIGN_IN_SUBJECT = N_("Your link to the chat")
SIGN_IN_TITLE = N_("Go on where you were")
SIGN_IN = NN_(
    "This opens your chat on another device. It works once, for one minute.",
    "This opens your chat on another device. It works once, for {count} minutes.",
)
SIGN_IN_OPEN = N_("Open my chat")
SIGN_IN_NO = N_("Was that not you? Then do nothing, and pass this mail on to nobody: it opens your chat.")

READY_SUBJECT = N_("Your try-on is ready: {title}")
READY_TITLE = N_("Your picture is ready")
READY = N_("That took a while. Thank you for waiting.")

ITEMS_SUBJECT = N_("As you asked: {title}")
ITEMS_TITLE = N_("Here is what you wanted to keep at hand")
TOLD_TITLE = N_("You asked me to tell you")
