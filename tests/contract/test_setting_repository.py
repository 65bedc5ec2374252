# SPDX-License-Identifier: MIT
"""What every store promises about the choices of its owner."""

from rkv_app.domain.store_ports import Store


def test_a_choice_comes_back_as_it_was_made(store: Store) -> None:
    for value in ("Æøå", "", 0, 12.5, True, False, ["a", 1], {"b": {"c": None}, "a": 1}):
        store.settings.put("backup.second_folder", value)
        found = store.settings.get("backup.second_folder")
        assert (type(found), found) == (type(value), value)


def test_what_nobody_has_chosen_is_none(store: Store) -> None:
    store.settings.put("theme", "dark")
    assert store.settings.get("Theme") is None


def test_the_last_choice_counts(store: Store) -> None:
    for value in ("dark", "light"):
        store.settings.put("theme", value)
    store.settings.put("language", "nn")
    assert (store.settings.get("theme"), store.settings.get("language")) == ("light", "nn")
