# SPDX-License-Identifier: MIT
"""What all tables of a store are made with: one collection, names for their constraints, and two kinds of column."""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def seq() -> sa.Column[int]:
    """The order of arrival, which a clock that ticks in seconds does not keep."""
    return sa.Column("seq", sa.Integer, primary_key=True)


def text(name: str, **options: object) -> sa.Column[str]:
    """A text that is always there, empty where there is nothing to say."""
    return sa.Column(name, sa.Text, nullable=False, **options)  # type: ignore[arg-type]  # options are Column's own
