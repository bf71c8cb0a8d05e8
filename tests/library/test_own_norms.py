"""A reference table in a clinic's own files: used once it is checked, and refused by name when wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from clinic_app.library import ContentError, load_library

TABLE = """
id = "PASCO-ABD"
name = "Hip abduction, adults of one town"
items = ["hhd_abduction"]
use = "z"
unit = "kilogram_force"
population = "Adults of one town"
source = "pasco_abd"
citation = "A paper of 2020"
mark = "V"
method = "make"
position = "supine"
own = true
page = "7, table 2"
entered_by = "Alice"
rows = [
  { age_min = 20, age_max = 29, sex = "female", mean = 15.1, sd = 3.2 },
  { age_min = 20, age_max = 29, sex = "male", mean = 21.0, sd = 4.4 },
]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "norms").mkdir()
    return tmp_path / "norms" / "pasco_abd.toml"


def test_a_table_is_not_used_before_somebody_else_checked_it(file: Path) -> None:
    file.write_text(TABLE)
    norm = load_library(overrides=file.parent.parent).norms["PASCO-ABD"]
    assert not norm.usable
    file.write_text(f'checked_by = "Bob"\n{TABLE}')
    assert load_library(overrides=file.parent.parent).norms["PASCO-ABD"].usable


@pytest.mark.parametrize(
    ("good", "bad", "key", "reason"),
    [
        ('page = "7, table 2"\n', "", "page", "own says so"),
        ('entered_by = "Alice"\n', "", "entered_by", "own says so"),
        ('citation = "A paper of 2020"\n', "", "source", "pasco_abd is not known"),
        ('method = "make"\n', "", "method", "own says so"),
        ('position = "supine"\n', "", "position", "own says so"),
        ('entered_by = "Alice"', 'entered_by = "Alice"\nchecked_by = "Alice"', "checked_by", "somebody else"),
        ('age_max = 29, sex = "male"', 'age_max = 19, sex = "male"', "rows.2.age_min", "20 is above 19"),
        ("sd = 3.2", "sd = 0", "rows", "standard deviation above zero"),
        ('position = "supine"', 'position = "prone"', "position", "prone is not one of"),
        ('id = "PASCO-ABD"', 'id = "PASCO"', "id", "not the name of the file"),
        ("mean = 15.1", "meen = 15.1", "rows", "unknown key: meen"),
    ],
)
def test_a_wrong_table_is_refused_by_file_key_and_reason(
    file: Path, good: str, bad: str, key: str, reason: str
) -> None:
    assert good in TABLE
    file.write_text(TABLE.replace(good, bad, 1))
    with pytest.raises(ContentError) as refused:
        load_library(overrides=file.parent.parent)
    assert refused.value.file == "pasco_abd.toml"
    assert key in refused.value.key
    assert reason in refused.value.reason


def test_norms_that_a_clinic_entered_stand_beside_ours_and_name_their_paper() -> None:
    library = load_library()
    own = replace(
        library.norms["N-ABD-BREAK"], id="OURS", source="OURS", own=True, citation="A paper", doi="10.1/2"
    )
    wider = library.with_norms([own])
    assert set(wider.norms) == {*library.norms, "OURS"}
    assert wider.evidence["OURS"].citation == "A paper. 10.1/2"
    assert "OURS" not in library.norms
    assert library.with_norms([replace(own, source="steadi")]).evidence == library.evidence
