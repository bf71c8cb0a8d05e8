"""How likely a fall is, from falls, walking aid and fear of falling."""

from collections.abc import Collection

from clinic_app.domain.circumstances import FallsRisk
from clinic_app.domain.selection import FallsRules


def falls_risk_of(
    falls_12m: int | None,
    aids: Collection[str],
    rules: FallsRules,
    *,
    afraid: bool | None = None,
    injured: bool | None = None,
) -> FallsRisk | None:
    """The risk that the answers show; None when too little was answered to call it low.

    `aids` are the ids of gait observation; `injured`: a fall did harm. The therapist may raise the result.
    """
    falls = falls_12m or 0
    if falls >= rules.high_falls or injured or any(aid in rules.high_aids for aid in aids):
        return FallsRisk.HIGH
    if falls >= rules.moderate_falls or afraid or any(aid in rules.moderate_aids for aid in aids):
        return FallsRisk.MODERATE
    return None if falls_12m is None or afraid is None else FallsRisk.LOW
