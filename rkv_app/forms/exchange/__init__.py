# SPDX-License-Identifier: MIT
"""Forms and answers in the formats of others, and back, with nothing lost on the way."""
