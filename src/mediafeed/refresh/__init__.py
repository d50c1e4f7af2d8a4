"""Conduct: walk one source, or all that are due, through the steps.

Takes: sources, the store, a way to fetch, the clock.
Gives: visits, changes, published files.
Touches: worker processes and threads; everything else by the rooms it calls.
"""
