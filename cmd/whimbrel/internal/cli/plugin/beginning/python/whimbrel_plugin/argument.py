"""Arguments of options, and of the plugin's block in the project file."""

import json

from . import whimbrel_plugin_v1_pb2 as pb


class Argument:
    """An argument of a block.

    type is one of string, bool, int, decimal, keyword, strings, field, fields, model, expression, query and
    block; the shape of a block is a list of arguments. What is absent has the default. aspects say when an
    object depends on the fields that the argument names more than by their existence: name, type, definition.
    """

    def __init__(self, name, type, doc, *, required=False, default=None, one_of=(), pattern="",
                 min=None, max=None, shape=(), aspects=()):
        self.name, self.default, self.shape = name, default, tuple(shape)
        self.attr = pb.Attr(
            name=name, type=pb.AttrType.Value("ATTR_TYPE_" + type.upper()), doc=doc, required=required,
            default=written(default), one_of=one_of, pattern=pattern, min=min, max=max,
            aspects=[pb.Aspect.Value("ASPECT_" + aspect.upper()) for aspect in aspects],
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
