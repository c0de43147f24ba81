"""A guard against what never ends. It measures nothing: a slow machine is no fault."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_SECONDS = 300
"""What is guarded takes seconds; what it guards against takes hours, or all memory."""


@contextmanager
def patience() -> Iterator[None]:
    """Raise TimeoutError in what has not ended when patience has."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
