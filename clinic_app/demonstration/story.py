"""The people of the demonstration and how their screens went, read from clinic.toml."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from clinic_app.domain.finding import Finding, NotDoneReason, PainLimited, Status, Value
from clinic_app.domain.library import Library
from clinic_app.domain.log_week import LogEntry, LogWeek
from clinic_app.domain.protocol import Side

FILE = Path(__file__).parent / "clinic.toml"
GRADED = {"abduction": "mmt_hip_abduction", "extension": "mmt_hip_extension"}
PRESSURE = {"sbp": 128, "dbp": 78, "hr": 66}


@dataclass(frozen=True)
class Visit:
    """One screen. Pairs are left and right; an empty word is not tested, for the reason `not_done`."""

    abduction: tuple[str, str] = ("", "")
    extension: tuple[str, str] = ("", "")
    trendelenburg: tuple[str, str] = ("", "")
    gait: tuple[str, str] = ("none", "none")
    pain: tuple[int, int] = (0, 0)
    pain_limited: tuple[str, str] = ("no", "no")
    sites: tuple[str, str] = ("none", "none")
    seconds: tuple[str, str] = ("", "")
    squat: tuple[str, str] | None = None
    aid: str = "none"
    bp: bool = False
    l5: bool = False
    l5_weak: bool = False
    not_done: str = "precaution"
    red_flag: str = ""
    action: str = ""


@dataclass(frozen=True)
class Story:
    """What brought a person, what holds for them, and their visits, the earliest first.

    `log` is what they wrote of each programme, week by week; empty where none came back.
    """

    reason: str
    visits: tuple[Visit, ...]
    precautions: tuple[str, ...] = ()
    side: str | None = None
    surgeon_cleared: bool = False
    sport: str = "none"
    activity: str = "sedentary"
    person: Mapping[str, Any] = field(default_factory=dict)
    log: tuple[LogEntry, ...] = ()


def read_clinic() -> tuple[dict[str, Any], list[dict[str, Any]], list[Story]]:
    """The clinic's details, its accounts, and one story a person."""
    table = tomllib.loads(FILE.read_text("utf-8"))
    stories = []
    for person in table["people"]:
        told = table["stories"][person.pop("story")]
        log = tuple(_week(number, week) for number, week in enumerate(person.pop("log", ()), 1))
        visits = tuple(
            Visit(**{key: _pair(value) for key, value in visit.items()}) for visit in told["visits"]
        )
        rest = {key: _pair(value) for key, value in told.items() if key != "visits"}
        stories.append(Story(visits=visits, person=person, log=log, **rest))
    return table["clinic"], table["accounts"], stories


def findings_of(story: Story, visit: Visit, library: Library) -> Iterator[Finding]:
    """What was recorded at one visit, in the order of the screen."""
    yield Finding("red_flags", values=_red_flags(visit, library))
    if visit.red_flag:
        return
    rows = tuple({"id": row, "side": story.side, "cleared": False} for row in story.precautions)
    yield Finding("precautions", values={"answered": True, "rows": rows})
    if visit.bp:
        yield Finding("resting_bp", values={"readings": (PRESSURE,)})
    yield Finding("demographics", values={"sport": story.sport, "activity": story.activity})
    for index, side in enumerate(Side):
        yield from _of_side(visit, index, side)
    if visit.l5 or visit.l5_weak:
        grade = "4-" if visit.l5_weak else "5"
        walks = "weak" if visit.l5_weak else "ok"
        for side, lower in ((Side.LEFT, grade), (Side.RIGHT, "5")):
            heel = walks if side is Side.LEFT else "ok"
            yield Finding("lumbar_l5_motor", side, values={"heel_walk": heel, "toe_grade": lower})


def _of_side(visit: Visit, index: int, side: Side) -> Iterator[Finding]:
    pain = visit.pain[index]
    limited = PainLimited(visit.pain_limited[index])
    yield Finding("symptom_location", side, values={"sites": (visit.sites[index],)})
    yield Finding("pain_nprs", side, values={"now": pain, "worst_24h": min(pain + 2, 10), "least_24h": 0})
    walk: dict[str, Value] = {"patterns": (visit.gait[index],), "aid": visit.aid}
    if visit.gait[index] in ("drop", "lean", "lurch"):
        walk["degree"] = "obvious"
    yield Finding("gait_observation", side, values=walk, pain=pain)
    stance: dict[str, Value] = {"result": visit.trendelenburg[index]}
    if visit.seconds[index]:
        stance["seconds"] = Decimal(visit.seconds[index])
    yield _done(
        visit, Finding("trendelenburg_30s", side, values=stance, pain=pain), visit.trendelenburg[index]
    )
    if visit.squat:
        yield Finding("single_leg_squat", side, values={"rating": visit.squat[index]}, pain=pain)
    for key, item in GRADED.items():
        grade = getattr(visit, key)[index]
        tested = Finding(item, side, values={"grade": grade}, pain=pain, pain_limited=limited)
        yield _done(visit, tested, grade)


def _done(visit: Visit, finding: Finding, value: str) -> Finding:
    if value:
        return finding
    reason = NotDoneReason(visit.not_done)
    return Finding(finding.item, finding.side, status=Status.NOT_DONE, not_done_reason=reason)


def _red_flags(visit: Visit, library: Library) -> dict[str, Value]:
    asked = (row.id for row in library.red_flags.values() if row.under_age is None)
    answers: dict[str, Value] = dict.fromkeys(asked, "no")
    return {**answers, visit.red_flag: "yes"} if visit.red_flag else answers


def _week(number: int, week: dict[str, Any]) -> LogEntry:
    comment = week.pop("comment", "")
    return LogEntry(LogWeek(number, **week), comment=comment)


def _pair(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
