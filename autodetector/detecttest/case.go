package detecttest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A testCase is one change to plan.
type testCase struct {
	archive *archive
	plugins []detect.Detector
	answers autodetector.Answers
	budget  budget
	online  bool
}

func newCase(a *archive, plugins []detect.Detector) (*testCase, error) {
	c := &testCase{archive: a, plugins: plugins, budget: budget{}}
	for _, line := range strings.Split(string(a.comment), "\n") {
		flag, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		left, right, ok := strings.Cut(strings.TrimSpace(rest), "=")
		switch {
		case flag == "online" && rest == "":
			c.online = true
		case flag == "rename" && ok:
			c.answers.Renames = append(c.answers.Renames, autodetector.RenameAnswer{Old: left, New: right})
		case flag == "default" && ok:
			c.answers.Defaults = append(c.answers.Defaults, autodetector.DefaultAnswer{Field: left, Value: value(right)})
		case flag == "using" && ok:
			node, err := conversion(left, right)
			if err != nil {
				return nil, err
			}
			c.answers.Usings = append(c.answers.Usings, autodetector.UsingAnswer{Field: left, Value: node})
		case slices.Contains(budgets, flag) && ok:
			number, err := strconv.Atoi(strings.TrimSpace(right))
			if err != nil {
				return nil, err
			}
			c.budget[flag] = number
		}
	}
	for _, s := range a.sections {
		if _, ok := appOf(s.name, "from"); ok {
			continue
		}
		if _, ok := appOf(s.name, "to"); !ok && s.name != "want" && s.name != "data" && s.name != "check" {
			return nil, fmt.Errorf("unknown section %q", s.name)
		}
	}
	return c, nil
}

// value reads a one-off default: a number, a string in double quotes, true,
// false, or SQL.
func value(text string) expression.Node {
	if quoted, err := strconv.Unquote(text); err == nil {
		return expression.Node{Kind: expression.String, Text: quoted}
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return expression.Node{Kind: expression.Number, Text: text}
	}
	if text == "true" || text == "false" {
		return expression.Node{Kind: expression.Bool, Text: text}
	}
	return expression.Node{Kind: expression.SQL, Text: text}
}

// conversion reads what values of a field become; nothing: they are given up.
func conversion(field, text string) (expression.Node, error) {
	if text == "" {
		return expression.Node{Kind: expression.Null}, nil
	}
	names := strings.Split(field, ".")
	if len(names) == 2 {
		names = append([]string{"shop"}, names...)
	}
	node, found := hcl.ParseConversion(text, "--using", address.New(model.FieldKind, names...))
	return node, found.Err()
}

// run plans the change and returns it as text.
func (c *testCase) run(t *testing.T) []byte {
	t.Helper()
	from, to := left(c.read(t, "from").State, c.plugins), c.read(t, "to")
	got := c.plan(t, from, to, c.plugins)
	reversed := slices.Clone(c.plugins)
	slices.Reverse(reversed)
	if again := c.plan(t, from, to, reversed); again != got {
		t.Errorf("the same input in another order gives something else\n%s", difference(got, again))
	}
	c.settled(t, to)
	return []byte(got)
}

// left returns the state that the migrations to a wanted one leave.
func left(wanted *state.State, plugins []detect.Detector) *state.State {
	return autodetector.Settled(wanted, builtin.Detectors(), plugins)
}

// plan plans a change. What the plan leaves undone is reported by Run itself.
func (c *testCase) plan(t *testing.T, from *state.State, to source.Declaration, plugins []detect.Detector) string {
	t.Helper()
	plan, found, err := autodetector.Run(t.Context(), autodetector.Input{
		From: from, Declaration: to, Detectors: builtin.Detectors(), Plugins: plugins, Answers: c.answers, Online: c.online,
	})
	if err != nil {
		t.Fatalf("planning: %v", err)
	}
	return render(plan, found)
}

// settled makes sure that nothing is to be done from a state to itself.
func (c *testCase) settled(t *testing.T, to source.Declaration) {
	t.Helper()
	plan, _, err := autodetector.Run(t.Context(), autodetector.Input{
		From: left(to.State, c.plugins), Declaration: source.Declaration{State: to.State, Places: to.Places}, Detectors: builtin.Detectors(), Plugins: c.plugins,
	})
	if err != nil {
		t.Fatalf("planning no change: %v", err)
	}
	if len(plan.Steps) > 0 {
		t.Errorf("operations where nothing has changed:\n%s", render(plan, nil))
	}
}

// read reads the models of one side.
func (c *testCase) read(t *testing.T, side string) source.Declaration {
	t.Helper()
	project, err := c.write(t.TempDir(), side)
	if err != nil {
		t.Fatal(err)
	}
	manifests := detect.ManifestsOf(append(builtin.Detectors(), c.plugins...)...)
	declaration, found, err := hcl.New(project, manifests).Read(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatalf("reading %q: %v", side, err)
	}
	if found.HasErrors() {
		t.Fatalf("reading %q: %v", side, explained(found))
	}
	return declaration
}

// write makes the project whose models one side of the case has.
func (c *testCase) write(root, side string) (source.Project, error) {
	project := source.Project{Root: root, File: "whimbrel.hcl"}
	for _, s := range c.archive.sections {
		label, ok := appOf(s.name, side)
		if !ok {
			continue
		}
		app := source.App{Label: label, Models: label, Migrations: label + "_migrations", Schema: "public"}
		project.Apps = append(project.Apps, app)
		if err := os.MkdirAll(filepath.Join(root, label), 0o755); err != nil {
			return project, err
		}
		if err := os.WriteFile(filepath.Join(root, label, side+".hcl"), s.data, 0o644); err != nil {
			return project, err
		}
	}
	return project, nil
}

// appOf returns the label of the app that a section of a side is for.
func appOf(name, side string) (label string, ok bool) {
	if name == side {
		return "shop", true
	}
	label, ok = strings.CutPrefix(name, side+"/")
	return strings.TrimSuffix(label, ".hcl"), ok
}

func explained(found diag.List) string {
	lines := make([]string, len(found))
	for i, d := range found {
		lines[i] = d.Error() + ": " + d.Detail
	}
	return strings.Join(lines, "\n")
}
