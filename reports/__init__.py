"""Report templates: text only, no code."""
