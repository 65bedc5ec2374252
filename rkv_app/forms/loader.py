# SPDX-License-Identifier: MIT
"""Reads a form file: a small, closed YAML, checked against the model, every fault told with file and line."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml.events import ScalarEvent

from rkv_app.forms.coherence import check_coherence
from rkv_app.forms.faults import FormFault, near
from rkv_app.forms.model import Form
from rkv_app.foundation.closed_yaml import NotYaml, Place, Refused, Rules, line_of, read_yaml
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.safe_files import explain_os_error

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 24

_LANGUAGES: Mapping[str, Message] = {
    "nb": message("bokmål"),
    "nn": message("nynorsk"),
    "en": message("English"),
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class LoadedForm:
    """A form and the SHA-256 of the file it was read from.

    Attributes:
        lines: place in the file to line, from 1.
    """

    form: Form
    sha256: str
    lines: Mapping[Place, int]


def read_bytes(path: Path) -> tuple[bytes, str]:
    """Returns the content of a form file, at most one byte more than is allowed, and its SHA-256.

    Raises:
        UserError: RKV-SYS-002 and RKV-SYS-004 the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    return data, hashlib.sha256(data).hexdigest()


def load_form(data: bytes, sha256: str, name: str) -> LoadedForm:
    """Reads and checks the content of a form file; `name` stands in the messages.

    Raises:
        UserError: RKV-FRM-001 not YAML, RKV-FRM-002 YAML that is not allowed here, RKV-FRM-003 not a form.
    """
    value, lines = plain_value(data, name)
    form = checked(value)
    if not isinstance(form, Form):
        raise not_a_form(name, line_of(lines, form[0].place), form[0].message) from form[0]
    return LoadedForm(form, sha256, lines)


def checked(value: object) -> Form | tuple[FormFault, ...]:
    """Returns the form that a plain value is, or everything that can be seen to be wrong with it at once."""
    try:
        form = Form.model_validate(value)
        check_coherence(form)
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False)
        # A list whose parts are all wrong is called empty besides, which nobody can correct.
        wrong = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
        no_language = {error["loc"] for error in errors if _is_no_language(error)}
        return tuple(
            _fault(error)
            for error in errors
            if (error["type"] != "too_short" or error["loc"] not in wrong)
            and (error["type"] != "string_type" or error["loc"] not in no_language)
        )
    except FormFault as fault:
        return (fault,)
    return form


def form_from_bytes(data: bytes, name: str) -> Form:
    """Reads and checks the content of a form file. Raises as `load_form`."""
    return load_form(data, "", name).form


def plain_value(data: bytes, name: str) -> tuple[object, Mapping[Place, int]]:
    """Returns the plain value in a form file and the line of each part. Raises RKV-FRM-001, RKV-FRM-002."""
    try:
        return read_yaml(data, _RULES)
    except Refused as refused:
        raise _refused(name, refused.line, refused.what) from refused
    except NotYaml as problem:
        raise _not_yaml(name, problem) from problem


def _scalar(event: ScalarEvent) -> object:
    text = str(event.value)
    # YAML 1.2 core schema (section 10.3.2), and no dates: only an unquoted word is anything but text.
    if not event.implicit[0]:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


_RULES = Rules(MAX_BYTES, message("the file is larger than 1 MiB"), MAX_DEPTH, _scalar)


def _fault(error: ErrorDetails) -> FormFault:
    inner = error.get("ctx", {}).get("error")
    if isinstance(inner, FormFault):
        return FormFault(inner.message, inner.place or error["loc"])
    # The discriminator is reported at its item; the line to correct is that of the key.
    place = (*error["loc"], "type") if error["type"] == "union_tag_invalid" else error["loc"]
    return FormFault(_in_plain_words(error), place)


