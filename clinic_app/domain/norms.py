"""A force beside its norm: z, % of the predicted value, or "no norm, because ..." with the nearest one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic_app.domain.assessment import Lacking, Score
from clinic_app.domain.force import GRAVITY, Ratio, rounded, share_of, torque_of
from clinic_app.domain.reference import FORCE_UNITS, Norm, NormRow, NormUnit, NormUse
from clinic_app.domain.screening import Sex, Subject


@dataclass(frozen=True)
class Measure:
    """A force in newtons with how it was measured, the lever in cm and the mass in kg, None where unknown."""

    item: str
    method: str
    position: str
    pad: str
    stabilisation: str
    force_n: Decimal
    lever_cm: Decimal | None = None
    mass_kg: Decimal | None = None

    def in_unit(self, unit: NormUnit) -> Ratio | None:
        """The force in the unit of a norm, None where an input is missing or the unit is none of a force."""
        if unit is NormUnit.NM_KG:
            return torque_of(self.force_n, self.lever_cm, self.mass_kg)
        if unit is NormUnit.PERCENT_BODY_WEIGHT:
            return share_of(self.force_n, self.mass_kg)
        if unit is NormUnit.NEWTON_METRE:
            return None if self.lever_cm is None else (self.force_n * self.lever_cm, Decimal(100))
        below = _NEWTONS.get(unit)
        return None if below is None else (self.force_n, below)


_NEWTONS = {NormUnit.NEWTON: Decimal(1), NormUnit.KILOGRAM_FORCE: GRAVITY}
_SCORED = (NormUse.Z, NormUse.PERCENT)
_BY_MASS = (NormUnit.NM_KG, NormUnit.PERCENT_BODY_WEIGHT)
_BY_LEVER = (NormUnit.NM_KG, NormUnit.NEWTON_METRE)


def score(measure: Measure, subject: Subject, norms: Iterable[Norm]) -> Score:
    """Set a force beside the first norm that fits, a clinic's own checked one before the product's.

    Without one, the norm that differs in the fewest respects is the nearest, and the first of those
    respects says why.
    """
    reading = [norm for norm in norms if measure.item in norm.items and norm.use in _SCORED]
    if not reading:
        return Score(lacking=Lacking.NO_TABLE)
    differing = [(norm, _differences(measure, subject, norm)) for norm in reading]
    fitting = [norm for norm, differences in differing if not differences]
    if fitting:
        best = min(fitting, key=lambda norm: (norm.use is not NormUse.Z, not norm.own))
        return _scored(measure, subject, best)
    nearest, differences = min(differing, key=lambda found: len(found[1]))
    return Score(norm=nearest.id, lacking=differences[0])


def _differences(measure: Measure, subject: Subject, norm: Norm) -> tuple[Lacking, ...]:
    return tuple(lacking for lacking, differs in _RESPECTS.items() if differs(measure, subject, norm))


def _other_word(measured: str, wanted: str) -> bool:
    return bool(wanted) and measured != wanted


def _own_word(norm: Norm, measured: str, wanted: str) -> bool:
    """Pad and stabilisation of the product's norms are printed; of a clinic's own table they must agree."""
    return norm.own and _other_word(measured.strip().casefold(), wanted.strip().casefold())


def _rows_of_sex(norm: Norm, sex: Sex) -> list[NormRow]:
    return [row for row in norm.rows if row.sex in (None, sex)]


def _other_sex(norm: Norm, subject: Subject) -> bool:
    if subject.sex is Sex.NOT_STATED:
        return True
    return not norm.equation and not _rows_of_sex(norm, subject.sex)


def _other_age(norm: Norm, subject: Subject) -> bool:
    """Of the rows for this sex; where there is none, of all rows, since the sex is told already."""
    rows = _rows_of_sex(norm, subject.sex) or norm.rows
    ages = [norm.equation] if norm.equation else rows
    return not any(row.age_min <= subject.age <= row.age_max for row in ages)


_RESPECTS: Mapping[Lacking, Callable[[Measure, Subject, Norm], bool]] = {
    Lacking.METHOD: lambda m, _s, n: _other_word(m.method, n.method),
    Lacking.POSITION: lambda m, _s, n: _other_word(m.position, n.position),
    Lacking.STABILISATION: lambda m, _s, n: _own_word(n, m.stabilisation, n.stabilisation),
    Lacking.PAD: lambda m, _s, n: _own_word(n, m.pad, n.pad),
    Lacking.UNIT: lambda _m, _s, n: n.unit not in FORCE_UNITS,
    Lacking.SEX: lambda _m, s, n: _other_sex(n, s),
    Lacking.AGE: lambda _m, s, n: _other_age(n, s),
    Lacking.MASS: lambda m, _s, n: n.unit in _BY_MASS and m.mass_kg is None,
    Lacking.LEVER: lambda m, _s, n: n.unit in _BY_LEVER and m.lever_cm is None,
    Lacking.UNCHECKED: lambda _m, _s, n: not n.usable,
}


def _scored(measure: Measure, subject: Subject, norm: Norm) -> Score:
    value, expected = measure.in_unit(norm.unit), norm.expected(subject.age, subject.sex)
    if value is None or expected is None:
        return Score(norm=norm.id, lacking=Lacking.AGE)
    # One division of exact numbers, so that a limit falls where the text says.
    (above, below), (mean, sd) = value, expected
    if norm.use is NormUse.Z and sd:
        z = rounded((above - mean * below, below * sd), 2)
        return Score(norm=norm.id, z=z, predicted=mean)
    return Score(norm=norm.id, percent_predicted=rounded((above * 100, below * mean), 1), predicted=mean)
