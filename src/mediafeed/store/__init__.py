"""Remember everything, and lose nothing; alone speaks SQL.

Takes: Sources, Visits, TakeIns, Fragments.
Gives: SourceStates, HeldItems, Episodes, StoredTellings, Persons, IndexRows: `store.Store` is the one way in.
Touches: one SQLite file (and the -wal and -shm files beside it).
"""
