# SPDX-License-Identifier: MIT
"""The file that a new form begins as: it can be used as it is, and its comments say how to go on."""

import re

from rkv_app.forms.parts import FORM_ID_PATTERN
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message


def starting_file(form_id: str, year: int) -> str:
    """Returns the text of the first version of a new form.

    Raises:
        UserError: RKV-FRM-034 `form_id` cannot be the id of a form.
    """
    if not re.fullmatch(FORM_ID_PATTERN, form_id):
        raise UserError(
            "RKV-FRM-034",
            message("A form cannot be called {id}.", id=form_id[:80]),
            message("Nothing was written. Use small letters from a to z, digits and hyphens, and begin with a letter."),
        )
    return _TEMPLATE.replace("FORM-ID", form_id).replace("YEAR", str(year))


_TEMPLATE = """\
# A form. Change the words, take away what you do not need, and copy what you need more of.
# Check it while you work:   rkv forms lint FORM-ID/YEAR.1.yaml
# Two blanks to the right mean "inside". Text with a colon or a hash sign needs "quotation marks".
# Lines that begin with a hash sign are for you; nobody else sees them.

# What the form is called by programs. It never changes.
id: FORM-ID
# Year and number. Once people answer the form, do not change this file: copy it to the next version.
version: "YEAR.1"

# Words are always in bokmål (nb), nynorsk (nn) and English (en). More languages can follow: uk, ar, pl, se …
title:
  nb: Navnet på skjemaet
  nn: Namnet på skjemaet
  en: The name of the form
description:
  nb: Si kort hva skjemaet er til, og hvor lang tid det tar.
  nn: Sei kort kva skjemaet er til, og kor lang tid det tek.
  en: Say briefly what the form is for and how long it takes.

# Were some languages translated by a machine and read by nobody? Then say so:
# machineTranslated: [uk]

items:
  # A section is a heading with items under it.
  - id: about
    type: section
    label: {nb: Om arbeidet, nn: Om arbeidet, en: About the work}
    items:
      # A note is read and not answered.
      - id: intro
        type: note
        label:
          nb: Svar på det du vet, og hopp over resten.
          nn: Svar på det du veit, og hopp over resten.
          en: Answer what you know, and skip the rest.

      # One line of text. long_text gives several lines.
      - id: workplace
        type: text
        required: true
        label: {nb: Arbeidsplass, nn: Arbeidsplass, en: Workplace}

      - id: has_worked
        type: yes_no
        label: {nb: Har du jobbet der?, nn: Har du jobba der?, en: Have you worked there?}

      # enableWhen: asked only if all of these hold (or any of them). It looks at questions above.
      # Operators: = != > < >= <= and exists.
      - id: trade
        type: choice
        label: {nb: Fag, nn: Fag, en: Trade}
        enableWhen:
          all:
            - {item: has_worked, operator: "=", value: true}
        # choice: one answer. choices: several. scale: steps in order, lowest first.
        options:
          - code: cook
            label: {nb: Kokk, nn: Kokk, en: Cook}
          - code: other
            label: {nb: Et annet, nn: Eit anna, en: Another one}

      - id: started
        type: date
        max: today
        label: {nb: Når begynte du?, nn: Når byrja du?, en: When did you begin?}

      # A rule of your own, with your own words for whoever breaks it.
      - id: weekly
        type: hours
        unit: hours_per_week
        label: {nb: Timer i uken, nn: Timar i veka, en: Hours a week}
        constraints:
          - code: too_many
            operator: "<="
            value: 60
            message: {nb: Så mange timer går ikke., nn: Så mange timar går ikkje., en: No week has room for that.}

  # A repeat: the same questions as many times as somebody wants.
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

  # The program finds the number; nobody writes it.
  - id: full_time
    type: calculated
    unit: months
    label: {nb: Måneder i full stilling, nn: Månader i full stilling, en: Months of full time}
    calculate: {function: full_time_months, of: [jobs/span], by: jobs/percent}

# Other types: integer, attachment, and aim_matrix with the same columns for every competence aim.
"""
