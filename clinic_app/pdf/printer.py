"""The printing process: started once, warmed, ended when a page takes too long."""

import multiprocessing
import os
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Lock

from pebble import ProcessExpired, ProcessPool

LIMIT_S = 30.0
DOCUMENTS_PER_PROCESS = 50
NICE = 5
PAGE = "clinic_app.pdf.page"


class PrintError(Exception):
    """A document could not be printed; the sentence says why."""


@dataclass(frozen=True)
class Printout:
    """A document as PDF, and how many pages it has."""

    content: bytes
    pages: int


class Printer:
    """Prints in one child process; `static` is the folder of sheets, fonts and pictures."""

    def __init__(self, static: Path) -> None:
        self._static = static
        self._pool: ProcessPool | None = None
        self._starting = Lock()

    def start(self) -> None:
        """Start the process and warm it; without this the first page starts it."""
        self._running().schedule(_warm, args=(self._static,))

    def print(self, html: str, timeout: float = LIMIT_S) -> bytes:
        """Print a document; `PrintError` when it fails, or takes longer than `timeout` seconds."""
        return self.print_pages(html, timeout).content

    def print_pages(self, html: str, timeout: float = LIMIT_S) -> Printout:
        """Print a document and count its pages."""
        try:
            task = self._running().schedule(_print, args=(html, self._static), timeout=timeout)
            printed: Printout | str = task.result()
        except TookTooLong:
            raise PrintError(f"printing took longer than {timeout:g} s and was ended") from None
        except ProcessExpired as error:
            raise PrintError(f"the printing process ended: {error}") from None
        except RuntimeError as error:
            self.stop()
            raise PrintError(f"the printing process does not start: {error}") from None
        if isinstance(printed, str):
            raise PrintError(printed)
        return printed

    def stop(self) -> None:
        """End the process."""
        with self._starting:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _running(self) -> ProcessPool:
        with self._starting:
            if self._pool is None:
                self._pool = _new_pool()
            return self._pool


def _new_pool() -> ProcessPool:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PAGE])
    return ProcessPool(
        max_workers=1,
        max_tasks=DOCUMENTS_PER_PROCESS,
        initializer=os.nice,
        initargs=(NICE,),
        context=context,
    )


def _print(html: str, static: Path) -> Printout | str:
    """The document, or a sentence: not every exception of WeasyPrint can cross between processes."""
    try:
        printed: Printout = import_module(PAGE).print_pages(html, static)
    except PrintError as error:
        return str(error)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return printed


def _warm(static: Path) -> None:
    import_module(PAGE).warm(static)
