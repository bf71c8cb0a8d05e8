"""The twelve manual grades, in order."""

from enum import StrEnum


class Grade(StrEnum):
    """A grade of manual muscle testing, weakest first; its rank is its place in this list."""

    G0 = "0"
    G1 = "1"
    G2_MINUS = "2-"
    G2 = "2"
    G2_PLUS = "2+"
    G3_MINUS = "3-"
    G3 = "3"
    G3_PLUS = "3+"
    G4_MINUS = "4-"
    G4 = "4"
    G4_PLUS = "4+"
    G5 = "5"

    @property
    def rank(self) -> int:
        """0 for no contraction to 11 for full strength."""
        return _INDEX[self]

    def at_most(self, other: "Grade") -> bool:
        """This grade is that one or weaker."""
        return _INDEX[self] <= _INDEX[other]


_INDEX = {grade: index for index, grade in enumerate(Grade)}
