package usertype

import (
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Released returns statements as one that takes away whatever depends on the
// columns of the type, and makes it again afterwards. It serves a way back whose
// way forth needs none of that: what depends on the columns at that time, and
// whose it is, only the database knows.
func (c Conversion) Released(statements []string) string {
	body := make([]string, len(statements))
	for i, s := range statements {
		body[i] = "    " + s + ";"
	}
	holes := map[string]string{}
	if others := c.others(); others || c.standing() {
		maps.Copy(holes, map[string]string{"{recursive}": " RECURSIVE", "{users}": namingTypes, "{standing}": standingViews, "{more}": standingBy, "{unowned}": ofNoDomain})
		if others {
			maps.Copy(holes, othersToo())
		}
	}
	text := releasing
	if c.through() {
		text = releasingThrough
	}
	for range 2 { // there are holes in what fills some
		for _, hole := range []string{"{recursive}", "{users}", "{standing}", "{more}", "{others}", "{unowned}", "{view}", "{rule}", "{table}"} {
			text = strings.ReplaceAll(text, hole, holes[hole])
		}
	}
	text = strings.NewReplacer("{types}", c.isOne(), "{calling}", c.calling(), "{statements}", strings.Join(body, "\n")).Replace(text)
	return "DO " + sdk.Body(text)
}

// isOne returns the condition that a row of pg_type is the type, a type that is
// exchanged with it, or an array of one.
func (c Conversion) isOne() string {
	list := []string{address.Literal(c.name.SQL()) + "::regtype IN (pg_type.oid, typelem)"}
	for _, other := range c.over {
		list = append(list, address.Literal(nameOf(c.work, other).SQL())+"::regtype IN (pg_type.oid, typelem)")
	}
	if len(list) == 1 {
		return list[0]
	}
	return "(" + strings.Join(list, " OR ") + ")"
}

// standing reports whether something that stands by itself, such as a view or a
// function, names the types or their columns afterwards, or whether something names the
// types and none of their columns.
func (c Conversion) standing() bool {
	seen := map[address.Address]bool{} // what is found by the columns
	for _, user := range c.Users {
		for _, o := range c.work.Pass.To.Dependents(user.After.Address) {
			if o.Parent.IsZero() {
				return true
			}
			seen[o.Address] = true
		}
	}
	return slices.ContainsFunc(c.family(), func(t address.Address) bool {
		return slices.ContainsFunc(c.namers(t), func(o *sdk.Object) bool { return o.Parent.IsZero() || !seen[o.Address] })
	})
}

const releasing = `DECLARE
    dependent record;
    again text[] := '{}';
BEGIN
    FOR dependent IN
        WITH{recursive} columns AS (
            SELECT attrelid, attnum FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
            WHERE {types} AND NOT attisdropped
        ), users AS (
            SELECT DISTINCT classid, objid FROM pg_depend JOIN columns ON refobjid = attrelid AND refobjsubid = attnum
            WHERE refclassid = 'pg_class'::regclass{users}
        ){standing}
        SELECT 1 AS place, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS back
        FROM pg_constraint JOIN users ON classid = 'pg_constraint'::regclass AND objid = oid WHERE contype = 'f'
        UNION ALL
        SELECT 2, format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass), pg_get_triggerdef(oid)
        FROM pg_trigger JOIN users ON classid = 'pg_trigger'::regclass AND objid = oid WHERE NOT tgisinternal
        UNION ALL
        SELECT 3, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint JOIN users ON classid = 'pg_constraint'::regclass AND objid = oid WHERE contype IN ('c', 'x'){table}
        UNION ALL
        SELECT 4, format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
        FROM pg_index JOIN users ON classid = 'pg_class'::regclass AND objid = indexrelid
        WHERE (indpred IS NOT NULL OR indexprs IS NOT NULL)
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid){more}{others}
        ORDER BY place, away
` + roundTrip

// roundTrip ends the text of a block that releases: what it has found is taken away, the
// statements run, and all of it is made again, the last one first.
const roundTrip = `    LOOP
        EXECUTE dependent.away;
        again := dependent.back || again;
    END LOOP;
{statements}
    FOREACH dependent.away IN ARRAY again LOOP
        EXECUTE dependent.away;
    END LOOP;
END`
