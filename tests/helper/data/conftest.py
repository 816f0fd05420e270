"""The local HTTP server, for every test of a data set."""

from http_server import file_server, session_server

__all__ = ["file_server", "session_server"]
