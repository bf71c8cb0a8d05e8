"""Reference pages: everything the screen knows, with its evidence, and a search over all of it."""

from clinic_app.web.reference import (
    exercises,
    guide,
    home,
    lists,
    norms,
    progress,
    rules,
    safety,
    sources,
    tests,
)
from clinic_app.web.reference.blueprint import blueprint

__all__ = [
    "blueprint",
    "exercises",
    "guide",
    "home",
    "lists",
    "norms",
    "progress",
    "rules",
    "safety",
    "sources",
    "tests",
]
