"""Thirty days of polling in a world of its own: servers in memory, a clock that is moved, a checker at the wire."""
