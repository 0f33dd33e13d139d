"""Reads the schema of a database: tables, columns, keys and references, never a row."""

from ingest.databases.reading import read_schema
from ingest.databases.records import Column, Reference, Schema, Table

__all__ = ["Column", "Reference", "Schema", "Table", "read_schema"]
