"""From the set-up link to both papers, as a therapist would: E02 of the worked examples."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.therapist import PASSWORD, Therapist
from tests.live import LiveClinic

Check = Callable[[Page], None]


def test_one_patient_from_the_set_up_link_to_both_papers(
    live: LiveClinic, new_page: Callable[..., Page], no_barriers: Check
) -> None:
    walk(Therapist(new_page(), no_barriers), live)


def test_the_same_without_script(live: LiveClinic, new_page: Callable[..., Page]) -> None:
    walk(Therapist(new_page(script=False), lambda _page: None, script=False), live)


def walk(therapist: Therapist, live: LiveClinic) -> None:
    """The whole way, step by step; a paper is the same with script and without."""
    set_up(therapist, live)
    add_patient(therapist)
    screen(therapist)
    sign(therapist)
    if therapist.script:
        summary_is_honest(therapist)
        signed_and_patient_fit_with_text_twice_as_large(therapist)
    make_programme(therapist)
    if therapist.script:
        fits_with_text_twice_as_large(therapist.page)
        handout_is_honest(therapist)


def set_up(therapist: Therapist, live: LiveClinic) -> None:
    therapist.go(f"{live.address}/setup/{live.setup_token}")
    therapist.fill(
        clinic__name="Riverside Physiotherapy",
        clinic__address="12 Mill Lane, Riverside",
        clinic__phone="555 0100",
        clinic__emergency_number="112",
        account__name="Bob Lindqvist",
        account__title="PT",
        account__username="bob",
        account__new_password=PASSWORD,
        account__again=PASSWORD,
    )
    therapist.choose(
        clinic__time_zone="Europe/Stockholm",
        clinic__language="en",
        clinic__paper="A4",
        clinic__mass_unit="kg",
        clinic__force_unit="N",
    )
    therapist.press("Set up and sign in")
    assert therapist.page.url.endswith("/today")


def add_patient(therapist: Therapist) -> None:
    therapist.press("Patients")
    therapist.press("Add a patient")
    therapist.fill(family_name="Okafor", given_names="Adaeze")
    therapist.fill(born_on__day="3", born_on__month="5", born_on__year="1980")
    therapist.choose(sex="female")
    therapist.press("Add")
    assert "Okafor" in therapist.page.content()


def screen(therapist: Therapist) -> None:
    therapist.press("New screening")
    therapist.press("Start: Quick")
    for row in therapist.page.locator('label:has(input[value="no"])').all():
        if not row.is_visible():
            therapist.found("Further rows").click()
        row.click()
    therapist.next()
    assert therapist.at("precautions")
    while not therapist.page.locator("label:has([name=answered])").is_visible():
        therapist.found("Further rows").click()
    therapist.tap("answered")
    therapist.next()
    assert therapist.at("demographics")
    therapist.fill(height_cm="168", mass_kg="61,5")
    therapist.tap("activity", "recreational")
    therapist.tap("sport", "running")
    therapist.next()
    where_it_hurts(therapist)
    for name, left, right in (("now", "0", "2"), ("worst_24h", "0", "3"), ("least_24h", "0", "0")):
        therapist.sides(left, right, name)
    therapist.next()
    therapist.sides("none", "none", "patterns")
    therapist.sides("0", "0", "pain")
    therapist.next()
    therapist.sides("neg", "drop", "result")
    therapist.fill(right__seconds="12.0")
    therapist.sides("0", "0", "pain")
    therapist.next()
    strength(therapist)


def where_it_hurts(therapist: Therapist) -> None:
    """With script the place is touched on the body map, without it the same words are ticked."""
    therapist.tap("left-sites", "none")
    box = therapist.page.locator('input[name="right-sites"][value="lateral_knee"]')
    if therapist.script:
        therapist.point("Right: Outer side of the knee")
    else:
        therapist.tap("right-sites", "lateral_knee")
    assert box.is_checked()
    therapist.next()


def strength(therapist: Therapist) -> None:
    assert therapist.at("mmt_hip_abduction")
    therapist.sides("5", "4", "grade_whole")
    therapist.sides("0", "0", "pain")
    therapist.next()
    assert therapist.at("mmt_hip_extension")
    therapist.sides("5", "5", "grade_whole")
    therapist.sides("0", "0", "pain")
    therapist.next()
    assert therapist.at("lumbar_l5_motor")
    assert "Hip abduction graded 4 or less" in therapist.page.content()
    therapist.sides("ok", "ok", "heel_walk")
    therapist.sides("0", "0", "pain")
    therapist.next()


def sign(therapist: Therapist) -> None:
    assert therapist.heading() == "Right hip abductors: likely weak"
    assert "Nothing is missing." in therapist.page.content()
    therapist.fill(impression="Right hip abductors weaker, in a runner with knee pain", password=PASSWORD)
    therapist.press("Sign and lock")
    assert "Signed and locked" in therapist.page.content()


def summary_is_honest(therapist: Therapist) -> None:
    record = therapist.page.url
    told = printed(therapist)
    named = ("Right hip abductors", "Likely weakness", "MMT-A2", "linical convention", "not a diagnosis")
    for words in (*named, "OKAFOR"):
        assert words in told, words
    therapist.go(record)


def make_programme(therapist: Therapist) -> None:
    therapist.press("Home programme")
    for name, answer in (
        ("goal", "sport"),
        ("sport", "running"),
        ("irritability", "low"),
        ("afraid", "no"),
        ("weight_bearing_left", "fwb"),
        ("weight_bearing_right", "fwb"),
        ("post_op", "no"),
        ("equipment", "loop_band"),
        ("positions_not_tolerated", "none"),
        ("floor_transfer_ok", "yes"),
        ("cleared_for_impact", "no"),
        ("stage", "initial"),
    ):
        therapist.tap(name, answer)
    therapist.fill(falls_12m="0")
    therapist.press("Suggest exercises")
    assert therapist.heading() == "Home programme"
    therapist.press("Approve")
    assert "Approved" in therapist.page.content()


def signed_and_patient_fit_with_text_twice_as_large(therapist: Therapist) -> None:
    record = therapist.page.url
    fits_with_text_twice_as_large(therapist.page)
    therapist.press("Back to patient")
    fits_with_text_twice_as_large(therapist.page)
    therapist.go(record)


def fits_with_text_twice_as_large(page: Page) -> None:
    """On a phone and on a tablet either way round; a style on the root is what media queries do not see."""
    before = page.viewport_size
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for width, height in ((390, 844), (820, 1180), (1180, 820)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (page.url, width)
    page.evaluate("document.documentElement.style.fontSize = ''")
    if before:
        page.set_viewport_size(before)


def handout_is_honest(therapist: Therapist) -> None:
    names = therapist.page.locator(".ex h3").all_inner_texts()
    told = printed(therapist)
    assert len(names) >= 3
    assert "right" in told
    assert "doctor or physical therapist" in told
    assert "112" in told
    therapist.tap("taught_back")
    therapist.press("Mark as given")
    assert "Noted: given on" in therapist.page.content()


def printed(therapist: Therapist) -> str:
    """The text of what the panel shows, once its pages are on the screen."""
    with therapist.page.expect_navigation():
        therapist.found("Print").click()
    pages = therapist.page.locator(".sheet img")
    pages.last.wait_for()
    assert pages.evaluate_all("all => Promise.all(all.map((page) => page.decode())).then(() => true)")
    therapist.looked(therapist.page)
    return therapist.paper("Print")
