"""All that a document may say, and nothing that it must look up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from clinic_app.domain.assessment import Assessment
from clinic_app.domain.change import Since
from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.dosing import PainBands
from clinic_app.domain.exercise import Unit, Words
from clinic_app.domain.handout import Handout
from clinic_app.domain.letter import ReportLetter
from clinic_app.domain.library import PatternCard, Source
from clinic_app.domain.own import OwnValue
from clinic_app.domain.programme import Prescription, ProgrammeStatus
from clinic_app.domain.protocol import Group, Item, Side
from clinic_app.domain.safety import RedFlag
from clinic_app.domain.screening import Screening, Sex


class ReportStatus(StrEnum):
    """Whether the screening may still change."""

    DRAFT = "draft"
    SIGNED = "signed"
    STOPPED = "stopped"


class Origin(StrEnum):
    """Who put an exercise on the sheet."""

    SUGGESTED = "suggested"
    ADDED = "added"


@dataclass(frozen=True)
class ReportClinic:
    """The clinic as it was on the day; `paper` is A4 or Letter, `mass_unit` kg or lb."""

    name: str
    address: str
    phone: str
    emergency_number: str
    paper: str
    mass_unit: str
    time_zone: str
    language: str
    is_demo: bool = False


@dataclass(frozen=True)
class ReportPatient:
    """The person on the day of the screening; age in whole years."""

    family_name: str
    given_names: str
    preferred_name: str
    born_on: date
    age: int
    sex: Sex
    record_number: str
    language: str
    print_size: str

    @property
    def called(self) -> str:
        """How the person is addressed on the handout: preferred (else given) and family name."""
        return f"{self.preferred_name or self.given_names} {self.family_name}"


@dataclass(frozen=True)
class ReportDecision:
    """A decision of the therapist's own: `kind` red_flag, class, open_item or confirm, as in the records.

    Of kind progress, `subject` is the name of the exercise that the returned log speaks of, and `value` what
    accepting its proposal did; empty when it was not accepted.
    """

    kind: str
    subject: str
    reason: str
    made_by: str
    made_at: datetime
    side: Side | None = None
    value: str = ""


@dataclass(frozen=True)
class Terms:
    """The words that a report uses, by id; items come without their instructions, `order` is theirs.

    `rules` maps a rule to what it asks for, `words` a vocabulary (`class`, `not_done`, ...) to its words,
    `exercises` an exercise to its name.
    """

    protocol: str
    order: tuple[str, ...]
    items: Mapping[str, Item]
    rules: Mapping[str, str]
    notes: Mapping[str, str]
    patterns: Mapping[str, PatternCard]
    red_flags: Mapping[str, RedFlag]
    precautions: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    sources: Mapping[str, Source]
    exercises: Mapping[str, str]


@dataclass(frozen=True)
class ChosenLine:
    """One exercise as the therapist left it on the sheet; `reason` is typed where it was excluded.

    `note` is what the therapist writes to the patient about it.
    """

    prescription: Prescription
    origin: Origin = Origin.SUGGESTED
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class ReportLine:
    """One exercise of an approved programme, with its words.

    `accepted` are the reason codes against it that the therapist overruled, with the typed `reason`;
    `held` when nothing moves, so that its picture has no start and end.
    """

    prescription: Prescription
    name: str
    plain_name: str
    words: Words
    unit: Unit
    origin: Origin = Origin.SUGGESTED
    reason: str = ""
    accepted: tuple[str, ...] = ()
    held: bool = False
    note: str = ""


@dataclass(frozen=True)
class ReportProgramme:
    """An approved programme, with every word its handout prints; `retest_weeks` from and to.

    `goal` is the patient's, in their own words. `retest_on` is None in a programme of the time when no day
    was set.
    `confirmed` is what the therapist confirmed in writing, since it withheld the programme until then;
    `proposals` what was decided on those of the log before.
    """

    status: ProgrammeStatus
    lines: tuple[ReportLine, ...]
    blocks: tuple[str, ...]
    circumstances: Circumstances
    pain: PainBands
    session_minutes: int
    retest_weeks: tuple[int, int]
    start_on: date
    review_on: date
    approved_by: str
    approved_at: datetime
    handout: Handout
    uncovered: tuple[Group, ...] = ()
    deferred: tuple[Group, ...] = ()
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    confirmed: tuple[ReportDecision, ...] = ()
    goal: str = ""
    retest_on: date | None = None
    proposals: tuple[ReportDecision, ...] = ()


@dataclass(frozen=True)
class Report:
    """A screening with everything its documents say; stored as it is when the screening is signed.

    `examiner` did the screening, `signed_by` signed it, both with title and licence. `own` are the numbers
    that the clinic had set otherwise than published; `since` was judged by the limits of that day.
    """

    status: ReportStatus
    clinic: ReportClinic
    patient: ReportPatient
    taken_on: date
    reason: str
    impression: str
    action_taken: str
    examiner: str
    facts: Screening
    assessment: Assessment
    terms: Terms
    content_version: str
    rule_versions: Mapping[str, str]
    app_version: str
    decisions: tuple[ReportDecision, ...] = ()
    signed_by: str = ""
    signed_at: datetime | None = None
    programme: ReportProgramme | None = None
    own: tuple[OwnValue, ...] = ()
    since: Since | None = None
    letter: ReportLetter | None = None

    def decision(self, kind: str, subject: str, side: Side | None = None) -> ReportDecision | None:
        """The therapist's decision on that subject and side, if there is one."""
        return next(
            (d for d in self.decisions if (d.kind, d.subject, d.side) == (kind, subject, side)),
            None,
        )
