# SPDX-License-Identifier: MIT
"""What can be wrong with a way into a store, each with its code and wording."""

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message


def wrong_passphrase() -> UserError:
    """No passphrase slot opens."""
    return UserError(
        "RKV-STO-001",
        message("The passphrase is wrong."),
        message("Nothing was changed. Check the keyboard layout and Caps Lock, then try again."),
        ExitStatus.LOCKED,
    )


def unknown_word(number: int) -> UserError:
    """A word of a recovery sheet is not on the list; the word itself is not told, only its place."""
    return UserError(
        "RKV-STO-008",
        message("Word number {n} is not a word of a recovery sheet.", n=number),
        message("Nothing was changed. Compare it with the sheet, letter by letter, and type it again."),
        ExitStatus.LOCKED,
    )


def wrong_word_count(typed: int, needed: int) -> UserError:
    """There are too few or too many words."""
    return UserError(
        "RKV-STO-008",
        message("A recovery sheet has {needed} words; {typed} were typed.", needed=needed, typed=typed),
        message("Nothing was changed. Check that no word is missing and none was typed twice."),
        ExitStatus.LOCKED,
    )


def words_do_not_fit() -> UserError:
    """Every word is on the list, but together they are no sheet that was ever made."""
    return UserError(
        "RKV-STO-008",
        message("The words do not fit together: one is another word than on the sheet, or two have changed places."),
        message("Nothing was changed. Compare the words with the sheet, one by one."),
        ExitStatus.LOCKED,
    )


def words_of_another_sheet() -> UserError:
    """The words are a sheet, but not one of this store."""
    return UserError(
        "RKV-STO-008",
        message("These recovery words do not open this store: they are from another sheet."),
        message("Nothing was changed. Look for the sheet that was printed last for this store."),
        ExitStatus.LOCKED,
    )


def quick_unlock_not_available() -> UserError:
    """Quick unlock has run out, was set up elsewhere or before a restart, or its secret is gone."""
    return UserError(
        "RKV-STO-009",
        message("Quick unlock cannot be used now: it has run out, or the machine was restarted."),
        message("Nothing was changed. Open the store with the passphrase; quick unlock can then be turned on again."),
        ExitStatus.LOCKED,
    )


def damaged_header() -> UserError:
    """The header is nothing that this version writes or wrote."""
    return UserError(
        "RKV-STO-010",
        message("The store's key file is damaged, or was written by a newer version of this program."),
        message("Nothing was changed. The passphrase alone cannot open the store; restore the key file from a backup."),
        ExitStatus.DAMAGED,
    )


def changed_header() -> UserError:
    """The header opens, but its seal does not hold: it was changed without the store's key."""
    return UserError(
        "RKV-STO-010",
        message("The store's key file was changed by something other than this program."),
        message("Nothing was changed now. Restore the key file from a backup."),
        ExitStatus.DAMAGED,
    )


def wrong_office_key_file() -> UserError:
    """A PKCS#12 file does not open, or holds no usable key."""
    return UserError(
        "RKV-STO-016",
        message("The office key file does not open: the password is wrong, or it is another kind of file."),
        message("Nothing was changed. Check the file (.p12 or .pfx) and its password, then try again."),
        ExitStatus.LOCKED,
    )


def wrong_office_key() -> UserError:
    """The private key opens no office slot."""
    return UserError(
        "RKV-STO-016",
        message("This office key does not open this store: the store is sealed to another certificate."),
        message("Nothing was changed. Ask whoever keeps the office keys for the one that was used here."),
        ExitStatus.LOCKED,
    )


def unusable_certificate() -> UserError:
    """A certificate that a store cannot be sealed to."""
    return UserError(
        "RKV-STO-016",
        message("This certificate cannot be used as an office key."),
        message("Nothing was changed. It needs an RSA key of 2048 to 8192 bits or a P-256 key, and at most 3 KB."),
    )


def last_way_in() -> UserError:
    """Without this slot nobody could open the store for long."""
    return UserError(
        "RKV-STO-017",
        message("This is the last lasting way into the store, so it cannot be removed."),
        message("Nothing was changed. Add another passphrase, a recovery sheet or an office key first."),
    )


def weak_passphrase(shortest: int) -> UserError:
    """A passphrase that somebody could guess."""
    return UserError(
        "RKV-STO-018",
        message(
            "The passphrase is too easy to guess: it needs at least {n} characters, and no common pattern.", n=shortest
        ),
        message("Nothing was changed. Five or six words that have nothing to do with each other are strong."),
    )


def no_such_way_in() -> UserError:
    """There is no slot of that kind, or by that id."""
    return UserError(
        "RKV-STO-019",
        message("This store has no such way in."),
        message("Nothing was changed. Choose one of the ways in that are listed for the store."),
    )


def no_room_for_another() -> UserError:
    """All slots of the header are taken."""
    return UserError(
        "RKV-STO-019",
        message("There is no room for another way in: a store has at most eight."),
        message("Nothing was changed. Remove one that is no longer used, then try again."),
    )
