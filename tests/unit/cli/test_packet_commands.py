# SPDX-License-Identifier: MIT
"""`rkv packet` does for another program what its document says: every example there is run here."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rkv_app.crypto.codes import code_words
from rkv_app.foundation.i18n import Language
from support.commands import contents
from support.handed_over import Line, Terminal, hand_over, run_line

REPOSITORY = Path(__file__).resolve().parents[3]
DOCUMENT = REPOSITORY / "docs" / "formats" / "cli-packet.md"
SCHEMA = json.loads((REPOSITORY / "docs" / "formats" / "verify-report.schema.json").read_text(encoding="utf-8"))
EXAMPLE = re.compile(r"^    \$ (?P<line>.+?)(?:\s+# exit (?P<status>\d))?$", re.MULTILINE)
COUNTY = "--store county.rkv --passphrase-file passphrase"
ADVISER = "--store adviser.rkv --passphrase-file passphrase"

Rkv = Callable[[str], Line]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handed")
    hand_over(folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "handed"))


@pytest.fixture
def rkv(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Rkv:
    return lambda line: run_line(line, folder, monkeypatch)


def written(folder: Path) -> set[str]:
    """What lies in the folder beside the stores and what they keep beside them."""
    return {name for name in contents(folder) if ".rkv." not in name and ".rkv-" not in name}


def answer(line: Line) -> Any:
    return json.loads(line.out)


def refused(line: Line, code: str, status: int = 2) -> None:
    assert (line.status, answer(line)["error"]["code"]) == (status, code), line


def test_every_example_of_the_document_does_what_it_says(rkv: Rkv) -> None:
    examples = list(EXAMPLE.finditer(DOCUMENT.read_text(encoding="utf-8")))
    assert len(examples) > 12
    for example in examples:
        done = rkv(example["line"])
        assert done.status == int(example["status"] or 0), (example["line"], done.err)
        if "--json" in example["line"]:
            assert answer(done), example["line"]


def test_the_document_names_every_command_and_option_that_there_is(rkv: Rkv) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for verb in ("verify", "inspect", "open", "build", "export", "quarantine"):
        assert f"## {verb}" in text
    for option in (
        "--draft",
        "--document",
        "--attach",
        "--to",
        "--code",
        "--as",
        "--certificate",
        "--preview",
        "--out",
        "--by",
        "--why",
        "--compared",
    ):
        assert option in text


def report(rkv: Rkv, line: str) -> tuple[int, Any]:
    """A report that follows its published schema, and the exit status."""
    done = rkv(f"rkv packet verify {line} --json")
    document = answer(done)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return done.status, document


def test_the_report_says_who_signed_what_and_how_far_they_are_known(rkv: Rkv) -> None:
    status, document = report(rkv, f"application.rkvpakke {COUNTY}")
    assert (status, document["verdict"], document["findings"]) == (0, "valid", [])
    assert (document["signer"]["name"], document["signer"]["organisation"]) == ("Ola Veileder", "Nav Testvik")
    assert document["trust"]["code"] == "pinned_contact"
    assert document["packet"]["type"] == "soknad"
    assert len(document["packet"]["recipients"]) == 2
    assert {file["name"] for file in document["files"]} == {"arkivmelding.xml", "hoveddokument.pdf", "rkv.json"}


def test_trust_is_unknown_where_no_store_is_asked(rkv: Rkv) -> None:
    status, document = report(rkv, "request.rkvpakke --code-file code")
    assert (status, document["verdict"]) == (0, "valid_unknown_sender")
    assert document["trust"]["code"] == "unknown"
    assert document["packet"]["recipients"][0] == "kode"
    assert document["packet"]["wants_reply"] is True


def test_the_secret_of_a_request_is_in_no_report(rkv: Rkv, folder: Path) -> None:
    rkv("rkv packet open request.rkvpakke --code-file code --out opened")
    token = json.loads((folder / "opened" / "rkv.json").read_text(encoding="utf-8"))["svarToken"]
    assert len(token) == 64
    for command in ("verify", "inspect"):
        done = rkv(f"rkv packet {command} request.rkvpakke --code-file code --json")
        assert token not in done.out.decode() + done.err


@pytest.mark.parametrize("language", list(Language), ids=lambda language: language.value)
def test_every_verdict_follows_the_schema_and_only_good_ones_end_well(
    rkv: Rkv, folder: Path, shared: Path, language: Language
) -> None:
    data = (folder / "application.rkvpakke").read_bytes()
    (folder / "flipped").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    (folder / "text").write_text("hello")
    said = f"--language {language.value}"
    seen = {}
    for line in ("application.rkvpakke", f"flipped {COUNTY}", f"request.rkvpakke {COUNTY}", "text"):
        status, document = report(rkv, f"{line} {said}")
        assert status != 0
        assert (document["signer"], document["trust"], document["packet"], document["files"]) == (None, None, None, [])
        seen[line] = document["verdict"]
    assert list(seen.values()) == ["not_for_you", "refused", "not_for_you", "not_our_format"]


def test_containers_of_other_programs_follow_the_schema_too(rkv: Rkv, folder: Path, shared: Path) -> None:
    verdicts = set()
    for vector in sorted((shared / "packet-vectors").rglob("*.asice"))[:12]:
        shutil.copy(vector, folder / "vector.asice")
        status, document = report(rkv, "vector.asice")
        assert (status == 0) == (document["verdict"] in ("valid", "valid_unknown_sender"))
        verdicts.add(document["verdict"])
    assert verdicts


def test_a_packet_is_read_from_standard_input_and_leaves_nothing_behind(rkv: Rkv, folder: Path) -> None:
    before = contents(folder)
    done = rkv("cat request.rkvpakke | rkv packet verify - --code-file code --json")
    assert answer(done)["verdict"] == "valid_unknown_sender"
    assert contents(folder) == before


def test_inspecting_tells_who_can_open_a_packet_without_opening_it(rkv: Rkv, folder: Path) -> None:
    before = contents(folder)
    known = answer(rkv("rkv packet inspect request.rkvpakke --json"))
    assert known["seal"] == "authEnvelopedData"
    assert sorted(to["kind"] for to in known["recipients"]) == ["code", "own_key"]
    assert (known["ours"], known["packet"], known["sender"], known["files"]) == (None, None, None, [])
    assert known["size"] == (folder / "request.rkvpakke").stat().st_size
    assert contents(folder) == before


def test_inspecting_with_a_key_tells_whose_it_is_and_the_header_but_no_content(rkv: Rkv) -> None:
    mine = answer(rkv(f"rkv packet inspect application.rkvpakke {COUNTY} --json"))
    assert mine["ours"] is True
    assert mine["sender"]["organisation"] == "Nav Testvik"
    assert (mine["trust"]["code"], mine["findings"]) == ("pinned_contact", [])
    assert mine["packet"]["type"] == "soknad"
    assert "Amina" not in json.dumps(mine)
    others = answer(rkv(f"rkv packet inspect request.rkvpakke {COUNTY} --json"))
    assert (others["ours"], others["packet"]) == (False, None)


def test_a_built_packet_has_what_was_handed_in_and_is_on_record(rkv: Rkv, folder: Path) -> None:
    line = f"rkv packet build {ADVISER} --draft draft.json --document letter.pdf --attach code --to county.rkvkontakt"
    built = answer(rkv(f"{line} --out built.rkvpakke --json"))
    assert built["recipients"] == [{"organisation": "Testvik fylkeskommune", "digits_compared": False}]
    assert rkv(f"rkv packet open built.rkvpakke {COUNTY} --out opened --json").status == 0
    files = contents(folder / "opened")
    assert files["hoveddokument.pdf"] == (folder / "letter.pdf").read_bytes()
    assert files["vedlegg-01.txt"] == (folder / "code").read_bytes()
    message = json.loads(files["rkv.json"] or b"")
    assert message["innhold"] == json.loads((folder / "draft.json").read_text())["innhold"]
    # On record as sent, so it can be exported.
    done = rkv(f"rkv packet export built.rkvpakke {ADVISER} --as pdf --out again.pdf --json")
    assert done.status == 0, done.err


def test_a_request_is_built_under_a_code_that_opens_it(rkv: Rkv, folder: Path) -> None:
    rkv("rkv packet open request.rkvpakke --code-file code --out opened")
    content = json.loads((folder / "opened" / "rkv.json").read_text(encoding="utf-8"))["innhold"]
    (folder / "ask.json").write_text(json.dumps({"type": "foresporsel", "innhold": content, "utloper": "2027-01-31"}))
    line = f"rkv packet build {ADVISER} --draft ask.json --document letter.pdf --code"
    built = answer(rkv(f"{line} --out asked.rkvpakke --json"))
    (folder / "told").write_text(built["code"])
    _, document = report(rkv, "asked.rkvpakke --code-file told")
    assert document["packet"]["expires"] == "2027-01-31"
    assert document["packet"]["wants_reply"] is True


@pytest.mark.parametrize(
    ("draft", "named"),
    [
        ("nothing", "not readable"),
        ("{}", "type"),
        ('{"type": "ukjent", "innhold": {}}', "type"),
        ('{"type": "soknad", "innhold": {}}', "innhold.reference"),
        ('{"type": "soknad", "innhold": {}, "mottakere": []}', "mottakere"),
        ('{"type": "soknad", "innhold": {}, "samtaleId": "1"}', "samtaleId"),
    ],
)
def test_a_draft_that_does_not_follow_the_rules_names_the_field(rkv: Rkv, folder: Path, draft: str, named: str) -> None:
    (folder / "wrong.json").write_text(draft)
    before = written(folder)
    line = f"rkv packet build {ADVISER} --draft wrong.json --document letter.pdf --to county.rkvkontakt"
    done = rkv(f"{line} --out x.rkvpakke --json --language en")
    refused(done, "RKV-PKT-063")
    assert named in answer(done)["error"]["message"]
    assert written(folder) == before


def test_nothing_is_built_for_nobody_by_the_wrong_party_or_of_no_pdf(rkv: Rkv, folder: Path) -> None:
    draft = "--draft draft.json"
    to = "--document letter.pdf --to county.rkvkontakt"
    before = written(folder)
    refused(rkv(f"rkv packet build {ADVISER} {draft} --document letter.pdf --out x --json"), "RKV-PKT-064")
    refused(rkv(f"rkv packet build {COUNTY} {draft} {to} --out x --json"), "RKV-EXC-005")
    refused(
        rkv(f"rkv packet build {ADVISER} {draft} --document code --to county.rkvkontakt --out x --json"), "RKV-PKT-063"
    )
    refused(rkv(f"rkv packet build {ADVISER} {draft} {to} --out letter.pdf --json"), "RKV-SYS-003")
    assert written(folder) == before


def test_a_shielded_candidate_is_built_for_only_when_cleared_and_without_places(rkv: Rkv, folder: Path) -> None:
    draft = json.loads((folder / "draft.json").read_text(encoding="utf-8"))
    draft["innhold"]["candidate"]["shielded"] = True
    (folder / "shielded.json").write_text(json.dumps(draft))
    line = (
        f"rkv packet build {ADVISER} --draft shielded.json --document letter.pdf --to county.rkvkontakt --out x --json"
    )
    refused(rkv(line), "RKV-CAS-008")
    assert not (folder / "x").exists()
    refused(rkv(f"{line} --cleared-by Leder"), "RKV-PKT-063")
    assert not (folder / "x").exists()
    for placement in draft["innhold"]["placements"]:
        placement["workplace"]["address"] = placement["supervisor"]["phone"] = placement["supervisor"]["email"] = ""
    (folder / "shielded.json").write_text(json.dumps(draft))
    assert rkv(f"{line} --cleared-by Leder").status == 0


def test_a_preview_writes_nothing_and_says_what_would_leave(rkv: Rkv, folder: Path) -> None:
    before = written(folder)
    done = rkv(f"rkv packet export application.rkvpakke {ADVISER} --as eformidling --preview --out folder --json")
    shown = answer(done)
    assert shown["written"] is None
    assert [file["name"] for file in shown["files"]] == ["arkivmelding.xml", "hoveddokument.pdf", "rkv.json"]
    assert shown["notices"]
    assert written(folder) == before


def test_an_export_goes_to_standard_output_alone(rkv: Rkv, folder: Path) -> None:
    done = rkv(f"rkv packet export application.rkvpakke {ADVISER} --as pdf --out -")
    assert done.out == (folder / "letter.pdf").read_bytes()
    assert "Amina Eksempel" in done.err


def test_options_that_do_not_go_together_are_refused_before_anything_is_done(rkv: Rkv, folder: Path) -> None:
    before = contents(folder)
    export = f"rkv packet export application.rkvpakke {ADVISER}"
    build = f"rkv packet build {ADVISER} --document - --to county.rkvkontakt --out x --json"
    for line, code in {
        f"{export} --as pdf --json": "RKV-CLI-004",
        f"{export} --as fiks-io --out x --json": "RKV-CLI-004",
        f"{export} --as pdf --out - --json": "RKV-CLI-005",
        f"{export} --as eformidling --out - --json": "RKV-CLI-005",
        f"{build} --draft -": "RKV-CLI-005",
        "rkv packet inspect - --store county.rkv --passphrase-fd 0 --json": "RKV-CLI-005",
    }.items():
        refused(rkv(line), code)
    assert contents(folder) == before


@pytest.mark.parametrize(("file", "ends"), [("application.rkvpakke", "100 %\n"), ("flipped", "\n")])
def test_a_terminal_is_shown_how_far_it_is_on_a_line_that_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch, file: str, ends: str
) -> None:
    data = (folder / "application.rkvpakke").read_bytes()
    (folder / "flipped").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    line = f"rkv packet open {file} {COUNTY} --out opened"
    shown = run_line(line, folder, monkeypatch, Terminal()).err.partition("RKV-")[0]
    assert shown.startswith("\r")
    assert shown.endswith(ends)
    assert shown.count("\n") == 1
    assert "\r" not in run_line(f"{line} --json", folder, monkeypatch, Terminal()).err


def held_in(rkv: Rkv) -> list[str]:
    """The ids of what is in the county's quarantine."""
    return [one["id"] for one in answer(rkv(f"rkv packet quarantine list {COUNTY} --json"))["quarantine"]]


