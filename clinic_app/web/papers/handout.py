"""The patient's handout: all that its template prints, in the language of the page."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from clinic_app.domain.circumstances import Weakness
from clinic_app.domain.protocol import Side
from clinic_app.domain.report import Report, ReportLine, ReportProgramme
from clinic_app.web.papers import identity
from clinic_app.web.papers.look import Look, PaperSize, PrintSize
from clinic_app.web.pictures import Picture, picture_of
from clinic_app.web.wording import doses, patient
from clinic_app.web.wording.dates import day_words, log_day, short_day
from clinic_app.web.wording.language import apart, say, say_as
from clinic_app.web.wording.patient import Told

# Where each block has its place; what stands nowhere here prints under "More advice for you".
PLACED = frozenset(
    {
        *("title", "main_message", "what_glutes_do", "screen_note", "before_start", "how_hard"),
        *("pain_intro", "pain_go", "pain_slow", "pain_stop", "pain_week", "stop_and_call", "urgent_help"),
        *("urgent_why", "progress", "progress_load", "missed_days", "what_is_known"),
        *("what_a_set_is", "picture_key", "log_limit"),
        *("log_how", "goal_line", "review", "contact", "disclaimer"),
    }
)
# These are said of a group and a side, as often as needed.
ABOUT_GROUPS = frozenset(
    {
        *("found_mild", "found_moderate", "found_severe", "found_both_sides", "found_unclear"),
        "partial_plan",
    }
)
LOG_WEEKS = 4
LOG_WEEKS_PER_PAGE = {PrintSize.NORMAL: 4, PrintSize.LARGE: 2}
# The margin of a page holds two lines of so many letters.
LONGEST_REPEATED = 40
# So many letters of names and findings leave the pain guide on the second page; with more, and in a print
# or language that nobody has measured, it goes before them.
FIRST_PAGE_LETTERS = {
    (language, PrintSize.NORMAL, paper): letters
    for language in ("en", "es")
    for paper, letters in {PaperSize.A4: 420, PaperSize.LETTER: 360}.items()
}

# An exercise with more letters than its picture leaves room for stands closer together, to stay on one page.
LONG_EXERCISE = {"narrow": 1050, "broad": 940, "band": 860}


class HandoutError(ValueError):
    """There is no approved programme to hand out."""


@dataclass(frozen=True)
class ExerciseWords:
    """One exercise as it prints."""

    number: int
    name: str
    plain_name: str
    leg: str
    steps: tuple[str, ...]
    dose: tuple[str, ...]
    feel: str
    mistakes: tuple[str, ...]
    stop: str
    easier: str
    harder: str
    why: str
    cautions: tuple[str, ...]
    picture: Picture | None
    held: bool
    note: str

    @property
    def long(self) -> bool:
        """Whether it has many words."""
        told = (*self.steps, *self.dose, self.feel, *self.mistakes, self.stop, *self.cautions)
        last = (self.why, self.easier, self.harder, self.note)
        most = LONG_EXERCISE[self.picture.breadth if self.picture else "narrow"]
        return sum(map(len, (*told, *last))) > most


@dataclass(frozen=True)
class PainZone:
    """One band of the pain guide: its word with the range, and what to do."""

    id: str
    heading: str
    words: str


def handout_page(report: Report, look: Look, static: Path) -> dict[str, Any]:
    """The values of documents/handout.html."""
    programme = report.programme
    if programme is None:
        raise HandoutError("the screening has no approved programme")
    exercises = [_exercise(n, line, programme, static) for n, line in enumerate(programme.lines, 1)]
    found, partial = patient.patient_found_blocks(report), _partial(report, programme)
    told = {one: patient.block(one, report, programme) for one in programme.blocks if one not in ABOUT_GROUPS}
    return {
        "title": f"{told['title'].text}: {report.patient.called}",
        "report": report,
        "apart": apart,
        "programme": programme,
        "told": told,
        "label": _labels(programme),
        "box": _box(programme),
        "found": found,
        "safety_first": _letters(report, *found, *partial)
        > FIRST_PAGE_LETTERS.get((look.language, look.print_size, look.paper), 0),
        "goal": doses.label(programme.handout, "goal", goal=programme.goal) if programme.goal else "",
        "weak": {(w.group, w.side): "probable" for w in programme.circumstances.findings or () if _weak(w)},
        "pain": [_zone(told[f"pain_{zone}"], zone) for zone in ("go", "slow", "stop")],
        "partial": partial,
        "advice": [block for one, block in told.items() if one not in PLACED],
        "exercises": exercises,
        "large": look.print_size is PrintSize.LARGE,
        "log": _log(programme, look),
        "foot": _foot(report),
        "version": _version(report, programme),
        "log_heads": [say(heading) for heading in programme.handout.log_headings],
        "from_therapist": doses.label(
            programme.handout, "from_therapist", name=apart(patient.name_only(programme.approved_by))
        ),
        "page_words": say(programme.handout.labels["page"]).partition("{pages}")[0].split("{page}"),
        "left": _capital(say_as("body", programme.handout.sides.body[Side.LEFT])),
        "right": _capital(say_as("body", programme.handout.sides.body[Side.RIGHT])),
        "taken_on": day_words(report.taken_on),
    }


def _exercise(number: int, line: ReportLine, programme: ReportProgramme, static: Path) -> ExerciseWords:
    handout, words, prescription = programme.handout, line.words, line.prescription

    def filled(text: str) -> str:
        return patient.fill(text, line, handout)

    return ExerciseWords(
        number=number,
        name=say(line.name),
        plain_name=say(line.plain_name),
        leg=doses.leg_words(prescription, handout),
        steps=tuple(filled(step) for step in words.steps),
        dose=doses.dose_sentences(prescription, line.unit, handout),
        feel=filled(words.feel),
        mistakes=tuple(filled(mistake) for mistake in words.mistakes),
        stop=filled(words.stop_if),
        easier=filled(words.easier),
        harder=filled(words.harder),
        why=patient.reason_sentence(line, programme),
        cautions=tuple(say(handout.cautions[key]) for key in prescription.caution_keys),
        picture=picture_of(prescription.exercise, static, prescription.sides.side),
        held=line.held,
        note=line.note,
    )


def _labels(programme: ReportProgramme) -> dict[str, str]:
    """The labels without tokens; a label with tokens is filled where it is used."""
    labels = programme.handout.labels
    return {key: say(text) for key, text in labels.items() if "{" not in text}


def _box(programme: ReportProgramme) -> list[tuple[str, str]]:
    """The short answers of the first page: how many, how often, how long, from when."""
    handout = programme.handout
    minutes = doses.label(handout, "session_minutes", n=programme.session_minutes)
    return [
        (say(handout.labels["your_exercises"]), str(len(programme.lines))),
        (say(handout.labels["days_a_week"]), patient.days_words(programme)),
        ("", minutes),
        (say(handout.labels["start_date"]), day_words(programme.start_on)),
    ]


def _weak(weakness: Weakness) -> bool:
    return bool(weakness.interpretable and weakness.severity)


def _zone(told: Told, zone: str) -> PainZone:
    """The band's first sentence is its word and range, the rest what to do."""
    heading, _stop, words = told.text.partition(". ")
    return PainZone(zone, heading, words)


