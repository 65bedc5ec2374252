# SPDX-License-Identifier: MIT
"""One widget for each type of question, found through a registry."""
