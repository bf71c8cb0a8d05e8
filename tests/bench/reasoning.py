"""assess and prescribe for whole screenings, the content at start, and lines answered by the command."""

import json
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from clinic_app.domain.adapter import circumstances_of
from clinic_app.domain.assess import assess
from clinic_app.domain.circumstances import (
    Circumstances,
    FallsRisk,
    Gate,
    Goal,
    Irritability,
    Patient,
    WeightBearing,
)
from clinic_app.domain.course import WITHOUT_FINDING
from clinic_app.domain.exercise import Equipment
from clinic_app.domain.finding import Finding
from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.protocol import Side
from clinic_app.domain.screening import Answer, Precautions, Screening
from clinic_app.library import load_library
from tests.bench.place import Place
from tests.bench.timing import Row, in_turns
from tests.generated import ASKED, Maker, document_of
from tests.screens import library

ROUNDS = 5
LINES = 2000

GIVEN = Circumstances(
    patient=Patient(falls_risk=FallsRisk.LOW, goal=Goal.DAILY),
    gate=Gate(screen_valid=True),
    irritability=Irritability.LOW,
    weight_bearing=dict.fromkeys(Side, WeightBearing.FWB),
    equipment=(Equipment.CHAIR,),
    floor_transfer_ok=True,
)


def whole(seed: int) -> Screening:
    """A full screening of an adult in which every test was done on every side."""
    maker, items = Maker(seed), library().items
    asked = (line.item for line in library().protocols["full"].lines if line.item not in WITHOUT_FINDING)
    findings = [_done(maker, item, side) for item in asked for side in items[item].keys()]  # noqa: SIM118
    subject = replace(maker.screening().subject, age=20 + seed % 70)
    return Screening("full", subject, dict.fromkeys(ASKED, Answer.NO), {}, Precautions(True), tuple(findings))


def _done(maker: Maker, item: str, side: Side | None) -> Finding:
    while not (finding := maker.finding(library().items[item], side)).done:
        pass
    return finding


def reasoning_rows(place: Place) -> list[Row]:
    """Whole screenings in the process, the content from its files, and screenings by the line."""
    screenings = [whole(seed) for seed in range(100)]

    def reason() -> None:
        for screening in screenings:
            assessment = assess(screening, library())
            circumstances = circumstances_of(screening, assessment, GIVEN, library())
            prescribe(circumstances, library().exercises)

    taken = in_turns({"reason": reason, "load": load_library}, ROUNDS, warm=1)
    rate, line_ms = _by_the_line(screenings, place.settings.folder / "screenings.jsonl")
    count = f"mean of {len(screenings)}, {len(screenings[0].findings)} findings each"
    return [
        Row(
            "assess and prescribe, every test done",
            taken["reason"] / len(screenings),
            goal="2 ms",
            remark=count,
        ),
        Row("the content at start", taken["load"], goal="300 ms", remark="read and checked"),
        Row("assess by the line, every test done", line_ms, goal="2 ms", remark=f"{rate:.0f} lines/s"),
    ]


def _by_the_line(screenings: list[Screening], file: Path) -> tuple[float, float]:
    """Lines of a file a second by the command, and milliseconds a line, without the start of the command."""
    lines = [json.dumps(document_of(screening)) for screening in screenings]
    many = "\n".join(lines * (LINES // len(lines)))
    file.write_text(lines[0], "utf-8")
    start = statistics.median(_seconds(file) for _ in range(3))
    file.write_text(many, "utf-8")
    taken = statistics.median(_seconds(file) for _ in range(3)) - start
    return LINES / taken, taken / LINES * 1000


def _seconds(file: Path) -> float:
    command = [str(Path(sys.executable).parent / "clinic"), "assess", "--lines", str(file)]
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started
