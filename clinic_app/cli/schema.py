"""`clinic schema`: the JSON Schema of what `assess` and `prescribe` read and answer. It needs no database."""

import json
import sys

import click

from clinic_app.cli.documents import own_content
from clinic_app.exchange.schema import NAMES, schema_of
from clinic_app.library import load_library
from clinic_app.library.errors import ContentError
from clinic_app.library.folder import PACKAGED


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES))
def command(name: str) -> None:
    """Write the JSON Schema of NAME, made from this clinic's content."""
    try:
        library = load_library(PACKAGED, own_content())
    except ContentError as error:
        sys.exit(str(error))
    click.echo(json.dumps(schema_of(name, library), ensure_ascii=False, indent=2))
