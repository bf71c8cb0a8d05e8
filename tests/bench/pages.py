"""Each page against an empty page of the same server, and how many queries it takes."""

from collections.abc import Iterator

from sqlalchemy import event

from tests.bench.place import EMPTY, Place
from tests.bench.timing import Row, in_turns
from tests.live import Caller

ROUNDS = 60


def addresses(place: Place) -> dict[str, str]:
    """The pages that a therapist spends the day on."""
    draft = f"/screenings/{place.draft_id}"
    return {
        "today": "/today",
        "patients": "/patients",
        "patients, searched": "/patients?q=duarte",
        "patient": f"/patients/{place.patient_id}",
        "then and now": f"/patients/{place.patient_id}/compare",
        "step, red flags": f"{draft}/steps/red_flags",
        "step, grade": f"{draft}/steps/mmt_hip_abduction",
        "review": f"{draft}/review",
        "signed screening": f"/screenings/{place.signed_id}",
        "programme": f"/programmes/{place.programme_id}",
        "exercises": "/exercises",
    }


def page_rows(place: Place) -> Iterator[Row]:
    """Time and queries of each page."""
    counts = _queries(place)
    # Opened last: the server closes a connection that stands idle while the queries are counted.
    caller = place.caller()
    for name, path in addresses(place).items():
        acts = {"page": lambda path=path: _get(caller, path), "empty": lambda: _get(caller, f"{EMPTY}/")}
        taken = in_turns(acts, ROUNDS)
        yield Row(
            f"page: {name}",
            taken["page"],
            floor_ms=taken["empty"],
            ratio=taken["page"] / taken["empty"],
            remark=f"{counts[name]} queries, against an empty page",
        )


def _get(caller: Caller, path: str) -> None:
    status, _content = caller.ask("GET", path)
    assert status == 200, (path, status)


def _queries(place: Place) -> dict[str, int]:
    """How many statements each page sends, counted in the app itself."""
    sent: list[str] = []
    engine = place.app.extensions["clinic"]["engine"]
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    client = place.app.test_client()
    caller = place.caller()
    for name, value in caller.cookies.items():
        client.set_cookie(name, value)
    counts = {}
    for name, path in addresses(place).items():
        client.get(path)
        sent.clear()
        assert client.get(path).status_code == 200, path
        counts[name] = len(sent)
    return counts
