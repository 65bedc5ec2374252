# SPDX-License-Identifier: MIT
"""Frozen values of prior-learning assessment and the rules that hold between them. No input, no output."""
