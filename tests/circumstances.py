"""Random people for the properties of the programme: every answer given and known, nothing withheld."""

from typing import Any

from hypothesis import strategies as st

from clinic_app.domain.circumstances import (
    Circumstances,
    FallsRisk,
    Gate,
    Goal,
    Irritability,
    NotTolerated,
    Patient,
    Severity,
    Sport,
    Stage,
    TaggedPrecaution,
    TagSide,
    Weakness,
    WeightBearing,
)
from clinic_app.domain.exercise import Equipment
from clinic_app.domain.protocol import Group, Side
from tests.programmes import library


def _some(words: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(words))


PEOPLE = st.builds(
    Circumstances,
    patient=st.builds(
        Patient,
        age=st.integers(14, 95),
        falls_risk=_some(FallsRisk),
        goal=_some(Goal),
        sport=st.none() | _some(Sport),
        minor_confirmed=st.just(True),
    ),
    gate=st.builds(
        Gate,
        red_flags_unresolved=st.just(False),
        screen_valid=st.just(True),
        post_op=st.booleans(),
        surgeon_clearance=st.just(True),
    ),
    irritability=_some(Irritability),
    weight_bearing=st.fixed_dictionaries({side: _some(WeightBearing) for side in Side}),
    precautions=st.lists(
        st.builds(TaggedPrecaution, tag=_some(library().tags), side=st.none() | _some(TagSide)), max_size=3
    ).map(tuple),
    pathways=st.lists(st.just("pfp"), max_size=1).map(tuple),
    equipment=st.lists(_some(Equipment), unique=True).map(tuple),
    positions_not_tolerated=st.lists(_some(NotTolerated), max_size=2).map(tuple),
    floor_transfer_ok=st.booleans(),
    cleared_for_impact=st.booleans(),
    stage=_some(Stage),
    max_exercises=st.none() | st.integers(1, 8),
    findings=st.lists(
        st.builds(
            Weakness,
            group=_some(Group),
            side=_some(Side),
            severity=_some(Severity),
            interpretable=st.booleans(),
            antigravity=st.none() | st.booleans(),
        ),
        min_size=1,
        max_size=6,
    ).map(tuple),
)
