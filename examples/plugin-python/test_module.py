"""Tests of the module that plugins are written with."""

import json
import unittest

import whimbrel_plugin as w
from whimbrel_plugin import address
from whimbrel_plugin import whimbrel_plugin_v1_pb2 as pb
from whimbrel_plugin.declared import Declared, State
from whimbrel_plugin.testing import Model, detect, made, sql


class QuotingTest(unittest.TestCase):
    def test_ident(self):
        for name, want in {
            "title": "title", "order": '"order"', "Title": '"Title"', "": '""', 'a"b': '"a""b"', "1a": '"1a"', "é": '"é"',
            "a\n": '"a\n"',
        }.items():
            self.assertEqual(want, w.ident(name))
        self.assertEqual('public."a.b"', w.qualified("public", "a.b"))

    def test_literal(self):
        for text, want in {"": "''", "it's": "'it''s'", "a\\'b": "E'a\\\\''b'", "$$": "'$$'"}.items():
            self.assertEqual(want, w.literal(text))

    def test_name_fits_and_stays_distinct(self):
        self.assertEqual("pizza_price", w.name("pizza", "price"))
        for whole in ("x" * 64, "é" * 32, "x" * 53 + "é" * 9):
            cut = w.name(whole)
            self.assertLessEqual(len(cut.encode()), 63)
            self.assertNotEqual(cut, w.name(whole + "y"))


class AddressTest(unittest.TestCase):
    def test_names_come_back(self):
        for names in (["shop", "pizza", "name"], ["a.b", "", 'say "hi"', "x=y", "two words", "\n", "é\u00a0"]):
            self.assertEqual(names, address.names(address.join("field", *names)))
        self.assertEqual('field a."b.c"', address.join("field", "a", "b.c"))
        self.assertEqual("rls.policy", address.kind("rls.policy a.b"))


class OptionTest(unittest.TestCase):
    def setUp(self):
        self.plugin = w.Plugin("note", "1.0.0", "Notes.", config=[w.Argument("prefix", "string", "Before.", default="")])

    def test_arguments_and_defaults(self):
        inner = w.Argument("depth", "int", "How deep.", default=3, min=1)
        seen = []

        @self.plugin.model_option("note", "A note.", w.Argument("text", "string", "It.", required=True),
                                  w.Argument("loud", "bool", "Caps.", default=True), w.Argument("box", "block", "A box.", shape=[inner]))
        def note(o):
            seen.append((o["text"], o["loud"], o["box"], o.config["prefix"], o.name))
            return w.Script(create=["CREATE"], drop=["DROP"], outside=True)

        shape = self.plugin.manifest().options[0].shape
        self.assertEqual(["", "true", ""], [a.default for a in shape.attrs])
        self.assertEqual("3", shape.attrs[2].shape.attrs[0].default)
        (operation,) = detect(self.plugin, after=Model("note.note", {"text": "hi", "box": {}})).operations
        self.assertEqual([("hi", True, {"depth": 3}, "", "one")], seen)
        self.assertEqual(pb.TRANSACTION_OUTSIDE, operation.transaction)

    def test_unknown_words_are_found_at_once(self):
        with self.assertRaises(ValueError):
            w.Argument("x", "number", "No type.")
        with self.assertRaises(ValueError):
            w.Argument("x", "field", "No aspect.", aspects=["color"])

    def test_replaced_even_if_the_same(self):
        @self.plugin.model_option("note", "A note.")
        def note(o):
            return w.Script(create=["COMMENT ON TABLE " + o.table() + " IS 'x'"], drop=["COMMENT ON TABLE " + o.table() + " IS NULL"])

        drop, create = detect(self.plugin, Model("note.note", {}), Model("note.note", {})).operations
        self.assertEqual(["COMMENT ON TABLE public.book IS NULL"], sql(drop.up))
        self.assertEqual(sql(drop.up), sql(create.down))
        self.assertEqual("note.note app.book.one", create.edits[0].put.address)
        self.assertEqual(["note.create_note", "note.drop_note"], list(self.plugin.manifest().emits))

    def test_field_option_is_ordered_with_its_table(self):
        @self.plugin.field_option("tone", "A tone.")
        def tone(o):
            return w.Script(create=[o.table() + " " + o.parent_column()], drop=["DROP"])

        model = Model("note.tone", {}, columns=["a b"])
        model.option = made('note.tone app.book."a b"', model.objects[1].address, {})
        (operation,) = detect(self.plugin, after=model).operations
        self.assertEqual(['public.book "a b"'], sql(operation.up))
        self.assertEqual([("model app.book", pb.VERB_ALTER, True)], [(n.object, n.verb, n.soft) for n in operation.needs])

    def test_a_relation_without_column_is_a_mistake(self):
        objects = [made("model a.b", "", {}), made("field a.b.tags", "model a.b", {"relation": {}}), made("x.y a.b.o", "model a.b", {})]
        passed = pb.Pass(objects=objects, to=[1, 2, 3])
        o = Declared(State(passed, passed.to, {}, past=False), objects[2], [])
        with self.assertRaisesRegex(Exception, "field a.b.tags has no column"):
            o.column(json.loads('{"$ref": "field a.b.tags"}'))


if __name__ == "__main__":
    unittest.main()
