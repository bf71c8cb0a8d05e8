"""Reference pages: everything has its page, nothing is told without its evidence, and all of it is found."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from clinic_app.domain.evidence import Mark
from clinic_app.domain.library import Library
from clinic_app.domain.protocol import Drawing
from clinic_app.web.reference.entries import entries
from clinic_app.web.reference.entry import Entry, Kind
from clinic_app.web.reference.index import LONGEST, Index, fold
from tests.at_table import AtTable

LINK = re.compile(r'<a[^>]*\shref="(/(?:help|exercises)[^"]*)"')
PLACE = re.compile(r'\sid="([^"]+)"')
REFERENCE = ("/help", "/exercises")


@pytest.fixture
def library(app: Flask) -> Library:
    found = app.extensions["clinic"]["library"]
    assert isinstance(found, Library)
    return found


@pytest.fixture
def index(library: Library) -> Index:
    return Index(tuple(entries(library)))


def _crawled(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Every reference page that can be reached, with its text."""
    waiting, seen = list(REFERENCE), set(REFERENCE)
    while waiting:
        address = waiting.pop()
        page = client.get(address)
        assert page.status_code == 200, address
        yield address, page.text
        for link in LINK.findall(page.text):
            target = unescape(link).partition("#")[0]
            if target not in seen and not target.startswith("/help/search"):
                seen.add(target)
                waiting.append(target)


def test_everything_that_the_screen_knows_can_be_reached_and_every_link_leads_somewhere(
    as_bob: FlaskClient, index: Index
) -> None:
    pages = dict(_crawled(as_bob))
    places = {address: set(PLACE.findall(text)) for address, text in pages.items()}

    for address, text in pages.items():
        for link in LINK.findall(text):
            page, _, place = unescape(link).partition("#")
            assert not place or place in places[page], f"{address} -> {link}"
    with as_bob.application.test_request_context():
        for entry in index.entries:
            page, _, place = url_for(entry.endpoint, **entry.values).partition("#")
            assert page in pages, entry.id
            assert not place or place in places[page], entry.id


def test_every_exercise_has_a_page_with_its_dose_and_its_evidence(
    as_bob: FlaskClient, library: Library
) -> None:
    for exercise in library.exercises.exercises:
        page = as_bob.get(f"/exercises/{exercise.id}").text
        assert "Usual dose" in page
        assert "Content not yet reviewed by a second therapist." in page
        assert "{leg}" not in page
        assert f"illustrations/{exercise.id}" in page


def test_the_page_of_a_test_shows_each_of_its_pictures_with_what_it_shows(
    as_bob: FlaskClient, library: Library
) -> None:
    for item in library.items.values():
        page = as_bob.get(f"/help/tests/{item.id}").text
        assert page.count("<figure") == len(item.pictures)
        assert all(drawing.shows in page for drawing in item.pictures)


def test_a_picture_that_was_never_drawn_leaves_the_pages_of_its_test_whole(
    app: Flask, table: AtTable, library: Library
) -> None:
    drawing = Drawing("no_such_pose", "Nothing")
    item = replace(library.items["ober"], pictures=(drawing, drawing))
    app.extensions["clinic"]["as_set"] = (0, replace(library, items={**library.items, "ober": item}))
    assert "<figure" not in table.client.get("/help/tests/ober").text
    assert table.client.post_form(table.url("/further/ober")).status_code == 303
    assert "<figure" not in table.get("/steps/ober").text


def test_every_rule_has_a_worked_example_and_says_on_what_it_rests(
    as_bob: FlaskClient, library: Library
) -> None:
    for rule in library.rules.by_id:
        page = as_bob.get(f"/help/rules/{rule}").text
        assert "Clinical convention" in page or "Published" in page, rule
        assert "Sources" in page, rule
        assert "Worked example" in page, rule
        assert "{" not in page.partition("<main")[2].partition("</main>")[0], rule


def test_a_rule_leads_to_its_tests_its_settings_and_its_sources(as_bob: FlaskClient) -> None:
    page = as_bob.get("/help/rules/HHD-L3").text

    for address in ("/help/tests/hhd_abduction", "/help/numbers#lsi_3", "/help/sources/battery_preprint"):
        assert f'href="{address}"' in page


def test_a_rule_by_age_leads_to_the_reference_values_that_hold_its_limit(as_bob: FlaskClient) -> None:
    assert 'href="/help/norms/stance_time_low"' in as_bob.get("/help/rules/SLS-1").text


