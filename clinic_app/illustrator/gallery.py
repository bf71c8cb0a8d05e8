"""All pictures: each pose file of a folder drawn, by two processes."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from clinic_app.illustrator.body_map import body_map_of, read_views
from clinic_app.illustrator.draw import draw
from clinic_app.illustrator.drawn import hash_of_sources
from clinic_app.illustrator.pose_file import Figure, read_figure
from clinic_app.illustrator.reach import held

PROCESSES = 2
BODY_MAP = "body_map"


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawn picture; `unreached` says which hands and feet fall short of their places.

    The content is SVG, of the body map TOML with the shapes of its regions.
    """

    name: str
    content: str
    drawn_from: str
    seconds: float
    unreached: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.toml" if self.name == BODY_MAP else f"{self.name}.svg"


def drawn_pictures(pose_files: Sequence[Path]) -> Iterator[Picture]:
    """The pictures of each pose file, in their order. Raises PoseError for a file that is wrong."""
    for file in pose_files:
        read_views(file) if file.stem == BODY_MAP else read_figure(file)
    if len(pose_files) == 1:
        yield from pictures_of(pose_files[0])
        return
    with ProcessPoolExecutor(PROCESSES) as pool:
        for pictures in pool.map(pictures_of, pose_files):
            yield from pictures


def pictures_of(pose_file: Path) -> list[Picture]:
    """The picture of a pose file, or both when one side works; of the body map its only one."""
    started = perf_counter()
    if pose_file.stem == BODY_MAP:
        drawn = body_map_of(read_views(pose_file))
        return [Picture(BODY_MAP, drawn, hash_of_sources(pose_file), perf_counter() - started)]
    figure, drawn_from = read_figure(pose_file), hash_of_sources(pose_file)
    pictures = draw(figure)
    seconds = (perf_counter() - started) / len(pictures)
    unreached = _unreached(figure)
    return [
        Picture(named(pose_file, side), svg, drawn_from, seconds, unreached) for side, svg in pictures.items()
    ]


def named(pose_file: Path, side: str) -> str:
    """The name of a picture: "clam_left" is the one in which the left leg works."""
    return f"{pose_file.stem}_{side}" if side else pose_file.stem


def _unreached(figure: Figure) -> tuple[str, ...]:
    return tuple(
        f"panel {number}: {told}"
        for number, panel in enumerate(figure.panels, start=1)
        for told in held(panel.pose).unreached
    )
