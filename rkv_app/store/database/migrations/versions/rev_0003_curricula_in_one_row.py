# SPDX-License-Identifier: MIT
"""One row for each version of a curriculum, in place of one for each plan, set and aim.

The text in `body` is what `repositories/curricula.py` of this revision defines: it is a format, and a change of it is a
revision of its own.
"""

import json
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_URI_ROOT = "http://psi.udir.no/kl06/"
_LISTS = ("replaces", "replaced_by", "original_plans")


def upgrade() -> None:
    """Makes the table, carries over what there is, and drops the three tables of before."""
    op.create_table(
        "curriculum",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("modular", sa.Boolean(), nullable=False),
        sa.Column("sets", sa.Integer(), nullable=False),
        sa.Column("aims", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_curriculum")),
        sa.UniqueConstraint("code", "changed", name=op.f("uq_curriculum_code_changed")),
    )
    _carry_over()
    for table in ("aim", "aim_set", "plan"):
        op.drop_table(table)


def _carry_over() -> None:
    connection = op.get_bind()
    before = sa.MetaData()
    plan, aim_set, aim = (sa.Table(name, before, autoload_with=connection) for name in ("plan", "aim_set", "aim"))
    new = sa.Table("curriculum", before, autoload_with=connection)
    for row in connection.execute(sa.select(plan).order_by(plan.c.code, plan.c.changed)).mappings().all():
        sets = connection.execute(
            sa.select(aim_set)
            .where(aim_set.c.plan_code == row["code"], aim_set.c.plan_changed == row["changed"])
            .order_by(aim_set.c.position)
        )
        aims = connection.execute(
            sa.select(aim)
            .where(aim.c.plan_code == row["code"], aim.c.plan_changed == row["changed"])
            .order_by(aim.c.set_position, aim.c.position)
        )
        by_set = {place: [_aim(one) for one in rows] for place, rows in groupby(aims.mappings(), _set_position)}
        parts = [
            {**_named(one, one["title"]), "aims": by_set.get(one["position"], [])} for one in sets.mappings().all()
        ]
        body = {
            **_named(row, {}),
            "source": row["source"],
            **{name: row[name] for name in _LISTS if row[name]},
            "trades": [],
            "sets": parts,
        }
        columns = ("code", "changed", "title", "published", "valid_from", "valid_to", "modular")
        connection.execute(
            new.insert().values(
                **{name: row[name] for name in columns},
                sets=len(parts),
                aims=sum(len(one["aims"]) for one in parts),
                body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
            )
        )


def _set_position(row: Any) -> int:
    position: int = row["set_position"]
    return position


def _aim(row: Any) -> dict[str, object]:
    links = {name: row[name] for name in ("taken_from", "reuse_of") if row[name]}
    return {**_named(row, row["texts"]), **links}


def _named(row: Any, text: object) -> dict[str, Any]:
    parts = {"code": row["code"], "text": text}
    return parts if row["uri"] == _URI_ROOT + row["code"] else {**parts, "uri": row["uri"]}
