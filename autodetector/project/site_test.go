package project_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/autodetector/proptest"
	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/contrib/policies"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/runner"
	"github.com/whimbreldb/whimbrel/plugins"
)

// A site is a project with a database, as a program in Go works on them.
type site struct {
	ctx    context.Context
	dir    string
	db     *postgres.Database
	log    *strings.Builder
	newest string // the last migration
	sum    string // whimbrel.sum before branches are merged
	clock  int64
}

func (x *trial) site(t *testing.T, db *postgres.Database) *site {
	t.Helper()
	return &site{ctx: t.Context(), dir: t.TempDir(), db: db, log: &x.log}
}

// reach makes the migrations to a project, applies them, and returns what the
// database is then.
func (s *site) reach(p proptest.Project) (string, error) {
	fmt.Fprintf(s.log, "\n# models\n%s", p.HCL())
	err := errors.Join(
		s.write("whimbrel.hcl", "app \"shop\" {}\n\nplugin \"triggers\" {}\n\nplugin \"extensions\" {}\n"),
		s.write("models/shop.hcl", p.HCL()),
		s.make(),
		s.migrate(),
	)
	if err != nil {
		return "", err
	}
	return s.db.Snapshot(s.ctx)
}

func (s *site) write(name, text string) error {
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o600))
}

// make answers every question with the first answer that is offered: everything is
// renamed that can be.
func (s *site) make() error {
	var answers project.Answers
	for range 40 {
		err := s.plan(answers)
		if err == nil || !answersIn(err, &answers) {
			return err
		}
	}
	return errors.New("planning asks again and again")
}

func (s *site) plan(answers project.Answers) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	plan, err := p.Plan(s.ctx, project.PlanOptions{Answers: answers})
	if err != nil {
		fmt.Fprintf(s.log, "\n# plan with %v\n%v\n", answers, err)
		return err
	}
	for _, m := range plan.Migrations {
		sql, _, err := migration.Render(m)
		fmt.Fprintf(s.log, "\n%s%v\n", sql, err)
		s.newest = m.ID
	}
	_, err = plan.Write(s.ctx)
	return err
}

// linked are the plugins of the program.
func linked() []detect.Detector {
	return []detect.Detector{triggers.New(), extensions.New(), policies.New()}
}

func (s *site) open() (*project.Project, error) {
	s.clock += 60
	now := time.Unix(1_700_000_000+s.clock, 0)
	return project.Open(s.ctx, s.dir, project.Options{
		Release: "0.1.0", Linked: linked(),
		Now: func() (time.Time, error) { return now, nil },
		Plugins: func() (plugins.Options, error) { // this process is not the program
			return plugins.Options{Transport: plugins.InProcess}, nil
		},
	})
}

var (
	renameAnswer  = regexp.MustCompile(`--rename ('(?:[^']|'\\'')*'|\S+)`)
	defaultAnswer = regexp.MustCompile(`--default (\S+)=VALUE`)
	usingAnswer   = regexp.MustCompile(`--using (\S+)=EXPRESSION`)
)

// answersIn adds answers that an error offers, and reports whether there are any.
func answersIn(err error, answers *project.Answers) bool {
	var list diag.List
	if !errors.As(err, &list) {
		return false
	}
	text := ""
	for _, d := range list {
		text += d.Next + "\n"
	}
	if found := renameAnswer.FindStringSubmatch(text); found != nil {
		answers.Renames = append(answers.Renames, strings.ReplaceAll(strings.Trim(found[1], "'"), `'\''`, "'"))
		return true
	}
	offered := defaultAnswer.FindAllStringSubmatch(text, -1)
	for _, found := range offered {
		answers.Defaults = append(answers.Defaults, found[1]+`=sql("NULL")`)
	}
	givenUp := usingAnswer.FindAllStringSubmatch(text, -1)
	for _, found := range givenUp {
		answers.Usings = append(answers.Usings, found[1]+"=")
	}
	return len(offered)+len(givenUp) > 0
}

func (s *site) migrate() error {
	return s.walk(func(r *runner.Runner, _ *postgres.Executor) (runner.Way, error) {
		way, problems, err := r.To(s.ctx, "", false)
		return way, errors.Join(err, problems.Err())
	})
}

// rollback goes back to a place, and loses what is lost on the way.
func (s *site) rollback(place string) error {
	return s.walk(func(r *runner.Runner, e *postgres.Executor) (runner.Way, error) {
		way, err := r.BackTo(s.ctx, place)
		if err != nil {
			return way, err
		}
		refused, err := r.Guard(s.ctx, e, way, operation.Allowances{operation.DataLoss})
		return way, errors.Join(err, refused.Diagnostics().Err())
	})
}

// runner returns what runs the migrations of the project.
func (s *site) runner() (*runner.Runner, error) {
	p, err := s.open()
	if err != nil {
		return nil, err
	}
	defer p.Close()
	h, err := p.Scripts(s.ctx)
	if err != nil {
		return nil, err
	}
	scripts, err := runner.NewScripts(h)
	if err != nil {
		return nil, err
	}
	return scripts.On(s.db), nil
}

// walk goes a way through the migrations of the project.
func (s *site) walk(choose func(*runner.Runner, *postgres.Executor) (runner.Way, error)) error {
	r, err := s.runner()
	if err != nil {
		return err
	}
	executor, err := postgres.Open(s.ctx, s.db, postgres.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = executor.Close() }() // what it is about shows in the next run
	way, err := choose(r, executor)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.log, "\n# %s %d migrations\n", way.Direction, len(way.Stages))
	return runner.Walk{Executor: executor}.Go(s.ctx, way)
}
