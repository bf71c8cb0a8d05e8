"""Measuring in turns: what the machine does meanwhile falls on both sides alike."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Act = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One line of the table; times in milliseconds."""

    name: str
    median_ms: float
    against: str = ""
    floor_ms: float = 0.0
    ratio: float = 0.0
    goal: str = ""
    remark: str = ""

    def __str__(self) -> str:
        """The line as it is printed."""
        ratio = f"{self.ratio:6.2f}" if self.ratio else " " * 6
        floor = f"{self.floor_ms:9.3f}" if self.floor_ms else " " * 9
        figures = f"{self.median_ms:9.3f}  {floor}  {ratio}  {self.goal:<6}"
        return f"{self.name:<38}{figures} {self.remark or self.against}"


def in_turns(acts: Mapping[str, Act], rounds: int, warm: int = 3) -> dict[str, float]:
    """Median milliseconds of each act, done one after the other in every round."""
    for _ in range(warm):
        for act in acts.values():
            act()
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            started = time.perf_counter()
            act()
            taken[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}
