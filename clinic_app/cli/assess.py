"""`clinic assess`: a screening in, its assessment out. It needs no database."""

import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

import click

from clinic_app.cli.documents import own_content, run_documents
from clinic_app.domain.adapter import circumstances_of
from clinic_app.domain.assess import assess
from clinic_app.domain.circumstances import Circumstances
from clinic_app.domain.library import Library
from clinic_app.domain.prescribe import prescribe
from clinic_app.exchange.assessment_json import assessment_to_json
from clinic_app.exchange.document import Reader
from clinic_app.exchange.programme_json import circumstances_from, programme_to_json
from clinic_app.exchange.screening_json import read_screening, screening_from
from clinic_app.library import load_library
from clinic_app.library.errors import ContentError
from clinic_app.library.folder import PACKAGED

CIRCUMSTANCES = "circumstances"


@click.command("assess")
@click.argument("source", metavar="FILE|-", type=click.File("rb"))
@click.option("--lines", is_flag=True, help="One document a line, answered as it comes.")
@click.option("--programme", is_flag=True, help="Read circumstances too, and add a programme.")
def command(source: BinaryIO, lines: bool, programme: bool) -> None:
    """Assess the screening in FILE, as JSON; - reads standard input."""
    try:
        library = load_library(PACKAGED, own_content())
    except ContentError as error:
        sys.exit(str(error))

    def answer(document: object) -> Mapping[str, Any]:
        return _with_programme(document, library) if programme else _assessed(document, library)

    sys.exit(run_documents(source, lines, answer))


def _assessed(document: object, library: Library) -> dict[str, Any]:
    return assessment_to_json(assess(read_screening(document, library), library))


def _with_programme(document: object, library: Library) -> dict[str, Any]:
    reader = Reader()
    given = None
    if isinstance(document, Mapping):
        given = document.get(CIRCUMSTANCES)
        document = {key: value for key, value in document.items() if key != CIRCUMSTANCES}
    screening = screening_from(reader, document, library)
    circumstances = _circumstances(reader, given)
    reader.finish()
    assessment = assess(screening, library)
    completed = circumstances_of(screening, assessment, circumstances, library)
    programme = programme_to_json(prescribe(completed, library.exercises))
    return {**assessment_to_json(assessment), "programme": programme}


def _circumstances(reader: Reader, given: object) -> Circumstances:
    """Read the circumstances; what the screening says is not said a second time."""
    read = circumstances_from(reader, given, CIRCUMSTANCES)
    twice = {"findings": read.findings, "gate.red_flags_unresolved": read.gate.red_flags_unresolved}
    for key, value in twice.items():
        if value is not None:
            reader.refuse(f"{CIRCUMSTANCES}.{key}", value, "comes from the screening")
    return read
