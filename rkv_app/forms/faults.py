# SPDX-License-Identifier: MIT
"""What can be wrong with a form file, told with the place in the file."""

from rkv_app.foundation.closed_yaml import Place
from rkv_app.foundation.i18n import Message


class FormFault(ValueError):
    """A form that cannot be used; the loader adds file and line.

    Attributes:
        message: what is wrong, in plain words.
        place: where, or empty where the one who raised it cannot know.
    """

    def __init__(self, message: Message, place: Place = ()) -> None:
        super().__init__(str(message))
        self.message = message
        self.place = place
