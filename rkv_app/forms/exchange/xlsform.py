# SPDX-License-Identifier: MIT
"""A form as the sheets of an XLSForm: all of it, so that `xlsform_reading` makes the same form of it again.

What XLSForm has words for stands in its own columns; what it lacks stands in columns and sheets whose names begin with
`rkv_`, which other programs pass over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from babel import Locale, UnknownLocaleError

from rkv_app.forms.advice import labels
from rkv_app.forms.exchange.fhir import FIRST_DAY, LAST_DAY, in_our_languages
from rkv_app.forms.exchange.plain import Json, objects, plain_form
from rkv_app.forms.exchange.xpath import calculation, constraint, read_relevant, relevant
from rkv_app.forms.model import (
    NOT_OBSERVED,
    QUESTIONS,
    AimMatrixItem,
    AttachmentItem,
    CalculatedItem,
    ChoiceItem,
    ChoicesItem,
    Form,
    HoursItem,
    Item,
    LongTextItem,
    PeriodItem,
    Question,
    RepeatItem,
    ScaleItem,
    Section,
    TextItem,
    YesNoItem,
)
from rkv_app.forms.parts import OWN_LANGUAGES, EnableWhen, Label
from rkv_app.foundation.i18n import message

Row = dict[str, str]
Sheets = dict[str, list[Row]]

YES, NO = "yes", "no"
# Lists that are ours; no list of a form's own has a hyphen.
YES_NO_LIST = "yes-no"
NOT_OBSERVED_LIST = "yes-no-other"
PART = "part"
# Makes the questions of a group the rows of a table; they must have one list of choices then.
TABLE_LIST = "table-list"
_TYPES: Mapping[str, str] = {
    "section": "begin_group",
    "period": "begin_group",
    "aim_matrix": "begin_repeat",
    "repeat": "begin_repeat",
    "long_text": "text",
    "hours": "decimal",
    "attachment": "file",
    "calculated": "calculate",
}
_ENDS = {"begin_group": "end_group", "begin_repeat": "end_repeat"}
# Keys of a form file that stand in a column of ours, as JSON, where XLSForm has none for them.
OWN_KEYS = (
    "min",
    "max",
    "minLength",
    "maxLength",
    "unit",
    "decimals",
    "openEnd",
    "accept",
    "calculate",
)
# What stood in a column when we wrote it: what stands there otherwise was changed by somebody.
WRITTEN = {column: f"rkv_written_{column}" for column in ("relevant", "constraint", "calculation")}
# In the sheet `rkv_form`: what is usual is written too.
USUAL_KEY = "usual"
ABOUT_KEYS = ("title", "description", "anonymous", "machineTranslated", USUAL_KEY)
WRITTEN_MESSAGE = "rkv_written_constraint_message"
# What holds where a form file says nothing. It is written all the same: where it is gone, somebody took it out.
USUAL: Mapping[str, Json] = {
    "text": {"maxLength": TextItem.model_fields["max_length"].default},
    "long_text": {"maxLength": LongTextItem.model_fields["max_length"].default},
    "hours": {
        "unit": HoursItem.model_fields["unit"].default.value,
        "decimals": HoursItem.model_fields["decimals"].default,
        "min": HoursItem.model_fields["min"].default,
        "max": HoursItem.model_fields["max"].default,
    },
    "attachment": {
        "accept": [kind.value for kind in AttachmentItem.model_fields["accept"].default],
        "max": AttachmentItem.model_fields["max"].default,
    },
    "calculated": {"decimals": CalculatedItem.model_fields["decimals"].default},
    "repeat": {"max": RepeatItem.model_fields["max"].default},
}
_ACCEPT = {"image": "image/*", "pdf": "application/pdf"}
_AIM = message("Competence aim")


def column_of(key: str) -> str:
    """The column of ours for a key of a form file."""
    return "rkv_" + "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in key)


def language_column(head: str, tag: str) -> str:
    """The column of words in a language, as XLSForm names it: `label::Norsk bokmål (nb)`."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        name = tag
    # A name in brackets of its own would hide the tag.
    return f"{head}::{name.partition('(')[0].strip().capitalize()} ({tag})"


