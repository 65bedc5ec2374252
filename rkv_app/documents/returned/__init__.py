# SPDX-License-Identifier: MIT
"""Forms that come back: what stands in them, and what is the matter with them. Everything here may be hostile."""
