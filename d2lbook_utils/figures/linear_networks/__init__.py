"""Drawings of the pages of one part: linear networks."""
