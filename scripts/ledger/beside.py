"""Work done beside other work, on a second processor."""

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")


@contextmanager
def beside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Do some work in a copy of this process while the block runs, and give a function that waits for its result.

    The copy shares what is in memory and needs nothing sent to it. Where the system cannot copy a process safely,
    the work is done when its result is asked for. An exception of the work is raised there too.
    """
    if sys.platform != "linux":
        yield work
        return
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    copy = context.Process(target=_work, args=(work, there), daemon=True)
    copy.start()
    there.close()

    def result() -> T:
        try:
            done, value = here.recv()
        except EOFError:
            raise RuntimeError("a part of the work ended without a result; is memory short?") from None
        if not done:
            raise value
        found: T = value
        return found

    try:
        yield result
    finally:
        here.close()
        copy.terminate()
        copy.join()


def _work(work: Callable[[], Any], there: Connection) -> None:
    try:
        message = (True, work())
    except Exception as error:
        message = (False, error)
    there.send(message)
