package conformance_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// The plugin of which mutants are made keeps every promise, and none is left out.
func TestTheGarden(t *testing.T) {
	t.Parallel()
	report, err := conformance.Run(t.Context(), gardenSubject(t, garden{}))
	require.NoError(t, err)
	for _, check := range report.Checks {
		require.Empty(t, check.Problems, check.Name)
		if check.Skipped != "" {
			require.Contains(t, []string{
				"every start gives the same manifest", "time zone, language and environment do not show", "nothing is printed on standard output",
				"former versions are upgraded",
			}, check.Name)
		}
	}
}

type (
	stampDeclared = *sdk.Declared[stampOptions]
	viewDeclared  = *sdk.Declared[viewOptions]
	fillEmitter   = *sdk.Emitter[fillOptions]
)

func byStamp(change func(stampDeclared, *sdk.Script)) garden { return garden{stamp: change} }
func byView(change func(viewDeclared, *sdk.Script)) garden   { return garden{view: change} }

// byFill is the option by hand with its changes answered otherwise, where said is true.
func byFill(otherwise func(e fillEmitter) (said bool)) garden {
	return garden{fill: func(e fillEmitter) {
		if !otherwise(e) {
			fillByHand(e)
		}
	}}
}

// ofManifest changes the arguments of an option.
func ofManifest(option int, change func(*sdk.Option, *sdk.Attr), argument string) garden {
	return garden{manifest: func(m *sdk.Manifest) {
		for i := range m.Options[option].Shape.Attrs {
			if a := &m.Options[option].Shape.Attrs[i]; a.Name == argument {
				change(&m.Options[option], a)
			}
		}
	}}
}

// raw is the name of something without quotes.
func raw(o *sdk.Object) string { return o.Address.Name() }

