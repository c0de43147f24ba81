"""Inventory and Topology -> Facts: named, typed, with evidence; None is unknown."""
