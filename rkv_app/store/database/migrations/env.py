# SPDX-License-Identifier: MIT
"""What Alembic runs around the revisions. There is no alembic.ini: `migration.py` hands over the connection."""

from alembic import context

from rkv_app.store.database.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
