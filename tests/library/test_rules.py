from pathlib import Path

import pytest

from clinic_app.domain.evidence import Mark
from clinic_app.domain.grade import Grade
from clinic_app.domain.rules import Basis
from clinic_app.library import ContentError, load_library
from clinic_app.library.folder import PACKAGED
from clinic_app.library.rules import load_rules, unknown_values
from tests.screens import library

RULES = (PACKAGED / "rules.toml").read_text("utf-8")


def refused(folder: Path, good: str, bad: str) -> ContentError:
    assert good in RULES
    (folder / "rules.toml").write_text(RULES.replace(good, bad, 1), "utf-8")
    with pytest.raises(ContentError) as error:
        load_rules(folder)
    assert error.value.file == "rules.toml"
    return error.value


@pytest.mark.parametrize(
    ("good", "bad", "key", "reason"),
    [
        ('id = "SQT-2"', 'id = "SQT-1"', "SQT-1", "the id is used twice"),
        ('["not_max", "drop", "cannot"]', '["not_max", "drop", "comp"]', "TRN-1", "two steps"),
        ("level = 4", "level = 5", "MMT-A1", "0 to 4"),
        ('family = "dynamic"\n', "", "SQT-1", "need a group and a family"),
        ('family = "dynamic"', 'family = "squats"', "family", "squats"),
        ('basis = "published"', 'basis = "rumour"', "basis", "rumour"),
        ("pain_ni = { value = 4", 'pain_ni = { value = "four"', "pain_ni.value", "four"),
        (
            'mark = "C", means = "pain (0-10) in a weak',
            'mark = "X", means = "pain (0-10) in a weak',
            "mark",
            "X",
        ),
        ("pain_ni = {", "pain_no = {", "numbers", "pain_no"),
        ('severe_pain_loss = "3"', 'severe_pain_loss = "6"', "severe_pain_loss", "6"),
        ('id = "PAIN-7"', 'id = "PAIN-8"', "PAIN-7", "missing"),
    ],
)
def test_a_wrong_rule_is_refused_by_name_and_reason(
    tmp_path: Path, good: str, bad: str, key: str, reason: str
) -> None:
    error = refused(tmp_path, good, bad)
    assert key in error.key or key in error.reason
    assert reason in error.reason


def test_a_value_that_no_test_can_have_is_refused(tmp_path: Path) -> None:
    overrides = tmp_path / "own"
    overrides.mkdir()
    text = RULES.replace('values = ["poor", "not_possible"]', 'values = ["poor", "impossible"]')
    (overrides / "rules.toml").write_text(text, "utf-8")
    with pytest.raises(ContentError, match="SQT-1"):
        load_library(PACKAGED, overrides)
    assert list(unknown_values(library().rules, library().items)) == []


def test_every_grade_below_5_is_read_by_exactly_one_rule_of_its_test() -> None:
    for item in ("mmt_hip_abduction", "mmt_hip_extension"):
        for grade in Grade:
            met = [rule.id for rule in library().rules.reading(item) if rule.step((grade,))]
            assert len(met) == (0 if grade is Grade.G5 else 1), (item, grade)


def test_a_published_step_names_its_source() -> None:
    for rule in library().rules.by_id.values():
        for step in rule.steps:
            assert step.sources or step.basis is Basis.CONVENTION, rule.id
        assert rule.sources or rule.basis is Basis.CONVENTION, rule.id


def test_a_number_that_was_read_or_recalled_names_its_source() -> None:
    for name, number in vars(library().rules.numbers).items():
        assert number.means
        assert number.sources or number.mark is Mark.CONVENTION, name
