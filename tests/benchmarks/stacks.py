"""The stacks that homelabs are made of, and how often each is found."""

from collections.abc import Callable
from typing import NamedTuple

from tests.benchmarks.application_stacks import native_database, single, stateless, web_app
from tests.benchmarks.estate import Estate
from tests.benchmarks.home_stacks import automation, front, media, monitoring

Build = Callable[[Estate, int, int], None]


class Stack(NamedTuple):
    """``build(estate, number, host)`` adds at most ``most`` services."""

    build: Build
    most: int
    weight: int


STACKS = (
    Stack(web_app, most=4, weight=36),
    Stack(media, most=6, weight=6),
    Stack(monitoring, most=3, weight=6),
    Stack(automation, most=3, weight=5),
    Stack(native_database, most=2, weight=5),
    Stack(front, most=2, weight=7),
    Stack(single, most=1, weight=22),
    Stack(stateless, most=1, weight=13),
)
