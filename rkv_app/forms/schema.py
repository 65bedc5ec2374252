# SPDX-License-Identifier: MIT
"""The published JSON Schema of form files, for editors and other programs (`docs/formats/form.schema.json`).

`python -m rkv_app.forms.schema > docs/formats/form.schema.json` makes it anew after the model has changed. The command
prints UTF-8 with plain line feeds on every system and writes no file itself.
"""

import json
import sys

from rkv_app.forms.model import Form

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def form_schema() -> str:
    """Returns the schema as JSON text, ending with a line break."""
    schema = {"$schema": _DIALECT, "$id": "urn:rkv:schema:form", **Form.model_json_schema(by_alias=True)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(form_schema().encode("utf-8"))