def _in_plain_words(fault: ErrorDetails) -> Message:
    # A number says where in a list; the list has a name.
    key = next((part for part in reversed(fault["loc"]) if isinstance(part, str)), "–")
    context, given = fault.get("ctx", {}), fault["input"]
    match fault["type"]:
        case "missing" if key in _LANGUAGES:
            return message("{tag} is missing: the words in {language}.", tag=key, language=_LANGUAGES[key])
        case "string_type" if given is None and key not in (*_LANGUAGES, *_keys()):
            return message("{key} is empty. Put a text with a comma in it in quotation marks.", key=key[:60])
        case "string_type" if given is None:
            return message("{key} is empty.", key=key)
        case "model_type" | "list_type" | "tuple_type" | "dict_type" if given is None and fault["loc"]:
            return message("{key} is empty. What belongs to it stands below it, indented further.", key=key)
        case "model_type" | "model_attributes_type" | "dict_type" if fault["loc"]:
            return _no_keys(fault["loc"])
        case "list_type" | "tuple_type":
            return message("{key} must be a list: each entry begins with a dash.", key=key)
        case "model_type" if not fault["loc"]:
            return message("This is not a form: keys such as id, version and items are expected.")
        case "missing":
            return message("{key} is missing.", key=key)
        case "extra_forbidden":
            if key in _keys():
                return message("{key} cannot stand here. Look at how far the line is indented.", key=key)
            if meant := near(key, _keys()):
                return message("{key} is not a word that can stand here. Do you mean {near}?", key=key[:60], near=meant)
            return message("{key} is not a word that can stand here.", key=key[:60])
        case "union_tag_not_found":
            return message("type is missing.")
        case "union_tag_invalid":
            expected = str(context.get("expected_tags", "–"))
            if meant := near(str(context.get("tag", "")), expected.replace("'", "").split(", ")):
                return message("type must be one of {expected}. Do you mean {near}?", expected=expected, near=meant)
            return message("type must be one of {expected}.", expected=expected)
        case "literal_error" | "enum":
            expected = str(context.get("expected", "–")).replace(" or ", ", ")
            return message("{key} must be one of {expected}.", key=key, expected=expected)
        case "bool_type":
            return message("{key} must be true or false, without quotation marks.", key=key)
        case "int_type" | "int_from_float":
            return message("{key} must be a whole number, without quotation marks.", key=key)
        case "float_type":
            return message("{key} must be a number, without quotation marks. Decimals have a point.", key=key)
        case "greater_than_equal":
            return message("{key} must be at least {number}.", key=key, number=context.get("ge"))
        case "less_than_equal":
            return message("{key} must be at most {number}.", key=key, number=context.get("le"))
        case "string_type":
            return message("{key} must be text; put quotation marks around it.", key=key)
        case "string_pattern_mismatch" if key in ("id", "code"):
            return message(
                "{key} has characters that are not allowed there. Write small letters (a to z), digits and {sign}, "
                "a letter first.",
                key=key,
                sign="-" if len(fault["loc"]) == 1 else "_",
            )
        case "string_pattern_mismatch" if key in ("min", "max"):
            return message("{key} must be a day such as 2026-11-24, or the word today.", key=key)
        case "string_pattern_mismatch" if _is_no_language(fault):
            return message("{key} is no language. Put a text with a comma in it in quotation marks.", key=key[:60])
        case "string_pattern_mismatch":
            return message("{key} has characters that are not allowed there.", key=key)
        case "string_too_short" | "too_short":
            return message("{key} is empty.", key=key)
        case "string_too_long" | "too_long":
            return message("{key} is too long.", key=key)
        case _:
            return message("{key} does not have the expected form.", key=key)


def _is_no_language(fault: ErrorDetails) -> bool:
    """Whether a key among words is none; pydantic then gives the key itself as what was wrong."""
    return fault["type"] == "string_pattern_mismatch" and fault["input"] == fault["loc"][-1]


def _no_keys(place: tuple[str | int, ...]) -> Message:
    last = place[-1]
    if isinstance(last, int) and len(place) > 1:
        return message("Number {n} under {key} must have keys and values, with a colon.", n=last + 1, key=place[-2])
    return message("{key} must have keys and values below it, with a colon, and no list and no text.", key=last)


@cache
def _keys() -> frozenset[str]:
    """Every key that stands anywhere in a form file."""
    schema = Form.model_json_schema(by_alias=True)
    parts = (schema, *schema.get("$defs", {}).values())
    return frozenset(key for part in parts for key in part.get("properties", {}))


def not_a_form(name: str, line: int, what: Message) -> UserError:
    """What is said of a file that is YAML and no form."""
    return UserError(
        "RKV-FRM-003",
        message("{file}, line {line}: {what}", file=name, line=line, what=what),
        message("The form is not used. Correct the line, then try again."),
    )


def _not_yaml(name: str, problem: NotYaml) -> UserError:
    return UserError(
        "RKV-FRM-001",
        message("{file}, line {line}: {what}", file=name, line=problem.line, what=problem.what),
        message("The form is not used. Look at indents, colons and quotation marks on that line and the one before."),
    )


def _refused(name: str, line: int, what: Message) -> UserError:
    return UserError(
        "RKV-FRM-002",
        message("{file}, line {line}: {what}.", file=name, line=line, what=what),
        message("The form is not used. Write it with plain keys, lists and texts only."),
    )
