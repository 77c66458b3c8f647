"""Credentials: bytes in, verdict out. Nothing here reads a database, a clock or the network."""
