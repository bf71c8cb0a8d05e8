"""How a document is printed: its paper, its language and its print size."""

from dataclasses import dataclass
from enum import StrEnum


class PaperSize(StrEnum):
    """The sheets that a clinic may use."""

    A4 = "A4"
    LETTER = "Letter"


class PrintSize(StrEnum):
    """The size of a patient's print."""

    NORMAL = "normal"
    LARGE = "large"


@dataclass(frozen=True)
class Look:
    """One way of printing a document."""

    paper: PaperSize = PaperSize.A4
    language: str = "en"
    print_size: PrintSize = PrintSize.NORMAL
