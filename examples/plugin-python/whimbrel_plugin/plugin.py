"""A plugin: what it adds to the model language, and what that is in SQL."""

import json

from . import address, argument, command
from . import whimbrel_plugin_v1_pb2 as pb
from .declared import State
from .option import Option


class Plugin:
    """A plugin. Its answers must depend on nothing but what it is asked: they are kept and compared.

    config are the arguments of its block in the project file, o.config["name"] in an option. reads are kinds of
    which it wants to see every object; whole says that it has to see all changes at once, not model by model.
    """

    def __init__(self, name, version, doc, *, config=(), reads=(), whole=False):
        self.name, self.version, self.doc = name, version, doc
        self.options, self.config, self.reads, self.whole = {}, tuple(config), reads, whole

    def model_option(self, name, doc, *arguments, **settings):
        """Add an option to models: the decorated function makes a Script of a Declared.

        Settings: labelled (a block with a name, any number of them), switch (NAME = true is allowed), inherited
        (it can stand in an app and the project too), siblings (kinds whose changes have it made again; "parent"
        is the table itself), rendering (raised to have all made anew by other SQL).
        """
        return self._option(pb.PLACE_MODEL, name, doc, arguments, settings)

    def field_option(self, name, doc, *arguments, **settings):
        """Add an option to fields; see model_option."""
        return self._option(pb.PLACE_FIELD, name, doc, arguments, settings)

    def app_block(self, name, doc, *arguments, **settings):
        """Add a block with a label to the top of model files: its object stands by itself.

        Settings besides those of model_option: likeness ("asked" or "sure", when one that goes and one that comes
        are equal but for what names them), naming (arguments that name it, besides those with names), judge (a
        function of two Declared that says "different", "alike" or "equal"), types (that it is a type that fields
        can have: {"values": argument} or {"base": argument}).
        """
        return self._option(pb.PLACE_APP, name, doc, arguments, settings)

    def project_block(self, name, doc, *arguments, **settings):
        """Add a block with a label to the project file; see app_block."""
        return self._option(pb.PLACE_PROJECT, name, doc, arguments, settings)

    def _option(self, place, name, doc, arguments, settings):
        def add(script):
            option = Option(self.name, name, doc, place, arguments, script, **settings)
            if option.kind in self.options:
                raise ValueError("two options are called " + name)
            self.options[option.kind] = option
            return script

        return add

    def manifest(self):
        """Return what the plugin owns and emits."""
        options = self.options.values()
        return pb.Manifest(
            name=self.name, version=self.version, doc=self.doc, reads=self.reads,
            config=argument.shape_of(self.config) if self.config else None,
            kinds=[o.owned for o in options], options=[o.declaration for o in options],
            emits=sorted(kind for o in options for kind in o.emits()),
            locality=pb.LOCALITY_WHOLE if self.whole else pb.LOCALITY_PER_MODEL,
        )

    def detect(self, passed):
        """Return the result of a pass."""
        config = argument.read(self.config, json.loads(passed.config or b"{}"))
        old = State(passed, getattr(passed, "from"), config, past=True)
        wanted = State(passed, passed.to, config, past=False)
        result = pb.Result()
        for change in passed.changes:
            before, after = (passed.objects[n - 1] if n else None for n in (change.before, change.after))
            option = self.options[address.kind((after or before).address)]
            option.answer(before, after, old, wanted, result)
        return result

    def judges(self):
        """Report whether the plugin judges what was renamed."""
        return any(option.judge for option in self.options.values())

    def judge(self, asked):
        """Return the verdicts on the pairs of a comparison."""
        old = State(asked, getattr(asked, "from"), {}, past=True)
        wanted = State(asked, asked.to, {}, past=True)
        verdicts = []
        for pair in asked.pairs:
            before, after = asked.objects[pair.before - 1], asked.objects[pair.after - 1]
            option = self.options[address.kind(before.address)]
            verdicts.append(option.verdict(before, after, old, wanted) if option.judge else pb.ALIKENESS_DIFFERENT)
        return verdicts

    def main(self):
        """Be the executable of the plugin."""
        command.main(self)
