# SPDX-License-Identifier: MIT
"""A case may rest on several curricula, and an aim that was put to somebody says which of them it stands in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the two columns."""
    op.add_column("candidate_case", sa.Column("further_plans", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("evaluation_aim", sa.Column("plan", sa.JSON(), nullable=True))
