from dataclasses import replace

from clinic_app.domain.finding import Finding
from clinic_app.domain.flags import Weighed, limits_for, threshold_words, weigh
from clinic_app.domain.library import Library
from clinic_app.domain.readings import reading_of
from clinic_app.domain.screening import Sex, Subject
from tests.screens import RIGHT, abduction, library, stance, walking

SUBJECT = Subject(67, Sex.FEMALE)


def edited(rule_id: str, level: int) -> Library:
    """The content of a clinic that gave this rule another level."""
    rules = library().rules
    rule = rules.by_id[rule_id]
    other = replace(rule, steps=tuple(replace(step, level=level) for step in rule.steps))
    by_item = {item: tuple(other if r is rule else r for r in of) for item, of in rules.by_item.items()}
    return replace(library(), rules=replace(rules, by_item=by_item))


def weighed(finding: Finding, content: Library) -> list[Weighed]:
    reading = reading_of(finding, content.rules)
    assert reading
    return list(weigh(reading, SUBJECT, content))


def test_a_weak_manual_grade_is_never_lowered_to_mere_information() -> None:
    (one,) = weighed(abduction(RIGHT, "4+", pain=2), edited("MMT-A3", 1))
    assert [(flag.rule, flag.level) for flag in one.flags] == [("MMT-A3", 1)]


def test_a_standing_test_may_be_lowered_to_information() -> None:
    (one,) = weighed(stance(RIGHT, "drop", pain=2), edited("TRN-1", 1))
    assert one.flags == ()
    assert [entry.rule for entry in one.information] == ["TRN-1"]


def test_walking_speaks_of_abductors_and_extensors_apart() -> None:
    both = walking(RIGHT, "drop", "lurch", degree="obvious")
    found = {one.group: [flag.rule for flag in one.flags] for one in weighed(both, library())}
    assert found == {"abductors": ["GAIT-1"], "extensors": ["GAIT-2"]}


def test_a_threshold_is_printed_with_the_limit_for_this_person() -> None:
    def words(rule: str, age: int, sex: Sex) -> str:
        (step,) = library().rules.by_id[rule].steps
        return threshold_words(step, limits_for(Subject(age, sex), library()))

    assert words("CHR-1", 67, Sex.FEMALE) == "under 11 for this age and sex"
    assert words("CHR-1", 67, Sex.MALE) == "under 12 for this age and sex"
    assert words("SLS-1", 45, Sex.MALE) == "under 32.0 s for this age"
    assert words("HHD-L1", 45, Sex.MALE) == "80 % or more and under 90 % of the other side"
    assert words("LAG-1", 45, Sex.MALE) == "foot drops more than 10 cm, or the leg cannot be held"
    assert words("BRG-2", 45, Sex.MALE) == "at least 10 s less, and under 0.75 of the other side"
