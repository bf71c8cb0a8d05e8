"""How a light page answers while eight documents print, and what the printing process holds in memory."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from clinic_app.app import FILES
from clinic_app.pdf import Printer
from clinic_app.web.papers import Paper
from tests import papers, reports
from tests.bench.place import Place
from tests.bench.timing import Row
from tests.live import Caller

LIGHT = "/today"
# Open loop: a page is asked for at its time, whether the one before has come or not.
EVERY_S = 0.1
MEASURED_S = 40.0
DOCUMENTS = 8
CONNECTIONS = 16
PATIENCE_S = 60.0
FULL = 503
HANDOUTS = 200
PAGE_SIZE_KB = 4


def printing_rows(place: Place) -> Iterator[Row]:
    """A draft's summary is never stored: each that is asked for is printed. Eight are at every moment."""
    path = f"/screenings/{place.draft_id}/summary.pdf"
    callers = [place.caller() for _ in range(DOCUMENTS)]
    _until_printed(callers[0], path)
    free: Queue[Caller] = Queue()
    for _ in range(CONNECTIONS):
        free.put(place.caller())
    with ThreadPoolExecutor(64) as threads:
        idle = _p99(free, threads, time.perf_counter() + MEASURED_S)
        ends = time.perf_counter() + MEASURED_S
        printing = [threads.submit(_print_on, caller, path, ends) for caller in callers]
        busy = _p99(free, threads, ends)
        printed = sum(one.result() for one in printing)
    remark = f"p99 of {LIGHT} while {DOCUMENTS} print, {printed} in {MEASURED_S:.0f} s; against idle"
    yield Row("light page while documents print", busy, remark, idle, busy / idle, "2.0")


def memory_rows(_place: Place) -> Iterator[Row]:
    """Two hundred handouts in a row, in as many processes as the printer takes for them."""
    printer = Printer(FILES / "static")
    page = papers.html(Paper.HANDOUT, reports.with_exercises())
    printer.print(page)
    early, most, started = _resident_mb(printer.process_id()), 0.0, time.perf_counter()
    for _ in range(HANDOUTS):
        printer.print(page)
        most = max(most, _resident_mb(printer.process_id()))
    each = (time.perf_counter() - started) / HANDOUTS * 1000
    printer.stop()
    remark = f"memory {early:.0f} MB after the first, {most:.0f} MB at most"
    yield Row(f"{HANDOUTS} handouts in a row, each", each, remark=remark)


def _print_on(caller: Caller, path: str, ends: float) -> int:
    """Print one after the other until then; how many."""
    printed = 0
    while time.perf_counter() < ends:
        _until_printed(caller, path)
        printed += 1
    return printed


def _until_printed(caller: Caller, path: str) -> None:
    """Ask again while too many wait."""
    caller.again()
    caller.connection.timeout = PATIENCE_S
    while (status := _ask(caller, path)) == FULL:
        time.sleep(0.2)
    assert status == 200, status


def _ask(caller: Caller, path: str) -> int:
    """The status; on a new connection where the server has closed the one that stood idle."""
    try:
        return caller.ask("GET", path)[0]
    except OSError:
        caller.again()
        return caller.ask("GET", path)[0]


def _p99(free: Queue[Caller], threads: ThreadPoolExecutor, ends: float) -> float:
    """Milliseconds from when a page was due until it was there."""
    asked: list[Future[float]] = []
    due = time.perf_counter()
    while due < ends:
        asked.append(threads.submit(_page, free, due))
        due += EVERY_S
        time.sleep(max(due - time.perf_counter(), 0))
    taken = sorted(one.result() for one in asked)
    return taken[int(len(taken) * 0.99)]


def _page(free: Queue[Caller], due: float) -> float:
    caller = free.get()
    assert _ask(caller, LIGHT) == 200
    free.put(caller)
    return (time.perf_counter() - due) * 1000


def _resident_mb(process: int) -> float:
    return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * PAGE_SIZE_KB / 1000
