import json
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from clinic_app.cli.schema import command
from clinic_app.domain.assess import assess
from clinic_app.domain.prescribe import prescribe
from clinic_app.domain.protocol import Sides
from clinic_app.exchange.assessment_json import assessment_to_json
from clinic_app.exchange.programme_json import programme_to_json, read_circumstances
from clinic_app.exchange.schema import NAMES, schema_of
from tests.programmes import CASES as PROGRAMMES
from tests.programmes import case
from tests.screens import FOLDER, USUAL, case_screening, cases, document, library

REFUSED = tomllib.loads((FOLDER.parent / "refused_findings.toml").read_text("utf-8"))["cases"]
# Whether an answer was asked for, follows from others or agrees with them is judged by the reader, and so
# is a force that is too large once it is in newtons.
BEYOND_SHAPE = (
    *("not this test", "no side", "nan", "not asked here", "does not follow", "does not agree"),
    "'unit': 'kgf'",
)


@cache
def validator(name: str) -> Draft202012Validator:
    """The schema of that name, with its decimals exact."""
    text = json.dumps(schema_of(name, library()))
    return Draft202012Validator(json.loads(text, parse_float=Decimal))


def faults(name: str, given: object) -> list[str]:
    plain = json.loads(json.dumps(given, default=float), parse_float=Decimal)
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(plain)]


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_is_itself_one_and_carries_the_version_of_the_content(name: str) -> None:
    made = schema_of(name, library())
    Draft202012Validator.check_schema(made)
    assert made["$id"].endswith(library().version)


def test_every_worked_screening_fits_the_schema() -> None:
    wrong = {worked["name"]: faults("screening", {**USUAL, **worked["screening"]}) for worked in cases()}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_every_assessment_fits_the_schema() -> None:
    made = {worked["name"]: assess(case_screening(worked), library()) for worked in cases()}
    wrong = {name: faults("assessment", assessment_to_json(assessment)) for name, assessment in made.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("file", PROGRAMMES, ids=lambda file: file.stem)
def test_every_worked_programme_fits_the_schemas(file: Path) -> None:
    given = case(file)["input"]
    if case(file)["expect"]["status"] != "withheld_invalid_input":
        assert faults("circumstances", given) == []
    made = prescribe(read_circumstances(given), library().exercises)
    assert faults("programme", programme_to_json(made)) == []


@pytest.mark.parametrize(
    "refused",
    [one for one in REFUSED if not any(words in f"{one['said']} {one['sent']}" for words in BEYOND_SHAPE)],
    ids=lambda one: f"{one['test']} {one['at']} {one['said']}",
)
def test_what_the_reader_refuses_for_its_shape_or_range_does_not_fit_the_schema(
    refused: dict[str, Any],
) -> None:
    item = library().items[refused["test"]]
    sided = item.sides is not Sides.NONE and "side" not in refused["sent"]
    finding = {"item": item.id, **({"side": "left"} if sided else {}), **refused["sent"]}
    assert faults("screening", document(finding)) != []


def test_a_test_that_was_done_holds_something() -> None:
    assert faults("screening", document({"item": "chair_stand_30s", "values": {}})) != []
    assert faults("screening", document({"item": "chair_stand_30s", "values": {"count": 9}})) == []


def test_a_key_that_nobody_knows_does_not_fit() -> None:
    assert faults("screening", document(mood="fine")) != []
    assert faults("circumstances", {"mood": "fine"}) != []


def test_an_urgent_row_may_not_be_overridden_by_the_schema_either() -> None:
    assert faults("screening", document(red_flag_overrides={"rf_fracture": "seen"})) != []
    assert faults("screening", document(red_flag_overrides={"rf_weight_loss": "known"})) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_command_writes_the_schema(name: str) -> None:
    answer = CliRunner().invoke(command, [name])
    assert answer.exit_code == 0
    assert json.loads(answer.output) == json.loads(json.dumps(schema_of(name, library())))
