# SPDX-License-Identifier: MIT
"""`rkv store`: make a store, and check that one is whole."""

from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command, add_noun
from rkv_app.domain.people import Party, Role
from rkv_app.foundation.errors import ExitStatus
from rkv_app.usecases.create_workspace import create_workspace

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(nouns: "Subparsers") -> None:
    """Adds the commands."""
    verbs = add_noun(nouns, "store", "make and check encrypted stores")
    create = add_command(verbs, "create", "make an encrypted store for one party", _create, on_store=True)
    create.add_argument("--role", type=Role, choices=list(Role), required=True, help="whose store it is")
    create.add_argument("--name", required=True, help="your name")
    create.add_argument("--organisation", required=True, help="office, workplace or county")
    create.add_argument("--unit", default="", help="unit in the organisation")
    add_command(verbs, "check", "check every page of a store", _check, on_store=True)


def _create(context: Context) -> ExitStatus:
    options = context.options
    party = Party(role=options.role, name=options.name, organisation=options.organisation, unit=options.unit)
    create_workspace(
        context.tools.vault,
        options.store,
        context.passphrase(),
        party,
        forms=context.tools.forms,
        clock=context.tools.clock,
        words=context.words,
    ).close()
    context.say(context.words("The store is made. Keep the file and the key file beside it together."))
    context.answer({"ok": True, "store": options.store})
    return ExitStatus.OK


def _check(context: Context) -> ExitStatus:
    context.tools.vault.check(context.options.store, context.passphrase())
    context.say(context.words("The store is whole."))
    context.answer({"ok": True, "store": context.options.store, "integrity": "ok"})
    return ExitStatus.OK
