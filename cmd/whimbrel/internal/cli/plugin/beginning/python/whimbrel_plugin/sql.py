"""Names and texts as SQL."""

import hashlib
import re

MAX_NAME = 63
"""The length in bytes of PostgreSQL's identifiers."""


def ident(name):
    """Return a name as an SQL identifier, in double quotes where it needs them."""
    if re.fullmatch("[a-z_][a-z0-9_]*", name) and name not in RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def qualified(schema, name):
    """Return schema.name as an SQL identifier."""
    return ident(schema) + "." + ident(name)


def literal(text):
    """Return text as a string literal, whatever standard_conforming_strings is set to."""
    quoted = "'" + text.replace("'", "''") + "'"
    if "\\" in text:
        return "E" + quoted.replace("\\", "\\\\")
    return quoted


def name(*parts):
    """Join parts with underscores to a name that PostgreSQL does not cut.

    What is too long ends in eight digits of a hash of the whole, so that it stays distinct and stable.
    """
    whole = "_".join(parts).encode()
    if len(whole) > MAX_NAME:
        tail = b"_" + hashlib.sha256(whole).hexdigest()[:8].encode()
        whole = whole[: MAX_NAME - len(tail)].decode(errors="ignore").encode() + tail
    return whole.decode()


# The words that are not of the category "unreserved" in pg_get_keywords() of PostgreSQL 15.
RESERVED = frozenset(
    """
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case
    cast char character check coalesce collate collation column concurrently constraint create cross
    current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
    decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign freeze
    from full grant greatest group grouping having ilike in initially inner inout int integer intersect interval
    into is isnull join lateral leading least left like limit localtime localtimestamp national natural nchar none
    normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position
    precision primary real references returning right row select session_user setof similar smallint some
    substring symmetric table tablesample then time timestamp to trailing treat trim true union unique user using
    values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest
    xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
    """.split()
)
