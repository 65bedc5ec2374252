# SPDX-License-Identifier: MIT
"""Packets, profile `rkv-pakke/1`: signed ASiC-E containers sealed to their recipients. See docs/formats/packet.md."""
