# SPDX-License-Identifier: MIT
"""`rkv` and `python -m rkv_app`."""

import sys

from rkv_app.app import main

if __name__ == "__main__":
    sys.exit(main())
