package materializedview

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/query"
	"github.com/whimbreldb/whimbrel/sdk"
)

func name(v attrs) string { return sdk.Qualified(v.Schema, v.Name) }

func keys(v attrs) []string {
	list := query.Keys(v.Schema, v.Name)
	for _, i := range v.Indexes {
		list = append(list, sdk.Name("relation", v.Schema, i.named(v)))
	}
	return list
}

func drop(v attrs) string { return "DROP MATERIALIZED VIEW " + name(v) }

func create(m sdk.Moment, v attrs) []string {
	text := "CREATE MATERIALIZED VIEW " + name(v) + query.Head(v.Query, v.Columns) + " AS\n" + query.Body(m, v.Query)
	if !v.Data {
		text += "\nWITH NO DATA"
	}
	texts := []string{text}
	for _, i := range v.Indexes {
		texts = append(texts, i.create(v)...)
	}
	if v.Comment != "" {
		texts = append(texts, sdk.Comment("MATERIALIZED VIEW "+name(v), v.Comment))
	}
	return texts
}

// alter returns the changes but for those of name and schema: what goes, names of
// columns, what comes.
func alter(from, to attrs) []string {
	texts, kept := dropped(from, to)
	for i, c := range from.Columns {
		if c.Name != to.Columns[i].Name {
			texts = append(texts, "ALTER MATERIALIZED VIEW "+name(to)+" RENAME COLUMN "+sdk.Ident(c.Name)+" TO "+sdk.Ident(to.Columns[i].Name))
		}
	}
	if from.Data != to.Data {
		texts = append(texts, "REFRESH MATERIALIZED VIEW "+name(to)+map[bool]string{true: "", false: " WITH NO DATA"}[to.Data])
	}
	texts = append(texts, made(kept, to)...)
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment("MATERIALIZED VIEW "+name(to), to.Comment))
	}
	return texts
}

// dropped returns what takes the indexes away that are no more, and those that stay by
// their new labels.
func dropped(from, to attrs) (texts []string, kept map[string]index) {
	kept = map[string]index{}
	for _, i := range from.Indexes {
		next := i.next(from, to)
		if next == nil {
			texts = append(texts, "DROP INDEX "+sdk.Qualified(to.Schema, i.named(from)))
			continue
		}
		kept[next.Label] = index{Name: i.named(from), Comment: i.Comment}
	}
	return texts, kept
}

// next returns what an index becomes: the one of its label, or else one of a new label
// that is the same. Nil: it goes.
func (i index) next(from, to attrs) *index {
	renamed := renamedColumns(from, to)
	labelled := func(label string) func(index) bool { return func(o index) bool { return o.Label == label } }
	if n := slices.IndexFunc(to.Indexes, labelled(i.Label)); n >= 0 {
		if i.same(to.Indexes[n], renamed) {
			return &to.Indexes[n]
		}
		return nil
	}
	for n, other := range to.Indexes {
		if i.same(other, renamed) && !slices.ContainsFunc(from.Indexes, labelled(other.Label)) {
			return &to.Indexes[n]
		}
	}
	return nil
}

// renamedColumns are the new names of columns by the old ones.
func renamedColumns(from, to attrs) map[string]string {
	renamed := map[string]string{}
	for i, c := range from.Columns {
		renamed[c.Name] = to.Columns[i].Name
	}
	return renamed
}

// made returns what makes the indexes of a view that are not kept, and gives the others
// their names and comments.
func made(kept map[string]index, to attrs) []string {
	var texts []string
	for _, i := range to.Indexes {
		was, stays := kept[i.Label]
		if !stays {
			texts = append(texts, i.create(to)...)
			continue
		}
		if was.Name != i.named(to) {
			texts = append(texts, "ALTER INDEX "+sdk.Qualified(to.Schema, was.Name)+" RENAME TO "+sdk.Ident(i.named(to)))
		}
		if was.Comment != i.Comment {
			texts = append(texts, i.commented(to))
		}
	}
	return texts
}

// move returns the statements that give a view another schema and name. Its indexes go
// with it into the schema; those named after it get their names later.
func move(from, to attrs) []string {
	var texts []string
	if from.Schema != to.Schema {
		texts = append(texts, "ALTER MATERIALIZED VIEW "+name(from)+" SET SCHEMA "+sdk.Ident(to.Schema))
	}
	if from.Name != to.Name {
		texts = append(texts, "ALTER MATERIALIZED VIEW "+sdk.Qualified(to.Schema, from.Name)+" RENAME TO "+sdk.Ident(to.Name))
	}
	return texts
}
