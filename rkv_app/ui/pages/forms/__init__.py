# SPDX-License-Identifier: MIT
"""Forms on a case, made from their definitions; and anonymous ones."""
