"""Understand who speaks: credits from the words of an episode and its show.

Takes: Facts of an episode and ShowFacts, both plain text and elements.
Gives: one Credit for each person, with its evidence; see `extract.credits_for`.
Touches: nothing.

`published` reads what is declared, `sketch` and `cues` find ways of saying (the English ones are data: `english`),
`roles` decides who asks and who answers, `absent` who is not there, `combine` makes one credit of many
claims.
"""
