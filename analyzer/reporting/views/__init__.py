"""Assessment -> the values that ``reports/assessment.md.j2`` prints, escaped and with units."""
