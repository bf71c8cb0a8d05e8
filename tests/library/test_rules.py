from clinic_app.domain.evidence import Mark
from clinic_app.domain.grade import Grade
from clinic_app.domain.rules import Basis
from tests.screens import library


def test_every_grade_below_5_is_read_by_exactly_one_rule_of_its_test() -> None:
    graded = ["mmt_hip_abduction", "mmt_gmed_posterior", "mmt_hip_extension", "mmt_hip_er", "mmt_hip_ir"]
    for item in graded:
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
