# SPDX-License-Identifier: MIT
"""The evaluation: one card an aim, made from the form."""
