"""The tables. A change here needs a migration beside it: a test compares the two.

Times are microseconds since 1970 (see `times`). Small columns stand before blobs, and what every publishing reads
stands in another table than what is read for one episode, so that a walk over all episodes touches few pages.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()


def _of_episode(*, primary_key: bool = False) -> Column[str]:
    episode = ForeignKey("episodes.id", ondelete="CASCADE")
    return Column("episode", String, episode, primary_key=primary_key, nullable=False)


sources = Table(
    "sources",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("configured", Boolean, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("next_visit", BigInteger, nullable=False),  # 0: at once
    Column("asked", BigInteger),  # when the last visit began, whether it ended or not
    Column("failures", Integer, nullable=False),
    Column("visits", Integer, nullable=False),  # how many there were: the number of the last one
    Column("failing_since", BigInteger),
    Column("last_success", BigInteger),
    # When the operator was told that it fails, until he is told that it is well again: each way by itself.
    Column("told_webhook", BigInteger),
    Column("told_command", BigInteger),
    Column("retry_after", BigInteger),
    Column("why", Text, nullable=False),
    Column("address", Text),
    Column("found_by", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", String, nullable=False),
    Column("head_hash", String, nullable=False),
    Column("reader", String, nullable=False),
    Column("settings", Text, nullable=False),  # Source as JSON
    Column("terms", Text, nullable=False),  # Terms as JSON
    Column("head", LargeBinary),  # Elements
    Index("ix_sources_due", "configured", "stopped", "next_visit"),
)

visits = Table(
    "visits",
    metadata,
    Column("source", String, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("visit", Text, nullable=False),  # Visit as JSON
    Index("ix_visits_at", "at"),
)

# What the daemon is asked for by those who may not touch its data folder meanwhile.
wishes = Table(
    "wishes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sources", Text, nullable=False),  # ids as JSON; none: those that are due
    Column("force", Boolean, nullable=False),
    Column("episodes", Text),  # ids as JSON, none: all that is wanted; null: no audio is to be measured
    Column("asked", BigInteger, nullable=False),
    Column("answer", Text),  # Answer as JSON
    sqlite_autoincrement=True,  # a number is never given twice: the answer to a wish that was taken back goes nowhere
)

# Hubs that tell of sources' news. A source that is forgotten leaves its own here until its hub was told.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("token", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("facts", Text, nullable=False),  # Subscription as JSON
    Index("ix_subscriptions_source", "source"),
    Index("ix_subscriptions_due", "due"),
)

# Published files that changed, of which our hubs are still to be told.
pings = Table(
    "pings",
    metadata,
    Column("hub", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("noted", BigInteger, nullable=False),  # when it changed last
    Column("due", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Index("ix_pings_due", "due"),
)

shows = Table(
    "shows",
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("facts", Text, nullable=False),  # Show as JSON
    Column("written", Integer, nullable=False),  # the number of the writing that wrote it last
    Column("history", Text, nullable=False),  # [hash, since] of its last words as JSON, the present ones last
    Index("ix_shows_source", "source"),
    Index("ix_shows_written", "written"),
)

episodes = Table(
    "episodes",
    metadata,
    Column("id", String, primary_key=True),
    Column("show", String, ForeignKey("shows.id"), nullable=False),
    Column("path", String, nullable=False),
    Column("published_guid", Text, nullable=False),
    Column("guid", Text),
    Column("page", Text),
    Column("dated", BigInteger, nullable=False),
    Column("day", String, nullable=False),  # the calendar day its publisher wrote: "2022-09-21"
    Column("changed_at", BigInteger, nullable=False),
    Column("blocked", Boolean, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("fragment_key", String, nullable=False),
    Column("rss_length", Integer, nullable=False),
    Column("views", Text, nullable=False),  # view ids as JSON
    Column("appearances", Text, nullable=False),  # (person id, role) pairs as JSON
    Column("also_on", Text, nullable=False),  # show ids as JSON
    Column("audio", Text),  # the key of the audio it is published with; None without any
    Column("audio_of", String),  # the episode that is published with the audio which this one only repeats
    Column("chaptered", Boolean, nullable=False),  # its chapters are published beside its page
    Column("measure", String, nullable=False),  # the narrowest setting under which its audio is measured
    Column("told", String, nullable=False),  # what its sources say of the audio's size and length
    Column("transcript", Text),  # the address of the best one; None without any
    Column("free", Boolean),  # its words may be published anew, by its own licence; None: its show's speaks for it
    Index("ix_episodes_show", "show"),
    Index("ix_episodes_transcript", "transcript"),
    # Two episodes with one address, guid or audio would be a lie to every subscriber: the database refuses them.
    Index("ix_episodes_path", "path", unique=True),
    Index("ix_episodes_published_guid", "published_guid", unique=True),
    Index("ix_episodes_audio", "audio", unique=True),
    Index("ix_episodes_audio_of", "audio_of"),
    Index("ix_episodes_measure", "measure", "dated"),
)

# Episodes of which it is still to be asked whether they are one with others; `fresh`: nobody was told of them yet.
unsettled = Table(
    "unsettled",
    metadata,
    _of_episode(primary_key=True),
    Column("fresh", Boolean, nullable=False),
)

# Episodes that turned out to be one with another: their addresses lead there, their guids are never given again.
absorbed = Table(
    "absorbed",
    metadata,
    Column("id", String, primary_key=True),
    Column("path", String, nullable=False),
    Column("published_guid", Text, nullable=False),
    Column("first_heard", BigInteger, nullable=False),
    _of_episode(),
    Index("ix_absorbed_path", "path", unique=True),
    Index("ix_absorbed_published_guid", "published_guid", unique=True),
    Index("ix_absorbed_episode", "episode"),
)

episode_facts = Table(
    "episode_facts",
    metadata,
    _of_episode(primary_key=True),
    Column("facts", LargeBinary, nullable=False),  # Episode
    Column("words", Text, nullable=False),  # title, summary and notes, folded for searching
)

# What audio said of itself, or why it did not. What has no row here is still to be asked.
measurements = Table(
    "measurements",
    metadata,
    Column("audio", Text, primary_key=True),  # its key
    Column("at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),  # in a row that came to nothing
    Column("again", BigInteger),  # when it is to be asked again; None: it is not
    Column("told", String, nullable=False),  # as in `episodes`, when it was asked
    Column("found", LargeBinary, nullable=False),  # Measurement
)

# Transcripts and pictures: what lay at an address, or why nothing did. What has no row here is still to be asked for.
files = Table(
    "files",
    metadata,
    Column("kind", String, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),  # in a row that came to nothing
    Column("again", BigInteger),  # when it is to be asked again; None: it is not
    Column("hash", String, nullable=False),  # of what was found; "": nothing
    Column("etag", Text),
    Column("last_modified", Text),
    Column("reason", Text, nullable=False),
    Column("found", LargeBinary),  # Transcript or Picture
)

items = Table(
    "items",
    metadata,
    Column("source", String, ForeignKey("sources.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("hash", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("audio", Text, nullable=False),  # "": without audio
    Column("episode", String, ForeignKey("episodes.id"), nullable=False),
    Column("show", String, nullable=False),  # as this source tells it
    Column("published", BigInteger, nullable=False),  # as this source tells it; what it does not date stands last
    Column("first_heard", BigInteger, nullable=False),
    Column("since", BigInteger, nullable=False),  # when its present words were first heard
    # When it was last heard, once its source no longer lists it; None while it does: heard at every success.
    Column("last_heard", BigInteger),
    Column("versions", Integer, nullable=False),  # how often its words changed
    Column("told", LargeBinary, nullable=False),  # Told
    Index("ix_items_hash", "source", "hash", "last_heard", "episode"),
    Index("ix_items_audio", "source", "audio"),
    Index("ix_items_episode", "episode"),
    Index("ix_items_standing", "source", "show", "published", "key"),
)

item_versions = Table(
    "item_versions",
    metadata,
    Column("source", String, ForeignKey("sources.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("hash", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("first_heard", BigInteger, nullable=False),
    Column("last_heard", BigInteger, nullable=False),
    Column("told", LargeBinary, nullable=False),
)

lessons = Table(
    "lessons",
    metadata,
    Column("source", String, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("show", String, primary_key=True),
    Column("teachers", Integer, nullable=False),  # how many of its oldest items
    Column("until", BigInteger, nullable=False),  # where the last of them stands: (until, key)
    Column("key", Text, nullable=False),
    Column("doubtful", Boolean, nullable=False),  # the items are no longer those: to be learned anew
    Column("profile", LargeBinary, nullable=False),
)

persons = Table(
    "persons",
    metadata,
    Column("id", String, primary_key=True),
    Column("key", Text, nullable=False),
    Column("facts", Text, nullable=False),  # Person as JSON
    Index("ix_persons_key", "key"),
)

credits_ = Table(
    "credits",
    metadata,
    _of_episode(primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("person", String, nullable=False),  # "": identity not settled
    Column("role", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("affiliation", Text),
    Column("image", Text),
    Index("ix_credits_person", "person", "role"),
)

match_keys = Table(
    "match_keys",
    metadata,
    # The first 63 bits of the key's xxh3: 8 bytes for what may be a whole address. Two keys that meet in one number
    # give one candidate too many, and candidates are looked at anyway.
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    _of_episode(primary_key=True),
    Index("ix_match_keys_episode", "episode"),
    sqlite_with_rowid=False,
)

# What a published episode is found by, folded into words with one space between: beside it, on SQLite, stands an FTS5
# table `search_index` of the same columns, which triggers keep (see the first migration).
search_words = Table(
    "search_words",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("episode", String, ForeignKey("episodes.id", ondelete="CASCADE"), nullable=False),
    Column("title", Text, nullable=False),
    Column("people", Text, nullable=False),
    Column("shows", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("spoken", Text, nullable=False, server_default=""),  # its transcript, where pages show that
    Column("spoken_hash", String, nullable=False, server_default=""),
    Index("ix_search_words_episode", "episode", unique=True),
)

fragments = Table(
    "fragments",
    metadata,
    _of_episode(primary_key=True),
    Column("rss", LargeBinary, nullable=False),
    Column("row", LargeBinary, nullable=False),
    Column("json", LargeBinary, nullable=False),
    Column("notes", LargeBinary, nullable=False),
)

published = Table(
    "published",
    metadata,
    Column("path", Text, primary_key=True),
    Column("signature", String, nullable=False),
)

parts = Table(
    "parts",
    metadata,
    Column("feed", String, primary_key=True),
    _of_episode(primary_key=True),
    Column("number", Integer, nullable=False),
    Index("ix_parts_episode", "episode"),
)

settings = Table(
    "settings",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
