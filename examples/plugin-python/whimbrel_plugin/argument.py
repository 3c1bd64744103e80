"""Arguments of options, and of the plugin's block in the project file."""

import json

from . import whimbrel_plugin_v1_pb2 as pb


class Argument:
    """An argument of a block.

    type is one of string, bool, int, decimal, keyword, keywords, strings, map, field, fields, model, ref, refs, type,
    expression, query, sql, arguments, result and block; the shape of a block is a list of arguments. What is absent has the
    default, unless fill says that it is always there and false, 0 or nothing where it is not. aspects say when an
    object depends on what the argument names more than by its existence: name, type, definition; loose: not even by
    that. kinds are those that a ref, or each of refs, can name; sql says what sql is: query, expression, body or statement; columns
    is the argument that gets the columns of a query, language the one with the language of a body. names says that
    the argument names the object in the database, in a class such as "relation", "type" or "schema"; such arguments
    are called name and schema. as_type and given_type are arguments with the type of an expression, and of the word
    value in it. hint: it is a fact about the way to the object. example is what could be written.
    """

    def __init__(self, name, type, doc, *, required=False, default=None, one_of=(), pattern="",
                 min=None, max=None, shape=(), aspects=(), names="", kinds=(), sql="", columns="", language="",
                 fill=False, as_type="", given_type="", hint=False, loose=False, example=""):
        self.name, self.shape, self.names = name, tuple(shape), names
        self.default = {"bool": False, "int": 0}.get(type) if fill else default
        self.attr = pb.Attr(
            name=name, type=pb.AttrType.Value("ATTR_TYPE_" + type.upper()), doc=doc, required=required,
            default=written(default), one_of=one_of, pattern=pattern, min=min, max=max,
            aspects=[pb.Aspect.Value("ASPECT_" + aspect.upper()) for aspect in aspects],
            names=names, kinds=kinds, sql=pb.SqlKind.Value("SQL_KIND_" + sql.upper()) if sql else 0, columns=columns,
            language=language, fill=fill, given=given_type, hint=hint, loose=loose, example=example, **{"as": as_type},
        )
        if shape:
            self.attr.shape.CopyFrom(shape_of(shape))


def written(default):
    """Return a default as the user would write it."""
    if default is None:
        return ""
    return default if isinstance(default, str) else json.dumps(default)


def shape_of(arguments):
    """Return the shape of a block with these arguments."""
    return pb.Shape(attrs=[a.attr for a in arguments])


def read(arguments, values):
    """Return what was written in a block, by name, with the defaults of what is absent."""
    options = {}
    for a in arguments:
        value = values.get(a.name, a.default)
        options[a.name] = read(a.shape, value) if a.shape and value is not None else value
    return options
