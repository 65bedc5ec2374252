# SPDX-License-Identifier: MIT
"""Draws the first page of a hostile PDF from a process of its own, and tells how much memory the drawing child took.

To be run as a program: the name of a maker in `hostile_pdfs`. It prints bytes (Linux). What the system tells of a child
begins with the size of the process which started it, so a test of a long run cannot ask for itself.
"""

import contextlib
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rkv_app.documents.preview.pages import PdfPages
from rkv_app.foundation.errors import UserError
from support import hostile_pdfs

if __name__ == "__main__":
    # Drawn, or stopped.
    with PdfPages(getattr(hostile_pdfs, sys.argv[1])()) as pdf, contextlib.suppress(UserError):
        pdf.page(0, 1.0)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
