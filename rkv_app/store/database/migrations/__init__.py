# SPDX-License-Identifier: MIT
"""How a store's tables came to be: one revision for each released schema, run in order."""
