"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create them, in the order in which they refer to each other."""
    _sources()
    _wishes()
    _hubs()
    _episodes()
    _of_episodes()
    _items()
    _lessons()
    _persons()
    _publishing()
    _searching()


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("configured", sa.Boolean, nullable=False),
        sa.Column("stopped", sa.Boolean, nullable=False),
        sa.Column("next_visit", sa.BigInteger, nullable=False),
        sa.Column("asked", sa.BigInteger),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("visits", sa.Integer, nullable=False),
        sa.Column("failing_since", sa.BigInteger),
        sa.Column("last_success", sa.BigInteger),
        sa.Column("told_webhook", sa.BigInteger),
        sa.Column("told_command", sa.BigInteger),
        sa.Column("retry_after", sa.BigInteger),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("found_by", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("body_hash", sa.String, nullable=False),
        sa.Column("head_hash", sa.String, nullable=False),
        sa.Column("reader", sa.String, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sa.Column("head", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sources_due", "sources", ["configured", "stopped", "next_visit"])
    op.create_table(
        "visits",
        sa.Column("source", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("visit", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source", "number"),
    )
    op.create_index("ix_visits_at", "visits", ["at"])


def _wishes() -> None:
    op.create_table(
        "wishes",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sources", sa.Text, nullable=False),
        sa.Column("force", sa.Boolean, nullable=False),
        sa.Column("episodes", sa.Text),
        sa.Column("asked", sa.BigInteger, nullable=False),
        sa.Column("answer", sa.Text),
        sa.PrimaryKeyConstraint("number"),
        sqlite_autoincrement=True,
    )


def _hubs() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("token", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_index("ix_subscriptions_source", "subscriptions", ["source"])
    op.create_index("ix_subscriptions_due", "subscriptions", ["due"])
    op.create_table(
        "pings",
        sa.Column("hub", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("noted", sa.BigInteger, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("hub", "path"),
    )
    op.create_index("ix_pings_due", "pings", ["due"])


def _episodes() -> None:
    op.create_table(
        "shows",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("written", sa.Integer, nullable=False),
        sa.Column("history", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_shows_source", "shows", ["source"])
    op.create_index("ix_shows_written", "shows", ["written"])
    op.create_table(
        "episodes",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("show", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("published_guid", sa.Text, nullable=False),
        sa.Column("guid", sa.Text),
        sa.Column("page", sa.Text),
        sa.Column("dated", sa.BigInteger, nullable=False),
        sa.Column("day", sa.String, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("blocked", sa.Boolean, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("fragment_key", sa.String, nullable=False),
        sa.Column("rss_length", sa.Integer, nullable=False),
        sa.Column("views", sa.Text, nullable=False),
        sa.Column("appearances", sa.Text, nullable=False),
        sa.Column("also_on", sa.Text, nullable=False),
        sa.Column("chaptered", sa.Boolean, nullable=False),
        sa.Column("measure", sa.String, nullable=False),
        sa.Column("told", sa.String, nullable=False),
        sa.Column("transcript", sa.Text),
        sa.Column("free", sa.Boolean),
        sa.ForeignKeyConstraint(["show"], ["shows.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_episodes_path", "episodes", ["path"], unique=True)
    op.create_index("ix_episodes_published_guid", "episodes", ["published_guid"], unique=True)
    op.create_index("ix_episodes_show", "episodes", ["show"])
    op.create_index("ix_episodes_transcript", "episodes", ["transcript"])
    op.create_index("ix_episodes_measure", "episodes", ["measure", "dated"])


def _of_episodes() -> None:
    op.create_table(
        "episode_facts",
        sa.Column("episode", sa.String, nullable=False),
        sa.Column("facts", sa.LargeBinary, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["episode"], ["episodes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("episode"),
    )
    op.create_table(
        "measurements",
        sa.Column("audio", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("again", sa.BigInteger),
        sa.Column("told", sa.String, nullable=False),
        sa.Column("found", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("audio"),
    )
    op.create_table(
        "files",
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("again", sa.BigInteger),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("found", sa.LargeBinary),
        sa.PrimaryKeyConstraint("kind", "url"),
    )


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("source", sa.String, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("audio", sa.Text, nullable=False),
        sa.Column("episode", sa.String, nullable=False),
        sa.Column("show", sa.String, nullable=False),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.Column("first_heard", sa.BigInteger, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("last_heard", sa.BigInteger),
        sa.Column("versions", sa.Integer, nullable=False),
        sa.Column("told", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["episode"], ["episodes.id"]),
        sa.ForeignKeyConstraint(["source"], ["sources.id"]),
        sa.PrimaryKeyConstraint("source", "key"),
    )
    op.create_index("ix_items_audio", "items", ["source", "audio"])
    op.create_index("ix_items_episode", "items", ["episode"])
    op.create_index("ix_items_standing", "items", ["source", "show", "published", "key"])
    op.create_index("ix_items_hash", "items", ["source", "hash", "last_heard", "episode"])
    op.create_table(
        "item_versions",
        sa.Column("source", sa.String, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("first_heard", sa.BigInteger, nullable=False),
        sa.Column("last_heard", sa.BigInteger, nullable=False),
        sa.Column("told", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["source"], ["sources.id"]),
        sa.PrimaryKeyConstraint("source", "key", "number"),
    )


def _lessons() -> None:
    op.create_table(
        "lessons",
        sa.Column("source", sa.String, nullable=False),
        sa.Column("show", sa.String, nullable=False),
        sa.Column("teachers", sa.Integer, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("doubtful", sa.Boolean, nullable=False),
        sa.Column("profile", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source", "show"),
    )


def _persons() -> None:
    op.create_table(
        "persons",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_persons_key", "persons", ["key"])
    op.create_table(
        "credits",
        sa.Column("episode", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("affiliation", sa.Text),
        sa.Column("image", sa.Text),
        sa.ForeignKeyConstraint(["episode"], ["episodes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("episode", "position"),
    )
    op.create_index("ix_credits_person", "credits", ["person", "role"])
    op.create_table(
        "match_keys",
        sa.Column("key", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("episode", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["episode"], ["episodes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "episode"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_match_keys_episode", "match_keys", ["episode"])


def _publishing() -> None:
    op.create_table(
        "fragments",
        sa.Column("episode", sa.String, nullable=False),
        sa.Column("rss", sa.LargeBinary, nullable=False),
        sa.Column("row", sa.LargeBinary, nullable=False),
        sa.Column("json", sa.LargeBinary, nullable=False),
        sa.Column("notes", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["episode"], ["episodes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("episode"),
    )
    op.create_table(
        "parts",
        sa.Column("feed", sa.String, nullable=False),
        sa.Column("episode", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["episode"], ["episodes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed", "episode"),
    )
    op.create_index("ix_parts_episode", "parts", ["episode"])
    op.create_table(
        "published",
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("signature", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("path"),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


_COLUMNS = ("title", "people", "shows", "notes", "spoken")


def _searching() -> None:
    op.create_table(
        "search_words",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("episode", sa.String, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _COLUMNS if name != "spoken"),
        sa.Column("spoken", sa.Text, nullable=False, server_default=""),
        sa.Column("spoken_hash", sa.String, nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["episode"], ["episodes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_search_words_episode", "search_words", ["episode"], unique=True)
    if op.get_bind().dialect.name != "sqlite":
        return
    names = ", ".join(_COLUMNS)
    old, new = (", ".join(f"{row}.{name}" for name in _COLUMNS) for row in ("old", "new"))
    put = f"INSERT INTO search_index (rowid, {names}) VALUES (new.number, {new});"  # noqa: S608 - our own names
    drop = f"INSERT INTO search_index (search_index, rowid, {names}) VALUES ('delete', old.number, {old});"  # noqa: S608
    op.execute(
        f"CREATE VIRTUAL TABLE search_index USING fts5({names}, content='search_words', content_rowid='number', "
        "tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
    )
    op.execute(f"CREATE TRIGGER search_words_put AFTER INSERT ON search_words BEGIN {put} END")
    op.execute(f"CREATE TRIGGER search_words_dropped AFTER DELETE ON search_words BEGIN {drop} END")
    op.execute(
        f"CREATE TRIGGER search_words_changed AFTER UPDATE ON search_words WHEN ({old}) IS NOT ({new}) "
        f"BEGIN {drop} {put} END"
    )
