"""Drawings of the pages of one part: preliminaries."""
