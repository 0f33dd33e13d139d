"""Reads what a database is made of: tables, columns, keys, references. Never a row of it."""

from ingest.databases.reading import read_schema
from ingest.databases.records import Column, Reference, Schema, Table

__all__ = ["Column", "Reference", "Schema", "Table", "read_schema"]
