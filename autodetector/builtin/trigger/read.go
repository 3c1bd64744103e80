package trigger

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE TRIGGER, and ALTER TABLE that turns one on or off.
func readSQL(w *sql.Work, s sql.Statement) bool {
	switch d := s.What.(type) {
	case ddl.CreateTrigger:
		return readCreate(w, s, d)
	case ddl.AlterTable:
		return len(d.Commands) == 1 && readEnabled(w, s, d)
	}
	return false
}

func readCreate(w *sql.Work, s sql.Statement, d ddl.CreateTrigger) bool {
	var b *sql.Block
	if t := w.Table(s, d.Table); t != nil {
		b = t.Option(s, kindName, kindName, d.Name, d.Place)
		b.Set("of", t.Fields(d.Of))
	} else if v := w.Find(s, viewKind, d.Table); v != nil {
		b = w.Block(s, kindName, kindName, ddl.Name{Schema: v.Name().Schema, Name: d.Table.Name + "." + d.Name}, d.Place)
		b.Relabel(d.Name)
		b.Unset("schema")
		b.Set("view", w.Ref(s, v))
	} else {
		return false
	}
	b.SetWord("when", d.When)
	b.Set("on", sql.Words(ordered(d.Events)))
	if d.Row {
		b.SetWord("each", row)
	}
	b.Set("referencing", transitions(d))
	if d.If != nil {
		b.Set("if", sql.SQL(d.If.SQL))
	}
	b.SetTrue("constraint", d.Constraint && d.Deferrable == "")
	b.SetWord("deferrable", d.Deferrable)
	if other := w.Table(s, d.From); d.From.Name != "" && other != nil {
		b.Set("from", w.ModelName(s, other))
	}
	w.Function(s, b, "execute", d.Function)
	b.Set("args", sql.Texts(d.Arguments))
	return true
}

// ordered puts events in the order in which people write them.
func ordered(events []string) []string {
	order := []string{"insert", update, "delete", truncate}
	return slices.DeleteFunc(order, func(event string) bool { return !slices.Contains(events, event) })
}

func transitions(d ddl.CreateTrigger) *declare.Expr {
	var names []string
	var values []*declare.Expr
	if d.OldTable != "" {
		names, values = append(names, "old"), append(values, sql.Text(d.OldTable))
	}
	if d.NewTable != "" {
		names, values = append(names, "new"), append(values, sql.Text(d.NewTable))
	}
	if len(names) == 0 {
		return nil
	}
	return sql.Object(names, values)
}

// states are the words for the commands of ALTER TABLE.
var states = map[string]string{
	"AT_EnableTrig": "", "AT_EnableAlwaysTrig": "always", "AT_EnableReplicaTrig": "replica", "AT_DisableTrig": "false",
}

func readEnabled(w *sql.Work, s sql.Statement, d ddl.AlterTable) bool {
	command := d.Commands[0]
	state, ok := states[command.Kind]
	t := w.Table(s, d.Name)
	if !ok || t == nil {
		return false
	}
	b := t.OptionOf(kindName, command.Name)
	if b == nil {
		return false
	}
	b.Unset("enabled")
	switch state {
	case "":
	case "false":
		b.Set("enabled", sql.Bool(false))
	default:
		b.SetWord("enabled", state)
	}
	return true
}
