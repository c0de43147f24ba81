"""History -> text: a table, sparklines, and a chart."""
