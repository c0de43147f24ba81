"""What people already have -> an inventory: importers' drafts put together, and made fit to show."""
