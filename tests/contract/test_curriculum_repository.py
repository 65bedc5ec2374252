# SPDX-License-Identifier: MIT
"""What every store promises about curricula."""

from rkv_app.domain.store_ports import Store
from support.store_samples import curriculum


def test_a_curriculum_comes_back_to_the_letter(store: Store) -> None:
    store.curricula.put([curriculum()])
    assert store.curricula.get("HEA03-03") == curriculum()


def test_versions_of_one_plan_live_side_by_side_and_the_newest_is_the_default(store: Store) -> None:
    old, new = curriculum(changed="2023-01-01T00:00:00", aims=2), curriculum(changed="2024-05-05T12:00:00")
    store.curricula.put([new, old])
    assert store.curricula.get("HEA03-03") == new
    assert store.curricula.get("HEA03-03", "2023-01-01T00:00:00") == old


def test_importing_the_same_version_again_replaces_it(store: Store) -> None:
    store.curricula.put([curriculum(aims=3)])
    store.curricula.put([curriculum(aims=1)])
    assert store.curricula.get("HEA03-03") == curriculum(aims=1)
    assert len(store.curricula.summaries()) == 1


def test_a_plan_nobody_imported_is_not_there(store: Store) -> None:
    store.curricula.put([])
    store.curricula.put([curriculum()])
    assert store.curricula.get("XXX01-01") is None
    assert store.curricula.get("HEA03-03", "1999-01-01T00:00:00") is None


def test_the_list_is_by_code_newest_version_first_with_numbers_of_sets_and_aims(store: Store) -> None:
    store.curricula.put(
        [curriculum("NOR01-06"), curriculum(changed="2023-01-01T00:00:00", aims=2), curriculum(aims=0)],
    )
    listed = store.curricula.summaries()
    assert [(one.code, one.changed[:4], one.sets, one.aims) for one in listed] == [
        ("HEA03-03", "2024", 2, 0),
        ("HEA03-03", "2023", 2, 2),
        ("NOR01-06", "2024", 2, 3),
    ]
    assert listed[0].title == {"default": "Læreplan i øving", "sme": "Oahppoplána"}
    assert listed[0].published is True


def test_the_list_is_in_the_same_order_whatever_language_the_database_sorts_in(store: Store) -> None:
    # A Norwegian server puts aa last and capitals beside small letters.
    codes = ["AAA01-01", "NOR01-06", "NOR1-06", "Nor01-06", "aaa01-01", "ÅRS01-01", "ærf01-01"]
    store.curricula.put([curriculum(code, aims=0) for code in reversed(codes)])
    assert [one.code for one in store.curricula.summaries()] == sorted(codes)
