"""Which episodes are still to be brought together, whose audio is whose, and which were absorbed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# The first by first hearing has the audio; what else repeats it is settled when its source says something new of it.
_OWN_AUDIO = """
UPDATE episodes SET audio = (SELECT items.audio FROM items WHERE items.episode = episodes.id AND items.audio != ''
ORDER BY items.first_heard, items.source, items.key LIMIT 1)
"""
_NOT_TWICE = """
UPDATE episodes SET audio = NULL WHERE EXISTS
(SELECT 1 FROM episodes AS other WHERE other.audio = episodes.audio AND other.id < episodes.id)
"""


def upgrade() -> None:
    """Create them."""
    op.add_column("episodes", sa.Column("audio", sa.Text))
    op.add_column("episodes", sa.Column("audio_of", sa.String))
    op.execute(_OWN_AUDIO)
    op.execute(_NOT_TWICE)
    op.create_index("ix_episodes_audio", "episodes", ["audio"], unique=True)
    op.create_index("ix_episodes_audio_of", "episodes", ["audio_of"])
    op.create_table(
        "unsettled",
        sa.Column("episode", sa.String, nullable=False),
        sa.Column("fresh", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["episode"], ["episodes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("episode"),
    )
    op.create_table(
        "absorbed",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("published_guid", sa.Text, nullable=False),
        sa.Column("first_heard", sa.BigInteger, nullable=False),
        sa.Column("episode", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["episode"], ["episodes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_absorbed_path", "absorbed", ["path"], unique=True)
    op.create_index("ix_absorbed_published_guid", "absorbed", ["published_guid"], unique=True)
    op.create_index("ix_absorbed_episode", "absorbed", ["episode"])
