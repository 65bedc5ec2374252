# SPDX-License-Identifier: MIT
"""One folder a page: a view-model that talks to the use cases, and a page that shows what it says."""
