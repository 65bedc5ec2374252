# SPDX-License-Identifier: MIT
"""The published JSON Schema of form files, for editors and other programs (`docs/formats/form.schema.json`).

`python -m rkv_app.forms.schema FILE` writes it anew after the model has changed.
"""

import json
import sys
from pathlib import Path

from rkv_app.forms.model import Form

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def form_schema() -> str:
    """Returns the schema as JSON text, ending with a line break."""
    schema = {"$schema": _DIALECT, "$id": "urn:rkv:schema:form", **Form.model_json_schema(by_alias=True)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(form_schema(), encoding="utf-8", newline="\n")
