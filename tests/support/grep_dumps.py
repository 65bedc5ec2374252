# SPDX-License-Identifier: MIT
"""Made-up dumps of Grep of any size, each record in the shape of the practice plan's, which is the shape of the real.

Codes, texts and dates are new for every record; a dump of 50,000 records is about what Udir's is.
"""

import json
import random
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rkv_app.curriculum.importer import practice_curriculum_files

Record = dict[str, Any]

AIMS_A_SET = 14
SETS_A_PLAN = 3
# A plan with its sets and aims, its trade, two subject codes and a programme area.
RECORDS_A_PLAN = 1 + SETS_A_PLAN * (1 + AIMS_A_SET) + 4
_ROOT = "http://psi.udir.no/kl06/"
_TYPES = "http://psi.udir.no/ontologi/kl06/"
_STATUS = "https://data.udir.no/kl06/v201906/status/status_publisert"
# Bokmål and nynorsk, side by side.
_WORDS = (
    ("planlegge", "planleggje"), ("utføre", "utføre"), ("vurdere", "vurdere"), ("renhold", "reinhald"),
    ("arbeidsoppdrag", "arbeidsoppdrag"), ("helsefremmende", "helsefremjande"), ("sikkerhet", "tryggleik"),
    ("kvalitet", "kvalitet"), ("verktøy", "verktøy"), ("maskiner", "maskinar"), ("gjøre", "gjere"), ("rede", "greie"),
    ("regelverk", "regelverk"), ("dokumentere", "dokumentere"), ("eget", "eige"), ("arbeid", "arbeid"),
    ("bruke", "bruke"),
    ("hygiene", "hygiene"), ("brukere", "brukarar"), ("samarbeide", "samarbeide"), ("bærekraftig", "berekraftig"),
    ("materialer", "material"), ("utstyr", "utstyr"), ("målinger", "målingar"), ("tegninger", "teikningar"),
    ("reflektere", "reflektere"), ("konsekvenser", "konsekvensar"), ("virksomheten", "verksemda"), ("og", "og"),
    ("etter", "etter"), ("for", "for"), ("med", "med"), ("i", "i"), ("å", "å"), ("av", "av"),
    ("gjeldende", "gjeldande"),
)  # fmt: skip

_SYLLABLES = (
    "ar",
    "bel",
    "del",
    "es",
    "for",
    "gran",
    "hal",
    "in",
    "kar",
    "lov",
    "mål",
    "nat",
    "plan",
    "ren",
    "sik",
    "øv",
)


