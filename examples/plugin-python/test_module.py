"""Tests of the module that plugins are written with."""

import json
import unittest

import whimbrel_plugin as w
from whimbrel_plugin import address, service
from whimbrel_plugin import whimbrel_plugin_v1_pb2 as pb
from whimbrel_plugin.declared import Declared, State
from whimbrel_plugin.testing import Block, Model, detect, made, sql


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

    def test_fills_a_slot(self):
        @self.plugin.model_option("note", "A note.", slot="tablespace")
        def note(o):
            return w.Script(create=["C"], drop=["D"], clause="TABLESPACE fast", set="SET", reset="RESET")

        drop, create = detect(self.plugin, Model("note.note", {}), Model("note.note", {})).operations
        self.assertEqual("tablespace", self.plugin.manifest().kinds[0].slot)
        self.assertEqual((["SET", "C"], ["D", "RESET"]), (sql(create.up), sql(create.down)))
        self.assertEqual((["D", "RESET"], ["SET", "C"]), (sql(drop.up), sql(drop.down)))
        for operation in (drop, create):
            self.assertEqual(("TABLESPACE fast", "tablespace", True),
                             (operation.inline.clause.sql, operation.inline.clause.slot, operation.inline.alone))

    def test_dropped_under_the_names_of_before_the_renames(self):
        @self.plugin.model_option("note", "A note.", w.Argument("on", "field", "A field."), labelled=True)
        def note(o):
            itself = "%s %s" % (o.name, o.column(o["on"]))
            return w.Script(create=["CREATE " + itself], drop=["DROP " + itself], lock="share")

        old = Model("note.note", {"on": {"$ref": 'field app.book.author'}}, name="two", columns=["owner"])
        old.objects[1].address = "field app.book.author"  # the old state has the new addresses
        new = Model("note.note", {"on": {"$ref": 'field app.book.author'}}, name="two", columns=["author"])
        renamed = {"note.note app.book.two": "note.note app.book.one", "field app.book.author": "field app.book.owner"}
        drop, create = detect(self.plugin, old, new, renamed=renamed).operations
        self.assertEqual(["DROP one owner"], sql(drop.up))
        self.assertEqual(["CREATE one owner"], sql(drop.down))
        self.assertEqual(["CREATE two author"], sql(create.up))
        self.assertEqual(["note.note app.book.two"] * 2, [drop.target, drop.edits[0].drop])
        self.assertEqual("model app.book", drop.locks[0].object)

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