def test_what_is_in_quarantine_is_listed_with_who_it_says_it_is_from(rkv: Rkv, folder: Path) -> None:
    first, _ = answer(rkv(f"rkv packet quarantine list {COUNTY} --json"))["quarantine"]
    assert (first["id"], first["type"], first["why"]) == ((folder / "held").read_text(), "soknad", "RKV-EXC-002")
    assert first["says_it_is_from"]["name"] == "Kari Formann"
    assert len(first["digits"].replace(" ", "")) == 30
    said = rkv(f"rkv packet quarantine list {COUNTY} --language en").out.decode()
    assert "It says it is from Kari Formann, Nordlys luftskipshavn AS." in said


def test_reading_what_is_in_quarantine_takes_nothing_in(rkv: Rkv, folder: Path) -> None:
    before = held_in(rkv)
    done = answer(rkv(f"rkv packet quarantine show $(cat held) {COUNTY} --out read --json"))
    assert {file["name"] for file in done["packet"]["files"]} == written(folder / "read")
    assert (folder / "read" / "hoveddokument.pdf").read_bytes().startswith(b"%PDF-")
    assert held_in(rkv) == before


def test_a_decision_needs_a_name_and_a_reason(rkv: Rkv) -> None:
    before = held_in(rkv)
    with pytest.raises(SystemExit, match="2"):
        rkv(f"rkv packet quarantine release $(cat held) --by Inger {COUNTY}")
    refused(rkv(f'rkv packet quarantine refuse $(cat held) --by Inger --why " " {COUNTY} --json'), "RKV-CAS-002")
    assert held_in(rkv) == before


