"""Tell what we know.

Takes: Episodes, Shows, Persons, the Site and its Views; stored fragments through a `Library`.
Gives: Documents (path, signature, bytes when wanted): feeds, pages, lists.
Touches: the output folder, in `write` alone; everything else is a function of its arguments.
"""
