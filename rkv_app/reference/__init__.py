# SPDX-License-Identifier: MIT
"""The dated lists in `resources/reference` and an organisation's own: model and loader."""
