# SPDX-License-Identifier: MIT
"""Udir's curricula: reading Grep's files into curricula of the domain."""
