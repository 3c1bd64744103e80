package index

import (
	"cmp"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/key"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// create returns the statements that make an index.
func create(at sdk.Moment, o *sdk.Object) []string {
	index := sdk.AttrsOf[model.Index](at.Work, o)
	texts := []string{definition(at, o, index, "")}
	if index.Comment != "" {
		texts = append(texts, comment(schema(at, o), index))
	}
	return texts
}

func comment(schema string, index model.Index) string {
	return sdk.Comment("INDEX "+address.Qualify(schema, index.Name), index.Comment)
}

// tune returns the statements that change the comment of an index and how it is stored.
func tune(schema string, from, to model.Index) []string {
	var texts []string
	name := address.Qualify(schema, to.Name)
	if from.Comment != to.Comment {
		texts = append(texts, comment(schema, to))
	}
	if from.Tablespace != to.Tablespace {
		texts = append(texts, "ALTER INDEX "+name+" SET TABLESPACE "+address.Quote(cmp.Or(to.Tablespace, "pg_default")))
	}
	return append(texts, key.Tune(name, from.Storage, to.Storage)...)
}

// concurrently is the word that has writers go on while an index is built or dropped.
const concurrently = "CONCURRENTLY "

// definition returns the statement that makes an index, with a word behind INDEX.
func definition(at sdk.Moment, o *sdk.Object, index model.Index, how string) string {
	var b strings.Builder
	b.WriteString("CREATE ")
	if index.Unique {
		b.WriteString("UNIQUE ")
	}
	b.WriteString("INDEX " + how + address.Quote(index.Name) + " ON " + partitioning.SQLTable(at, o, index.Partition))
	if index.Method != "" {
		b.WriteString(" USING " + address.Quote(index.Method))
	}
	b.WriteString(" (" + key.List(at, index.Keys) + ")")
	if len(index.Include) > 0 {
		b.WriteString(" INCLUDE (" + at.Columns(index.Include) + ")")
	}
	if index.NullsNotDistinct {
		b.WriteString(" NULLS NOT DISTINCT")
	}
	if len(index.Storage) > 0 {
		b.WriteString(" WITH (" + strings.Join(key.Parameters(index.Storage), ", ") + ")")
	}
	if index.Tablespace != "" {
		b.WriteString(" TABLESPACE " + address.Quote(index.Tablespace))
	}
	if index.Where != nil {
		b.WriteString(" WHERE " + at.SQL(*index.Where))
	}
	return b.String()
}

// drop returns the statement that takes an index away, with a word behind INDEX.
func drop(at sdk.Moment, o *sdk.Object, how string) string {
	index := sdk.AttrsOf[model.Index](at.Work, o)
	return "DROP INDEX " + how + address.Qualify(schema(at, o), index.Name)
}

// schema returns that of the table that has the index.
func schema(at sdk.Moment, o *sdk.Object) string {
	schema, _ := partitioning.Table(at, o, sdk.AttrsOf[model.Index](at.Work, o).Partition)
	return schema
}

// rename returns the statement that gives an index another name.
func rename(at sdk.Moment, o *sdk.Object, from, to string) string {
	return "ALTER INDEX " + address.Qualify(schema(at, o), from) + " RENAME TO " + address.Quote(to)
}
