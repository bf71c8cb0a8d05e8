"""The handout in a language that is written from right to left, proved with one that nobody speaks.

Its words are the English ones in Hebrew letters: enough to see the layout turn, and no clinical translation.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from clinic_app.app import PACKAGE
from clinic_app.domain.report import Report
from clinic_app.web.papers import Look, Paper
from tests import papers, reports
from tests.tagged import faults, refused_by_validator

LANGUAGE = "he"
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתםןףץ")
KEPT = re.compile(r"(\{\w+\}|%\(\w+\)s|<[^>]+>|_+)")
PHONE = "020 7946 0182"
CLINIC = "Riverside (North)"


def made_up(text: str) -> str:
    """The text in Hebrew letters, its tokens as they are."""
    return "".join(
        part if KEPT.fullmatch(part) else part.lower().translate(LETTERS) for part in KEPT.split(text)
    )


@pytest.fixture(scope="module")
def spoken() -> Iterator[None]:
    """The made-up catalogue is one more language of the app: it has what the Spanish one has."""
    with (PACKAGE / "translations" / "es" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=LANGUAGE)
    for message in catalogue:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            said = tuple(made_up(one) for one in ids)
            message.string = said if len(said) > 1 else said[0]
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    folder = Path(papers.speaking().config["BABEL_TRANSLATION_DIRECTORIES"]) / LANGUAGE / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "messages.mo").write_bytes(compiled.getvalue())
    assert Translations.load(str(folder.parent.parent), [LANGUAGE]).gettext("Phone") == made_up("Phone")
    yield
    (folder / "messages.mo").unlink()


@pytest.fixture(scope="module")
def report() -> Report:
    clinic = replace(reports.CLINIC, name=CLINIC, phone=PHONE)
    return reports.with_exercises(reports.signed(clinic=clinic))


@pytest.fixture(scope="module")
def html(spoken: None, report: Report) -> str:  # noqa: ARG001
    return papers.html(Paper.HANDOUT, report, Look(language=LANGUAGE))


@pytest.fixture(scope="module")
def content(html: str) -> bytes:
    return papers.printed(html)


def test_the_page_says_that_it_runs_from_right_to_left(html: str) -> None:
    assert '<html lang="he" dir="rtl">' in html
    assert 'dir="rtl"' not in papers.html(Paper.HANDOUT, reports.with_exercises())


def test_it_is_tagged_as_any_other(content: bytes) -> None:
    assert refused_by_validator(content) == []
    assert faults(content, LANGUAGE) == []


def test_a_number_to_dial_keeps_its_order(content: bytes, html: str) -> None:
    assert f'<bdi dir="ltr">{PHONE}</bdi>' in html
    seen = [_seen(content, page) for page in range(len(papers.pages(content)))]
    for page in seen:
        assert PHONE in page, "in the foot of each page"
    assert seen[0].count(PHONE) == 2, "and in the box at the top"
    assert CLINIC in seen[0]
    assert "12 Mill Lane, Riverside" in seen[0]


def test_the_pain_guide_and_both_boxes_stand_on_the_first_two_pages(content: bytes) -> None:
    assert any("112" in line.text for page in papers.lines(content)[:2] for line in page)


def test_left_and_right_stay_with_the_drawing(content: bytes) -> None:
    first = {line.text: line for page in papers.lines(content)[:2] for line in page}
    left, right = (
        next(line for text, line in first.items() if text in _either(made_up(s))) for s in ("left", "right")
    )
    assert left.right < right.left


def test_start_stands_below_the_first_panel_of_a_drawing(content: bytes) -> None:
    every = [line for page in papers.lines(content) for line in page]
    starts, ends = ([one for one in every if one.text in _either(made_up(word))] for word in ("start", "end"))
    assert starts
    assert len(starts) == len(ends)
    for start, end in zip(starts, ends, strict=True):
        assert start.right < end.left


def test_words_begin_at_the_right_edge(content: bytes) -> None:
    width, _ = papers.page_size(content)
    heading = max(papers.lines(content)[0], key=lambda line: line.top - line.bottom)
    assert heading.right > width - 60


def test_the_log_begins_with_its_days_on_the_right(content: bytes) -> None:
    width, _ = papers.page_size(content)
    days = [line for line in papers.lines(content)[-1] if re.search(r"\b(28|29|30)\b", line.text)]
    assert days
    assert all(line.left > width / 2 for line in days)


def _either(text: str) -> set[str]:
    """A word as it is read, and as its letters stand from left to right."""
    return {text, text[::-1]}


def _seen(content: bytes, page: int) -> str:
    """The letters of a page as the eye meets them, row by row from left to right."""
    return " ".join(papers.across(content, page))
