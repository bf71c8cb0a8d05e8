"""Finds entries by words: made once for each version of the content, searched without reading it again."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from clinic_app.web.reference.entry import Entry, Kind

LONGEST = 100
_AROUND = 70
# A word in the title tells more than one in the text, the beginning of a word more than its middle.
_TITLE_START, _TITLE_INSIDE, _TEXT_START, _TEXT_INSIDE = 9, 4, 2, 1
_IS_IT = 50


@dataclass(frozen=True)
class Found:
    """One entry that holds the words, and how well it fits."""

    entry: Entry
    score: int
    words: tuple[str, ...]

    @property
    def line(self) -> tuple[tuple[str, bool], ...]:
        """The line with the most of the words, cut into pieces that match or do not."""
        return _line(self.entry, self.words)


@dataclass(frozen=True)
class _Row:
    entry: Entry
    title: str
    text: str


@dataclass(frozen=True)
class Index:
    """All entries of one version of the content, folded for searching."""

    entries: tuple[Entry, ...]

    @cached_property
    def rows(self) -> tuple[_Row, ...]:
        """Each entry with its title and its text, folded."""
        return tuple(
            _Row(each, f" {fold(each.title)} {fold(each.id)} ", f" {fold(' | '.join(each.lines))} ")
            for each in self.entries
        )

    @cached_property
    def citing(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries that cite each source, by its id."""
        cited: dict[str, list[Entry]] = defaultdict(list)
        for each in self.entries:
            for source in dict.fromkeys(each.sources):
                cited[source].append(each)
        return {source: tuple(named) for source, named in cited.items()}

    def search(self, typed: str) -> dict[Kind, list[Found]]:
        """The entries that hold every word that was typed, by kind; the kind with the best one first."""
        words = tuple(fold(typed[:LONGEST]).split())
        rows = [(row, score) for row in self.rows if words and (score := _score(row, words))]
        rows.sort(key=lambda scored: (-scored[1], list(Kind).index(scored[0].entry.kind)))
        kinds = dict.fromkeys(row.entry.kind for row, _score in rows)
        return {
            kind: [Found(row.entry, score, words) for row, score in rows if row.entry.kind is kind]
            for kind in kinds
        }


class _Letters(dict[int, str]):
    """Each letter without accent and case, everything else as a space; looked up once for each letter."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code))
        plain = next((part for part in parts if not unicodedata.combining(part)), " ").casefold()[0]
        self[code] = plain if plain.isalnum() else " "
        return self[code]


_LETTERS = _Letters()


def fold(text: str) -> str:
    """The text without accents, case and punctuation, as long as it was."""
    return text.translate(_LETTERS)


def _score(row: _Row, words: tuple[str, ...]) -> int:
    """How well the entry fits; 0 where a word is missing."""
    scores = [_of_word(row, word) for word in words]
    if not all(scores):
        return 0
    whole = f" {' '.join(words)} "
    names = (" ".join(fold(row.entry.title).split()), " ".join(fold(row.entry.id).split()))
    return sum(scores) + (_IS_IT if whole.strip() in names else 0)


def _of_word(row: _Row, word: str) -> int:
    if f" {word}" in row.title:
        return _TITLE_START
    if word in row.title:
        return _TITLE_INSIDE
    if f" {word}" in row.text:
        return _TEXT_START
    return _TEXT_INSIDE if word in row.text else 0


def _line(entry: Entry, words: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """The line with the most of the words, cut around the first of them; the first line when none has any."""
    best = max(entry.lines, key=lambda line: sum(word in fold(line) for word in words), default="")
    hits = _hits(fold(best), words)
    first = hits.index(True) if True in hits else 0
    start = max(0, first - _AROUND)
    start = best.find(" ", start) + 1 if start else 0
    end = first + 2 * _AROUND
    end = best.rfind(" ", start, end) if end < len(best) and " " in best[start:end] else end
    pieces = tuple(_pieces(best[start:end], hits[start:end]))
    before, after = ("… ", False), (" …", False)
    return (*([before] if start else []), *pieces, *([after] if end < len(best) else []))


def _hits(folded: str, words: tuple[str, ...]) -> list[bool]:
    hits = [False] * len(folded)
    for word in words:
        at = folded.find(word)
        while at >= 0:
            hits[at : at + len(word)] = [True] * len(word)
            at = folded.find(word, at + len(word))
    return hits


def _pieces(line: str, hits: list[bool]) -> Iterator[tuple[str, bool]]:
    for hit, letters in groupby(zip(line, hits, strict=True), key=lambda pair: pair[1]):
        yield "".join(letter for letter, _hit in letters), hit
