package detect_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

var (
	policy = &state.Object{Address: address.New("rls.policy", "shop", "pizza", "own"), Attrs: []byte(`{"using":"<true>"}`)}
	rls    = &detect.Manifest{
		Name: "rls", Version: "1.0.0", Kinds: []detect.Kind{{Name: "rls.policy"}},
		Emits: []string{"rls.create_policy"}, Produces: []string{"rls.secured"}, Consumes: []string{"default"},
	}
	pass = detect.Pass{To: state.New(policy), Changes: []detect.Change{{Change: state.Change{After: policy}}}}
)

func create(change func(*operation.Operation)) detect.Result {
	op := operation.Operation{
		Kind: "rls.create_policy", Target: policy.Address, Edits: []state.Edit{state.Put(policy)},
		Needs: []operation.Need{{Verb: operation.Create, Object: address.New("model", "shop", "pizza")}},
		Up:    operation.SQL("CREATE POLICY"), Down: operation.SQL("DROP POLICY"),
		Frees: []string{operation.Name("relation", "public", "x")},
	}
	change(&op)
	return detect.Result{Operations: []operation.Operation{op}}
}

func TestCheckAcceptsAnHonestResult(t *testing.T) {
	t.Parallel()
	result := create(func(*operation.Operation) {})
	result.Facts = []detect.Fact{{Name: "rls.secured", Subject: "model shop.pizza", Value: []byte("true")}}
	result.Questions = []detect.Question{{Name: "default", Subject: "field shop.pizza.tenant", Text: "Which tenant?"}}
	result.Diagnostics = diag.List{{Severity: diag.Note, Summary: "row security is on"}}
	require.Empty(t, detect.Check(rls, pass, result))
}

// An operation without edits may concern what was observed.
func TestCheckOfReactions(t *testing.T) {
	t.Parallel()
	observed := operation.Operation{Kind: "create_model", Target: address.New("model", "shop", "pizza")}
	reaction := create(func(o *operation.Operation) { o.Target, o.Edits = observed.Target, nil })
	shown := pass
	shown.Observed = []operation.Operation{observed}
	require.Empty(t, detect.Check(rls, shown, reaction))
	require.Equal(t, "WH4042", detect.Check(rls, pass, reaction)[0].Code)
	editing := create(func(o *operation.Operation) { o.Target = observed.Target })
	require.Equal(t, "WH4042", detect.Check(rls, shown, editing)[0].Code, "with edits it may not")
}

