"""How properties are searched: small by default, and the same examples every time in CI."""

import os

from hypothesis import settings

settings.register_profile(
    "k8sadvisor",
    max_examples=60,
    deadline=None,  # shared machines pause when they like
    derandomize="CI" in os.environ,
)
settings.load_profile("k8sadvisor")
