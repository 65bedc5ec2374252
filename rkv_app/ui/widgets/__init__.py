# SPDX-License-Identifier: MIT
"""Plain parts that pages are put together from. They know Qt and the theme, nothing of the domain's rules."""
