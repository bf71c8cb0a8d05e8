"""What a screen is made of: sides, muscle groups, fields, tests and the order they come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from clinic_app.domain.evidence import Evidence
from clinic_app.domain.trigger import Trigger
from clinic_app.domain.usual import Usual


class Side(StrEnum):
    """The side being tested; for stance tests and gait, the leg stood on."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Group(StrEnum):
    """A muscle group that gets a class on each side, in the order in which it is always listed."""

    ABDUCTORS = "abductors"
    EXTENSORS = "extensors"
    EXTERNAL_ROTATORS = "external_rotators"
    INTERNAL_ROTATORS = "internal_rotators"


class Sides(StrEnum):
    """What a finding of an item is recorded for."""

    EACH = "each"
    STANCE = "stance"
    NONE = "none"


class Position(StrEnum):
    """How the patient is placed; the rail of steps is grouped by it."""

    BEFORE = "before"
    STANDING = "standing"
    SITTING = "sitting"
    SIDE_LYING = "side_lying"
    PRONE = "prone"
    SUPINE = "supine"
    FINISH = "finish"


class FieldKind(StrEnum):
    """The closed set of things that can be entered."""

    GRADE = "grade"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    INTEGER = "integer"
    DECIMAL = "decimal"
    SECONDS = "seconds"
    TEXT = "text"
    CRITERIA = "criteria"
    READINGS = "readings"
    TRIALS = "trials"
    POINTS = "points"
    TABLE = "table"


class Aggregate(StrEnum):
    """What of several trials is read."""

    MOST = "max"
    LEAST = "min"
    MEAN = "mean"

    def of(self, trials: Sequence[Decimal]) -> Decimal:
        """That of these trials, at least one, in their unit."""
        if self is Aggregate.MEAN:
            return sum(trials, Decimal()) / len(trials)
        return max(trials) if self is Aggregate.MOST else min(trials)