def test_what_is_refused_is_gone_and_what_is_released_is_taken_in(rkv: Rkv, folder: Path) -> None:
    kept = json.loads(rkv(f"rkv packet quarantine show $(cat held) {COUNTY} --json").out)["packet"]
    decided = f'--by "Inger Inntak" --why "Ringte tilbake" {COUNTY} --json'
    released = answer(rkv(f"rkv packet quarantine release {kept['message_id']} {decided}"))
    assert (released["decision"], released["by"]) == ("released", "Inger Inntak")
    assert released["trust"]["code"] == "pinned_contact"
    assert answer(rkv(f"rkv packet quarantine refuse $(cat other) {decided}"))["decision"] == "refused"
    assert held_in(rkv) == []
    refused(rkv(f"rkv packet quarantine release $(cat other) {decided}"), "RKV-EXC-015")
    assert rkv(f"rkv packet quarantine list {COUNTY} --language en").out == b"Nothing is in quarantine.\n"


def test_a_code_opens_a_request_in_words_too(rkv: Rkv, folder: Path) -> None:
    spoken = " ".join(code_words((folder / "code").read_text()))
    (folder / "words").write_text(spoken.upper() + "\n")
    assert report(rkv, "request.rkvpakke --code-file words")[0] == 0
    (folder / "words").write_text(spoken.rpartition(" ")[0] + " qqqq\n")
    status, document = report(rkv, "request.rkvpakke --code-file words --language en")
    assert (status, document["findings"][0]["code"]) == (3, "RKV-PKT-007")
    assert "Word 6" in document["findings"][0]["message"]


def test_a_sender_whose_digits_were_compared_is_a_checked_contact_from_then_on(rkv: Rkv) -> None:
    line = f'rkv packet quarantine release $(cat held) --by Inger --why "Ringte" --compared by_phone {COUNTY} --json'
    assert answer(rkv(line))["trust"]["code"] == "verified_contact"
