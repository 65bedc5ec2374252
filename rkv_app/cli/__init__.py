# SPDX-License-Identifier: MIT
"""`rkv`: the same use cases as the windows, for the keyboard, for scripts, and for machines without a screen."""
