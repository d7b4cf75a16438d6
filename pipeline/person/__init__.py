"""Everything the engines know about the person in a photo."""

from pipeline.person.detect import (
    FoundPerson,
    check_person,
    choose_person,
    find_people,
    is_somebody,
    number_people,
)

__all__ = ["FoundPerson", "check_person", "choose_person", "find_people", "is_somebody", "number_people"]
