# SPDX-License-Identifier: MIT
"""What a supervisor has been asked."""
