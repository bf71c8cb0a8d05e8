"""Reference values: what was measured, in whom and how, and what each may be used for."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic_app.domain.evidence import Mark
from clinic_app.domain.screening import Sex


class NormUse(StrEnum):
    """What a norm may be used for; information is shown and never scored."""

    Z = "z"
    PERCENT = "percent"
    CUT_OFF = "cut_off"
    INFORMATION = "information"


class NormUnit(StrEnum):
    """The unit that a norm is in."""

    NM_KG = "nm_kg"
    PERCENT_BODY_WEIGHT = "percent_body_weight"
    NEWTON = "newton"
    KILOGRAM_FORCE = "kilogram_force"
    NEWTON_METRE = "newton_metre"
    SECONDS = "seconds"
    COUNT = "count"


FORCE_UNITS = (
    NormUnit.NM_KG,
    NormUnit.PERCENT_BODY_WEIGHT,
    NormUnit.NEWTON,
    NormUnit.KILOGRAM_FORCE,
    NormUnit.NEWTON_METRE,
)
"""The units that a dynamometer test can be set beside."""


@dataclass(frozen=True)
class NormRow:
    """The values for one sex (None: both) and ages, first and last included; what was not reported is None.

    `limit` is a cut-off; `low` and `high` are the range or the confidence interval that was reported.
    """

    age_min: int
    age_max: int
    sex: Sex | None = None
    mean: Decimal | None = None
    sd: Decimal | None = None
    limit: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    n: int | None = None
    mark: Mark | None = None

    def fits(self, age: int, sex: Sex) -> bool:
        """The row is for people of this age and sex."""
        return self.age_min <= age <= self.age_max and self.sex in (None, sex)


@dataclass(frozen=True)
class Equation:
    """A mean that is calculated: intercept + per_year x age + male for men; `sd` about it."""

    intercept: Decimal
    per_year: Decimal
    male: Decimal
    sd: Decimal
    age_min: int
    age_max: int

    def predicted(self, age: int, sex: Sex) -> Decimal:
        """The mean for this age in whole years; the sex must be stated."""
        return self.intercept + self.per_year * age + (self.male if sex is Sex.MALE else Decimal())


@dataclass(frozen=True)
class Norm:
    """One set of reference values. Empty `method`, `position`, `pad` or `stabilisation`: not reported.

    `better` is the side of a cut-off that is better, `more` or `less`. A table that a clinic entered has its
    own `citation`, and names who entered it from which page and who checked it; `checked_by` empty: not used.
    """

    id: str
    name: str
    items: tuple[str, ...]
    use: NormUse
    unit: NormUnit
    population: str
    source: str
    mark: Mark
    rows: tuple[NormRow, ...] = ()
    equation: Equation | None = None
    method: str = ""
    position: str = ""
    pad: str = ""
    stabilisation: str = ""
    aggregate: str = ""
    n: int | None = None
    better: str = "more"
    doi: str = ""
    citation: str = ""
    page: str = ""
    own: bool = False
    entered_by: str = ""
    checked_by: str = ""
    caveats: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """It came with the product, or a second person checked what was entered."""
        return not self.own or bool(self.checked_by)

    def row(self, age: int, sex: Sex) -> NormRow | None:
        """The row for this age and sex, if there is one; nothing is interpolated."""
        return next((row for row in self.rows if row.fits(age, sex)), None)

    def expected(self, age: int, sex: Sex) -> tuple[Decimal, Decimal | None] | None:
        """The mean and the standard deviation (None: not reported) at this age, None where there is none."""
        if self.equation:
            within = self.equation.age_min <= age <= self.equation.age_max
            return (self.equation.predicted(age, sex), self.equation.sd) if within else None
        row = self.row(age, sex)
        return (row.mean, row.sd) if row and row.mean is not None else None

    def limit(self, age: int, sex: Sex) -> Decimal | None:
        """The cut-off for this age and sex, None where the source gives none."""
        row = self.row(age, sex)
        return row.limit if row else None
