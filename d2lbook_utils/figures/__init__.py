"""Drawings that serve one page each: a module a page. They take data, draw on the current figure, return None."""
