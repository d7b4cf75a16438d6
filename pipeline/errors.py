"""What can go wrong with a picture, and what the person reads about it.

PipelineError
├── IntakeError        the file is refused before it becomes a picture
├── PersonError        the photo cannot be used as the person (nobody in it, too dark, ...)
├── GarmentError       the picture cannot be used as the garment
├── TryOnRefused       the engine knows that its result would look broken
├── EngineUnavailable  the engine cannot work here and now; another one may
└── TryOnCancelled     the caller asked to stop between two steps
"""

from __future__ import annotations


class PipelineError(Exception):
    """Base of the tree.

    `code` is stable and for machines; `user_message` is a sentence for a shopper that says what happened
    and what to do next; `retryable` says whether the same input may succeed later. The sentence is given as a
    template with its values, so that whoever talks to people can translate it.
    """

    retryable: bool = False

    def __init__(self, code: str, sentence: str, **values: str | int) -> None:
        self.code = code
        self.sentence = sentence
        self.values = values
        self.user_message = sentence.format(**values) if values else sentence
        super().__init__(f"{code}: {self.user_message}")


class IntakeError(PipelineError):
    """The file is not a photo we can open safely."""


class PersonError(PipelineError):
    """The photo is a photo, but nobody in it can be dressed."""


class GarmentError(PipelineError):
    """The picture is a picture, but no garment can be cut out of it."""


class TryOnRefused(PipelineError):
    """The sanity gate refused the result, with the reason."""

    UNSUITABLE = (
        "I could not put this garment on your photo. Another photo, from the front and in good light, or another "
        "garment may work."
    )
    """For engines elsewhere, whose reasons are not meant for people."""


class EngineUnavailable(PipelineError):
    """Nothing is wrong with the pictures: the machine lacks memory, weights or packages.

    `code` is "out_of_memory", "no_weights" or "no_packages"; `detail` is for whoever runs the program.
    """

    SENTENCE = "I could not draw this picture just now, which is no fault of your photo. Please try again later."

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, self.SENTENCE)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"


class TryOnCancelled(PipelineError):
    """Stopped on request between two steps."""

    def __init__(self) -> None:
        super().__init__("cancelled", "Stopped, as you asked.")