@dataclass(frozen=True, slots=True)
class _Writer:
    form: Form
    tags: tuple[str, ...]
    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    constraints: list[Row] = field(default_factory=list)
    lists: set[str] = field(default_factory=set)

    def in_columns(self, head: str, label: Label | None) -> Row:
        """Words of a form in the columns of XLSForm."""
        own = label.languages() if label is not None else ()
        return {language_column(head, tag): label.text(tag) for tag in self.tags if label is not None and tag in own}

    def item(
        self,
        item: Item,
        plain: Json,
        group: str = "",
        asked: Mapping[str, Question] | None = None,
        list_name: str = "",
    ) -> None:
        """Adds the rows of one item.

        Args:
            item: the item.
            plain: as a form file says it.
            group: where a column stands.
            asked: what a condition can name there.
            list_name: the list of choices that the rows of a table have together.
        """
        name = f"{group}.{item.id}" if group else item.id
        kind = self._type(item, list_name or name)
        said = {**USUAL.get(item.type, {}), **plain}
        row: Row = {
            "type": kind,
            "name": name,
            **self.in_columns("label", item.label),
            **self.in_columns("hint", item.hint),
            **self.in_columns("guidance_hint", item.guidance),
            "rkv_type": item.type,
            **{column_of(key): json.dumps(said[key], ensure_ascii=False) for key in OWN_KEYS if key in said},
        }
        known = asked if asked is not None else self._top()
        self._relevant(item.enable_when, plain, row, group, known)
        if isinstance(item, QUESTIONS):
            self._question(item, plain, row, name, group)
            self._options(item, list_name or name)
        elif isinstance(item, Section) and item.is_table:
            row["appearance"] = TABLE_LIST
        elif isinstance(item, AimMatrixItem):
            row["rkv_required"] = item.required.value
        elif isinstance(item, RepeatItem) and item.row_label is not None:
            row |= own_words("rkv_row_label", item.row_label)
        self.survey.append(row)
        self._inside(item, plain, name)
        if kind in _ENDS:
            self.survey.append({"type": _ENDS[kind], "rkv_type": PART})

    def _inside(self, item: Item, plain: Json, name: str) -> None:
        match item:
            case Section():
                for one, inner in zip(item.items, objects(plain["items"]), strict=True):
                    self.item(one, inner, list_name=item.id if item.is_table else "")
            case AimMatrixItem() | RepeatItem():
                if isinstance(item, AimMatrixItem):
                    self._part(f"{name}-aim", "text", in_our_languages(_AIM))
                columns = {column.id: column for column in item.columns}
                for column, inner in zip(item.columns, objects(plain["columns"]), strict=True):
                    self.item(column, inner, item.id, columns)
            case PeriodItem():
                self._part(f"{name}-from", "date", in_our_languages(FIRST_DAY))
                self._part(f"{name}-to", "date", in_our_languages(LAST_DAY))
            case _:
                pass

    def _part(self, name: str, kind: str, label: Label) -> None:
        """A row that another one is asked in, and that is no item of the form."""
        self.survey.append({"type": kind, "name": name, **self._all(label), "rkv_type": PART})

    def _all(self, label: Label) -> Row:
        """Words of ours in every language of the form; where we have none, those that a reader falls back to."""
        return {language_column("label", tag): label.text(tag) for tag in self.tags}

    def _type(self, item: Item, list_name: str) -> str:
        match item:
            case YesNoItem():
                return f"select_one {NOT_OBSERVED_LIST if item.not_observed else YES_NO_LIST}"
            case ChoicesItem():
                return f"select_multiple {list_name}"
            case ChoiceItem() | ScaleItem():
                return f"select_one {list_name}"
            case _:
                return _TYPES.get(item.type, item.type)

    def _question(self, item: Question, plain: Json, row: Row, name: str, group: str) -> None:
        def called(ref: str) -> str:
            return f"{group}.{ref}" if group else ref.replace("/", ".")

        if item.required:
            row["required"] = YES
        if item.type == "long_text":
            row["appearance"] = "multiline"
        if item.type == "attachment":
            row["body::accept"] = ",".join(_ACCEPT[kind] for kind in item.accept)
        if isinstance(item, CalculatedItem):
            row["calculation"] = row[WRITTEN["calculation"]] = calculation(self.form, item.calculate, called)
        elif not isinstance(item, PeriodItem) and (holds := constraint(item, called)):
            row["constraint"] = row[WRITTEN["constraint"]] = holds
        if item.constraints:
            row |= self.in_columns("constraint_message", item.constraints[0].message)
            row[WRITTEN_MESSAGE] = json.dumps(item.constraints[0].message.model_dump(), ensure_ascii=False)
        for one, inner in zip(item.constraints, objects(plain.get("constraints")), strict=True):
            against = {"item": one.item} if one.item is not None else {"value": json.dumps(inner["value"])}
            told = own_words("message", one.message)
            self.constraints.append({"name": name, "code": one.code, "operator": one.operator.value, **against, **told})

    def _options(self, item: Question, list_name: str) -> None:
        if list_name in self.lists:
            return
        if isinstance(item, ChoiceItem | ChoicesItem | ScaleItem):
            self.lists.add(list_name)
            for option in item.options:
                self.choices.append(
                    {
                        "list_name": list_name,
                        "name": option.code,
                        **self.in_columns("label", option.label),
                        **(own_words("rkv_hint", option.hint) if option.hint is not None else {}),
                        **({"rkv_apart": YES} if option.apart else {}),
                        **({"rkv_score": str(option.score)} if option.score is not None else {}),
                    }
                )

    def _relevant(
        self, when: EnableWhen | None, plain: Json, row: Row, group: str, asked: Mapping[str, Question]
    ) -> None:
        if when is None:
            return

        def called(item_id: str) -> str:
            half = "-from" if isinstance(asked[item_id], PeriodItem) else ""
            return (f"{group}.{item_id}" if group else item_id) + half

        row["relevant"] = row[WRITTEN["relevant"]] = relevant(when, asked, called)
        kinds = {called(item_id): item for item_id, item in asked.items()}
        read = read_relevant(row["relevant"], lambda name: kinds[name].type if name in kinds else None)
        for one in objects(next(iter(read.values()))) if read else []:
            one["item"] = kinds[str(one["item"])].id
        # Said as a form says it, where XPath does not tell which of two ways it was said.
        if json.dumps(read) != json.dumps(plain["enableWhen"]):
            row["rkv_relevant"] = json.dumps(plain["enableWhen"], ensure_ascii=False)

    def _top(self) -> Mapping[str, Question]:
        return {ref: item for ref, item in self.form.questions() if "/" not in ref}

    def own_lists(self) -> None:
        """Adds the lists of yes and no, where a question uses them."""
        said = {YES: message("Yes"), NO: message("No"), NOT_OBSERVED: message("Not observed")}
        for name, codes in ((YES_NO_LIST, (YES, NO)), (NOT_OBSERVED_LIST, tuple(said))):
            if any(row["type"] == f"select_one {name}" for row in self.survey):
                for code in codes:
                    self.choices.append({"list_name": name, "name": code, **self._all(in_our_languages(said[code]))})


