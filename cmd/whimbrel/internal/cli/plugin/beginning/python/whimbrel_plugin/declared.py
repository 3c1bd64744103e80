"""An option as somebody wrote it, in a state."""

import json

from . import address, argument, sql
from . import whimbrel_plugin_v1_pb2 as pb
from .past import Past


class Mistake(Exception):
    """A mistake in the models: what is wrong, why, and what to do about it."""

    def __init__(self, summary, why, next):
        super().__init__(summary)
        self.summary, self.why, self.next = summary, why, next

    def diagnostic(self, about):
        """Return the mistake as a message about an object."""
        return pb.Diagnostic(severity=pb.SEVERITY_ERROR, code="WH4060", summary=self.summary,
                             detail=self.why, next=self.next, address=about)


class State(dict):
    """The objects of a state by address, and what the plugin's block in the project file says.

    The old state has the addresses of before the renames.
    """

    def __init__(self, passed, numbers, config, past):
        self.renames = Past(passed.renamed if past and isinstance(passed, pb.Pass) else ())
        objects = (self.renames.object(passed.objects[n - 1]) for n in numbers)
        super().__init__((o.address, o) for o in objects)
        self.config, self.past = config, past


class Declared:
    """An option in a state. Its arguments are o["name"]; its methods return text for SQL, quoted."""

    def __init__(self, state, object, arguments):
        self.state, self.object, self.config = state, object, state.config
        self.options = argument.read(arguments, json.loads(object.attrs or b"{}"))

    def __getitem__(self, name):
        return self.options[name]

    @property
    def name(self):
        """The name of a labelled option, its label, not quoted."""
        return address.names(self.object.address)[-1]

    def called(self):
        """Return what a block that stands by itself is called in the database, schema.name where it has a schema."""
        return qualified(self.object)

    def name_of(self, ref):
        """Return what an object that an argument names is called in the database: schema.name, or a column."""
        return qualified(self.state[ref["$ref"]])

    def part_of(self, ref):
        """Return a reference to what an object that an argument names is part of, such as the model of a field."""
        return {"$ref": self.state[ref["$ref"]].parent}

    def type_name(self, type):
        """Return the type that an argument of type "type" says."""
        name = self.name_of(type["of"]) if "of" in type else type["sql"]
        return name + "[]" * type.get("dimensions", 0)

    def text(self, text):
        """Return the SQL that an argument of type "sql" says, with the names that things have in the state."""
        written = []
        for part in text["sql"]:
            if isinstance(part, str):
                written.append(part)
            elif "name" in part:
                written.append(sql.ident(called(self.state[part["name"]["$ref"]])[1]))
            elif "string" in part:
                written.append(sql.literal(self.name_of(part["string"])))
            else:
                written.append(self.name_of(part["qualified"]))
        return "".join(written)

    @property
    def model(self):
        """What is known of the model that the option is in, not quoted: schema, table, ..."""
        return attributes(self.state[self.model_address()])

    def model_address(self):
        """Return the address of the model that the option is in."""
        at = self.object
        while address.kind(at.address) != "model":
            if not at.parent:
                raise ValueError(self.object.address + " is in no model")
            at = self.state[at.parent]
        return at.address

    def table(self):
        """Return schema.table of the model that the option is in."""
        return sql.qualified(self.model["schema"], self.model["table"])

    def table_of(self, ref):
        """Return schema.table of a model that an argument names."""
        model = attributes(self.state[ref["$ref"]])
        return sql.qualified(model["schema"], model["table"])

    def field(self, ref):
        """Return what is known of a field that an argument names, not quoted: column, type, null, ..."""
        return attributes(self.state[ref["$ref"]])

    def column(self, ref):
        """Return the column of a field that an argument names."""
        column = self.field(ref).get("column")
        if not column:
            self.reject(ref["$ref"] + " has no column", next="name fields that the table itself has")
        return sql.ident(column)

    def parent_column(self):
        """Return the column that a field option is on."""
        return self.column({"$ref": self.object.parent})

    def reject(self, summary, why="", next=""):
        """Report a mistake in the models; nothing is done then. How an option was is not judged."""
        if not self.state.past:
            raise Mistake(summary, why, next)


def attributes(object):
    """Return the attributes of an object."""
    return json.loads(object.attrs)


def called(object):
    """Return the schema and the name of an object in the database. The schema is empty where it stands in none."""
    attrs, kind = attributes(object), address.kind(object.address)
    if kind == "model":
        return attrs["schema"], attrs["table"]
    if kind == "field":
        return "", attrs["column"]
    return attrs.get("schema", ""), attrs.get("name") or address.names(object.address)[-1]


def qualified(object):
    """Return schema.name of an object, or the name alone."""
    schema, name = called(object)
    return sql.qualified(schema, name) if schema else sql.ident(name)