def write_dump(path: Path, records: int, *, newer: bool = False) -> int:
    """Writes a JSON dump of about so many records, and returns how many it has.

    Args:
        path: the zip to make.
        records: how many at least.
        newer: with later dates, as a dump of another day.
    """
    written = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(-(-records // RECORDS_A_PLAN)):
            for folder, record in plan_records(number, newer=newer):
                archive.writestr(f"{folder}/{record['kode']}.json", json.dumps(record, ensure_ascii=False))
                written += 1
    return written


def plan_records(number: int, *, newer: bool = False) -> Iterator[tuple[str, Record]]:
    """The records of one made-up plan and of what belongs to it, each with the folder that it lies in."""
    shapes, chance = _shapes(), random.Random(number)
    changed = f"{2027 if newer else 2025}-09-10T11:09:50.6059016"
    plan = f"{_letters(number)}03-01"
    titles = {"laereplan": f"Læreplan i vg3 {_phrase(chance, 2)[0]}faget"}
    sets = [f"KV{number * SETS_A_PLAN + place + 1000}" for place in range(SETS_A_PLAN)]
    trade = f"{plan[:3]}3Z01"
    plan_reference = _reference(plan, titles["laereplan"], "laereplan_lk20", "laereplaner-lk20")
    set_references, aims = [], []
    for place, code in enumerate(sets):
        reference = _reference(code, f"Kompetansemål {place + 1}", "kompetansemaalsett_lk20", "kompetansemaalsett-lk20")
        own = []
        for row in range(AIMS_A_SET):
            aim = f"KM{(number * SETS_A_PLAN + place) * AIMS_A_SET + row + 10000}"
            nob, nno = _phrase(chance, chance.randint(9, 22))
            own.append(_reference(aim, nob, "kompetansemaal_lk20", "kompetansemaal-lk20"))
            aims.append(
                {
                    **shapes["kompetansemaal-lk20"],
                    **_identity(aim, "kompetansemaal-lk20"),
                    "tittel": {"tekst": _texts(nob, nno), "forskrift": True},
                    "rekkefoelge": str(row + 1),
                    "tilhoerer-laereplan": plan_reference,
                    "tilhoerer-kompetansemaalsett": reference,
                    "hentet-fra": None,
                    "sist-endret": changed,
                }
            )
        set_references.append(reference)
        yield (
            "kompetansemaalsett-lk20",
            {
                **shapes["kompetansemaalsett-lk20"],
                **_identity(code, "kompetansemaalsett-lk20"),
                "kompetansemaal": own,
                "tilhoerer-laereplan": plan_reference,
                "etter-fag": [_reference(trade, titles["laereplan"], "opplaeringsfag", "opplaeringsfag")],
                "sist-endret": changed,
            },
        )
    for aim_record in aims:
        yield "kompetansemaal-lk20", aim_record
    shape = shapes["laereplaner-lk20"]
    chapter = {**shape["kompetansemaal-kapittel"], "kompetansemaalsett": set_references}
    yield (
        "laereplaner-lk20",
        {
            **shape,
            **_identity(plan, "laereplaner-lk20"),
            "tittel": {"tekst": _texts(titles["laereplan"], titles["laereplan"]), "forskrift": True},
            "kompetansemaal-kapittel": chapter,
            "opprinnelige-planer": [],
            "sist-endret": changed,
        },
    )
    yield from _around(plan_reference, trade, titles["laereplan"], changed)


def _around(plan: Record, trade: str, title: str, changed: str) -> Iterator[tuple[str, Record]]:
    subjects = [f"{trade[:3]}300{place}" for place in (1, 4)]
    area = f"HS{trade[:3]}3----"
    common = {"status": _STATUS, "sist-endret": changed}
    named = [_reference(code, title, "fagkode", "fagkoder") for code in subjects]
    areas = [_reference(area, title, "programomraade", "programomraader")]
    links = {"laereplan-referanse": [plan], "fagkode-referanser": named, "programomraader-referanse": areas}
    kinds = [(trade, "opplaeringsfag", "opplaeringsfag", links), (area, "programomraade", "programomraader", {})]
    own = {"opplaeringsfag": [_reference(trade, title, "opplaeringsfag", "opplaeringsfag")]}
    kinds += [(code, "fagkode", "fagkoder", own) for code in subjects]
    for code, kind, folder, more in kinds:
        made = {**_identity(code, folder), "tittel": _texts(title, title), "grep-type": _TYPES + kind, **common, **more}
        yield folder, made


def _shapes() -> Mapping[str, Record]:
    found: dict[str, Record] = {}
    for path in practice_curriculum_files():
        if path.parent.name not in found:
            found[path.parent.name] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _identity(code: str, folder: str) -> Record:
    return {"kode": code, "uri": _ROOT + code, "url-data": f"https://data.udir.no/kl06/v201906/{folder}/{code}"}


def _reference(code: str, title: str, kind: str, folder: str) -> Record:
    period = {"gyldig-fra": None, "gyldig-til": None}
    return {
        **_identity(code, folder),
        "tittel": title,
        "gyldighet": period,
        "id": f"uuid:{abs(hash(code)):032x}",
        "grep-type": _TYPES + kind,
        "status": _STATUS,
    }


def _texts(nob: str, nno: str) -> list[Record]:
    return [{"spraak": language, "verdi": text} for language, text in (("default", nob), ("nno", nno), ("nob", nob))]


def _phrase(chance: random.Random, words: int) -> tuple[str, str]:
    """Words of which some are common and most are rare, as in real texts."""
    common, rare = chance.choices(_WORDS, k=words - words // 2), [_rare(chance) for _ in range(words // 2)]
    chosen = [*common, *rare]
    chance.shuffle(chosen)
    return " ".join(one[0] for one in chosen), " ".join(one[1] for one in chosen)


def _rare(chance: random.Random) -> tuple[str, str]:
    own = random.Random(int(6000 * chance.random() ** 2))
    stem = "".join(own.choices(_SYLLABLES, k=own.randint(2, 4)))
    return stem + "er", stem + "ar"


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + number // 26**place % 26) for place in (2, 1, 0))
