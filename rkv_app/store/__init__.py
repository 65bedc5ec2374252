# SPDX-License-Identifier: MIT
"""The encrypted store: the only room that knows SQLCipher, SQLAlchemy and Alembic."""
