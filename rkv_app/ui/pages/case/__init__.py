# SPDX-License-Identifier: MIT
"""One case: where it stands, its placements, what is documented, and the next step."""
