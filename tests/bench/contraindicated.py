"""Random people by the million: no exercise that is forbidden, and none at all with an open red flag.

`python -m tests.bench.contraindicated [COUNT] [SEED]`. What is forbidden is read here afresh from the content
files and the text of the selection, and not through the filters that the product uses.
"""

import sys
import time
import tomllib
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

from clinic_app.domain.circumstances import Circumstances, Gate, Patient, TaggedPrecaution, Weakness
from clinic_app.domain.exercise_library import ExerciseLibrary
from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.programme import Prescription, WorkMode
from clinic_app.domain.protocol import Side
from clinic_app.library.exercises import load_exercise_library
from clinic_app.library.folder import PACKAGED

COUNT, SEED = 1_000_000, 20261125
GROUPS = ("abductors", "extensors", "external_rotators", "internal_rotators")
SIDES = ("left", "right")
RISKS = ("low", "moderate", "high")
LEVELS = (1, 2, 3, 4, 5)
LOADS = ("none", "partial", "full", "single_leg")
MOST_LOAD = {"nwb": "none", "ttwb": "none", "pwb": "partial", "wbat": "single_leg", "fwb": "single_leg"}
BALANCE = {"low": 3, "moderate": 2, "high": 1}
OPERATED = {"post_tha_posterior", "post_tha_anterior", "post_tha_lateral", "abductor_repair"}
SORE = OPERATED | {"gluteal_tendinopathy"}
EQUIPMENT = ("chair", "step", "loop_band", "weight")
PLACES = (
    *("supine", "prone", "side_lying", "sitting", "standing", "quadruped", "side_support"),
    *("side_lying_left", "side_lying_right"),
)
RED_FLAG_SHARE = 0.05


class Person:
    """One random person; every answer is given and known, and the gate is open unless `red_flag`."""

    def __init__(self, random: Random, tags: tuple[str, ...]) -> None:
        pick, chance = random.choice, random.random
        self.tags = [(pick(tags), pick((None, "both", *SIDES))) for _ in range(random.randrange(4))]
        self.bearing = {side: pick(("fwb", "fwb", "wbat", "pwb", "ttwb", "nwb")) for side in SIDES}
        self.risk, self.irritability = pick(RISKS), pick(RISKS)
        self.equipment = tuple(item for item in EQUIPMENT if chance() < 0.6)
        self.not_tolerated = tuple(place for place in PLACES if chance() < 0.08)
        self.floor, self.impact = chance() < 0.7, chance() < 0.5
        self.stage = pick(("initial", "late"))
        self.red_flag: bool | None = pick((True, None)) if chance() < RED_FLAG_SHARE else False
        self.most = pick((None, None, 1, 2, 3, 4, 5, 6))
        self.patient = Patient(
            random.randrange(14, 96),
            self.risk,
            pick(("daily", "sport")),
            pick((None, "running", "other")),
            True,
        )
        self.pathways = ("pfp",) if chance() < 0.2 else ()
        self.post_op = chance() < 0.2
        self.findings = tuple(
            Weakness(
                pick(GROUPS),
                pick(SIDES),
                pick(("mild", "moderate", "severe")),
                True,
                pick((None, True, False)),
            )
            for _ in range(random.randrange(1, 6))
        )

    def circumstances(self) -> Circumstances:
        """What the selector reads of this person."""
        return Circumstances(
            patient=self.patient,
            gate=Gate(self.red_flag, True, self.post_op, True),
            irritability=self.irritability,
            weight_bearing={side: self.bearing[side] for side in Side},
            precautions=tuple(TaggedPrecaution(tag, side) for tag, side in self.tags),
            pathways=self.pathways,
            equipment=self.equipment,
            positions_not_tolerated=self.not_tolerated,
            floor_transfer_ok=self.floor,
            cleared_for_impact=self.impact,
            stage=self.stage,
            max_exercises=self.most,
            findings=self.findings,
        )

    def most_load(self, side: str) -> int:
        """The place in `LOADS` of the most that this leg may carry; a tag counts as the status does."""
        said = [MOST_LOAD[self.bearing[side]]]
        said += [
            MOST_LOAD[t] for t, where in self.tags if t in ("nwb", "pwb") and where in (None, "both", side)
        ]
        return min(LOADS.index(load) for load in said)

    def balance(self) -> int:
        """The highest balance demand."""
        tags = {tag for tag, _side in self.tags}
        caps = [BALANCE[self.risk], 2 if tags & {"balance_risk", "pregnancy_supine"} else 3]
        return min(*caps, 1 if tags & OPERATED or not all(map(self.most_load, SIDES)) else 3)


