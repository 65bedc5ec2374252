# SPDX-License-Identifier: MIT
"""Everything on screen: windows, pages, and the one way to leave the thread they live in."""
