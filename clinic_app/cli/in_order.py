"""Many answers by several processes at once, given in the order of the questions and in bounded memory."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import TypeAlias

Answered: TypeAlias = tuple[bool, bytes]
"""Whether a document was read, and the line that answers it."""

Answer: TypeAlias = Callable[[bytes], Answered]

# So few questions are answered sooner than other processes are started.
_ALONE = 250
# Questions that are read ahead for each process.
_AHEAD = 8

_held: list[Answer] = []


def answers_in_order(questions: Iterable[bytes], answer: Answer) -> Iterator[Answered]:
    """Each answer in its turn, many of them by several processes; what `answer` raises is raised here.

    Questions are read ahead: those of somebody who waits for each answer are not for this.
    """
    left = iter(questions)
    yield from map(answer, islice(left, _ALONE))
    processes = os.cpu_count() or 1
    if processes == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(answer, left)
        return
    for first in islice(left, 1):
        yield from _shared(chain((first,), left), answer, processes)


def _shared(questions: Iterable[bytes], answer: Answer, processes: int) -> Iterator[Answered]:
    ahead: deque[Future[Answered]] = deque()
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, forked, _hold, (answer,)) as pool:
        for question in questions:
            ahead.append(pool.submit(_answered, question))
            if len(ahead) > _AHEAD * processes:
                yield ahead.popleft().result()
        yield from (future.result() for future in ahead)


def _hold(answer: Answer) -> None:
    """In each process: keep what answers, and leave an interruption to the first process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _held.append(answer)


def _answered(question: bytes) -> Answered:
    return _held[-1](question)
