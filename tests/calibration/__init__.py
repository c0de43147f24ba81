"""Real public decisions against the advisor's answers: a test of its honesty, not a target."""
