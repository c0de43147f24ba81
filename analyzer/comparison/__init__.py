"""Two assessments, or many -> what changed, why, and what would: diff, baseline, what-if, history."""
