# SPDX-License-Identifier: MIT
"""Which of several curricula an aim stands in goes along with the answers, in FHIR and in a form to fill in."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rkv_app.documents.fillable_binding import Asked, request_json
from rkv_app.documents.returned.file import _asked
from rkv_app.domain.evaluations import AimText, FormPin, PlanText
from rkv_app.forms.exchange.fhir_names import aim_extension, heard_aims

AIM = AimText(code="KM1", uri="urn:KM1", text="Kan …", language="nob", set_code="KV1", set_title="Modul")
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
plans = st.none() | st.builds(PlanText, texts, texts, texts)


@given(plan=plans)
def test_fhir_gives_the_aim_back_with_its_curriculum(plan: PlanText | None) -> None:
    aim = replace(AIM, plan=plan)
    assert heard_aims({"extension": [aim_extension(aim)]}) == (aim,)


@given(plan=plans)
def test_a_returned_form_gives_the_aim_back_with_its_curriculum(plan: PlanText | None) -> None:
    asked = Asked(request_id="r", language="nb", form=FormPin("f", "1", "0" * 64), aims=(replace(AIM, plan=plan),))
    data = request_json(asked)
    assert _asked(data) == asked
    # Forms that went out before there could be several are the same octets still, by which they are known.
    assert ("plan" in json.loads(data)["aims"][0]) == (plan is not None)
