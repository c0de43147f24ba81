"""Criteria, gates, findings, profiles and figures: data only, no code."""
