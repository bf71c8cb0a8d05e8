from dataclasses import replace

from clinic_app.domain.flags import weigh
from clinic_app.domain.rules import Rules
from tests.screens import RIGHT, abduction, library, stance, walking


def edited(rule_id: str, level: int) -> Rules:
    """The rules of a clinic that gave this rule another level."""
    rules = library().rules
    rule = rules.by_id[rule_id]
    other = replace(rule, steps=tuple(replace(step, level=level) for step in rule.steps))
    by_item = {item: tuple(other if r is rule else r for r in of) for item, of in rules.by_item.items()}
    return replace(rules, by_item=by_item)


def test_a_weak_manual_grade_is_never_lowered_to_mere_information() -> None:
    (weighed,) = weigh(abduction(RIGHT, "4+", pain=2), edited("MMT-A3", 1))
    assert [(flag.rule, flag.level) for flag in weighed.flags] == [("MMT-A3", 1)]


def test_a_standing_test_may_be_lowered_to_information() -> None:
    (weighed,) = weigh(stance(RIGHT, "drop", pain=2), edited("TRN-1", 1))
    assert weighed.flags == ()
    assert [entry.rule for entry in weighed.information] == ["TRN-1"]


def test_walking_speaks_of_abductors_and_extensors_apart() -> None:
    both = walking(RIGHT, "drop", "lurch", degree="obvious")
    found = {weighed.group: [flag.rule for flag in weighed.flags] for weighed in weigh(both, library().rules)}
    assert found == {"abductors": ["GAIT-1"], "extensors": ["GAIT-2"]}
