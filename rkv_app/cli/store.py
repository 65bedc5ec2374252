# SPDX-License-Identifier: MIT
"""`rkv store`: make a store, look after it, and mend it."""

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli import store_ways
from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command, add_new_passphrase_options, add_noun, add_opening_options
from rkv_app.cli.store_answers import backup_answer, notice_answer, say_notices, slot_answer
from rkv_app.domain.people import Party, Role
from rkv_app.domain.stores import SECOND_FOLDER
from rkv_app.foundation.errors import ExitStatus
from rkv_app.usecases.create_workspace import create_workspace

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(nouns: "Subparsers") -> None:
    """Adds the commands."""
    verbs = add_noun(nouns, "store", "make encrypted stores, look after them, mend them")
    create = add_command(verbs, "create", "make an encrypted store for one party", _create, makes_store=True)
    create.add_argument("--role", type=Role, choices=list(Role), required=True, help="whose store it is")
    create.add_argument("--name", required=True, help="your name")
    create.add_argument("--organisation", required=True, help="office, workplace or county")
    create.add_argument("--unit", default="", help="unit in the organisation")
    add_opening_options(add_command(verbs, "open", "open a store and say what was noticed", _open, on_store=True))
    add_command(verbs, "check", "check all of a store and change nothing; status 4: not sound", _check, on_store=True)
    info = add_command(verbs, "info", "tell of a store: size, ways in, last backup", _info, on_store=True)
    add_opening_options(info)
    backup = add_command(verbs, "backup", "make a backup and check it", _backup, on_store=True)
    backup.add_argument("--second-folder", metavar="DIR", help="from now on also put backups here; empty for no more")
    add_command(verbs, "backups", "list the backups; needs no passphrase", _backups, on_store=True)
    restore = add_command(
        verbs,
        "restore",
        "put a backup in a store's place; the present one is moved aside",
        _restore,
        on_store=True,
    )
    restore.add_argument("--from", type=Path, required=True, metavar="FILE", dest="backup", help="the backup, .rkv")
    salvage = add_command(
        verbs, "salvage", "read what can be read of a damaged store into a new one", _salvage, on_store=True
    )
    salvage.add_argument("--out", type=Path, required=True, metavar="FILE", help="the new store")
    add_new_passphrase_options(salvage)
    add_command(verbs, "rekey", "encrypt the whole store anew under a new key", _rekey, makes_store=True)
    export = add_command(verbs, "export", "write everything as files that anybody can read", _export, on_store=True)
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new or empty folder")
    add_opening_options(export)
    search = add_command(verbs, "search", "find people, cases and words in answers", _search, on_store=True)
    search.add_argument("text", metavar="TEXT", help="words; the last one may be the beginning of a word")
    add_opening_options(search)
    store_ways.add_to(verbs)


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


def _open(context: Context) -> ExitStatus:
    with contextlib.closing(context.store()) as store:
        notices, read_only = store.notices, store.read_only
    context.say(context.words("The store opens."))
    context.answer(
        {"ok": True, "store": context.options.store, "read_only": read_only, "notices": say_notices(context, notices)}
    )
    return ExitStatus.OK


def _check(context: Context) -> ExitStatus:
    health = context.tools.vault.check(context.options.store, context.way(), context.progress())
    if health.sound:
        context.say(context.words("The store is whole."))
        context.answer({"ok": True, "store": context.options.store, "integrity": "ok"})
        return ExitStatus.OK
    findings = [notice_answer(context, finding) for finding in health.findings]
    for finding in findings:
        sys.stderr.write(f"{finding['code']}: {finding['message']}\n{finding['hint']}\n")
    # As every other failure: the first finding is the error, and all of them are in it.
    context.answer({"ok": False, "error": {**findings[0], "findings": findings}})
    return ExitStatus.DAMAGED


