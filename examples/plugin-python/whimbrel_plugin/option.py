"""An option of the model language, and the operations that its changes become."""

from . import address, argument
from . import whimbrel_plugin_v1_pb2 as pb
from .declared import Declared, Mistake, called


class Script:
    """The SQL that makes an object and the SQL that takes it away, each text one statement.

    names are the names in the database that it takes: (class, schema, name), class being the name space, such
    as "function"; those of a block that stands by itself follow from its arguments. lock is the strongest lock
    that either way takes on the option's own table, if it claims one: "share update exclusive"; locks are such
    claims on other tables, (reference to a model, lock). outside: it cannot run in a transaction.
    clause fills the slot of the option in the statement that makes the table, such as "TABLESPACE fast"; set says
    the same to a table that is there, and reset undoes that.
    """

    def __init__(self, create, drop, *, names=(), lock="", locks=(), outside=False, clause="", set="", reset=""):
        self.create = [pb.Statement(sql=text) for text in create]
        self.drop = [pb.Statement(sql=text) for text in drop]
        self.names = ["\0".join(name) for name in names]
        self.lock, self.locks, self.outside = lock, locks, outside
        self.clause, self.alone = clause, bool(set)
        if set:
            self.create.insert(0, pb.Statement(sql=set))
            self.drop.append(pb.Statement(sql=reset))


class Option:
    """An argument or block that a plugin adds to the model language. script makes a Script of each."""

    def __init__(self, plugin, name, doc, place, arguments, script, *, labelled=False, switch=False,
                 inherited=False, siblings=(), rendering=0, likeness="", naming=(), judge=None, types=None, slot=""):
        self.noun, self.arguments, self.script, self.judge = name, tuple(arguments), script, judge
        self.plugin, self.kind = plugin, plugin + "." + name
        self.alone = place in (pb.PLACE_APP, pb.PLACE_PROJECT)
        shape = argument.shape_of(arguments)
        self.declaration = pb.Option(name=name, on=place, kind=self.kind, doc=doc, labelled=labelled or self.alone,
                                     switch=switch, inherited=inherited, shape=shape)
        self.owned = pb.Kind(
            name=self.kind, doc=doc, attrs=shape, siblings=siblings, rendering=rendering,
            naming=[a.name for a in arguments if a.names] + list(naming), type=pb.TypeKind(**types) if types else None,
            likeness=likeness_of("judged" if judge else likeness), slot=slot,
        )

    def emits(self):
        """Return the kinds of operations."""
        return [self.operation_kind("create"), self.operation_kind("drop")]

    def operation_kind(self, verb):
        """Return the kind of an operation."""
        return "%s.%s_%s" % (self.plugin, verb, self.noun)

    def answer(self, before, after, old, wanted, result):
        """Add what a change becomes: what was there is dropped, what is wanted is created."""
        operations = []
        if before:
            operations.append(self.drop(Declared(old, old.renames.object(before), self.arguments)))
            if after and self.alone:  # the SQL of others can name it
                operations[0].touches.add(object=after.address, aspects=EVERYTHING)
        try:
            if after:
                operations.append(self.create(Declared(wanted, after, self.arguments)))
        except Mistake as mistake:
            result.diagnostics.append(mistake.diagnostic(after.address))
            return
        result.operations.extend(operations)

    def create(self, o):
        """Return the operation that makes an object."""
        script = self.script(o)
        operation = self.operation("create", o, script)
        operation.edits.add().put.CopyFrom(o.object)
        operation.up.extend(script.create)
        operation.down.extend(script.drop)
        operation.takes.extend(script.names or self.names(o))
        return self.fill(operation, script)

    def drop(self, o):
        """Return the operation that takes an object away."""
        script = self.script(o)
        operation = self.operation("drop", o, script)
        operation.edits.add().drop = operation.target
        operation.up.extend(script.drop)
        operation.down.extend(script.create)
        operation.frees.extend(script.names or self.names(o))
        return self.fill(operation, script)

    def fill(self, operation, script):
        """Have an operation become a clause of the statement that makes the table."""
        if script.clause:
            operation.inline.clause.sql, operation.inline.clause.slot = script.clause, self.owned.slot
            operation.inline.alone = script.alone
        return operation

    def names(self, o):
        """Return the names in the database that a block takes by its arguments."""
        classes = [a.names for a in self.arguments if a.names and a.names != "schema"]
        return ["\0".join((each, *called(o.object))) for each in classes if self.alone]

    def verdict(self, before, after, old, wanted):
        """Return how alike an object that goes and one that comes are."""
        answer = self.judge(Declared(old, before, self.arguments), Declared(wanted, after, self.arguments))
        return pb.Alikeness.Value("ALIKENESS_" + answer.upper())

    def operation(self, verb, o, script):
        """Return what both operations have."""
        today = o.state.renames.today
        target = today(o.object.address)
        operation = pb.Operation(
            kind=self.operation_kind(verb), target=target,
            summary=" ".join([verb, self.noun.replace("_", " "), address.path(target)]),
        )
        if script.lock:
            operation.locks.add(object=today(o.model_address()), mode=lock_mode(script.lock))
        for ref, mode in script.locks:
            operation.locks.add(object=today(ref["$ref"]), mode=lock_mode(mode))
        if script.outside:
            operation.transaction = pb.TRANSACTION_OUTSIDE
        if address.kind(o.object.parent) == "field":  # no reference orders it and changes of the table
            operation.needs.add(verb=pb.VERB_ALTER, object=today(o.model_address()), soft=True, before=verb == "drop")
        return operation


EVERYTHING = [pb.ASPECT_EXISTS, pb.ASPECT_NAME, pb.ASPECT_TYPE, pb.ASPECT_DEFINITION]


def likeness_of(word):
    """Return a likeness: never, asked, sure or judged; never where nothing is said."""
    return pb.Likeness.Value("LIKENESS_" + word.upper()) if word else pb.LIKENESS_UNSPECIFIED


def lock_mode(words):
    """Return a lock mode by PostgreSQL's name."""
    return pb.LockMode.Value("LOCK_MODE_" + words.upper().replace(" ", "_"))
