"""Drawings of the pages of one part: getting started."""
