"""What authors and maintainers of the book run: python -m tools.<name>."""
