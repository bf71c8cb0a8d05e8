"""`clinic prescribe`: circumstances and findings in, a programme out. It needs no database."""

import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

import click

from clinic_app.cli.documents import own_content, run_documents
from clinic_app.domain.prescribe import prescribe
from clinic_app.exchange.programme_json import programme_to_json, read_circumstances
from clinic_app.library.errors import ContentError
from clinic_app.library.exercises import load_exercise_library
from clinic_app.library.folder import PACKAGED, laid_over


@click.command("prescribe")
@click.argument("source", metavar="FILE|-", type=click.File("rb"))
@click.option("--lines", is_flag=True, help="One document a line, answered as it comes.")
def command(source: BinaryIO, lines: bool) -> None:
    """Choose the exercises for the circumstances in FILE, as JSON; - reads standard input."""
    try:
        with laid_over(PACKAGED, own_content()) as folder:
            library = load_exercise_library(folder)
    except ContentError as error:
        sys.exit(str(error))

    def answer(document: object) -> Mapping[str, Any]:
        return programme_to_json(prescribe(read_circumstances(document), library))

    sys.exit(run_documents(source, lines, answer))
