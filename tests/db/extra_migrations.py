"""Migrations that don't exist, to test the effect of one on a database."""

from __future__ import annotations

import shutil
from pathlib import Path

from db.schema.alembic_upgrade import MIGRATIONS_FOLDER
from db.schema.migrate import SCHEMA_REVISION

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade():
    {body}
"""
REBUILD_DRAFTS = """with op.batch_alter_table("drafts", recreate="always") as batch:
        batch.add_column(sa.Column("mood", sa.Text))"""


def migrations_with(tmp_path: Path, body: str) -> Path:
    """Return a copy of the migrations with one more, which runs this body."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS_FOLDER, folder)
    (folder / "versions" / "next.py").write_text(NEXT.format(head=SCHEMA_REVISION, body=body))
    return folder
