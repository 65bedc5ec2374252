# SPDX-License-Identifier: MIT
"""A form as the plain value that its YAML file holds, and the text of such a file."""

import io
import json
from decimal import Decimal

from ruamel.yaml import YAML
from ruamel.yaml.representer import SafeRepresenter

from rkv_app.forms.model import MAX_TABLE_OPTIONS, Form

Json = dict[str, object]


class _Decimal(float):
    """A number that a form file says without an exponent, which would be read as a text."""


class _Representer(SafeRepresenter):
    """Writes plain values, decimal numbers as a form file says them."""


_Representer.add_representer(
    _Decimal,
    lambda writer, number: writer.represent_scalar(
        "tag:yaml.org,2002:float", format(Decimal(repr(float(number))), "f")
    ),
)


def plain_form(form: Form) -> Json:
    """Returns the form as a form file says it, without what is so anyway."""
    return form.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def form_text(plain: Json) -> str:
    """Returns the text of a form file that holds a plain value."""
    # Through JSON, so that no part stands there twice: anchors are not read.
    value = json.loads(json.dumps(plain), parse_float=_Decimal)
    writer = YAML(typ="safe", pure=True)
    writer.Representer = _Representer
    writer.default_flow_style = False
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.width = 110
    writer.allow_unicode = True
    text = io.StringIO()
    writer.dump(value, text)
    return text.getvalue()


def objects(value: object) -> list[Json]:
    """The JSON objects in a list that somebody else may have written; what is no object is passed over."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def can_be_table(items: list[Json]) -> bool:
    """Whether these questions can stand in one table, so that a stranger's wish for one does not spoil the form."""
    heads = [(one.get("type"), one.get("options"), bool(one.get("notObserved"))) for one in items]
    known = bool(heads) and heads[0][0] in ("choice", "choices", "scale", "yes_no")
    few = len(objects(heads[0][1])) <= MAX_TABLE_OPTIONS if heads else False
    return known and few and all(one == heads[0] for one in heads)


def without_nothing(plain: Json) -> Json:
    """The object without the keys that nothing stands under."""
    return {key: value for key, value in plain.items() if value is not None and value != [] and value != {}}
