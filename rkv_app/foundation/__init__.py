# SPDX-License-Identifier: MIT
"""What every room may use and no room owns: clock, ids, errors, words, paths, safe files. No rules of the domain."""