def test_every_test_shows_its_evidence_and_what_may_be_entered(as_bob: FlaskClient, library: Library) -> None:
    for item in library.items.values():
        page = as_bob.get(f"/help/tests/{item.id}").text
        assert sum(page.count(f"[{mark}]") for mark in Mark) >= len(item.evidence), item.id
        assert not item.fields or "What can be entered" in page, item.id


def test_a_test_says_in_which_protocols_it_is_what_opens_and_what_closes_it(as_bob: FlaskClient) -> None:
    page = as_bob.get("/help/tests/hip_lag_sign").text

    assert "Full screen: when something opens it" in page
    assert "Opened by" in page
    assert 'href="/help/precautions/pc_tha_lateral"' in page
    assert 'href="/help/tests/irritability"' in as_bob.get("/help/tests/hhd_abduction").text


def test_a_test_shows_the_limits_of_what_is_entered(as_bob: FlaskClient) -> None:
    page = as_bob.get("/help/tests/hhd_abduction").text

    assert "0 to 1500 N, in steps of 0.1" in page
    assert "up to 4 times" in page
    assert "the greatest is read" in page
    assert "As the device showed it: Unit" in page


def test_a_test_shows_the_measurement_error_that_concerns_it(as_bob: FlaskClient) -> None:
    assert "55-79 N" in as_bob.get("/help/tests/hhd_abduction").text
    assert "55-79 N" not in as_bob.get("/help/tests/trendelenburg_30s").text


def test_a_norm_says_in_whom_how_and_what_it_may_not_be_used_for(as_bob: FlaskClient) -> None:
    page = as_bob.get("/help/norms/N-ABD-BREAK").text

    assert "831 healthy novice runners" in page
    assert "z-score" in page
    assert "0.354" in page
    assert "Used for z from 18 to 65 years only." in page


def test_a_source_that_could_not_be_read_is_named_with_the_reason(as_bob: FlaskClient) -> None:
    page = as_bob.get("/help/norms").text

    assert 'href="/help/sources/pasco20"' in page
    assert "The tables could not be read here." in page


def test_a_precaution_says_what_it_closes_and_which_exercises_it_leaves_out(as_bob: FlaskClient) -> None:
    page = as_bob.get("/help/precautions/pc_tha_lateral").text

    assert 'href="/help/tests/trendelenburg_30s"' in page
    assert 'href="/exercises/side_plank"' in page


def test_a_source_says_how_it_is_known_where_it_was_seen_and_what_cites_it(as_bob: FlaskClient) -> None:
    page = as_bob.get("/help/sources/frese87").text

    assert "Read at the source [V]" in page
    assert "studylib.net" in page
    assert 'href="/help/rules/MMT-A3"' in page
    assert 'href="/help/tests/mmt_hip_abduction"' in page
    assert "Recalled, to be checked [R]" in as_bob.get("/help/sources/vellas97").text


def test_the_help_page_says_what_a_screen_is_not_and_who_to_speak_with_first(as_bob: FlaskClient) -> None:
    page = as_bob.get("/help").text

    assert "it is not a diagnosis" in page
    assert "Speak with your doctor or physical therapist before you start" in page
    assert "not yet" in page


def test_a_condition_is_told_with_what_was_not_shown(as_bob: FlaskClient) -> None:
    assert "That it is the cause is not shown." in as_bob.get("/help/conditions").text


def test_the_content_says_its_version_its_date_and_that_nobody_reviewed_it(
    as_bob: FlaskClient, library: Library
) -> None:
    page = as_bob.get("/help/review").text

    assert library.version in page
    assert library.guide.dated in page
    assert "not yet" in page


def test_a_review_leads_from_its_flags_patterns_and_notes_to_their_pages(
    table: AtTable, as_bob: FlaskClient
) -> None:
    table.safe().enter()
    assert (
        table.put("lumbar_l5_motor", "right", {"values": {"heel_walk": "weak"}, "pain": 0}).status_code == 200
    )
    page = table.get("/review").text

    links = {unescape(link).partition("#")[0] for link in LINK.findall(page)}
    assert {"/help/rules/MMT-A2", "/help/patterns/P-L5"} <= links
    for link in links:
        assert as_bob.get(link).status_code == 200, link


