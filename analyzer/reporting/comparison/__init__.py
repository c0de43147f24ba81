"""Comparison -> text: for a pull request, for a terminal, for a program."""
