"""`clinic draw`: draws the pictures of exercises and tests from their poses, or checks them."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click
from weasyprint import HTML

from clinic_app.app import FILES
from clinic_app.illustrator.drawn import Drawn, hash_of, read_drawn, write_drawn
from clinic_app.illustrator.schema import PoseError
from clinic_app.illustrator.sheet import sheet_of
from clinic_app.library.folder import PACKAGED

if TYPE_CHECKING:
    from clinic_app.illustrator.gallery import Picture

POSES = PACKAGED / "poses"
BODY_MAP = PACKAGED / "body_map.toml"
PICTURES = FILES / "static" / "illustrations"


@click.command("draw")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--sheet", type=click.Path(path_type=Path), metavar="FILE.pdf", help="Make a contact sheet too."
)
@click.option("--check", is_flag=True, help="Write nothing; name the pictures that would be drawn otherwise.")
def command(ids: tuple[str, ...], sheet: Path | None, check: bool) -> None:
    """Draw every picture, or those of each pose named ID."""
    started = perf_counter()
    pictures = list(_told(_drawn(_pose_files(ids))))
    click.echo(f"{len(pictures)} pictures in {perf_counter() - started:.0f} s")
    wrong = _strays(pictures) if not ids else []
    if check:
        wrong += [f"{picture.file} is drawn otherwise now" for picture in pictures if _differs(picture)]
    else:
        _write(pictures, read_drawn(PICTURES) if ids else {})
    if sheet:
        _write_sheet(sheet, pictures)
    if wrong:
        sys.exit("\n".join(wrong))


def _pose_files(ids: tuple[str, ...]) -> list[Path]:
    files = {file.stem: file for file in (BODY_MAP, *sorted(POSES.glob("*.toml")))}
    unknown = [name for name in ids if name not in files]
    if unknown:
        sys.exit(f"There is no pose {', '.join(unknown)} in {POSES}.")
    return [files[name] for name in ids or files]


def _drawn(files: list[Path]) -> "Iterator[Picture]":
    """What the illustrator draws; its libraries are not among those that the clinic runs with."""
    try:
        gallery = import_module("clinic_app.illustrator.gallery")
    except ModuleNotFoundError as error:
        sys.exit(f"Drawing needs {error.name}, which is not installed. Install it: make draw")
    try:
        yield from gallery.drawn_pictures(files)
    except PoseError as error:
        sys.exit(str(error))


def _told(pictures: "Iterator[Picture]") -> "Iterator[Picture]":
    for picture in pictures:
        size = len(picture.content.encode())
        click.echo(f"{picture.file} {size / 1000:.1f} kB {picture.seconds:.1f} s")
        for limb in picture.unreached:
            click.echo(f"  {limb}")
        yield picture


def _strays(pictures: "list[Picture]") -> list[str]:
    names = {picture.name for picture in pictures}
    return [f"{file.name} has no pose" for file in sorted(PICTURES.glob("*.svg")) if file.stem not in names]


def _differs(picture: "Picture") -> bool:
    file = PICTURES / picture.file
    return not file.is_file() or file.read_text("utf-8") != picture.content


def _write(pictures: "list[Picture]", drawn: dict[str, Drawn]) -> None:
    """Write the pictures, and what they were drawn from beside what `drawn` tells of others."""
    PICTURES.mkdir(exist_ok=True)
    for picture in pictures:
        content = picture.content.encode()
        (PICTURES / picture.file).write_bytes(content)
        drawn[picture.name] = Drawn(picture.drawn_from, hash_of(content))
    write_drawn(PICTURES, drawn)


def _write_sheet(file: Path, pictures: "list[Picture]") -> None:
    html = sheet_of({p.name: p.content for p in pictures if p.file.endswith(".svg")})
    file.write_bytes(HTML(string=html).write_pdf() or b"")
