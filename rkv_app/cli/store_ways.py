# SPDX-License-Identifier: MIT
"""`rkv store ways`: the ways into a store."""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command, add_new_passphrase_options, add_noun
from rkv_app.cli.passphrases import read_words, typed_differently
from rkv_app.cli.store_answers import slot_answer
from rkv_app.crypto.recovery_words import new_recovery_words
from rkv_app.domain.stores import KeySlot, Passphrase
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(verbs: "Subparsers") -> None:
    """Adds the commands."""
    ways = add_noun(verbs, "ways", "the ways into a store: list, add, change, remove")
    add_command(ways, "list", "list the ways in; needs no passphrase", _list, on_store=True)
    passphrase = add_command(ways, "add-passphrase", "another passphrase that opens it", _add_passphrase, on_store=True)
    add_new_passphrase_options(passphrase)
    passphrase.add_argument("--label", default="", help="what to call it; anybody with the files can read it")
    change = add_command(ways, "change-passphrase", "a passphrase in the place of another", _change, makes_store=True)
    add_new_passphrase_options(change)
    recovery = add_command(ways, "add-recovery", "24 words on paper that open it", _add_recovery, on_store=True)
    recovery.add_argument("--words-file", type=Path, metavar="FILE", help="words from `new-words`, typed into FILE")
    recovery.add_argument("--label", default="", help="what to call it; anybody with the files can read it")
    add_command(ways, "new-words", "make 24 recovery words; they open nothing until added", _new_words)
    remove = add_command(ways, "remove", "take a way in away", _remove, on_store=True)
    remove.add_argument("id", metavar="ID", help="as `list` shows it")


def say_slots(context: Context, slots: Sequence[KeySlot]) -> None:
    """Tells a person of ways in, one a line."""
    for slot in slots:
        until = context.words("until {moment} UTC", moment=f"{slot.expires:%Y-%m-%d %H:%M}") if slot.expires else ""
        context.say(f"  {slot.kind.value:<10}  {slot.id}  {slot.label}  {until}".rstrip())


def _list(context: Context) -> ExitStatus:
    slots = context.tools.vault.ways_in(context.options.store)
    say_slots(context, slots)
    context.answer({"ok": True, "ways_in": [slot_answer(slot) for slot in slots]})
    return ExitStatus.OK


def _add_passphrase(context: Context) -> ExitStatus:
    with contextlib.closing(context.store()) as store:
        slot = store.ways_in.add_passphrase(context.new_passphrase(), context.options.label, context.tools.clock.now())
    return _added(context, slot)


def _change(context: Context) -> ExitStatus:
    old = context.passphrase()
    with contextlib.closing(context.opened(Passphrase(old))) as store:
        store.ways_in.change_passphrase(old, context.new_passphrase(), context.tools.clock.now())
    context.say(context.words("The passphrase is changed. Backups made before open with the old one."))
    context.answer({"ok": True, "store": context.options.store})
    return ExitStatus.OK


def _add_recovery(context: Context) -> ExitStatus:
    options = context.options
    with contextlib.closing(context.store()) as store:
        words = read_words(options.words_file) if options.words_file else _written_down(context)
        slot = store.ways_in.add_recovery(words, options.label, context.tools.clock.now())
    return _added(context, slot)


def _written_down(context: Context) -> str:
    """Shows new words, and returns them as they were typed back."""
    if not sys.stdin.isatty():
        raise UserError(
            "RKV-CLI-001",
            message("The recovery words must be typed back, and there is nobody to ask here."),
            message("Nothing was done. Make words with `rkv store ways new-words`, then use --words-file."),
        )
    words = new_recovery_words()
    asked = context.words("Write these words on paper, then type them here.")
    sys.stderr.write(f"{words}\n{asked}\n")
    return _typed_back(context, words)


def _typed_back(context: Context, words: str) -> str:
    sys.stderr.write(context.words("The words") + ": ")
    sys.stderr.flush()
    typed = sys.stdin.readline()
    if typed.split() != words.split():
        raise typed_differently()
    return typed


def _new_words(context: Context) -> ExitStatus:
    words = new_recovery_words()
    context.say(words)
    context.answer({"ok": True, "words": words.split()})
    return ExitStatus.OK


def _remove(context: Context) -> ExitStatus:
    with contextlib.closing(context.store()) as store:
        store.ways_in.remove(context.options.id, context.tools.clock.now())
    context.say(context.words("The way in is gone. Backups made before still open with it."))
    context.answer({"ok": True, "store": context.options.store})
    return ExitStatus.OK


def _added(context: Context, slot: KeySlot) -> ExitStatus:
    context.say(context.words("The way in is added."))
    say_slots(context, [slot])
    context.answer({"ok": True, "way_in": slot_answer(slot)})
    return ExitStatus.OK