// mutants are the plugin with one mistake each.
func mutants(done <-chan struct{}) map[string]garden {
	calls := 0
	return map[string]garden{
		// What is made anew.
		"it leaves its function behind": byStamp(func(_ stampDeclared, s *sdk.Script) { s.Drop = s.Drop[:1] }),
		"it leaves its trigger behind":  byStamp(func(_ stampDeclared, s *sdk.Script) { s.Drop = s.Drop[1:] }),
		"it drops in the wrong order":   byStamp(func(_ stampDeclared, s *sdk.Script) { slices.Reverse(s.Drop) }),
		"it makes in the wrong order":   byStamp(func(_ stampDeclared, s *sdk.Script) { slices.Reverse(s.Create) }),
		"it drops nothing":              byStamp(func(_ stampDeclared, s *sdk.Script) { s.Drop = nil }),
		"it drops under another name":   byStamp(func(o stampDeclared, s *sdk.Script) { s.Drop[0] = "DROP TRIGGER IF EXISTS other ON " + o.Table() }),
		"it does not quote its label":   byStamp(func(o stampDeclared, s *sdk.Script) { instead(s, "TRIGGER "+o.Label(), "TRIGGER "+raw(o.Object)) }),
		"it does not quote a table": byStamp(func(o stampDeclared, s *sdk.Script) {
			instead(s, " ON "+o.Table(), " ON "+o.Model().Schema+"."+o.Model().Table)
		}),
		"it does not quote a column": byStamp(func(o stampDeclared, s *sdk.Script) {
			instead(s, "NEW."+o.Column(o.Options.Into), "NEW."+o.Field(o.Options.Into).Column)
		}),
		"it does not quote a text": byStamp(func(o stampDeclared, s *sdk.Script) {
			instead(s, sdk.Literal(o.Options.Value), "'"+o.Options.Value+"'")
		}),
		"its body ends at a dollar": byStamp(func(o stampDeclared, s *sdk.Script) {
			s.Create[0] = "CREATE FUNCTION " + o.Qualified() + "() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW." + o.Column(o.Options.Into) + " := " + sdk.Literal(o.Options.Value) + "; RETURN NEW; END$$"
		}),
		"it claims no lock":                   byStamp(func(_ stampDeclared, s *sdk.Script) { s.Locks = nil }),
		"it claims a lock that is too weak":   byStamp(func(o stampDeclared, s *sdk.Script) { s.Locks = o.Locks(sdk.ShareUpdateExclusive) }),
		"all its functions have one name":     byStamp(func(o stampDeclared, s *sdk.Script) { instead(s, "FUNCTION "+o.Qualified(), "FUNCTION public.stamped") }),
		"its functions are where the path is": byStamp(func(o stampDeclared, s *sdk.Script) { instead(s, o.Qualified(), o.Name()) }),
		"two statements in one":               byStamp(func(_ stampDeclared, s *sdk.Script) { s.Create = []string{s.Create[0] + ";\n" + s.Create[1]} }),
		"it commits":                          byStamp(func(_ stampDeclared, s *sdk.Script) { s.Create = append(s.Create, "COMMIT") }),
		"it changes the session":              byStamp(func(_ stampDeclared, s *sdk.Script) { s.Create = append(s.Create, "SET search_path = public") }),
		"it makes a role":                     byStamp(func(_ stampDeclared, s *sdk.Script) { s.Create = append(s.Create, "CREATE ROLE gardener") }),
		"it misspells SQL":                    byStamp(func(_ stampDeclared, s *sdk.Script) { instead(s, "RETURNS trigger", "RETURN trigger") }),
		"it misspells PL/pgSQL":               byStamp(func(_ stampDeclared, s *sdk.Script) { instead(s, "RETURN NEW", "RETRUN NEW") }),
		"it misspells a column":               byStamp(func(_ stampDeclared, s *sdk.Script) { instead(s, "BEFORE UPDATE", "BEFORE UPDATE OF titel") }),
		"it misspells a function": byStamp(func(_ stampDeclared, s *sdk.Script) {
			instead(s, "EXECUTE FUNCTION public.", "EXECUTE FUNCTION public.x")
		}),
		"it drops a column of the table": byStamp(func(o stampDeclared, s *sdk.Script) {
			s.Create = append(s.Create, "ALTER TABLE "+o.Table()+" DROP COLUMN price")
		}),
		"it drops the primary key": byStamp(func(o stampDeclared, s *sdk.Script) {
			s.Create = append(s.Create, "ALTER TABLE "+o.Table()+" DROP CONSTRAINT book_pkey")
		}),
		"it writes rows of the table": byStamp(func(o stampDeclared, s *sdk.Script) {
			s.Create = append(s.Create, "UPDATE "+o.Table()+" SET price = 1")
		}),
		"it makes an index concurrently": byStamp(func(o stampDeclared, s *sdk.Script) {
			s.Create = append(s.Create, "CREATE INDEX CONCURRENTLY i ON "+o.Table()+" (id)")
			s.Drop = append(s.Drop, "DROP INDEX "+sdk.Qualified(o.Model().Schema, "i"))
		}),
		"the name of the table stands in text": byStamp(func(o stampDeclared, s *sdk.Script) {
			instead(s, "RETURN NEW", "PERFORM "+sdk.Literal(o.Table())+"; RETURN NEW")
		}),
		"the label stands in text, unlabelled": byStamp(func(o stampDeclared, s *sdk.Script) { instead(s, " "+o.Label()+" ", " marked_"+o.Model().Table+" ") }),
		"names do not count in its text":       ofManifest(0, func(_ *sdk.Option, a *sdk.Attr) { a.Aspects = []string{"exists"} }, "into"),

		// A block that stands by itself.
		"its view is where the path is":             byView(func(o viewDeclared, s *sdk.Script) { instead(s, o.Qualified(), o.Name()) }),
		"its view is not quoted":                    byView(func(o viewDeclared, s *sdk.Script) { instead(s, o.Qualified(), o.Options.Schema+"."+o.Options.Name) }),
		"it drops no view":                          byView(func(_ viewDeclared, s *sdk.Script) { s.Drop = nil }),
		"it drops a view of another name":           byView(func(_ viewDeclared, s *sdk.Script) { s.Drop[0] += "_old" }),
		"its view reads a column that is not there": byView(func(o viewDeclared, s *sdk.Script) { instead(s, "max("+o.NameOf(o.Options.Of)+")", "max(cost)") }),
		"types do not count in its view":            ofManifest(2, func(_ *sdk.Option, a *sdk.Attr) { a.Aspects = []string{"exists"} }, "of"),

		// By hand.
		"it forgets the alteration": byFill(func(e fillEmitter) bool { return e.From != nil && e.To != nil }),
		"its alteration cannot go back": byFill(func(e fillEmitter) bool {
			if e.From != nil && e.To != nil {
				e.Alter(filled(e.To.Table(), e.To), nil)
			}
			return e.From != nil && e.To != nil
		}),
		"its alteration goes back to what is new": byFill(func(e fillEmitter) bool {
			if e.From != nil && e.To != nil {
				e.Alter(filled(e.To.Table(), e.To), filled(e.To.Table(), e.To)).Locks(e.To.Locks(sdk.ShareUpdateExclusive)...)
			}
			return e.From != nil && e.To != nil
		}),
		"its alteration is about the table as it was": byFill(func(e fillEmitter) bool {
			if e.From != nil && e.To != nil {
				e.Alter(filled(e.From.Table(), e.To), filled(e.To.Table(), e.From)).Locks(e.To.Locks(sdk.ShareUpdateExclusive)...)
			}
			return e.From != nil && e.To != nil
		}),
		"what it makes cannot go back": byFill(func(e fillEmitter) bool {
			if e.From == nil {
				e.Create(filled(e.To.Table(), e.To), nil)
			}
			return e.From == nil
		}),
		"what it drops does not come back": byFill(func(e fillEmitter) bool {
			if e.To == nil {
				e.Drop(filled(e.From.Table(), nil), nil)
			}
			return e.To == nil
		}),
		"it makes what is there": byFill(func(e fillEmitter) bool {
			if e.To != nil {
				e.Create(filled(e.To.Table(), e.To), filled(e.To.Table(), nil))
			}
			return e.To != nil
		}),
		"it fails where something goes": byFill(func(e fillEmitter) bool {
			if e.To == nil {
				e.Create(filled("public.book", nil), nil)
			}
			return e.To == nil
		}),

		// What is renamed, and what changes alone.
		"it forgets another label": {answer: forgetting("stamp", func(p sdk.Pass, c sdk.Change) bool { return p.Relabelled(c.Address()) })},
		"it forgets one of two arguments": {answer: forgetting("stamp", func(_ sdk.Pass, c sdk.Change) bool {
			return c.Before != nil && c.After != nil && !c.Replace && sdk.SameBut(c.Before, c.After, "value")
		})},

		// What is asked before something is lost.
		"its probe changes something":      {answer: asking("DELETE FROM public.book RETURNING true", true)},
		"its probe asks what is not there": {answer: asking("SELECT EXISTS (SELECT FROM public.shelf)", true)},
		"its probe has two columns":        {answer: asking("SELECT true, false", false)},
		"its probe is no yes or no":        {answer: asking("SELECT 'perhaps'", true)},

		// What is answered, and what is said of it.
		"its operations are not listed":  {manifest: func(m *sdk.Manifest) { m.Emits = m.Emits[1:] }},
		"its operations change no state": {answer: eachOf("fill", func(o *sdk.Operation) { o.Edits = []state.Edit{} })},
		"it puts another's object": {answer: eachOf("fill", func(o *sdk.Operation) {
			o.Edits = append(o.Edits, state.Drop(address.New("field", "app", "book", "price")))
		})},
		"it answers twice": {answer: func(_ context.Context, _ sdk.Pass, r *sdk.Result) error {
			r.Operations = append(r.Operations, r.Operations...)
			return nil
		}},
		"it remembers":          {answer: eachOf("fill", func(o *sdk.Operation) { calls++; o.Summary += string(rune('a' + calls%7)) })},
		"it answers to nothing": {answer: func(_ context.Context, p sdk.Pass, r *sdk.Result) error { return unasked(p, r) }},
		"it looks at all changes": {answer: func(_ context.Context, p sdk.Pass, r *sdk.Result) error {
			for i := range r.Operations {
				r.Operations[i].Summary += string(rune('a' + len(p.Changes)))
			}
			return nil
		}},
		"it fails where there is much": {answer: func(_ context.Context, p sdk.Pass, _ *sdk.Result) error {
			if len(p.Changes) > 4 {
				return errors.New("too much")
			}
			return nil
		}},
		"it does not end when it is cancelled": {answer: func(ctx context.Context, _ sdk.Pass, _ *sdk.Result) error {
			if ctx.Err() != nil {
				<-done // of the test
			}
			return nil
		}},
		"it has no description":          {manifest: func(m *sdk.Manifest) { m.Doc = "" }},
		"an argument has no description": ofManifest(1, func(_ *sdk.Option, a *sdk.Attr) { a.Doc = "" }, "rate"),
		"it sees nothing":                {found: func([]*sdk.Object) []*sdk.Object { return nil }},
		"it sees what is not there": {found: func(list []*sdk.Object) []*sdk.Object {
			for _, o := range list {
				if o.Address.Kind() == "garden.fill" {
					o.Attrs = []byte(`{"rate":11}`)
				}
			}
			return list
		}},
		"its query changes something": {manifest: func(m *sdk.Manifest) {
			m.Queries[0].SQL = "WITH gone AS (DELETE FROM public.book RETURNING 1) SELECT 1 FROM gone"
		}},
		"its locks are of another table": {answer: eachOf("fill", func(o *sdk.Operation) {
			o.Locks = []operation.Lock{{Object: address.New("model", "app", "nobody"), Mode: sdk.AccessExclusive}}
		})},
	}
}

