"""A pose file: the panels of one picture, and what its text says of their angles."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from clinic_app.illustrator.names import JOINTS, MOVEMENTS, parted
from clinic_app.illustrator.pose import Pose
from clinic_app.illustrator.schema import Reader

Table = Mapping[str, object]
# What belongs to the picture as a whole; all else is the panels' common ground.
OF_THE_PICTURE = ("panels", "gap", "angles", "differs", "id", "about")


@dataclass(frozen=True, slots=True)
class Stated:
    """What the text says of a joint in one panel: movement -> degrees."""

    panel: int
    joint: str
    angles: Mapping[str, float]

    @classmethod
    def read(cls, reader: Reader, value: object, key: str) -> Self:
        """A table of `panel`, `joint` and the movements of that joint."""
        table = dict(reader.table(value, key))
        panel = reader.value(int, table.pop("panel", None), f"{key}.panel")
        joint = reader.value(Annotated[str, JOINTS], table.pop("joint", None), f"{key}.joint")
        movements = MOVEMENTS[parted(joint)[0]]
        return cls(panel, joint, reader.value(dict[Annotated[str, movements], float], table, key))


@dataclass(frozen=True, slots=True)
class Differs:
    """An angle that cannot be as stated together with the rest of the text, and why."""

    panel: int
    joint: str
    angle: str
    why: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A pose, and the one from which its arrows and its dashed outline start."""

    pose: Pose
    start: Pose


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture: its panels from left to right, `gap` output units apart."""

    panels: tuple[Panel, ...]
    gap: float = 40
    angles: tuple[Stated, ...] = ()
    differs: tuple[Differs, ...] = ()

    @property
    def worked(self) -> str:
        """Whose muscles work: "left", "right", "both" or "none"."""
        return self.panels[0].pose.worked


def read_figure(file: Path) -> Figure:
    """The picture in `file`. Raises PoseError when it is not as it should be."""
    reader = Reader(file.name)
    table = read_tables(reader, file)
    common = {key: value for key, value in table.items() if key not in OF_THE_PICTURE}
    given = table.get("panels")
    if not isinstance(given, list) or not given:
        reader.refuse("panels", given, "there must be at least one panel")
    return Figure(
        _panels(reader, common, given),
        reader.number(table.get("gap", 40), "gap"),
        reader.value(tuple[Stated, ...], table.get("angles", []), "angles"),
        reader.value(tuple[Differs, ...], table.get("differs", []), "differs"),
    )


def read_tables(reader: Reader, file: Path) -> Table:
    """The tables of a TOML file."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except ValueError as error:
        reader.refuse("", file.name, f"it is not TOML: {error}")


def _panels(reader: Reader, common: Table, given: list[object]) -> tuple[Panel, ...]:
    panels: list[Panel] = []
    start: Pose | None = None
    for number, value in enumerate(given, start=1):
        key = f"panels[{number}]"
        table = dict(reader.table(value, key))
        own_start = table.pop("start", None)
        if own_start is not None:
            merged = laid_over(common, reader.table(own_start, f"{key}.start"))
            start = reader.record(Pose, merged, f"{key}.start")
        pose = reader.record(Pose, laid_over(common, table), key)
        start = start or pose
        panels.append(Panel(pose, start))
    return tuple(panels)


def laid_over(common: Table, own: Table) -> dict[str, object]:
    """`own` over `common`: tables are merged, everything else is replaced."""
    merged = dict(common)
    for key, value in own.items():
        below = merged.get(key)
        both = isinstance(value, dict) and isinstance(below, dict)
        merged[key] = laid_over(below, value) if both else value  # type: ignore[arg-type]
    return merged
