# SPDX-License-Identifier: MIT
"""Tagged PDF: a structure tree, blocks that fill pages, a canvas that marks what it paints, and the finishing touches.

Knows nothing of candidates or curricula. Together the modules make files that are PDF/UA-1 (ISO 14289-1) and
PDF/A-3a (ISO 19005-3) at once.
"""
