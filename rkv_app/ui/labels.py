# SPDX-License-Identifier: MIT
"""The words for every code that is shown: ratings, documentation, trust, states. Only the county's decision judges."""

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale

from rkv_app.documents.labels import CASE_STATE, DIRECTION, DOCUMENT_ROLE, MESSAGE_TYPE
from rkv_app.domain.cases import CaseState
from rkv_app.domain.coverage import Covered, Why
from rkv_app.domain.evaluations import KnownBy, Rating
from rkv_app.domain.exchange import Contact, Decision, Direction, DocumentRole, MessageType, Standing, Trust
from rkv_app.domain.people import Party, Role
from rkv_app.domain.self_assessment import Beside, Own
from rkv_app.domain.stores import CaseOrder, HitKind, KeySlot, SlotKind
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import N_, Language, Words
from rkv_app.ui.widgets.basics import Tone
from rkv_app.ui.widgets.strength_meter import MeterTone
from rkv_app.usecases.check_packet import trust_words
from rkv_app.usecases.choose_passphrase import ENOUGH, SHORTEST, PassphraseRating
from rkv_app.usecases.comparing import compared_how

_RATINGS: Mapping[Rating, str] = {
    Rating.NOT_TRIED: N_("Not tried here"),
    Rating.LEARNING: N_("In training"),
    Rating.GUIDED: N_("Does it with guidance"),
    Rating.INDEPENDENT: N_("Does it independently"),
}
_MEDIA_TYPES: Mapping[str, str] = {
    "application/pdf": N_("PDF"),
    "image/png": N_("Picture"),
    "image/jpeg": N_("Picture"),
    "image/tiff": N_("Picture"),
    "image/heic": N_("Picture"),
    "text/plain": N_("Plain text"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": N_("Text document"),
    "application/vnd.oasis.opendocument.text": N_("Text document"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": N_("Spreadsheet"),
    "application/xml": N_("Data for programs"),
    "application/json": N_("Data for programs"),
}
_OTHER_FILE = N_("Other file")
_RATING_SIGNS: Mapping[Rating, str] = {
    Rating.NOT_TRIED: "–",
    Rating.LEARNING: "◔",
    Rating.GUIDED: "◑",
    Rating.INDEPENDENT: "●",
}
_KNOWN_BY: Mapping[KnownBy, str] = {
    KnownBy.OBSERVED: N_("observed"),
    KnownBy.TALKED: N_("talked through"),
    KnownBy.PRODUCT: N_("work product"),
    KnownBy.COURSE: N_("course"),
}
_OWN: Mapping[Own, str] = {
    Own.CANNOT: N_("Cannot"),
    Own.A_LITTLE: N_("Can a little"),
    Own.CAN: N_("Can"),
}
# Not those of documentation: a candidate's own word is another thing, and "cannot" is not "no information".
_OWN_SIGNS: Mapping[Own, str] = {Own.CANNOT: "□", Own.A_LITTLE: "◧", Own.CAN: "■"}
_BESIDE: Mapping[Beside, str] = {
    Beside.NOBODY: N_("The candidate has not said anything about this aim."),
    Beside.ONLY_SUPERVISORS: N_("The candidate has not said anything about this aim."),
    Beside.ONLY_CANDIDATE: N_("Only the candidate has said something."),
    Beside.ALIKE: N_("The candidate and the workplace see it alike."),
    Beside.CANDIDATE_SEES_MORE: N_("The candidate says more than the workplace has seen. Ask where they have done it."),
    Beside.SUPERVISORS_SEE_MORE: N_("The workplace has seen more than the candidate says. Tell the candidate."),
}
_COVERED: Mapping[Covered, str] = {
    Covered.COVERED: N_("Well documented"),
    Covered.PARTLY: N_("Partly documented"),
    Covered.NOT_TRIED: N_("Not tried"),
    Covered.NO_INFORMATION: N_("No information"),
}
_COVERED_SIGNS: Mapping[Covered, str] = {
    Covered.COVERED: "●",
    Covered.PARTLY: "◑",
    Covered.NOT_TRIED: "–",
    Covered.NO_INFORMATION: "○",
}
_COVERED_TONES: Mapping[Covered, Tone] = {
    Covered.COVERED: "success",
    Covered.PARTLY: "warning",
    Covered.NOT_TRIED: "neutral",
    Covered.NO_INFORMATION: "neutral",
}
_WHY: Mapping[Why, str] = {
    Why.NOBODY_SAID: N_("Nobody has said anything about this aim yet."),
    Why.NOT_TRIED_ANYWHERE: N_("The aim was not tried at the workplace. That says nothing about the candidate."),
    Why.LEARNING: N_("The candidate was in training when it was evaluated."),
    Why.GUIDED: N_("The candidate does it with guidance."),
    Why.NOT_SEEN: N_("Done independently, but nobody has seen it being done or seen the result."),
    Why.TOO_OLD: N_("The observation is older than the county counts."),
    Why.SEEN_INDEPENDENT: N_("Done independently, and seen by somebody at the workplace."),
}
_STATE_TONES: Mapping[CaseState, Tone] = {
    CaseState.DRAFT: "neutral",
    CaseState.COLLECTING: "info",
    CaseState.READY: "info",
    CaseState.SENT: "info",
    CaseState.RECEIVED: "success",
    CaseState.SUPPLEMENT_REQUESTED: "warning",
    CaseState.SUPPLEMENTED: "info",
    CaseState.DECIDED: "success",
    CaseState.CLOSED: "neutral",
    CaseState.WITHDRAWN: "neutral",
}
_TRUST: Mapping[Trust, Tone] = {
    Trust.ORGANISATION: "success",
    Trust.VERIFIED_CONTACT: "success",
    Trust.REPLY: "success",
    Trust.PINNED_CONTACT: "warning",
    Trust.UNKNOWN: "danger",
}
_STANDINGS: Mapping[Standing, tuple[str, Tone]] = {
    Standing.NEW: (N_("No receipt sent yet"), "info"),
    Standing.RECEIPT_SENT: (N_("Receipt sent"), "success"),
    Standing.ASKED_FOR_MORE: (N_("Asked for more"), "warning"),
    Standing.MORE_CAME: (N_("More has come"), "info"),
    Standing.DECIDED: (N_("Outcome sent"), "success"),
}
_ROLES: Mapping[Role, str] = {
    Role.ADVISER: N_("Adviser at Nav"),
    Role.SUPERVISOR: N_("Supervisor at a workplace"),
    Role.INTAKE: N_("Intake at the county"),
}
_CASE_ORDERS: Mapping[CaseOrder, str] = {
    CaseOrder.CHANGED: N_("Last changed first"),
    CaseOrder.NAME: N_("Name"),
    CaseOrder.STATE: N_("Where it stands"),
    CaseOrder.REFERENCE: N_("Reference"),
}
_HITS: Mapping[HitKind, str] = {
    HitKind.CANDIDATE: N_("Name"),
    HitKind.CASE: N_("Case"),
    HitKind.PLACEMENT: N_("Placement"),
    HitKind.ANSWER: N_("Answer"),
    HitKind.ATTACHMENT: N_("Attachment"),
}
_WAYS_IN: Mapping[SlotKind, str] = {
    SlotKind.PASSPHRASE: N_("Passphrase"),
    SlotKind.RECOVERY: N_("Recovery sheet"),
    SlotKind.QUICK: N_("Quick unlock on this machine"),
    SlotKind.OFFICE: N_("Office certificate"),
}
_SIZES = (N_("{n} bytes"), N_("{n} kB"), N_("{n} MB"), N_("{n} GB"))
_LOCALES: Mapping[Language, tuple[QLocale.Language, QLocale.Country]] = {
    Language.BOKMAL: (QLocale.Language.NorwegianBokmal, QLocale.Country.Norway),
    Language.NYNORSK: (QLocale.Language.NorwegianNynorsk, QLocale.Country.Norway),
    Language.ENGLISH: (QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


def rating(words: Words, value: Rating) -> str:
    """A step of the scale."""
    return words(_RATINGS[value])


def rating_sign(value: Rating) -> str:
    """A sign for a step of the scale; the words always stand beside it."""
    return _RATING_SIGNS[value]


def known_by(words: Words, values: frozenset[KnownBy]) -> str:
    """How the supervisor knows, in the order of the form."""
    return ", ".join(words(_KNOWN_BY[value]) for value in KnownBy if value in values)


def own(words: Words, value: Own) -> str:
    """What the candidate says of an aim: sign and words."""
    return f"{_OWN_SIGNS[value]} {words(_OWN[value])}"


def beside(words: Words, value: Beside) -> str:
    """How the candidate's word and the workplace's stand to each other."""
    return words(_BESIDE[value])


def covered(words: Words, value: Covered) -> str:
    """How well an aim is documented: sign and words."""
    return f"{_COVERED_SIGNS[value]} {words(_COVERED[value])}"


def covered_tone(value: Covered) -> Tone:
    """The tone that goes with it."""
    return _COVERED_TONES[value]


def why(words: Words, value: Why) -> str:
    """The reason that decided how well an aim is documented."""
    return words(_WHY[value])


def case_state(words: Words, state: CaseState) -> tuple[str, Tone]:
    """Where a case stands."""
    return words.say(CASE_STATE[state]), _STATE_TONES[state]


def trust(words: Words, value: Trust, contact: Contact | None = None) -> tuple[str, Tone]:
    """How far a sender is known, with who compared the digits where that is on record."""
    if value is Trust.VERIFIED_CONTACT and contact is not None and contact.checked_on is not None:
        return checked(words, contact), _TRUST[value]
    if value is Trust.ORGANISATION and contact is not None and contact.card.party.org_number:
        return in_line(words.say(trust_words(value)), org_number(words, contact.card.party)), _TRUST[value]
    return words.say(trust_words(value)), _TRUST[value]


def checked(words: Words, contact: Contact) -> str:
    """Who compared the digits of a contact, when, and how where that is known."""
    if contact.checked_on is None:
        return words("Known contact, digits not compared yet")
    said = words(
        "Known contact, checked {date} by {name}", date=day(words, contact.checked_on), name=contact.checked_by
    )
    told = compared_how(contact.checked_how)
    return in_line(said, told if isinstance(told, str) else words.say(told))


def org_number(words: Words, value: Party) -> str:
    """The organisation number of a party, in groups as people write it; nothing where there is none."""
    grouped = grouped_number(value.org_number)
    return words("organisation number {number}", number=grouped) if grouped else ""


def grouped_number(value: str) -> str:
    """An organisation number as people write it, 999 999 999."""
    digits = "".join(value.split())
    return " ".join(digits[at : at + 3] for at in range(0, len(digits), 3))


def fingerprint(value: str) -> str:
    """A fingerprint in groups of four signs, for comparing."""
    return " ".join(value[at : at + 4].upper() for at in range(0, len(value), 4))


def issuer_kind(words: Words, *, is_root: bool) -> str:
    """What an issuer of certificates is to the chains that lead to it."""
    if is_root:
        return words("Root: certificates may lead to it")
    return words("In between: counts only together with its root")


def message_type(words: Words, value: MessageType) -> str:
    """A type of packet."""
    return words.say(MESSAGE_TYPE[value])


def document_role(words: Words, value: DocumentRole) -> str:
    """What a document is good for."""
    return words.say(DOCUMENT_ROLE[value])


def decision(words: Words, value: Decision) -> str:
    """A line of the county's decision: what it is about, and whether it is recognised."""
    said = words("Recognised") if value.recognised else words("Not recognised")
    return f"{said}: {value.code} {value.title}"


def standing(words: Words, value: Standing) -> tuple[str, Tone]:
    """Where an application stands with the county."""
    said, tone = _STANDINGS[value]
    return words(said), tone


def direction(words: Words, value: Direction) -> str:
    """Whether a packet was sent or received."""
    return words.say(DIRECTION[value])


def role(words: Words, value: Role) -> str:
    """A party's part in the conversation."""
    return words(_ROLES[value])


def party(value: Party) -> str:
    """Who somebody is, and where."""
    return in_line(value.name, value.unit, value.organisation)


def in_line(*parts: str) -> str:
    """Those of the parts that there are, in a line."""
    return ", ".join(part for part in parts if part)


def case_order(words: Words, value: CaseOrder) -> str:
    """How a list of cases is sorted."""
    return words(_CASE_ORDERS[value])


def hit_kind(words: Words, value: HitKind) -> str:
    """What a search found."""
    return words(_HITS[value])


def way_in(words: Words, slot: KeySlot) -> str:
    """A way into a store, with what its owner calls it."""
    return f"{words(_WAYS_IN[slot.kind])}: {slot.label}" if slot.label else words(_WAYS_IN[slot.kind])


def way_in_since(words: Words, slot: KeySlot) -> str:
    """Since when a way in is there, and for how long it stays."""
    said = [words("Since {date}", date=day(words, local_date(slot.created)))] if slot.created else []
    if slot.expires is not None:
        said.append(words("until {moment}", moment=moment(words, slot.expires)))
    return ", ".join(said)


def strength(words: Words, rating: PassphraseRating) -> tuple[int, MeterTone, str]:
    """How many steps of the meter a passphrase fills, in which tone, and what it is worth."""
    if rating.is_short:
        return 1, "danger", words("Too short: at least {n} characters", n=SHORTEST)
    if rating.steps < ENOUGH:
        tone: MeterTone = "danger" if rating.steps < ENOUGH - 1 else "warning"
        return max(1, rating.steps), tone, words("Too easy to guess")
    return rating.steps, "success", words("Very good") if rating.steps > ENOUGH else words("Good")


def media_type(words: Words, kind: str) -> str:
    """What kind of file something is, by its media type."""
    return words(_MEDIA_TYPES.get(kind, _OTHER_FILE))


def size(words: Words, octets: int) -> str:
    """How large a file is, in the unit that leaves at most three digits before the comma."""
    shown, steps = float(octets), 0
    while shown >= 1000 and steps < len(_SIZES) - 1:
        shown, steps = shown / 1000, steps + 1
    language, country = _LOCALES[words.language]
    digits = 1 if steps and shown < 10 else 0
    return words(_SIZES[steps], n=QLocale(language, country).toString(shown, "f", digits))


def number(words: Words, value: int) -> str:
    """A count as the reader groups its digits."""
    language, country = _LOCALES[words.language]
    return QLocale(language, country).toString(value)


def day(words: Words, value: date) -> str:
    """A date in the reader's language, as 24. november 2026."""
    language, country = _LOCALES[words.language]
    pattern = "d MMMM yyyy" if words.language is Language.ENGLISH else "d. MMMM yyyy"
    return QLocale(language, country).toString(QDate(value.year, value.month, value.day), pattern)


def short_day(value: date) -> str:
    """A date in digits, for tables."""
    return value.strftime("%d.%m.%Y")


def moment(words: Words, value: datetime) -> str:
    """A point in time in the user's own time zone, date and hour."""
    local = value.astimezone()
    return f"{day(words, local.date())} {local:%H:%M}"


def period(words: Words, start: date, end: date | None) -> str:
    """From the first day to the last, or on."""
    if end is None:
        return words("from {start}", start=day(words, start))
    return words("{start} to {end}", start=day(words, start), end=day(words, end))


def masked(number: str) -> str:
    """A national number with the last five signs hidden."""
    shown = max(0, len(number) - 5)
    return number[:shown] + "•" * (len(number) - shown)