func TestCheckRejects(t *testing.T) {
	t.Parallel()
	stranger := address.New("field", "shop", "pizza", "name")
	other := address.New("rls.policy", "shop", "pizza", "other")
	type op = operation.Operation
	for name, c := range map[string]struct {
		code   string
		result detect.Result
	}{
		"kind not listed":     {"WH4041", create(func(o *op) { o.Kind = "rls.drop_table" })},
		"in another's name":   {"WH4041", create(func(o *op) { o.Detector = "triggers" })},
		"no target":           {"WH4042", create(func(o *op) { o.Target = address.Address{} })},
		"another's target":    {"WH4042", create(func(o *op) { o.Target = stranger })},
		"another's object":    {"WH4042", create(func(o *op) { o.Edits = append(o.Edits, state.Drop(stranger)) })},
		"rename of another's": {"WH4042", create(func(o *op) { o.Edits = []state.Edit{{Rename: []state.Rename{{From: stranger, To: policy.Address}}}} })},
		"unchanged object":    {"WH4043", create(func(o *op) { o.Edits = append(o.Edits, state.Drop(other)) })},
		"two edits in one":    {"WH4044", create(func(o *op) { o.Edits = []state.Edit{{Put: policy, Drop: policy.Address}} })},
		"empty edit":          {"WH4044", create(func(o *op) { o.Edits = []state.Edit{{}} })},
		"attributes as list":  {"WH4044", create(func(o *op) { o.Edits = []state.Edit{state.Put(with(`[]`))} })},
		"attributes no JSON":  {"WH4044", create(func(o *op) { o.Edits = []state.Edit{state.Put(with(`{`))} })},
		"attributes unsorted": {"WH4044", create(func(o *op) { o.Edits = []state.Edit{state.Put(with(`{"b":1,"a":1}`))} })},
		"need of nothing":     {"WH4045", create(func(o *op) { o.Needs = []operation.Need{{Verb: operation.Create}} })},
		"need without verb":   {"WH4045", create(func(o *op) { o.Needs = []operation.Need{{Object: stranger}} })},
		"touch of nothing":    {"WH4045", create(func(o *op) { o.Touches = []operation.Touch{{Object: stranger}} })},
		"lock of nothing":     {"WH4045", create(func(o *op) { o.Locks = []operation.Lock{{Mode: operation.Share}} })},
		"lock mode":           {"WH4045", create(func(o *op) { o.Locks = []operation.Lock{{Object: policy.Address, Mode: "SHARED"}} })},
		"transaction":         {"WH4045", create(func(o *op) { o.Transaction = "sometimes" })},
		"empty statement":     {"WH4046", create(func(o *op) { o.Down = operation.SQL(" ;\n") })},
		"zero byte":           {"WH4046", create(func(o *op) { o.Up = operation.SQL("SELECT '\x00'") })},
		"not UTF-8":           {"WH4046", create(func(o *op) { o.Summary = "\xff" })},
		"long text":           {"WH4046", create(func(o *op) { o.Up = operation.SQL(string(make([]byte, detect.MaxText+1))) })},
		"a COMMIT":            {"WH4046", create(func(o *op) { o.Up = operation.SQL("SELECT 1", "commit work") })},
		"an END in the tail":  {"WH4046", create(func(o *op) { o.Down = []operation.Statement{{SQL: "SELECT 1", Tail: "; END"}} })},
		"a BEGIN of its own": {"WH4046", create(func(o *op) {
			o.Up, o.Transaction = operation.SQL("BEGIN"), operation.Outside
		})},
		"data from nowhere":   {"WH4046", create(func(o *op) { o.Up = operation.SQL("COPY a FROM STDIN") })},
		"all locks":           {"WH4046", create(func(o *op) { o.Up = operation.SQL("SELECT pg_advisory_unlock_all()") })},
		"the session":         {"WH4046", create(func(o *op) { o.Up = operation.SQL("DISCARD ALL") })},
		"hazard":              {"WH4046", create(func(o *op) { o.Hazard = []operation.Hazard{{Code: "data_loss"}} })},
		"hazard no word":      {"WH4046", create(func(o *op) { o.Hazard = []operation.Hazard{{Code: "data loss", Text: "x"}} })},
		"hazard nearly known": {"WH4046", create(func(o *op) { o.Hazard = []operation.Hazard{{Code: "dataloss", Text: "x"}} })},
		"hazard in capitals":  {"WH4046", create(func(o *op) { o.Hazard = []operation.Hazard{{Code: "DATA_LOSS", Text: "x"}} })},
		"reason no UTF-8":     {"WH4046", create(func(o *op) { o.Needs[0].Why = "\xff" })},
		"clause of nothing": {"WH4046", create(func(o *op) {
			o.Up, o.Inline = nil, &operation.Inline{Clause: operation.Clause{SQL: "x int"}}
		})},
		"clause that is empty": {"WH4046", create(func(o *op) { o.Inline = &operation.Inline{} })},
		"twice": {"WH4048", detect.Result{Operations: []op{
			create(func(*op) {}).Operations[0], create(func(*op) {}).Operations[0],
		}}},
		"fact not listed":       {"WH4049", detect.Result{Facts: []detect.Fact{{Name: "rename", Value: []byte("{}")}}}},
		"fact no JSON":          {"WH4049", detect.Result{Facts: []detect.Fact{{Name: "rls.secured", Value: []byte("{")}}}},
		"question not heard":    {"WH4050", detect.Result{Questions: []detect.Question{{Name: "rename", Subject: "x", Text: "?"}}}},
		"question of nothing":   {"WH4050", detect.Result{Questions: []detect.Question{{Name: "default", Text: "?"}}}},
		"too many operations":   {"WH4051", detect.Result{Operations: make([]op, detect.MaxOperations+1)}},
		"too many diagnostics":  {"WH4051", detect.Result{Diagnostics: make(diag.List, detect.MaxDiagnostics+1)}},
		"file of another place": {"WH4052", detect.Result{Diagnostics: diag.List{{Summary: "x", Range: diag.Range{File: "/dev/zero"}}}}},
		"file above":            {"WH4052", detect.Result{Diagnostics: diag.List{{Summary: "x", Range: diag.Range{File: "../x"}}}}},
		"long diagnostic":       {"WH4052", detect.Result{Diagnostics: diag.List{{Summary: string(make([]byte, detect.MaxText+1))}}}},
		"long fact":             {"WH4049", detect.Result{Facts: []detect.Fact{{Name: "rls.secured", Value: []byte("1"), Subject: string(make([]byte, detect.MaxText))}}}},
		"long question":         {"WH4050", detect.Result{Questions: []detect.Question{{Name: "default", Subject: "x", Text: string(make([]byte, detect.MaxText))}}}},
		"severity":              {"WH4052", detect.Result{Diagnostics: diag.List{{Severity: 7, Summary: "x"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := detect.Check(rls, pass, c.result)
			require.NotEmpty(t, found)
			require.Equal(t, c.code, found[0].Code, found[0].Summary)
			require.Contains(t, found[0].Summary, `plugin "rls"`)
			require.True(t, found.HasErrors())
		})
	}
}

func with(attrs string) *state.Object {
	changed := *policy
	changed.Attrs = []byte(attrs)
	return &changed
}
