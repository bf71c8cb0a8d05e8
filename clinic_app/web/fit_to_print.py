"""The last look before a handout is printed: every hard filter again, with what holds for the person now."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from flask_babel import gettext as _

from clinic_app.domain.case import Case, case_of
from clinic_app.domain.circumstances import Circumstances, TaggedPrecaution
from clinic_app.domain.dose import cautions_of, longest_hold
from clinic_app.domain.library import Library
from clinic_app.domain.report import ReportLine, ReportProgramme
from clinic_app.domain.safe import why_unsafe
from clinic_app.domain.withhold import why_withheld
from clinic_app.records.patient import PatientPrecaution
from clinic_app.web.reporting import treated
from clinic_app.web.wording import exclusion_words


def why_not_to_print(
    programme: ReportProgramme, precautions: Iterable[PatientPrecaution], library: Library
) -> tuple[str, ...]:
    """Sentences that speak against handing out this programme today; empty when it may be printed."""
    circumstances, unknown = _now(programme.circumstances, precautions, library)
    if unknown:
        return tuple(_("The precaution %(id)s is not known any more", id=one) for one in unknown)
    if withheld := why_withheld(circumstances, library.exercises):
        return (_(library.words["programme_status"][withheld.status]),)
    case = case_of(circumstances, library.exercises)
    return tuple(
        sentence for line in programme.lines for sentence in _against(line, circumstances, case, library)
    )


def _now(
    circumstances: Circumstances, precautions: Iterable[PatientPrecaution], library: Library
) -> tuple[Circumstances, tuple[str, ...]]:
    """The circumstances of the approval with the tags of today's precautions, and the rows nobody knows."""
    held = [row for row in precautions if not row.cleared]
    unknown = tuple(row.precaution for row in held if row.precaution not in library.precautions)
    tags = tuple(
        TaggedPrecaution(tag, row.side or None)
        for row in held
        if row.precaution in library.precautions
        for tag in library.precautions[row.precaution].tags(row.extra)
    )
    return replace(circumstances, precautions=(*(circumstances.precautions or ()), *tags)), unknown


def _against(line: ReportLine, circumstances: Circumstances, case: Case, library: Library) -> Iterator[str]:
    exercise = library.exercises.by_id.get(line.prescription.exercise)
    if exercise is None:
        yield _("%(exercise)s is not in the library any more", exercise=line.name)
        return
    for code in why_unsafe(exercise, circumstances, library.exercises, treated(line.prescription)):
        if code not in line.accepted:
            yield f"{line.name}: {exclusion_words(code, library.words)}"
    most, doses = (
        longest_hold(exercise, case, library.exercises),
        (line.prescription.side_dose, line.prescription.other),
    )
    if any(dose and dose.hold_s > most for dose in doses):
        yield _(
            "%(exercise)s: no hold may be longer than %(most)s seconds now", exercise=line.name, most=most
        )
    missing = set(cautions_of(exercise, case, library.exercises)) - set(line.prescription.caution_keys)
    for key in sorted(missing):
        yield _(
            "%(exercise)s: a caution is missing, %(words)s",
            exercise=line.name,
            words=library.exercises.handout.cautions[key],
        )
