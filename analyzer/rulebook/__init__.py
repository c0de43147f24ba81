"""rules/*.yaml -> Rulebook: criteria, gates, findings, profiles and figures, typed and checked."""
