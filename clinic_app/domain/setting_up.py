"""The dynamometer's set-up: what a finding of force leaves out is as it was set up for its direction."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from clinic_app.domain.finding import Finding, Value
from clinic_app.domain.protocol import Item

SET_UP = "hhd_setup"

_USUAL: Mapping[str, Value] = MappingProxyType({"method": "make", "stabilisation": "belt"})


def with_set_up(finding: Finding, setup: Finding | None, item: Item) -> Finding:
    """The finding with method, position, pad, holding and lever (cm) of the set-up where it names none.

    Where neither says, the method is make and the holding a belt, and the rest stays empty. A finding of a
    test that is not set up comes back as it is.
    """
    if not item.set_up_by:
        return finding
    table = setup.values.get(item.set_up_by) if setup else None
    of_direction = table if isinstance(table, Mapping) else {}
    return replace(finding, values={**_USUAL, **_stated(of_direction), **_stated(finding.values)})


def _stated(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if value not in (None, "")}
