"""How much memory a service may take where its owner sets no limit, but somebody measured."""

ROOM_PERCENT = 150
"""Half as much again: room for a busier day than the measured one, and an end to a leak."""


def limit_bytes(measured_bytes: int) -> int:
    """Return the limit for what was measured, in bytes."""
    return -(-measured_bytes * ROOM_PERCENT // 100)