def forbidden(exercise: dict[str, Any], sides: tuple[str, ...], person: Person) -> list[str]:
    """Why this exercise may not be done on these legs, by the files and the text; empty when it may."""
    place, tags = exercise["place"], {tag for tag, _side in person.tags}
    against = {
        "precaution": tags & set(exercise.get("exclude", ())),
        "equipment": set(place.get("equipment", ())) - set(person.equipment),
        "balance": place["balance"] > person.balance(),
        "floor": place.get("floor") and not person.floor,
        "impact": exercise.get("impact") and not person.impact,
        "stage": exercise["level"] == len(LEVELS) and person.stage != "late",
        "position": place["posture"] in person.not_tolerated,
        **{side: _forbidden_on(side, exercise, person) for side in sides},
    }
    return [why for why, holds in against.items() if holds]


def _forbidden_on(side: str, exercise: dict[str, Any], person: Person) -> bool:
    """Lying where it hurts or is not tolerated, or more weight than a leg may carry."""
    limbs, other = exercise["limbs"], SIDES[1 - SIDES.index(side)]
    lain = {"same": side, "opposite": other}.get(exercise["place"].get("lies_on", ""))
    sore = any(tag in SORE and where in (None, "both", lain) for tag, where in person.tags)
    return (
        f"side_lying_{lain}" in person.not_tolerated
        or (lain is not None and sore)
        or LOADS.index(limbs["load_worked"]) > person.most_load(side)
        or LOADS.index(limbs["load_other"]) > person.most_load(other)
    )


def legs(line: Prescription) -> tuple[str, ...]:
    """The legs that do any set."""
    if line.sides.mode is WorkMode.ONE_SIDE_ONLY and line.sides.side:
        return (line.sides.side.value,)
    return SIDES


def check(person: Person, library: ExerciseLibrary, files: dict[str, dict[str, Any]]) -> int:
    """Prescribe, look at every line, and count them; the process ends at the first that is forbidden."""
    made = prescribe(person.circumstances(), library)
    if person.red_flag is not False and made.prescriptions:
        sys.exit(f"a programme with an open red flag: {person.circumstances()}")
    for line in made.prescriptions:
        if why := forbidden(files[line.exercise], legs(line), person):
            sys.exit(f"{line.exercise}, {why}: {person.circumstances()}")
    if len(made.prescriptions) + len(made.not_offered) != len(files):
        sys.exit(f"an exercise without a reason: {person.circumstances()}")
    return len(made.prescriptions)


def main(count: int, seed: int) -> None:
    """Check that many people, half of them in a clinic that has favourites, and print what was seen."""
    random, plain = Random(seed), load_exercise_library(PACKAGED)  # noqa: S311
    favoured = replace(plain, favourites=frozenset(sorted(plain.by_id)[::3]))
    files = {f.stem: tomllib.loads(f.read_text("utf-8")) for f in (PACKAGED / "exercises").glob("*.toml")}
    tags, seen, started = tuple(plain.tags), Counter[str](), time.monotonic()
    for n in range(count):
        person = Person(random, tags)
        lines = check(person, favoured if n % 2 else plain, files)
        seen["lines"] += lines
        seen["with_programme"] += bool(lines)
        seen["open_red_flags"] += person.red_flag is not False
    print(
        f"{count:,} people, seed {seed}: {seen['with_programme']:,} programmes with {seen['lines']:,} "
        f"exercises, none forbidden; {seen['open_red_flags']:,} with an open or unanswered "
        f"red flag, none with a programme; "
        f"{time.monotonic() - started:.0f} s"
    )


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:3]]
    main(*given, *(COUNT, SEED)[len(given) :])