class BlockTest(unittest.TestCase):
    """Blocks that stand by themselves, at the top of model files or in the project file."""

    ARGUMENTS = [
        w.Argument("of", "ref", "The field.", kinds=["field"], aspects=["type"], example="pizza.price"),
        w.Argument("query", "sql", "The query.", sql="query", columns="columns"),
        w.Argument("columns", "strings", "Its columns."),
        w.Argument("kind", "type", "A type."),
        w.Argument("strict", "bool", "Strict.", default=True, fill=True),
        w.Argument("cache", "int", "Cache.", default=1, fill=True),
        w.Argument("name", "string", "The name in the database.", names="relation"),
        w.Argument("schema", "string", "The schema.", names="schema"),
    ]
    OTHERS = [
        made("model app.pizza", "", {"schema": "menu", "table": "order"}),
        made("field app.pizza.price", "model app.pizza", {"column": "Price"}),
        made("view app.cheap", "", {"schema": "public", "name": "cheap"}),
        made("enum app.size", "", {"schema": "public", "name": "size"}),
        made("schema menu", "", {}),
    ]

    def setUp(self):
        self.plugin = w.Plugin("peaks", "1.0.0", "Peaks.")

    def peak(self, **settings):
        """Add a block whose SQL has every name that there is."""

        @self.plugin.app_block("peak", "A view.", *self.ARGUMENTS, **settings)
        def peak(o):
            self.seen = o
            return w.Script(
                create=["CREATE VIEW %s AS %s" % (o.called(), o.text(o["query"]))], drop=["DROP VIEW " + o.called()],
                locks=[({"$ref": "model app.pizza"}, "share")])

        return peak

    def block(self, name="dearest", **attrs):
        """Return a block with that name in the database."""
        attrs.setdefault("query", {"sql": ["select 1"]})
        return Block("peaks.peak", {"name": name, "schema": "public", **attrs}, others=self.OTHERS)

    def test_manifest(self):
        self.peak(likeness="asked", naming=["columns"])

        @self.plugin.project_block("role", "A role.", w.Argument("name", "string", "Its name.", names="role"))
        def role(o):
            return w.Script(create=["CREATE ROLE " + o.called()], drop=["DROP ROLE " + o.called()])

        manifest = self.plugin.manifest()
        peak, role = manifest.options
        self.assertEqual([pb.PLACE_APP, pb.PLACE_PROJECT], [peak.on, role.on])
        self.assertTrue(peak.labelled and role.labelled)
        self.assertEqual(["name", "schema", "columns"], list(manifest.kinds[0].naming))
        self.assertEqual([pb.LIKENESS_ASKED, pb.LIKENESS_UNSPECIFIED], [kind.likeness for kind in manifest.kinds])
        of, query = peak.shape.attrs[:2]
        self.assertEqual((pb.ATTR_TYPE_REF, ["field"], "pizza.price"), (of.type, list(of.kinds), of.example))
        self.assertEqual((pb.ATTR_TYPE_SQL, pb.SQL_KIND_QUERY, "columns"), (query.type, query.sql, query.columns))
        self.assertEqual("relation", peak.shape.attrs[6].names)

    def test_names_in_sql(self):
        self.peak()
        refs = {"field": "field app.pizza.price", "model": "model app.pizza", "view": "view app.cheap"}
        text = ["select ", {"name": {"$ref": refs["field"]}}, " from ", {"qualified": {"$ref": refs["model"]}},
                " join ", {"qualified": {"$ref": refs["view"]}}, " as ", {"name": {"$ref": refs["view"]}}, " -- ", {"string": {"$ref": refs["model"]}}]
        (operation,) = detect(self.plugin, after=self.block(query={"sql": text})).operations
        self.assertEqual(
            ['CREATE VIEW public.dearest AS select "Price" from menu."order" join public.cheap as cheap -- \'menu."order"\''], sql(operation.up))
        self.assertEqual(["relation\0public\0dearest"], list(operation.takes))
        self.assertEqual([("model app.pizza", pb.LOCK_MODE_SHARE)], [(lock.object, lock.mode) for lock in operation.locks])
        self.assertEqual("public.size[][]", self.seen.type_name({"of": {"$ref": "enum app.size"}, "dimensions": 2}))
        self.assertEqual("numeric(8,2)", self.seen.type_name({"sql": "numeric(8,2)"}))
        self.assertEqual(('"Price"', "menu"), (self.seen.name_of({"$ref": refs["field"]}), self.seen.name_of({"$ref": "schema menu"})))
        with self.assertRaisesRegex(ValueError, "peaks.peak app.one is in no model"):
            self.seen.table()

    def test_what_is_always_said_has_no_default(self):
        self.peak()
        detect(self.plugin, after=self.block(columns=[{"name": "day", "type": "date"}]))
        self.assertEqual((False, 0, [{"name": "day", "type": "date"}]), (self.seen["strict"], self.seen["cache"], self.seen["columns"]))
        detect(self.plugin, after=self.block(strict=True, cache=7))
        self.assertEqual((True, 7), (self.seen["strict"], self.seen["cache"]))

    def test_others_make_way_for_a_change(self):
        self.peak()
        drop, create = detect(self.plugin, self.block(), self.block("most")).operations
        self.assertEqual(["relation\0public\0dearest"], list(drop.frees))
        self.assertEqual([("peaks.peak app.one", [1, 2, 3, 4])], [(t.object, list(t.aspects)) for t in drop.touches])
        self.assertEqual([], list(create.touches))
        self.assertEqual([], list(detect(self.plugin, before=self.block()).operations[0].touches))

    def test_judge(self):
        self.assertNotIn("Judge", service.calls(self.plugin))

        def judge(before, after):
            return "equal" if before["query"] == after["query"] else "alike"

        self.peak(judge=judge)
        self.assertIn("Judge", service.calls(self.plugin))
        self.assertEqual(pb.LIKENESS_JUDGED, self.plugin.manifest().kinds[0].likeness)
        asked = pb.JudgeRequest(objects=[
            made("peaks.peak app.one", "", {"query": {"sql": ["select 1"]}}), made("peaks.peak app.two", "", {"query": {"sql": ["select 1"]}}),
            made("peaks.peak app.three", "", {"query": {"sql": ["select 3"]}}),
        ], to=[2, 3], pairs=[pb.Pair(before=1, after=2), pb.Pair(before=1, after=3)], **{"from": [1]})
        self.assertEqual([pb.ALIKENESS_EQUAL, pb.ALIKENESS_ALIKE], self.plugin.judge(asked))

    def test_unknown_words_are_found_at_once(self):
        for bad in (dict(likeness="perhaps"), dict(types={"values": "a", "worth": "b"})):
            with self.assertRaises(ValueError):
                self.peak(**bad)
        with self.assertRaises(ValueError):
            w.Argument("x", "sql", "No kind of SQL.", sql="poem")


if __name__ == "__main__":
    unittest.main()
