package sdktest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/sdk/conformance"
)

// Conformance requires that a detector keeps the promises of sdk/conformance,
// each as a subtest. dir has model files, *.hcl: each is a state of a project,
// and the detector is taken through them in the order of their names, on a
// PostgreSQL server that is started for it. Where the package has a TestMain that
// calls Main with the detector, it is run as a process too.
func Conformance(t *testing.T, detector detect.Detector, dir string, settings ...Setting) {
	t.Helper()
	models, err := conformance.ReadModels(dir)
	if err != nil {
		t.Fatal(err)
	}
	subject := conformance.Subject{
		Detector: detector, Models: models, Program: program(t, detector),
		Database: func(context.Context) (string, error) { return scratch.Database(t), nil },
	}
	for _, set := range settings {
		set(t, &subject)
	}
	report, err := conformance.Run(t.Context(), subject)
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range report.Checks {
		t.Run(check.Name, func(t *testing.T) { judge(t, check) })
	}
}

// A Setting is something that Conformance has to know besides the models.
type Setting func(*testing.T, *conformance.Subject)

// Config is the plugin's configuration, as JSON.
func Config(config string) Setting {
	return func(_ *testing.T, s *conformance.Subject) { s.Config = []byte(config) }
}

// Former is a folder of objects that former versions of the plugin have left; see
// conformance.ReadFormer.
func Former(dir string) Setting {
	return func(t *testing.T, s *conformance.Subject) {
		t.Helper()
		var err error
		if s.Former, err = conformance.ReadFormer(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// Before are statements that each database has run before any model is in it, for what
// the plugin needs and does not make: CREATE ROLE reader. What is there already stays.
func Before(statements ...string) Setting {
	return func(_ *testing.T, s *conformance.Subject) { s.Before = append(s.Before, statements...) }
}

// Beside are other plugins whose options the models have.
func Beside(detectors ...detect.Detector) Setting {
	return func(_ *testing.T, s *conformance.Subject) { s.Beside = append(s.Beside, detectors...) }
}

// Default answers what rows that are there have in a field, as the flag --default does.
// The field is MODEL.FIELD.
func Default(field string, value expression.Node) Setting {
	return func(_ *testing.T, s *conformance.Subject) {
		s.Answers.Defaults = append(s.Answers.Defaults, autodetector.DefaultAnswer{Field: field, Value: value})
	}
}

// program returns what serves the detector: this program, if its TestMain does.
// Without a whimbrel it then says how a plugin is used and fails, and a program
// that is only a test does not.
func program(t *testing.T, detector detect.Detector) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := serving(detector)
	if exec.Command(self, args...).Run() == nil {
		return nil
	}
	return append([]string{self}, args...)
}

func judge(t *testing.T, check conformance.Check) {
	for _, problem := range check.Problems {
		t.Error(problem)
	}
	if check.Next != "" {
		t.Log("what to do: " + check.Next)
	}
	for _, note := range check.Notes {
		t.Log(note)
	}
	if check.Skipped != "" {
		t.Skip(check.Skipped)
	}
}

// Database returns the URL of a database of its own that was taken through
// models, each a text in the model language, so that a test can try what the
// detector makes. It is dropped after the test.
func Database(t *testing.T, detector detect.Detector, models ...string) string {
	t.Helper()
	url := scratch.Database(t)
	var list []conformance.Models
	for i, text := range models {
		list = append(list, conformance.Models{Name: fmt.Sprintf("models %d", i+1), Text: text})
	}
	if err := conformance.Migrate(t.Context(), url, detector, list...); err != nil {
		t.Fatal(err)
	}
	return url
}

// Query runs SQL in a database, which may be several statements, and returns the
// rows of the last one: a line each, columns divided by |. NULL is empty. The
// text of an error takes the place of rows.
func Query(t *testing.T, url, sql string) string {
	t.Helper()
	db, err := postgres.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(t.Context(), sql)
	if err != nil {
		return err.Error()
	}
	var lines []string
	for _, row := range rows.Values {
		lines = append(lines, strings.Join(row, "|"))
	}
	return strings.Join(lines, "\n")
}

// Plan returns the SQL that makes models where there is nothing, a statement a
// line or more, or else what is wrong with them.
func Plan(t *testing.T, detector detect.Detector, models string) string {
	t.Helper()
	text, err := conformance.Plan(t.Context(), detector, conformance.Models{Name: "models", Text: models})
	if err != nil {
		return err.Error()
	}
	return text
}
