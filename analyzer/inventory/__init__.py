"""files -> Inventory: what the estate is, strictly read."""
