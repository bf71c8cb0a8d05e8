"""The printing process: started once, warmed, replaced when it dies, ended when a page asks too much."""

import multiprocessing
import os
import resource
from collections.abc import Iterator
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Lock

from pebble import ProcessExpired, ProcessPool

DOCUMENTS_PER_PROCESS = 50
NICE = 19
TRIES = 2
PAGE = "clinic_app.pdf.page"
_TELL = "Tell whoever looks after the clinic's computer."


class PrintError(Exception):
    """A document could not be printed; the sentence says why, in words for who asked for it."""


@dataclass(frozen=True)
class Limits:
    """What one document may take: seconds of printing, megabytes of the process's own memory.

    `waiting`: how many documents may be in print or in the queue at once; one more is turned away.
    """

    seconds: float = 30
    memory_mb: int = 400
    waiting: int = 4


@dataclass(frozen=True)
class Printout:
    """A document as PDF, and how many pages it has."""

    content: bytes
    pages: int


class Printer:
    """Prints in one child process; `static` is the folder of sheets, fonts and pictures."""

    def __init__(self, static: Path, limits: Limits = Limits()) -> None:
        self._static = static
        self._limits = limits
        self._pool: ProcessPool | None = None
        self._lock = Lock()
        self.waiting = 0

    def start(self) -> None:
        """Start the process and warm it; without this the first page starts it."""
        self._running().schedule(_warm, args=(self._static,))

    def print(self, html: str) -> bytes:
        """Print a document; `PrintError` when it fails, asks too much, or too many are waiting."""
        return self.print_pages(html).content

    def print_pages(self, html: str) -> Printout:
        """Print a document and count its pages; tried once more when the process is killed meanwhile."""
        with self._queued():
            printed = self._printed(html)
        if isinstance(printed, str):
            raise PrintError(printed)
        return printed

    def process_id(self) -> int:
        """The process that prints."""
        return int(self._running().schedule(os.getpid).result())

    def stop(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._leave(self._pool)

    @contextmanager
    def _queued(self) -> Iterator[None]:
        with self._lock:
            if self.waiting >= self._limits.waiting:
                raise PrintError(
                    f"{self.waiting} documents are waiting to be printed. Try again in a minute."
                )
            self.waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self.waiting -= 1

    def _printed(self, html: str) -> Printout | str:
        limit = self._limits.seconds
        for _try in range(TRIES):
            pool = self._running()
            try:
                task = pool.schedule(_print, args=(html, self._static), timeout=limit)
                printed: Printout | str = task.result()
            except TookTooLong:
                return f"Printing took longer than {limit:g} seconds and was ended. {_TELL}"
            except (ProcessExpired, RuntimeError):
                if not pool.active:
                    self._leave(pool)
            else:
                return printed
        return f"Printing broke off, and again when it was tried once more. {_TELL}"

    def _leave(self, pool: ProcessPool) -> None:
        """End a pool; the next page starts another."""
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()

    def _running(self) -> ProcessPool:
        with self._lock:
            if self._pool is None:
                self._pool = _new_pool(self._limits.memory_mb)
            return self._pool


def _new_pool(memory_mb: int) -> ProcessPool:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PAGE])
    return ProcessPool(
        max_workers=1,
        max_tasks=DOCUMENTS_PER_PROCESS,
        initializer=_confine,
        initargs=(memory_mb,),
        context=context,
    )


def _confine(memory_mb: int) -> None:
    """The pages of the app go first, and a document that would fill the memory fails alone."""
    os.nice(NICE)
    most = memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _print(html: str, static: Path) -> Printout | str:
    """The document, or a sentence: not every exception of WeasyPrint can cross between processes."""
    try:
        printed: Printout = import_module(PAGE).print_pages(html, static)
    except PrintError as error:
        return f"{error}. {_TELL}"
    except MemoryError:
        return f"The document needs more memory than one may take. {_TELL}"
    except Exception as error:
        return f"The document could not be printed ({type(error).__name__}: {error}). {_TELL}"
    return printed


def _warm(static: Path) -> None:
    import_module(PAGE).warm(static)
