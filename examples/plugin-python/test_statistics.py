"""Tests of the plugin itself."""

import os
import unittest

from whimbrel_plugin.testing import Model, detect, fields, load, sql

plugin = load(os.path.join(os.path.dirname(os.path.abspath(__file__)), "whimbrel-plugin-statistics")).plugin


def model(name="place", table="address", columns=("zip", "city"), **attrs):
    attrs.setdefault("fields", fields(*columns))
    return Model("statistics.correlated", attrs, name, {"schema": "public", "table": table}, columns)


class StatisticsTest(unittest.TestCase):
    def test_create(self):
        (operation,) = detect(plugin, after=model(kinds=["mcv"], target=500)).operations
        self.assertEqual("statistics.create_correlated", operation.kind)
        self.assertEqual("statistics.correlated app.book.place", operation.target)
        self.assertEqual("create correlated app.book.place", operation.summary)
        self.assertEqual(
            ["CREATE STATISTICS public.address_place (mcv) ON zip, city FROM public.address",
             "ALTER STATISTICS public.address_place SET STATISTICS 500"],
            sql(operation.up))
        self.assertEqual(["DROP STATISTICS public.address_place"], sql(operation.down))
        self.assertEqual(["statistics\0public\0address_place"], list(operation.takes))
        self.assertEqual([("model app.book", 4)], [(lock.object, lock.mode) for lock in operation.locks])

    def test_change_is_drop_and_create_with_the_names_of_each_side(self):
        drop, create = detect(plugin, model(), model(table="place")).operations
        self.assertEqual(["DROP STATISTICS public.address_place"], sql(drop.up))
        self.assertEqual(["CREATE STATISTICS public.address_place ON zip, city FROM public.address"], sql(drop.down))
        self.assertEqual(["CREATE STATISTICS public.place_place ON zip, city FROM public.place"], sql(create.up))

    def test_hostile_names(self):
        hostile = 'a"b $$ \\ é'
        (operation,) = detect(plugin, after=model("x", "T", (hostile, "order"))).operations
        self.assertEqual(
            ['CREATE STATISTICS public."T_x" ON "a""b $$ \\ é", "order" FROM public."T"'], sql(operation.up))

    def test_one_field_is_a_mistake_of_the_user_but_not_of_the_past(self):
        result = detect(plugin, after=model(columns=["zip"]))
        self.assertEqual([], list(result.operations))
        self.assertEqual('correlated "place" has 1 of two to eight fields', result.diagnostics[0].summary)
        self.assertEqual([], list(detect(plugin, before=model(columns=["zip"])).diagnostics))


if __name__ == "__main__":
    unittest.main()
