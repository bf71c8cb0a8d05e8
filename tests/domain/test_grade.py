from clinic_app.domain.grade import Grade


def test_the_twelve_grades_rise_from_no_contraction_to_full_strength() -> None:
    assert [grade.rank for grade in Grade] == list(range(12))
    assert (Grade("0").rank, Grade("3").rank, Grade("3+").rank, Grade("5").rank) == (0, 6, 7, 11)


def test_a_grade_is_at_most_itself_and_every_stronger_one() -> None:
    assert Grade("4").at_most(Grade("4"))
    assert Grade("4-").at_most(Grade("4"))
    assert not Grade("4+").at_most(Grade("4"))
