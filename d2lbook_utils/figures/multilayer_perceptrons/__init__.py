"""Drawings of the pages of one part: multilayer perceptrons."""
