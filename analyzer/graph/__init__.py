"""Inventory -> Topology: who needs whom, how we know, and what follows."""
