// Package partitions is an example of a plugin that fills a slot in the statement that
// makes a table: the rows of a model are divided by months.
package partitions

import (
	"slices"
	"time"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// New returns the detector of the plugin.
func New() sdk.Detector {
	return sdk.Define("partitions", "1.0.0", "Tables with a partition for each month.",
		sdk.ModelOption("monthly", "A partition for each month.", sdk.ByHand(divide), sdk.Fills(sdk.SlotPartitionBy), sdk.ParentName()),
		sdk.ModelOption("months_ahead", "A function that makes the partitions of months to come.", sdk.Recreated(ahead), sdk.Switch(), sdk.ParentName()))
}

type monthly struct {
	Over  sdk.FieldRef `whimbrel:"over,type" doc:"The field whose month it is."`
	First string       `whimbrel:"first" pattern:"20[0-9]{2}-(0[1-9]|1[0-2])" example:"2026-01" doc:"The first month."`
	Count int          `whimbrel:"count" min:"1" max:"120" default:"12" doc:"How many months there are from it on."`
}

type months = sdk.Declared[monthly]

// divide makes partitions with their table. Later it makes those that come, drops those
// that go and has the others follow the name of the table.
func divide(e *sdk.Emitter[monthly]) {
	if e.From != nil && e.To != nil && !e.MustGo && e.From.Options.Over == e.To.Options.Over {
		alter(e)
		return
	}
	if e.Was != nil {
		e.Drop(each(e.Was, drop), each(e.Was, create)).Names(names(e.Was), nil).Fills(by(e.Was), "", "")
	}
	if e.To != nil {
		e.Create(each(e.To, create), each(e.To, drop)).Names(nil, names(e.To)).Fills(by(e.To), "", "")
	}
}

func alter(e *sdk.Emitter[monthly]) {
	var up, down []string
	was, is := e.From.Options.months(), e.To.Options.months()
	for _, m := range was {
		if slices.Contains(is, m) {
			up, down = append(up, follow(e.From, e.To, m)...), append(follow(e.To, e.From, m), down...)
		} else {
			up, down = append(up, drop(e.From, m)), append([]string{create(e.Back(), m)}, down...)
		}
	}
	for _, m := range is {
		if !slices.Contains(was, m) {
			up, down = append(up, create(e.To, m)), append([]string{drop(e.To, m)}, down...)
		}
	}
	e.Alter(up, down).Names(names(e.From), names(e.To)).Locks(e.To.Locks(sdk.AccessExclusive)...)
}

func by(o *months) string { return "PARTITION BY RANGE (" + o.Column(o.Options.Over) + ")" }

func create(o *months, m time.Time) string {
	const day = "'2006-01-02'"
	return "CREATE TABLE " + partition(o, m) + " PARTITION OF " + o.Table() + " FOR VALUES FROM (" + m.Format(day) + ") TO (" + m.AddDate(0, 1, 0).Format(day) + ")"
}

func drop(o *months, m time.Time) string { return "DROP TABLE " + partition(o, m) }

// follow moves a partition to where its table is, and gives it and its key the name of
// that.
func follow(from, to *months, m time.Time) (texts []string) {
	if was, is := from.Model().Schema, to.Model().Schema; was != is {
		texts = append(texts, "ALTER TABLE "+partition(from, m)+" SET SCHEMA "+sdk.Ident(is))
	}
	if was, is := called(from, m), called(to, m); was != is {
		texts = append(texts, "ALTER TABLE "+sdk.Qualified(to.Model().Schema, was)+" RENAME TO "+sdk.Ident(is),
			"ALTER INDEX IF EXISTS "+sdk.Qualified(to.Model().Schema, model.Name(was, "pkey"))+" RENAME TO "+sdk.Ident(model.Name(is, "pkey")))
	}
	return texts
}

func called(o *months, m time.Time) string { return model.Name(o.Model().Table, m.Format("2006_01")) }

func partition(o *months, m time.Time) string { return sdk.Qualified(o.Model().Schema, called(o, m)) }

func each(o *months, text func(*months, time.Time) string) (texts []string) {
	for _, m := range o.Options.months() {
		texts = append(texts, text(o, m))
	}
	return texts
}

// names are those of the partitions and of the keys that PostgreSQL gives them.
func names(o *months) (list []string) {
	for _, m := range o.Options.months() {
		list = append(list, sdk.Name("relation", o.Model().Schema, called(o, m)), sdk.Name("relation", o.Model().Schema, model.Name(called(o, m), "pkey")))
	}
	return list
}

// months are the months that there are partitions of.
func (o monthly) months() (list []time.Time) {
	first, _ := time.Parse("2006-01", o.First) // the pattern lets nothing else through
	for i := range o.Count {
		list = append(list, first.AddDate(0, i, 0))
	}
	return list
}
