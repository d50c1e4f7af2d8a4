"""Understand what was said.

Takes: ParsedItem, Show, Source, and the time as an argument.
Gives: Episode and Show: our claims, each with its witness; and what tells whether two episodes are one recording.
Touches: nothing.
"""
