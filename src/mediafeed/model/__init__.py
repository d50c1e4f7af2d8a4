"""The nouns.

Takes: nothing.
Gives: frozen values that every other room passes on.
Touches: nothing; the standard library only.
"""
