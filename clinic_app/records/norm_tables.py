"""The reference tables that a clinic entered, as the norms that a force is set beside."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlalchemy.orm import Session

from clinic_app.domain.evidence import Mark
from clinic_app.domain.reference import Norm, NormRow, NormUnit, NormUse
from clinic_app.domain.screening import Sex
from clinic_app.records.norm import NormRecord, all_norms


def own_norms(session: Session) -> tuple[Norm, ...]:
    """The tables in use as norms: of each the checked rows, or all of them while none is checked."""
    rows = [row for row in all_norms(session) if not row.retired_at]
    return tuple(_norms(rows))


def _norms(rows: Iterable[NormRecord]) -> Iterator[Norm]:
    for table_id, group in groupby(rows, key=lambda row: row.table_id):
        entered = list(group)
        checked = [row for row in entered if row.checked_at]
        yield _norm(table_id, checked or entered)


def _norm(table_id: str, rows: list[NormRecord]) -> Norm:
    first = rows[0]
    return Norm(
        id=table_id,
        name=table_id,
        items=(first.item,),
        use=NormUse.Z,
        unit=NormUnit(first.unit),
        population=first.population,
        source=table_id,
        citation=first.source,
        mark=Mark.READ,
        rows=tuple(_row(row) for row in rows),
        method=first.method,
        position=first.position,
        pad=first.pad_site,
        stabilisation=first.stabilisation,
        aggregate=first.aggregate,
        n=sum(row.n for row in rows),
        doi=first.doi,
        page=_each(row.page for row in rows),
        own=True,
        entered_by=_each(row.entered_by for row in rows),
        checked_by=_each(row.checked_by for row in rows),
    )


def _row(row: NormRecord) -> NormRow:
    sex = Sex(row.sex) if row.sex else None
    return NormRow(row.age_min, row.age_max, sex=sex, mean=row.mean, sd=row.sd, n=row.n, mark=Mark.READ)


def _each(names: Iterable[str]) -> str:
    return "; ".join(name for name in dict.fromkeys(names) if name)
