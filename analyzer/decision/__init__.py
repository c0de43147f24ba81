"""Facts and Rulebook -> Decision: scores, what rules options out, doubt, and what would flip it."""
