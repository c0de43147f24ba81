"""Builds the wheel; not part of it."""
