# SPDX-License-Identifier: MIT
"""What the parties do, one verb a module. Windows and the command line call these and nothing below."""
