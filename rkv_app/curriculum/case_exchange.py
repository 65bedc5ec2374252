# SPDX-License-Identifier: MIT
"""A curriculum as a 1EdTech CASE 1.1 package, and back again without loss. See docs/formats/case.md.

What CASE has a field for stands there; everything else that Grep says stands in an extension of the document and of
each item. Where the two disagree, CASE's own field counts, because that is what other programs edit.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from pydantic import TypeAdapter, ValidationError

from rkv_app.curriculum.case_records import (
    AIM_TYPE,
    IS_CHILD_OF,
    IS_RELATED_TO,
    REPLACED_BY,
    SET_TYPE,
    CasePackage,
    Code,
    printable,
)
from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum, OfficialText
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message

EXTENSION: Final = "no.rkv.grep"
_PUBLISHER: Final = "Utdanningsdirektoratet"
_ADOPTED, _DEPRECATED = "Adopted", "Deprecated"
_TAG: Final[Mapping[str, str]] = {"nob": "nb", "nno": "nn", "eng": "en", "sme": "se"}
_LANGUAGE: Final[Mapping[str, str]] = {tag: code for code, tag in _TAG.items()}
_PLAIN: Final = re.compile(r"[A-Za-z_]{1,40}", re.ASCII)
_UNKNOWN_MOMENT: Final = "1970-01-01T00:00:00Z"
_LONGEST = 20_000


def write_case(curriculum: Curriculum) -> dict[str, object]:
    """Returns a CFPackage as JSON values; the same curriculum gives the same package, identifiers too."""
    moment = _moment(curriculum.changed)
    document = {
        "identifier": identifier(curriculum.uri),
        "uri": curriculum.uri,
        "caseVersion": "1.1",
        "creator": _PUBLISHER if _is_grep(curriculum) else curriculum.source,
        "title": _title(curriculum.title) or curriculum.code,
        "lastChangeDateTime": moment,
        "officialSourceURL": curriculum.uri,
        "publisher": curriculum.source,
        "language": _tag(curriculum.title),
        "version": curriculum.changed or None,
        "adoptionStatus": _ADOPTED if curriculum.published else _DEPRECATED,
        "statusStartDate": curriculum.valid_from and curriculum.valid_from.isoformat(),
        "statusEndDate": curriculum.valid_to and curriculum.valid_to.isoformat(),
        "extensions": _extension(Curriculum, curriculum, "sets"),
    }
    items: dict[str, object] = {}
    for aim_set in curriculum.sets:
        extension = _extension(AimSet, aim_set, "aims")
        items.setdefault(aim_set.uri, _item(aim_set, aim_set.title, SET_TYPE, extension, moment))
        for aim in aim_set.aims:
            items.setdefault(aim.uri, _item(aim, aim.text, AIM_TYPE, _extension(CompetenceAim, aim), moment))
    return {
        "CFDocument": {name: value for name, value in document.items() if value is not None},
        "CFItems": list(items.values()),
        "CFAssociations": list(_associations(curriculum)),
    }


def read_case(data: Mapping[str, object]) -> Curriculum:
    """Reads a CFPackage, ours or another program's: items that have children are sets, the others are aims.

    Raises:
        UserError: RKV-CUR-020 it is no CASE package that a curriculum can be made of.
    """
    try:
        package = CasePackage.model_validate(data)
        document = package.document
        known = _known(document.extensions)
        code = _code(known.get("code"), document.identifier)
        tree = {
            "changed": document.version or document.changed,
            "published": document.adoption_status != _DEPRECATED,
            "source": document.publisher or document.creator,
            **known,
            "code": code,
            "uri": document.uri,
            "title": _text(known.get("title"), document.title, document.language, code),
            "valid_from": document.start,
            "valid_to": document.end,
            "sets": tuple(_Tree(package).sets()),
        }
        curriculum: Curriculum = _adapter(Curriculum).validate_python(tree)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"][:4] if isinstance(part, int) or _PLAIN.fullmatch(str(part)))
        raise _unreadable(message("the field {field} is missing or wrong", field=where or "CFPackage")) from None
    except _Refused as problem:
        raise _unreadable(problem.why) from None
    except RecursionError:
        raise _unreadable(message("it is nested too deep")) from None
    if not curriculum.aim_count():
        raise _unreadable(message("there is no competence aim in it"))
    return curriculum


def identifier(uri: str) -> str:
    """The UUID under which a Grep URI is known in CASE: the same one everywhere and always (RFC 9562, version 5)."""
    return str(uuid5(NAMESPACE_URL, uri))


class _Refused(Exception):
    def __init__(self, why: Message) -> None:
        super().__init__(why.msgid)
        self.why = why


class _Tree:
    """Which item stands below which, in order."""

    def __init__(self, package: CasePackage) -> None:
        self._document = package.document
        self._items = {item.identifier: item for item in package.items}
        placed = [one for one in package.associations if one.kind == IS_CHILD_OF]
        placed.sort(key=lambda one: one.place if one.place is not None else len(placed))
        self._below: dict[str, list[str]] = {}
        for one in placed:
            if one.origin.identifier in self._items:
                self._below.setdefault(one.destination.identifier, []).append(one.origin.identifier)
        children = {child for below in self._below.values() for child in below}
        # Items that stand below nothing are read too: many frameworks leave their uppermost associations out.
        roots = self._below.get(self._document.identifier, [])
        self._roots = [*roots, *(one for one in self._items if one not in children)]

    def sets(self) -> Iterator[dict[str, object]]:
        """The sets in reading order; one that only holds other sets is none."""
        reached = {one for one in self._roots if not self._is_set(one)}
        if reached:
            own = {"code": _code(None, self._document.identifier), "uri": self._document.uri}
            title = OfficialText({"default": self._document.title})
            yield {**own, "title": title, "aims": tuple(self._aim(one) for one in self._roots if one in reached)}
        waiting = [one for one in self._roots if self._is_set(one)]
        while waiting:
            at = waiting.pop(0)
            if at in reached:
                continue
            below = self._below.get(at, [])
            aims = [one for one in below if not self._is_set(one)]
            reached.update((at, *aims))
            if aims or not below:
                yield {**self._plain(at, "title"), "aims": tuple(self._aim(one) for one in aims)}
            waiting[:0] = [one for one in below if self._is_set(one)]
        if len(reached) < len(self._items):
            raise _Refused(message("an item stands below itself"))

    def _is_set(self, identifier: str) -> bool:
        return bool(self._below.get(identifier)) or self._items[identifier].item_type == SET_TYPE

    def _aim(self, identifier: str) -> dict[str, object]:
        return self._plain(identifier, "text")

    def _plain(self, identifier: str, named: str) -> dict[str, object]:
        item = self._items[identifier]
        known = _known(item.extensions)
        code = _code(item.code, item.identifier)
        text = _text(known.get(named), item.statement, item.language, code)
        return {"code": code, **known, "uri": item.uri, named: text}


def _item(
    one: AimSet | CompetenceAim, text: OfficialText, kind: str, extensions: dict[str, object], moment: str
) -> dict[str, object]:
    tag = _tag(text)
    return {
        "identifier": identifier(one.uri),
        "fullStatement": _first(text)[0] or one.code,
        "CFItemType": kind,
        "uri": one.uri,
        "humanCodingScheme": one.code,
        **({"language": tag} if tag else {}),
        "lastChangeDateTime": moment,
        "extensions": extensions,
    }


def _associations(curriculum: Curriculum) -> Iterator[dict[str, object]]:
    moment = _moment(curriculum.changed)
    plan = (curriculum.uri, _title(curriculum.title) or curriculum.code)

    def join(
        kind: str, origin: tuple[str, str], destination: tuple[str, str], *, place: int | None = None, notes: str = ""
    ) -> dict[str, object]:
        own = identifier(f"{origin[0]} {kind} {destination[0]} {notes}")
        return {
            "identifier": own,
            "associationType": kind,
            **({"sequenceNumber": place} if place is not None else {}),
            "uri": f"urn:uuid:{own}",
            "originNodeURI": _link(*origin),
            "destinationNodeURI": _link(*destination),
            "lastChangeDateTime": moment,
            **({"notes": notes} if notes else {}),
        }

    def other(code: str) -> tuple[str, str]:
        return curriculum.uri.removesuffix(curriculum.code) + code, code

    for set_place, aim_set in enumerate(curriculum.sets, 1):
        its_set = (aim_set.uri, _title(aim_set.title) or aim_set.code)
        yield join(IS_CHILD_OF, its_set, plan, place=set_place)
        for place, aim in enumerate(aim_set.aims, 1):
            its_aim = (aim.uri, aim.code)
            yield join(IS_CHILD_OF, its_aim, its_set, place=place)
            for code, notes in ((aim.taken_from, "hentet-fra"), (aim.reuse_of, "gjenbruk-av")):
                if code:
                    yield join(IS_RELATED_TO, its_aim, other(code), notes=notes)
    for code in curriculum.replaced_by:
        yield join(REPLACED_BY, plan, other(code))
    for code in curriculum.replaces:
        yield join(REPLACED_BY, other(code), plan)
    for code in curriculum.original_plans:
        yield join(IS_RELATED_TO, plan, other(code), notes="opprinnelige-planer")


def _link(uri: str, title: str) -> dict[str, object]:
    return {"title": title, "identifier": identifier(uri), "uri": uri, "targetType": "CASE"}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    # Whatever fields the domain has are carried, also those that come later.
    return TypeAdapter(kind)


def _extension(kind: Any, value: object, without: str = "") -> dict[str, object]:
    dumped = _adapter(kind).dump_python(value, mode="json")
    return {EXTENSION: {name: said for name, said in dumped.items() if name != without}}


def _known(extensions: dict[str, Any] | None) -> dict[str, Any]:
    """What our own extension says, checked as far as the types of the domain do not."""
    own = (extensions or {}).get(EXTENSION)
    if not isinstance(own, dict):
        return {}
    for text in _strings(own):
        if len(text) > _LONGEST:
            raise _Refused(message("a text is too long"))
        try:
            printable(text)
        except ValueError:
            raise _Refused(message("a text has signs that cannot be printed")) from None
    return own


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _text(known: object, shown: str, tag: str | None, code: str) -> OfficialText:
    """The texts in all languages; the one that CASE shows counts in its own language."""
    languages = known.get("by_language") if isinstance(known, dict) else None
    if not isinstance(languages, dict):
        own = _LANGUAGE.get(tag or "", tag or "default")
        return OfficialText({"default": shown, own: shown})
    texts = {str(language): str(text) for language, text in languages.items()}
    was, in_language = _first(OfficialText(texts))
    if " ".join((was or code).split()) != " ".join(shown.split()):
        texts = {language: shown if text == was else text for language, text in texts.items()} | {in_language: shown}
    return OfficialText(texts)


def _first(text: OfficialText) -> tuple[str, str]:
    return text.shown("nb")


def _title(text: OfficialText) -> str:
    """A title on one line, as CASE's NormalizedString."""
    return " ".join(_first(text)[0].split())


def _tag(text: OfficialText) -> str | None:
    code = _first(text)[1]
    if code == "default":
        same = [one for one, said in text.by_language.items() if one != code and said == text.by_language.get(code)]
        code = same[0] if same else ""
    return _TAG.get(code, code) or None


_CODE: Final = TypeAdapter(Code)


def _code(given: object, identifier: str) -> str:
    try:
        return str(_CODE.validate_python(given))
    except ValidationError:
        return identifier


def _moment(changed: str) -> str:
    """Grep's moment as RFC 3339 wants it. Grep names no time zone; the exact words stand in the extension."""
    try:
        moment = datetime.fromisoformat(changed)
    except ValueError:
        return _UNKNOWN_MOMENT
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _is_grep(curriculum: Curriculum) -> bool:
    return curriculum.source.startswith("Udir")


def _unreadable(why: Message) -> UserError:
    return UserError(
        "RKV-CUR-020",
        message("This CASE package cannot be read: {why}.", why=why),
        message("Nothing was imported. Ask for a CASE 1.1 package (CFPackage) of one framework, as JSON."),
    )
