"""Models and layers of the book, a module a family."""
