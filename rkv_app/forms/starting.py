# SPDX-License-Identifier: MIT
"""The file that a new form begins as: it can be used as it is, and its comments say how to go on."""

import re
from collections.abc import Callable
from typing import Final

from rkv_app.forms.parts import FORM_ID_PATTERN
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import N_, Message, message


def starting_file(form_id: str, year: int, say: Callable[[Message], str] = str) -> str:
    """Returns the text of the first version of a new form.

    Args:
        form_id: what the form is to be called.
        year: of its first version.
        say: puts the comments in a language.

    Raises:
        UserError: RKV-FRM-034 `form_id` cannot be the id of a form.
    """
    if not re.fullmatch(FORM_ID_PATTERN, form_id):
        raise UserError(
            "RKV-FRM-034",
            message("A form cannot be called {id}.", id=form_id[:80]),
            message("Nothing was written. Use small letters from a to z, digits and hyphens, and begin with a letter."),
        )
    text = _TEMPLATE
    for number, comment in enumerate(_COMMENTS):
        text = text.replace(f"<{number}>", say(Message(comment)))
    return text.replace("FORM-ID", form_id).replace("YEAR", str(year))


_COMMENTS: Final = (
    N_("A form. Change the words, take away what you do not need, and copy what you need more of."),
    N_("Check it while you work:   rkv forms lint FORM-ID/YEAR.1.yaml"),
    N_('Two blanks to the right mean "inside". A text with a colon, a comma or a hash sign needs "quotation marks".'),
    N_("Lines that begin with a hash sign are for you; nobody else sees them."),
    N_("What the form is called by programs. It never changes."),
    N_("Year and number. Once people answer the form, do not change this file: copy it to the next version."),
    N_("Words are always in bokmål (nb), nynorsk (nn) and English (en). More languages can follow: uk, ar, pl, se …"),
    N_("Were some languages translated by a machine and read by nobody? Then say so:"),
    N_("A section is a heading with items under it. With appearance: table, its questions stand in a table."),
    N_("A note is read and not answered."),
    N_("One line of text. long_text gives several lines."),
    N_("enableWhen: asked only if all of these hold (or any of them). It looks at questions above."),
    N_("Operators: = != > < >= <= and exists, which asks whether there is an answer (value: true)."),
    N_("choice: one answer. choices: several. scale: steps in order, lowest first."),
    N_("A rule of your own, with your own words for whoever breaks it."),
    N_("A repeat: the same questions as many times as somebody wants."),
    N_("The program finds the number; nobody writes it."),
    N_("Other types: integer, attachment, and aim_matrix with the same columns for every competence aim."),
)
_TEMPLATE: Final = """\
# <0>
# <1>
# <2>
# <3>

# <4>
id: FORM-ID
# <5>
version: "YEAR.1"

# <6>
title:
  nb: Navnet på skjemaet
  nn: Namnet på skjemaet
  en: The name of the form
description:
  nb: Si kort hva skjemaet er til, og hvor lang tid det tar.
  nn: Sei kort kva skjemaet er til, og kor lang tid det tek.
  en: Say briefly what the form is for and how long it takes.

# <7>
# machineTranslated: [uk]

items:
  # <8>
  - id: about
    type: section
    label: {nb: Om arbeidet, nn: Om arbeidet, en: About the work}
    items:
      # <9>
      - id: intro
        type: note
        label:
          nb: Svar på det du vet, og hopp over resten.
          nn: Svar på det du veit, og hopp over resten.
          en: Answer what you know, and skip the rest.

      # <10>
      - id: workplace
        type: text
        required: true
        label: {nb: Arbeidsplass, nn: Arbeidsplass, en: Workplace}

      - id: has_worked
        type: yes_no
        label: {nb: Har du jobbet der?, nn: Har du jobba der?, en: Have you worked there?}

      # <11>
      # <12>
      - id: trade
        type: choice
        label: {nb: Fag, nn: Fag, en: Trade}
        enableWhen:
          all:
            - {item: has_worked, operator: "=", value: true}
        # <13>
        options:
          - code: cook
            label: {nb: Kokk, nn: Kokk, en: Cook}
          - code: other
            label: {nb: Et annet, nn: Eit anna, en: Another one}

      - id: started
        type: date
        max: today
        label: {nb: Når begynte du?, nn: Når byrja du?, en: When did you begin?}

      # <14>
      - id: weekly
        type: hours
        unit: hours_per_week
        label: {nb: Timer i uken, nn: Timar i veka, en: Hours a week}
        constraints:
          - code: too_many
            operator: "<="
            value: 60
            message: {nb: Så mange timer går ikke., nn: Så mange timar går ikkje., en: No week has room for that.}

  # <15>
  - id: jobs
    type: repeat
    max: 10
    label: {nb: Jobber, nn: Jobbar, en: Jobs}
    rowLabel: {nb: Jobb, nn: Jobb, en: Job}
    hint: {nb: Ta med ulønnet arbeid., nn: Ta med ulønt arbeid., en: Include unpaid work.}
    columns:
      - id: place
        type: text
        required: true
        label: {nb: Sted, nn: Stad, en: Place}
      - id: span
        type: period
        openEnd: true
        label: {nb: Fra og til, nn: Frå og til, en: From and to}
        hint:
          nb: La siste dag stå tom hvis du er der ennå.
          nn: La siste dag stå tom om du er der enno.
          en: Leave the last day empty if you are still there.
      - id: percent
        type: hours
        unit: percent
        max: 100
        label: {nb: Stillingsprosent, nn: Stillingsprosent, en: Per cent of full time}

  # <16>
  - id: full_time
    type: calculated
    unit: months
    label: {nb: Måneder i full stilling, nn: Månader i full stilling, en: Months of full time}
    calculate: {function: full_time_months, of: [jobs/span], by: jobs/percent}

# <17>
"""