def _info(context: Context) -> ExitStatus:
    with contextlib.closing(context.store()) as store:
        info = store.info()
    words = context.words
    context.say(words("Store {id}, {size} bytes, {n} entries in the trail", id=info.store_id, size=info.size,
                      n=info.entries))  # fmt: skip
    store_ways.say_slots(context, info.slots)
    if info.last_backup is None:
        context.say(words("There is no backup yet."))
    else:
        context.say(words("Last backup: {path}", path=info.last_backup.path))
    context.answer(
        {"ok": True, "store": context.options.store, "id": info.store_id, "revision": info.revision, "size": info.size,
         "entries": info.entries, "made_by": info.made_by, "ways_in": [slot_answer(slot) for slot in info.slots],
         "last_backup": backup_answer(info.last_backup) if info.last_backup else None, "read_only": info.read_only}
    )  # fmt: skip
    return ExitStatus.OK


def _backup(context: Context) -> ExitStatus:
    second: str | None = context.options.second_folder
    with contextlib.closing(context.store()) as store:
        if second is not None:
            store.settings.put(SECOND_FOLDER, str(Path(second).absolute()) if second else "")
        backup = store.back_up(context.progress())
    context.say(context.words("The backup is made and checked: {path}", path=backup.path))
    notices = say_notices(context, (backup.notice,) if backup.notice else ())
    context.answer({"ok": True, "backup": backup_answer(backup), "notices": notices})
    return ExitStatus.OK


def _backups(context: Context) -> ExitStatus:
    found = context.tools.vault.backups(context.options.store)
    for backup in found:
        context.say(f"{backup.made_at:%Y-%m-%d %H:%M} UTC  {backup.size:>12}  {backup.path}")
    if not found:
        context.say(context.words("There is no backup yet."))
    context.answer({"ok": True, "backups": [backup_answer(backup) for backup in found]})
    return ExitStatus.OK


def _restore(context: Context) -> ExitStatus:
    options = context.options
    aside = context.tools.vault.restore(options.backup, options.store, context.way(), context.progress())
    context.say(context.words("The backup is in place."))
    if aside is not None:
        context.say(context.words("The store that was there lies here now: {path}", path=aside))
    context.answer({"ok": True, "store": options.store, "aside": aside})
    return ExitStatus.OK


def _salvage(context: Context) -> ExitStatus:
    options, words = context.options, context.words
    report = context.tools.vault.salvage(
        options.store, context.way(), options.out, context.new_passphrase(), context.progress()
    )
    for table in sorted(report.kept.keys() | report.lost.keys()):
        kept, lost = report.kept.get(table, 0), report.lost.get(table, 0)
        context.say(words("{table}: {kept} kept, {lost} lost", table=table, kept=kept, lost=lost))
    context.say(words("What could be read is in {path}. The damaged store was left as it is.", path=options.out))
    context.answer({"ok": True, "store": options.out, "kept": report.kept, "lost": report.lost})
    return ExitStatus.OK


def _rekey(context: Context) -> ExitStatus:
    given_up = context.tools.vault.rekey(context.options.store, context.passphrase(), context.progress())
    context.say(context.words("The store has a new key. Backups made before open with the old ways in."))
    if given_up:
        context.say(context.words("These ways in are gone and must be made anew:"))
        store_ways.say_slots(context, given_up)
    context.answer({"ok": True, "store": context.options.store, "given_up": [slot_answer(slot) for slot in given_up]})
    return ExitStatus.OK


def _export(context: Context) -> ExitStatus:
    with contextlib.closing(context.store()) as store:
        store.export(context.options.out, context.progress())
    context.say(context.words("Everything is in {folder}. These files are NOT protected.", folder=context.options.out))
    context.answer({"ok": True, "folder": context.options.out})
    return ExitStatus.OK


def _search(context: Context) -> ExitStatus:
    with contextlib.closing(context.store()) as store:
        hits = store.search.find(context.options.text)
    for hit in hits:
        context.say(f"{hit.kind.value:<10} {hit.case_id or hit.subject}  {hit.excerpt}")
    if not hits:
        context.say(context.words("Nothing was found."))
    context.answer(
        {"ok": True, "hits": [
            {"kind": hit.kind.value, "subject": hit.subject, "case": hit.case_id, "excerpt": hit.excerpt}
            for hit in hits]}
    )  # fmt: skip
    return ExitStatus.OK if hits else ExitStatus.NO
