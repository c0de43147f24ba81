"""Compose files that Compose merges over the owner's, with what those lack."""
