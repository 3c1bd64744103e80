package cli_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/autodetector/proptest"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/cli"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// pairs is how many random pairs of projects TestEveryPair tries.
var pairs = flag.Int("pairs", 200, "random pairs of projects to migrate between")

// workers share the pairs; each has databases of its own.
const workers = 4

// Whatever two projects are: the migrations from one to the other lead on a real
// server to what a database made at once for the second one is, rolling back
// leads to what the first one was, and rolling back to zero leaves nothing.
func TestEveryPair(t *testing.T) {
	t.Setenv("WHIMBREL_PLUGIN_TRANSPORT", "inprocess") // this process is not the program
	var group sync.WaitGroup
	for worker := range workers {
		steps, direct := scratch.Database(t), scratch.Database(t)
		group.Go(func() {
			defer func() {
				if left := recover(); left != nil && left != (stopped{}) {
					panic(left)
				}
			}()
			everyPair(t, worker, steps, direct)
		})
	}
	group.Wait()
}

func everyPair(t *testing.T, worker int, steps, direct string) {
	pair := rapid.Custom(func(t *rapid.T) [2]proptest.Project {
		first := proptest.Draw(t, "first")
		return [2]proptest.Project{first, proptest.Change(t, first)}
	})
	for n := worker; n < *pairs && !t.Failed(); n += workers {
		p := pair.Example(n)
		trial := &trial{t: t, seed: n, dir: t.TempDir(), fresh: t.TempDir(), steps: steps, direct: direct}
		trial.run(p[0], p[1])
		_ = os.RemoveAll(trial.dir)
		_ = os.RemoveAll(trial.fresh)
	}
}

// A trial is one pair.
type trial struct {
	t             *testing.T
	seed          int
	dir, fresh    string // projects
	steps, direct string // databases
	clock         int
	log           bytes.Buffer
}

func (x *trial) run(first, second proptest.Project) {
	x.install(x.dir, first)
	x.make(x.dir)
	x.must(x.dir, "migrate", "--url", x.steps)
	before := x.snapshot(x.steps)
	applied := x.applied()

	x.install(x.dir, second)
	x.make(x.dir)
	x.must(x.dir, "migrate", "--url", x.steps)
	x.install(x.fresh, second)
	x.make(x.fresh)
	x.must(x.fresh, "migrate", "--url", x.direct)
	x.equal("after migrating", x.snapshot(x.steps), x.snapshot(x.direct))

	x.must(x.dir, "rollback", "--to", applied, "--allow", "data_loss", "--url", x.steps)
	x.equal("after rolling back", x.snapshot(x.steps), before)
	for dir, url := range map[string]string{x.dir: x.steps, x.fresh: x.direct} {
		x.must(dir, "rollback", "--to", "zero", "--allow", "data_loss", "--url", url)
		if x.seed%10 == 0 { // all of it once more: nothing that was left is in the way
			x.must(dir, "migrate", "--url", url)
			x.must(dir, "rollback", "--to", "zero", "--allow", "data_loss", "--url", url)
		}
		x.equal("after rolling back to zero", x.snapshot(url), empty)
		x.forget(url)
	}
}

// empty is the snapshot of a database that nobody has touched.
const empty = "extension plpgsql; schema pg_catalog; version 1.0; comment 'PL/pgSQL procedural language'\n" +
	"schema public; comment 'standard public schema'\n"

func (x *trial) install(dir string, p proptest.Project) {
	x.write(filepath.Join(dir, "whimbrel.hcl"), "app \"shop\" {}\n\nplugin \"triggers\" {}\n\nplugin \"extensions\" {}\n")
	x.write(filepath.Join(dir, "models", "shop.hcl"), p.HCL())
	fmt.Fprintf(&x.log, "\n# models\n%s", p.HCL())
}

func (x *trial) write(name, text string) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		x.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		x.t.Fatal(err)
	}
}

var (
	renameFlag  = regexp.MustCompile(`--rename (\S+)`)
	defaultFlag = regexp.MustCompile(`--default (\S+)=VALUE`)
)

// make answers every question with the first flag that is offered: everything is
// renamed that can be.
func (x *trial) make(dir string) {
	args := []string{"make", "--no-input"}
	for range 20 {
		code, stderr := x.whimbrel(dir, args...)
		if code == 0 {
			return
		}
		flags := answersIn(stderr)
		if len(flags) == 0 {
			x.fail("make exits with %d", code)
		}
		args = append(args, flags...)
	}
	x.fail("make asks again and again")
}

func answersIn(stderr string) []string {
	var flags []string
	if found := renameFlag.FindStringSubmatch(stderr); found != nil {
		return []string{"--rename", strings.Trim(found[1], "'")}
	}
	for _, found := range defaultFlag.FindAllStringSubmatch(stderr, -1) {
		flags = append(flags, "--default", found[1]+`=sql("NULL")`)
	}
	return flags
}

func (x *trial) must(dir string, args ...string) {
	if code, _ := x.whimbrel(dir, args...); code != 0 {
		x.fail("whimbrel %s exits with %d", args[0], code)
	}
}

func (x *trial) whimbrel(dir string, args ...string) (code int, stderr string) {
	var out, errs bytes.Buffer
	x.clock += 60
	app := cli.App{Process: output.Process{
		In: strings.NewReader(""), Out: &out, Err: &errs,
		Getenv: func(string) (string, bool) { return "", false },
		Now:    func() time.Time { return time.Unix(1_700_000_000+int64(x.clock), 0) },
	}}
	code = app.Run(context.Background(), append([]string{"-C", dir}, args...)...)
	fmt.Fprintf(&x.log, "\n$ whimbrel %s\n%s%s[%d]\n", strings.Join(args, " "), &out, &errs, code)
	return code, errs.String()
}

// applied returns the migration that the database is at.
func (x *trial) applied() string {
	files, err := filepath.Glob(filepath.Join(x.dir, "migrations", "*.sql"))
	if err != nil || len(files) == 0 {
		x.fail("no migration was written")
	}
	return strings.TrimSuffix(filepath.Base(files[len(files)-1]), ".sql")
}

func (x *trial) snapshot(url string) string {
	text, err := postgres.Snapshot(context.Background(), url)
	if err != nil {
		x.fail("snapshot: %v", err)
	}
	return text
}

// forget takes away whimbrel's own records, so that the next pair begins anew.
func (x *trial) forget(url string) {
	if err := execute(context.Background(), url, "DROP SCHEMA whimbrel CASCADE"); err != nil {
		x.fail("forgetting: %v", err)
	}
}

func (x *trial) equal(when, got, want string) {
	if got == want {
		return
	}
	x.fail("%s:\n%s", when, differences(got, want))
}

func differences(got, want string) string {
	left, right := lines(got), lines(want)
	var b strings.Builder
	for _, line := range strings.Split(got, "\n") {
		if !right[line] {
			fmt.Fprintf(&b, "  is     %s\n", line)
		}
	}
	for _, line := range strings.Split(want, "\n") {
		if !left[line] {
			fmt.Fprintf(&b, "  wanted %s\n", line)
		}
	}
	return b.String()
}

func lines(text string) map[string]bool {
	set := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		set[line] = true
	}
	return set
}

func (x *trial) fail(format string, args ...any) {
	x.t.Errorf("pair %d: %s\n%s", x.seed, fmt.Sprintf(format, args...), &x.log)
	panic(stopped{}) // FailNow may not be called outside the test's goroutine
}

// stopped ends a trial that has failed.
type stopped struct{}

func execute(ctx context.Context, url, sql string) error {
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close(ctx) }()
	_, err = connection.Exec(ctx, sql)
	return err
}
