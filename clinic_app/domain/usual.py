"""What a test comes to when nothing is unusual: entered by one act, and never by default."""

from dataclasses import dataclass

from clinic_app.domain.evidence import Mark


@dataclass(frozen=True)
class Usual:
    """The answers by field (and `pain`), the same on either side, and `says` in words."""

    says: str
    mark: Mark
    answers: dict[str, tuple[str, ...]]
