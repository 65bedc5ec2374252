# SPDX-License-Identifier: MIT
"""What can be wrong with answers, as a value."""

from dataclasses import dataclass

from rkv_app.foundation.i18n import Message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    Attributes:
        code: stable, `RKV-FRM-nnn`.
        item: path of the item to go to.
        message: what is wrong, without the answer itself; for a constraint, in the form's own words.
        constraint: the code that the form gives the constraint that does not hold (RKV-FRM-026), else empty.
    """

    code: str
    item: str
    message: Message
    constraint: str = ""