def xlsform(form: Form) -> Sheets:
    """Returns a form as sheets of an XLSForm, each a list of rows, each row texts by the name of their column."""
    used = {tag for _, label in labels(form) for tag in label.languages()}
    tags = (*OWN_LANGUAGES, *sorted(used - set(OWN_LANGUAGES)))
    writer = _Writer(form, tags)
    plain = plain_form(form)
    for item, inner in zip(form.items, objects(plain["items"]), strict=True):
        writer.item(item, inner)
    writer.own_lists()
    settings = {
        "form_title": form.title.nb,
        "form_id": form.id,
        "version": form.version,
        "default_language": language_column("", "nb").removeprefix("::"),
    }
    return {
        "survey": writer.survey,
        "choices": writer.choices,
        "settings": [settings],
        "rkv_form": _about(form),
        "rkv_constraints": writer.constraints,
        "rkv_migrations": _migrations(form),
    }


def own_words(head: str, label: Label) -> Row:
    """Words in columns of ours: `rkv_hint_nb`."""
    return {f"{head}_{tag}": label.text(tag) for tag in label.languages()}


def _about(form: Form) -> list[Row]:
    found: list[Row] = [{"key": "title", **own_words("text", form.title)}]
    if form.description is not None:
        found.append({"key": "description", **own_words("text", form.description)})
    found.append({"key": USUAL_KEY, "value": YES})
    if form.anonymous:
        found.append({"key": "anonymous", "value": YES})
    found += [{"key": "machineTranslated", "value": tag} for tag in form.machine_translated]
    return found


def _migrations(form: Form) -> list[Row]:
    found: list[Row] = []
    for one in form.migrations:
        found.append({"from": one.from_version, "kind": "from"})
        found += [{"from": one.from_version, "kind": "renamed", "old": a, "new": b} for a, b in one.renamed.items()]
        for item, codes in one.codes.items():
            found.append({"from": one.from_version, "kind": "codes", "item": item})
            found += [
                {"from": one.from_version, "kind": "codes", "item": item, "old": a, "new": b} for a, b in codes.items()
            ]
        found += [{"from": one.from_version, "kind": "dropped", "old": item} for item in one.dropped]
    return found
