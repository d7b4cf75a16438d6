"""What the channel itself says. Everything else is said by the dialogue."""

from __future__ import annotations

from bot.dialogue import labels
from bot.dialogue.language import N_, NN_

SEND_IN_PRIVATE = N_(
    "A photo of you should not stand in a group because of me. Please send it to me in private; here in the group "
    "you can look for clothes and try them on, and I send the pictures to you alone."
)
PHOTO_OF_OTHERS = N_(
    "I only dress people in photos that they send me themselves. Everybody can send me their own photo in private."
)
SENT_PRIVATELY = N_("Your picture is ready. I sent it to you in private; only you see it unless you share it.")
CANNOT_WRITE = N_("Your picture is ready, but I cannot write to you yet. Press the button and I show it to you.")
HELLO_GROUP = N_(
    "Hello! Mention me with what you would like to wear, for example “{mention} red dress”. Photos of people I "
    "take in private only, and I show pictures of you to you alone."
)
SMALL_PHOTO = N_(
    "Telegram made this photo small. For a sharper picture you can send it again as a file: the paper clip, then "
    "File."
)
FILE_GONE = N_("Telegram does not give me that file any more. Please send it again.")
TOO_LARGE = N_("That file is larger than {megabytes} MB. Please send a smaller one.")
NOT_YOURS = N_("These buttons belong to the person who asked. Write to me and you get your own.")
ANSWER_ELSEWHERE = N_("I answer in the group.")
PICTURE_GONE = N_("(That picture is no longer kept.)")
COMPARED = N_("Before and after")
GONE_RESULT = N_("That picture is no longer there. Shall we make a new one?")

OPEN_PRIVATE = N_("Write to me in private")
OPEN_RESULT = N_("Show me my picture")
SHARE = N_("Share with a friend")
SHARE_HERE = N_("Show it in the group")
SHOP = N_("To the shop")
TRY_ON = labels.TRY_IT
OPEN_CHAT = N_("Open the chat")

INLINE_OPEN = N_("Open fashionCORE")

CREDITS = N_("Try-ons to spend: {balance}. Free today: {free} of {daily}.")
CREDITS_BUY = NN_("One try-on for {stars} ⭐", "{count} try-ons for {stars} ⭐")
CREDITS_TITLE = NN_("One try-on", "{count} try-ons")
CREDITS_ABOUT = N_("More pictures of you in clothes you like. They do not expire.")
CREDITS_NONE = N_("Today's free try-ons are used up. You can go on tomorrow, or right away with more try-ons:")
CREDITS_GOT = N_("Thank you! Try-ons to spend: {balance}.")
CREDITS_BACK = N_(
    "Your payment of {stars} ⭐ was given back, with the try-ons it was for. Try-ons to spend: {balance}."
)
CREDITS_OFF = N_("Try-ons cost nothing here.")
CHECKOUT_REFUSED = N_("This offer does not hold any more. Please ask for /credits again. You have paid nothing.")

COMMANDS = {
    "start": N_("Say hello and begin"),
    "search": N_("Look for clothes, for example “red dress”"),
    "photo": N_("Send or change your photo"),
    "saved": N_("Show what you saved"),
    "status": N_("How far your pictures are"),
    "cancel": N_("Stop what is being made"),
    "credits": N_("Your try-ons, and more of them"),
    "privacy": N_("What is kept, and for how long"),
    "forget": N_("Delete everything about you"),
    "help": N_("What you can say here"),
}
"""What the menu says about each command."""