// forgetting takes away what is answered to some changes of one kind of objects.
func forgetting(kind string, forgets func(sdk.Pass, sdk.Change) bool) func(context.Context, sdk.Pass, *sdk.Result) error {
	return func(_ context.Context, p sdk.Pass, r *sdk.Result) error {
		for _, c := range p.Changes {
			if c.Address().Kind() == "garden."+kind && forgets(p, c) {
				r.Operations = slices.DeleteFunc(r.Operations, func(o sdk.Operation) bool { return o.Target == c.Address() })
			}
		}
		return nil
	}
}

// unasked answers to a pass without changes.
func unasked(p sdk.Pass, r *sdk.Result) error {
	if len(p.Changes) == 0 {
		r.Operations = []sdk.Operation{{}}
	}
	return nil
}

// onTheServer are the mutants that only a server tells from the plugin, with how many
// states of a project that takes.
var onTheServer = map[string]int{
	"it claims a lock that is too weak":           1,
	"it claims no lock":                           1,
	"it does not quote a column":                  1,
	"it does not quote a text":                    1,
	"it drops in the wrong order":                 1,
	"it forgets another label":                    1,
	"it makes what is there":                      2,
	"it misspells PL/pgSQL":                       1,
	"it sees nothing":                             1,
	"it sees what is not there":                   1,
	"its alteration goes back to what is new":     2,
	"its alteration is about the table as it was": 2,
	"its locks are of another table":              1,
	"its probe asks what is not there":            1,
	"its probe has two columns":                   1,
	"its probe is no yes or no":                   1,
	"its query changes something":                 1,
	"its view reads a column that is not there":   1,
	"names do not count in its text":              1,
	"the name of the table stands in text":        1,
	"types do not count in its view":              1,
}

// Each mutant is caught, with something to do about it.
func TestMutants(t *testing.T) {
	t.Parallel()
	all := mutants(t.Context().Done())
	require.GreaterOrEqual(t, len(all), 50)
	for name, mutant := range all {
		t.Run(name, func(t *testing.T) {
			s := gardenSubject(t, mutant)
			switch stages := onTheServer[name]; {
			case stages == 0:
				s.Database = nil
			case stages < len(s.Models):
				s.Models = s.Models[:stages]
			}
			report, err := conformance.Run(t.Context(), s)
			require.NoError(t, err)
			require.True(t, report.Failed(), "it is not caught")
			for _, check := range report.Checks {
				require.Equal(t, len(check.Problems) > 0, check.Next != "", check.Name)
				t.Log(check.Name, check.Problems)
			}
		})
	}
}