class Timer(StrEnum):
    """What keeps the time while a test is done."""

    STOPWATCH = "stopwatch"
    METRONOME = "metronome"


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen: its id in the data, its word, and what it means.

    `alone` excludes every other answer of a field that takes several; `pain_limited` says that ticking it
    means the same as "pain stopped full effort"; `least_met` is how many criteria must be met at least for
    this answer to follow from them.
    """

    id: str
    label: str
    help: str = ""
    alone: bool = False
    pain_limited: bool = False
    least_met: int | None = None


@dataclass(frozen=True)
class Part:
    """One number of a reading: its key, word, unit and limits."""

    key: str
    label: str
    minimum: Decimal
    maximum: Decimal
    step: Decimal
    unit: str = ""
    required: bool = True
    unlikely_below: Decimal | None = None
    unlikely_above: Decimal | None = None


@dataclass(frozen=True)
class Contradiction:
    """A number that does not fit an answer of the same finding: one `above` or `below` these limits."""

    field: str
    answer: str
    above: Decimal | None = None
    below: Decimal | None = None


@dataclass(frozen=True)
class Field:
    """One value of a finding, with its limits (inclusive, in `unit`).

    `shown_with` names a choice field and the answers that ask for this one; `most` is how many readings
    may be given; `derived_from` names the field that this one follows from when that one is complete, or is
    `patient` when the value comes from the patient's record and is not asked again. Trials are 1 to `most`
    numbers of which `aggregate` is read; points are a whole number, one choice each; a table holds `fields`
    of its own. `sum_of` names the points that this number is the sum of; `suggests` are texts to pick from;
    `whole_person` fields are recorded without a side in a test that has sides. `no_is_an_answer`: a no tells
    more than no answer, so a yes-or-no question offers both. A number beyond `unlikely_below` or
    `unlikely_above`, one that `contradicts` an answer, and a grade of `unlikely_twice` or less on both sides
    are taken and asked about once: limits of the software's own.
    """

    key: str
    kind: FieldKind
    label: str
    hint: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    step: Decimal | None = None
    unit: str = ""
    parts: tuple[Part, ...] = ()
    most: int = 1
    shown_with: dict[str, tuple[str, ...]] | None = None
    derived_from: str = ""
    aggregate: Aggregate | None = None
    sum_of: tuple[str, ...] = ()
    fields: "tuple[Field, ...]" = ()
    suggests: tuple[str, ...] = ()
    whole_person: bool = False
    no_is_an_answer: bool = False
    unlikely_below: Decimal | None = None
    unlikely_above: Decimal | None = None
    contradicts: tuple[Contradiction, ...] = ()
    unlikely_twice: str = ""

    @property
    def both_ways(self) -> bool:
        """A yes and a no are both offered; otherwise only a yes is ticked."""
        return self.required or self.no_is_an_answer

    @cached_property
    def choice_ids(self) -> tuple[str, ...]:
        """The answers that can be chosen, as they stand in the data."""
        return tuple(choice.id for choice in self.choices)


@dataclass(frozen=True)
class AnswerCloses:
    """Tests that an answer to this item closes, on both sides; a kind of tests stands for all of them."""

    field: str
    answers: tuple[str, ...]
    items: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class Drawing:
    """A picture of a test by the name of its pose, and what it shows in words."""

    pose: str
    shows: str


@dataclass(frozen=True)
class TimeMark:
    """What the therapist can mark while the time runs, by its key: it stamps the time and fills fields.

    `stamps` is the field that takes the seconds; `fills` answers fields, compensations or `pain_limited`,
    each with one of its answers; `ends` stops the time.
    """

    id: str
    label: str
    key: str
    stamps: str = ""
    fills: dict[str, str] | None = None
    ends: bool = False


@dataclass(frozen=True)
class Item:
    """One test or question of the screen: its words, how it is done, what is recorded, on what evidence.

    `set_up_by` is the table of the dynamometer's set-up that fills what a finding of this test leaves out.
    `stop` are the rules for stopping, `stop_at` the same in a few words, to stand beside the answer.
    The stopwatch fills `timer_field` when it stops; `rest_seconds` is the rest that the test asks for.
    """

    id: str
    name: str
    section: str
    position: Position
    sides: Sides
    minutes: Decimal
    purpose: str
    subtitle: str = ""
    rail_name: str = ""
    say: str = ""
    patient: str = ""
    hands: tuple[str, ...] = ()
    pictures: tuple[Drawing, ...] = ()
    watch: tuple[str, ...] = ()
    gravity_minimised: str = ""
    alternatives: str = ""
    record: str = ""
    stop: tuple[str, ...] = ()
    stop_at: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    compensations: tuple[Choice, ...] = ()
    asks_pain: bool = False
    asks_pain_limited: bool = False
    maximal: bool = False
    trials: str = ""
    timer: Timer | None = None
    timer_seconds: Decimal | None = None
    timer_field: str = ""
    marks: tuple[TimeMark, ...] = ()
    rest_seconds: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()
    groups: tuple[Group, ...] = ()
    opened_by: tuple[Trigger, ...] = ()
    closes: tuple[AnswerCloses, ...] = ()
    set_up_by: str = ""
    usual: Usual | None = None

    def keys(self) -> tuple["Side | None", ...]:
        """The sides that a finding of this item is stored under; None for what has no side."""
        return self._keys

    @cached_property
    def _keys(self) -> tuple["Side | None", ...]:
        if self.sides is Sides.NONE:
            return (None,)
        whole = (None,) if any(field.whole_person for field in self.fields) else ()
        return (Side.LEFT, Side.RIGHT, *whole)

    @cached_property
    def places(self) -> tuple[tuple["Item", "Side | None"], ...]:
        """The item beside each of the sides that its findings are stored under."""
        return tuple((self, side) for side in self._keys)

    @cached_property
    def reads_as_recorded(self) -> bool:
        """Nothing in a finding follows from others or from a set-up."""
        return not self.derived and not self.set_up_by

    @cached_property
    def stopping(self) -> frozenset[str]:
        """The compensations that mean the same as "pain stopped full effort"."""
        return frozenset(choice.id for choice in self.compensations if choice.pain_limited)

    @cached_property
    def derived(self) -> tuple[Field, ...]:
        """The fields whose answer may follow from others."""
        return tuple(field for field in self.fields if field.derived_from or field.sum_of)

    def fields_on(self, side: "Side | None") -> tuple[Field, ...]:
        """The fields of a finding under that side; in a test with sides, None is for the whole person."""
        return self._fields_on[side is None]

    @cached_property
    def _fields_on(self) -> dict[bool, tuple[Field, ...]]:
        """The fields of the whole person, and those of one side."""
        if self.sides is Sides.NONE:
            return {True: self.fields, False: self.fields}
        whole = {field.key for field in self.fields if field.whole_person}
        return {
            told: tuple(field for field in self.fields if (field.key in whole) is told)
            for told in (True, False)
        }

    def field(self, key: str) -> Field:
        """The field of that key; `KeyError` when the item has none."""
        return {field.key: field for field in self.fields}[key]

    @property
    def field_keys(self) -> frozenset[str]:
        """The keys that a finding's values may hold."""
        return frozenset(field.key for field in self.fields)


class Inclusion(StrEnum):
    """Whether a protocol always asks an item, asks it when something opens it, or offers it."""

    CORE = "core"
    CONDITIONAL = "conditional"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Line:
    """One line of a protocol: an item and how it is included; `minutes` overrules the item's own."""

    item: str
    inclusion: Inclusion
    minutes: Decimal | None = None


@dataclass(frozen=True)
class Protocol:
    """An ordered choice of items."""

    id: str
    name: str
    description: str
    lines: tuple[Line, ...]

    @cached_property
    def items(self) -> dict[str, None]:
        """The items that it asks, in order, each once."""
        return dict.fromkeys(line.item for line in self.lines)
