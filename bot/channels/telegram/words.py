"""What the channel itself says. Everything else is said by the dialogue."""

from __future__ import annotations

SEND_IN_PRIVATE = (
    "A photo of you should not stand in a group because of me. Please send it to me in private; here in the group "
    "you can look for clothes and try them on, and I send the pictures to you alone."
)
PHOTO_OF_OTHERS = (
    "I only dress people in photos that they send me themselves. Everybody can send me their own photo in private."
)
SENT_PRIVATELY = "Your picture is ready. I sent it to you in private; only you see it unless you share it."
CANNOT_WRITE = "Your picture is ready, but I cannot write to you yet. Press the button and I show it to you."
HELLO_GROUP = (
    "Hello! Mention me with what you would like to wear, for example “{mention} red dress”. Photos of people I "
    "take in private only, and I show pictures of you to you alone."
)
SMALL_PHOTO = (
    "Telegram made this photo small. For a sharper picture you can send it again as a file: the paper clip, then "
    "File."
)
FILE_GONE = "Telegram does not give me that file any more. Please send it again."
FILE_TOO_BIG = "That file is larger than the 20 MB that Telegram lets me fetch. Please send a smaller one."
NOT_YOURS = "These buttons belong to the person who asked. Write to me and you get your own."
ANSWER_ELSEWHERE = "I answer in the group."
PICTURE_GONE = "(That picture is no longer kept.)"
COMPARED = "Before and after."
GONE_RESULT = "That picture is no longer there. Shall we make a new one?"

OPEN_PRIVATE = "Write to me in private"
OPEN_RESULT = "Show me my picture"
SHARE = "Share with a friend"
SHARE_HERE = "Show it in the group"
COMPARE = "Before and after"
SHOP = "To the shop"
HELP = "Help"
TRY_ON = "Try it on"
OPEN_CHAT = "Open the chat"

QUEUED = "In the queue: {place}, about {wait}."
RUNNING = "{bar} {percent} %"

INLINE_OPEN = "Open fashionCORE"
INLINE_NOTHING = "Nothing found for that"

CREDITS = "You have {balance} try-ons to spend, and {free} of today's {daily} free ones."
CREDITS_BUY = "{credits} try-ons for {stars} Stars"
CREDITS_TITLE = "{credits} try-ons"
CREDITS_ABOUT = "{credits} more pictures of you in clothes you like. They do not expire."
CREDITS_NONE = "Today's free try-ons are used up. You can go on tomorrow, or right away with more try-ons:"
CREDITS_GOT = "Thank you! {credits} try-ons are yours. You have {balance} now."
CREDITS_BACK = "Your payment of {stars} Stars was given back, with the try-ons it was for. You have {balance} now."
CREDITS_OFF = "Try-ons cost nothing here."
CHECKOUT_REFUSED = "This offer does not hold any more. Please ask for /credits again. You have paid nothing."


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "11th"."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
