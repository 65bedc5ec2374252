# SPDX-License-Identifier: MIT
"""What is written as text behind a file is read like the rest of it: by its number, to the letter."""

import io

import pikepdf
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.documents.tagged.added import AddedObjects, array_of, text_string
from rkv_app.foundation.i18n import Language
from support import document_samples as samples


def base() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = "Tittel"
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


BASE = base()


def added(*texts: str) -> bytes:
    """A file whose root has an array of texts, and whose page has a stream beside it."""
    with pikepdf.open(io.BytesIO(BASE)) as pdf:
        objects = AddedObjects(BASE, pdf)
        array = objects.reserve()
        objects.put(array, array_of([objects.add(text_string(text)) for text in texts]))
        objects.extend(pdf.Root, f"/Said {array} 0 R")
        objects.extend(pdf.pages[0].obj, f"/Drawn {objects.add_stream('/Type/XObject', 'q Q')} 0 R")
        return objects.written()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_texts_are_read_back_to_the_letter(texts: list[str]) -> None:
    with pikepdf.open(io.BytesIO(added(*texts))) as pdf:
        assert [str(text) for text in pdf.Root.Said] == texts


def test_texts_that_begin_like_another_encoding_are_themselves() -> None:
    texts = ["þÿæ", "ï»¿", "(\\", "\u00ad", "\u00a0", "–", "\r\n", "KM1. Når? (dd.mm.åååå)"]
    with pikepdf.open(io.BytesIO(added(*texts))) as pdf:
        assert [str(text) for text in pdf.Root.Said] == texts


def test_what_was_there_is_there_still_and_nothing_is_wrong_with_the_file() -> None:
    file = added("æ", "ŋ")
    assert file.startswith(BASE)
    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert (len(pdf.pages), str(pdf.docinfo.Title)) == (1, "Tittel")
        assert pdf.pages[0].obj.Drawn.read_bytes() == b"q Q"


def test_the_same_gives_the_same_file_and_another_text_another_identifier() -> None:
    assert added("a") == added("a")
    with pikepdf.open(io.BytesIO(added("a"))) as one, pikepdf.open(io.BytesIO(added("b"))) as other:
        assert one.trailer.ID[0] == other.trailer.ID[0]
        assert one.trailer.ID[1] != other.trailer.ID[1]


def test_all_that_is_large_is_compressed_but_what_archives_must_find() -> None:
    with pikepdf.open(io.BytesIO(samples.rendered("fillable", Language.BOKMAL))) as pdf:
        large = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and int(one.Length) > 1000]
        plain = {str(one.get("/Type")) for one in large if "/Filter" not in one}
    assert plain == {"/Metadata", "/ObjStm", "/XRef"}