def test_an_unknown_page_is_not_found(as_bob: FlaskClient) -> None:
    kinds = ("rules", "tests", "norms", "patterns", "precautions", "sources")
    for address in ("/exercises/x", *(f"/help/{kind}/x" for kind in kinds)):
        assert as_bob.get(address).status_code == 404, address


@pytest.mark.parametrize(
    ("typed", "kind", "first"),
    [
        ("mmt-a2", Kind.RULE, "MMT-A2"),
        ("MMT A2", Kind.RULE, "MMT-A2"),
        ("trendelenburg", Kind.TEST, "trendelenburg_30s"),
        ("Sørensen", None, ""),
        ("tendinópathy LIKELY", Kind.PATTERN, "P-GT-LIKELY"),
        ("ramskov", Kind.SOURCE, "ramskov14"),
        ("clam", Kind.EXERCISE, "clam"),
        ("cauda equina", Kind.RED_FLAG, "rf_cauda_equina"),
        ("icc", Kind.TERM, "ICC"),
    ],
)
def test_words_find_what_they_name_first(index: Index, typed: str, kind: Kind | None, first: str) -> None:
    found = index.search(typed)

    assert (kind in found) if kind else not found
    if kind:
        assert found[kind][0].entry.id == first


def test_every_word_must_be_there(index: Index) -> None:
    assert "hhd_abduction" in _ids(index, "dynamometer abduction")
    assert not index.search("dynamometer zebra")


def _ids(index: Index, typed: str) -> set[str]:
    return {found.entry.id for group in index.search(typed).values() for found in group}


def test_the_line_that_matches_is_shown_with_the_words_marked(as_bob: FlaskClient) -> None:
    page = as_bob.get("/help/search?q=novice+runners").text

    assert "<mark>novice</mark>" in page
    assert 'href="/help/norms/N-ABD-BREAK"' in page


def test_a_kind_with_many_results_shows_all_of_them_when_asked(as_bob: FlaskClient, index: Index) -> None:
    held = len(index.search("hip")[Kind.TEST])
    assert f"All {held} of Tests" in as_bob.get("/help/search?q=hip").text

    page = as_bob.get("/help/search?q=hip&kind=test").text
    assert page.count('class="rowlink ref-row"') == held
    assert "Show every kind" in page


def test_a_search_without_words_or_without_results_says_what_to_do(as_bob: FlaskClient) -> None:
    assert "Type a word" in as_bob.get("/help/search").text
    assert "Type a word" in as_bob.get("/help/search?q=+").text
    assert "Nothing holds “zebra &lt;b&gt;”" in as_bob.get("/help/search?q=zebra+%3Cb%3E").text
    assert "Nothing holds" in as_bob.get("/help/search?q=%E2%80%9C%E2%80%9D").text


def test_a_very_long_search_is_cut_and_answered(as_bob: FlaskClient) -> None:
    page = as_bob.get(f"/help/search?q={'x' * 5000}")

    assert page.status_code == 200
    assert "x" * LONGEST in page.text
    assert "x" * (LONGEST + 1) not in page.text


def test_folding_keeps_the_length_so_that_marks_fall_on_the_letters_typed() -> None:
    for text in ("N·m/kg ½ ﬁn", "Devillé – ICC ≥ 0.9", "Straße İzmir"):
        assert len(fold(text)) == len(text)


def test_what_a_clinic_sets_while_it_works_is_found_without_a_restart(
    as_bob: FlaskClient, app: Flask, library: Library
) -> None:
    notes = {**library.notes, "N-SYM": "Compare with a zebra."}
    app.extensions["clinic"]["as_set"] = (0, replace(library, notes=notes))

    assert "N-SYM" in as_bob.get("/help/search?q=zebra").text


def test_a_source_that_could_not_be_read_is_found_with_what_it_holds(as_bob: FlaskClient) -> None:
    assert 'href="/help/norms#pasco20"' in as_bob.get("/help/search?q=573+men").text
    assert 'href="/help/norms#pasco20"' in as_bob.get("/help/sources/pasco20").text


def test_an_entry_is_of_one_kind_and_one_id(index: Index) -> None:
    named = [(entry.kind, entry.id) for entry in index.entries]
    assert len(named) == len(set(named))
    assert {entry.kind for entry in index.entries} == set(Kind)
    assert all(isinstance(entry, Entry) and entry.title for entry in index.entries)
