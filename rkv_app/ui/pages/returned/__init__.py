# SPDX-License-Identifier: MIT
"""A form that came back: the file beside the form, to be compared, put right and confirmed."""
