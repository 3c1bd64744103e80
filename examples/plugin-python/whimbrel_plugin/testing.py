"""Helps to test a plugin without whimbrel."""

import importlib.machinery
import importlib.util
import json

from . import address
from . import whimbrel_plugin_v1_pb2 as pb

TABLE = {"schema": "public", "table": "book"}


def load(executable):
    """Return the module that the executable of a plugin is."""
    loader = importlib.machinery.SourceFileLoader("plugin_under_test", executable)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("plugin_under_test", loader))
    loader.exec_module(module)
    return module


class Model:
    """A model "app.book" with fields that are columns, and an option of a plugin.

    option is the kind, "rls.policy", attrs what stands in the block, name the label.
    """

    def __init__(self, option, attrs, name="one", table=TABLE, columns=()):
        self.objects = [made("model app.book", "", table)]
        self.objects += [
            made(address.join("field", "app", "book", c), "model app.book", {"column": c}) for c in columns
        ]
        self.option = made(address.join(option, "app", "book", name), "model app.book", attrs)


class Block:
    """A block that stands by itself, and other objects that it names; kind is "sales.summary"."""

    def __init__(self, kind, attrs, name="one", others=()):
        self.objects, self.option = list(others), made(address.join(kind, "app", name), "", attrs)


def made(address, parent, attrs):
    """Return an object."""
    return pb.Object(address=address, parent=parent, attrs=json.dumps(attrs).encode())


def fields(*names):
    """Return what stands in the attributes for a list of fields."""
    return [{"$ref": address.join("field", "app", "book", name)} for name in names]


def detect(plugin, before=None, after=None, renamed={}):
    """Return the answer of a plugin to the change from a Model to another; None is nothing.

    renamed are the addresses of before the renames, by those that the old state has already.
    """
    passed, change = pb.Pass(), pb.Change()
    for now, was in renamed.items():
        passed.renamed.add(**{"from": was, "to": now})
    for model, numbers, side in ((before, getattr(passed, "from"), "before"), (after, passed.to, "after")):
        if model:
            first = len(passed.objects) + 1
            passed.objects.extend(model.objects + [model.option])
            numbers.extend(range(first, len(passed.objects) + 1))
            setattr(change, side, len(passed.objects))
    passed.changes.append(change)
    return plugin.detect(passed)


def sql(statements):
    """Return statements as texts."""
    return [s.sql for s in statements]
