"""Saving one finding through HTTP against a bare commit of one row with the same durability."""

import itertools
import json
import sqlite3

from clinic_app.records.engine import PRAGMAS
from tests.bench.place import EMPTY, Place
from tests.bench.timing import Row, in_turns

ROUNDS = 300


def saving_rows(place: Place) -> list[Row]:
    """One save, its HTTP floor, and the bare commit, in turns."""
    caller = place.caller()
    bare = sqlite3.connect(place.settings.folder / "bare.sqlite", isolation_level=None)
    for pragma in PRAGMAS:
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, value TEXT)")
    revision = itertools.count()

    def save() -> None:
        number = next(revision)
        headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": caller.token,
            "If-Match": f'"{number}"',
            "Idempotency-Key": f"bench-{number}",
        }
        values = {"now": number % 10, "worst_24h": 9, "least_24h": 0}
        body = json.dumps({"values": values, "status": "done"}).encode()
        path = f"/screenings/{place.draft_id}/findings/pain_nprs/right"
        status, content = caller.ask("PUT", path, body, headers)
        assert status == 200, (status, content)

    def commit() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO row (value) VALUES ('x')")
        bare.execute("COMMIT")

    acts = {"save": save, "floor": lambda: caller.ask("PUT", f"{EMPTY}/", b"{}"), "bare": commit}
    taken = in_turns(acts, ROUNDS)
    own = taken["save"] - taken["floor"]
    return [
        Row("HTTP floor: an empty PUT", taken["floor"]),
        Row("save one finding, whole", taken["save"], remark="HTTP, sign-in, form, assess, commit, audit"),
        Row(
            "save one finding, less the HTTP floor",
            own,
            "a bare one-row commit",
            taken["bare"],
            own / taken["bare"],
            "3.0",
        ),
    ]
