"""What the terminal says by itself, beside the stylist."""

from __future__ import annotations

HELLO = (
    "Write what you would like to wear. /photo FILE sends a photo, /press BUTTON presses one; /help tells more."
)
HELP = """\
/photo FILE    send a photo of yourself, or a picture of a garment
/press BUTTON  press a button: by its words, of the latest message that has it, or by its number there
/start         begin, as when you open the chat
/nowait LINE   do what LINE says, and read on before the picture is there (for scripts)
/help          this list; “help” without the slash asks the stylist
/quit          end; so does the end of input
Everything else is said to the stylist."""
UNKNOWN_COMMAND = "There is no command {command}. There are /photo, /press, /start, /nowait, /help and /quit."
PHOTO_WHICH = "Say which file to send: /photo FILE."
PRESS_WHICH = "Say which button to press: /press BUTTON."
NO_BUTTON = "No message here has a button “{label}”. The latest ones are: {labels}."
NO_BUTTONS = "There is no button to press yet."
NO_ANSWER = "Nothing more came within {seconds} seconds, so this is the end of the conversation."
NO_DATABASE = "The database does not answer, so this is the end of the conversation. What was said is kept."
BROKEN = "Something on our side broke, so this is the end of the conversation. What was said is kept. See {log}."
NO_FOLDER = "Pictures cannot be saved in {folder} ({reason}). Name another folder with --pictures."
PICTURE = "Picture: {path}"
