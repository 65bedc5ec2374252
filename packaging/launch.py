# SPDX-License-Identifier: MIT
"""Where the frozen programs begin; an installed package has `rkv` instead."""

import sys

from rkv_app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