def _partial(report: Report, programme: ReportProgramme) -> list[Told]:
    """For each weak side of a group without a safe exercise, that there is none."""
    if "partial_plan" not in programme.blocks:
        return []
    weak = [w for w in programme.circumstances.findings or () if _weak(w) and w.group in programme.uncovered]
    return [patient.about("partial_plan", w, report, programme) for w in weak]


def _letters(report: Report, *blocks: Told) -> int:
    names = (report.clinic.name, report.clinic.address, report.patient.called)
    return sum(map(len, names)) + sum(len(block.text) for block in blocks)


def _log(programme: ReportProgramme, look: Look) -> list[list[tuple[str, list[str]]]]:
    """The pages of the log: on each its weeks, of each week its seven days."""
    weeks = []
    for week in range(LOG_WEEKS):
        first = programme.start_on + timedelta(weeks=week)
        days = [log_day(first + timedelta(days=day)) for day in range(7)]
        weeks.append((doses.label(programme.handout, "week", n=week + 1), days))
    size = LOG_WEEKS_PER_PAGE[look.print_size]
    return [weeks[i : i + size] for i in range(0, LOG_WEEKS, size)]


def _version(report: Report, programme: ReportProgramme) -> str:
    made_with = f"{report.app_version}-{report.content_version[:8]}"
    approved = short_day(programme.approved_at.date())
    return doses.label(programme.handout, "version", version=apart(made_with), date=approved)


def _foot(report: Report) -> identity.Foot:
    clinic = f"{apart(_brief(report.clinic.name))}  {apart(report.clinic.phone)}"
    return identity.Foot(clinic, apart(_brief(report.patient.called)), identity.demonstration(report))


def _brief(name: str) -> str:
    """A name as every page repeats it; the first page has it whole."""
    return name if len(name) <= LONGEST_REPEATED else f"{name[: LONGEST_REPEATED - 1]}…"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
