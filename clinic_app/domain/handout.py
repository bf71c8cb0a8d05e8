"""The words of the patient's handout, as the clinic's content files hold them."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_app.domain.circumstances import Severity
from clinic_app.domain.protocol import Group, Side


@dataclass(frozen=True)
class Block:
    """One text block; it prints when one of the facts in `when` holds. `items` print as bullets.

    Tokens in braces are filled when it is printed.
    """

    id: str
    text: str
    when: tuple[str, ...]
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupWords:
    """What a muscle group is called: for the therapist its muscles, for the patient plain words."""

    muscles: str
    patient: str


@dataclass(frozen=True)
class SideWords:
    """Left and right in words; some languages need one word with a leg and another with the body."""

    leg: Mapping[Side, str]
    body: Mapping[Side, str]
    left_leg: str
    right_leg: str
    worked_leg: str
    other_leg: str


@dataclass(frozen=True)
class SetWords:
    """How a number of sets reads."""

    one: str
    many: str


@dataclass(frozen=True)
class EffortWords:
    """The effort sentence, by key, for a dose whose effort goes up to `up_to` out of 10."""

    up_to: int
    sentence: str


@dataclass(frozen=True)
class Handout:
    """All words that a patient reads, but for those of the exercises themselves."""

    blocks: tuple[Block, ...]
    cautions: Mapping[str, str]
    dose: Mapping[str, str]
    effort: tuple[EffortWords, ...]
    sets: SetWords
    reasons: Mapping[str, str]
    groups: Mapping[Group, GroupWords]
    severities: Mapping[Severity, str]
    sides: SideWords
    log_headings: tuple[str, ...]
    labels: Mapping[str, str]

    def block(self, block_id: str) -> Block:
        """The block of that id; `KeyError` when there is none."""
        return {block.id: block for block in self.blocks}[block_id]
