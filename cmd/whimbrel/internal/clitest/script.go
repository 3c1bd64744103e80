// Package clitest runs the program and its scripts in tests of the packages of
// commands.
package clitest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/cli"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/examples/pizza"
	"github.com/whimbreldb/whimbrel/examples/rls"
	"github.com/whimbreldb/whimbrel/sdk/sdktest/interpreter"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

// Main is the main function of a package's tests: they find the program, and plugins
// that are good and bad, on PATH.
func Main(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"whimbrel":               whimbrel,
		"whimbrel-plugin-glossy": func() { serve.Main(polish{name: "glossy"}) },
		"whimbrel-plugin-echo":   func() { serve.Main(mutual{"echo"}) },
		"whimbrel-plugin-left":   func() { serve.Main(mutual{"left"}) },
		"whimbrel-plugin-right":  func() { serve.Main(mutual{"right"}) },
		"whimbrel-plugin-rls":    func() { serve.Main(rls.New()) },
		"whimbrel-plugin-rogue":  func() { serve.Main(newRogue(os.Args[1])) },
		"whimbrel-plugin-shiny":  func() { serve.Main(polish{name: "shiny"}) },
	})
}

// whimbrel is the program, as package main of cmd/whimbrel runs it.
func whimbrel() {
	noteStart()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(cli.Standard(pizza.Files).Run(ctx, os.Args[1:]...))
}

// Scripts runs testdata/script/*.txtar. Besides the commands of testscript a
// script can say:
//
//	database        make an empty database and set DATABASE_URL to it; LOW_URL
//	                is the same as user plugin_inspector, whom the script makes;
//	                database LATIN1 makes one in that encoding
//	psql 'SELECT 1' run SQL in it; the rows are the standard output
//	remember NAME 'SELECT 1'    set a variable to the first value
//	edit FILE OLD NEW           replace text that is in the file; \n is a line break
//	exits 3 whimbrel rollback   run a command that has to end with this code
//	busy                        hold the lock of a migration in progress
//	guarded                     set URLs of a server that asks for passwords
//	python FOLDER               have the scripts in a folder run with a Python that has gRPC
func Scripts(t *testing.T) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               Setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"database": database,
			"psql":     psql,
			"load":     load,
			"remember": remember,
			"exits":    exits,
			"edit":     edit,
			"busy":     busy,
			"guarded":  guarded,
			"python":   Python,
		},
	})
}

// Setup gives every script the same time and a home of its own.
func Setup(env *testscript.Env) error {
	env.Setenv("SOURCE_DATE_EPOCH", "1795345200") // 2026-11-22 11:00:00 UTC
	env.Setenv("NO_COLOR", "1")
	env.Setenv("PLUGINS", filepath.SplitList(env.Getenv("PATH"))[0])
	env.Setenv("HOME", filepath.Join(env.WorkDir, ".home"))
	return shareTexts(env.Getenv("HOME"), env.Getenv("PLUGINS"))
}

func database(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: database [ENCODING]")
	}
	at := scratch.Database(test{ts})
	if len(args) > 0 {
		at = encoded(ts, at, args[0])
	}
	ts.Setenv("DATABASE_URL", at)
	low, err := url.Parse(at)
	ts.Check(err)
	low.User = url.User("plugin_inspector")
	ts.Setenv("LOW_URL", low.String())
}

// encoded makes a database beside another one, in another encoding, and returns its URL.
func encoded(ts *testscript.TestScript, beside, encoding string) string {
	at, err := url.Parse(beside)
	ts.Check(err)
	name := strings.TrimPrefix(at.Path, "/") + "_" + strings.ToLower(encoding)
	_, err = Query(beside, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING "+address.Literal(encoding)+" LC_COLLATE 'C' LC_CTYPE 'C'")
	ts.Check(err)
	ts.Defer(func() { _, _ = Query(beside, "DROP DATABASE "+name+" WITH (FORCE)") }) // the server goes anyway
	at.Path = "/" + name
	return at.String()
}

// A test is the script as scratch sees it.
type test struct{ *testscript.TestScript }

// Helper does nothing: a script has no frames.
func (t test) Helper() {}

// Cleanup runs a function at the end of the script.
func (t test) Cleanup(clean func()) { t.Defer(clean) }

func psql(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: psql SQL")
	}
	rows, err := Query(ts.Getenv("DATABASE_URL"), args[0])
	if (err != nil) != neg {
		ts.Fatalf("psql: %v", err)
	}
	fmt.Fprint(ts.Stdout(), rows)
	if err != nil {
		fmt.Fprintln(ts.Stderr(), err)
	}
}

// load runs the SQL of a file.
func load(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: load FILE")
	}
	psql(ts, neg, []string{ts.ReadFile(args[0])})
}

func remember(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: remember NAME SQL")
	}
	rows, err := Query(ts.Getenv("DATABASE_URL"), args[1])
	ts.Check(err)
	line, _, _ := strings.Cut(rows, "\n")
	if line == "" {
		ts.Fatalf("remember: no row")
	}
	ts.Setenv(args[0], line)
}

// Query returns the rows of the last statement: a line each, columns divided by |.
func Query(at, sql string) (string, error) {
	ctx := context.Background()
	config, err := pgx.ParseConfig(at)
	if err != nil {
		return "", err
	}
	config.RuntimeParams["client_encoding"] = "UTF8" // scripts are in it, whatever the database is in
	config.RuntimeParams["statement_timeout"] = "0"  // a test depends on no pace, whatever the database says
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	results, err := conn.PgConn().Exec(ctx, sql).ReadAll()
	if err != nil || len(results) == 0 {
		return "", err
	}
	var out strings.Builder
	for _, row := range results[len(results)-1].Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = string(cell)
		}
		out.WriteString(strings.Join(cells, "|") + "\n")
	}
	return out.String(), nil
}

func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	args[2] = strings.ReplaceAll(args[2], `\n`, "\n")
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, args[1], args[2])), 0o644))
}

// Python is the command of scripts that has the plugins of a folder run with a Python
// that has gRPC.
func Python(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: python FOLDER")
	}
	ts.Check(interpreter.Adopt(ts.MkAbs(args[0])))
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARGUMENT...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	if got := exitCode(err); fmt.Sprint(got) != args[0] {
		ts.Fatalf("%s ended with %d, not %s", strings.Join(args[1:], " "), got, args[0])
	}
}

func exitCode(err error) int {
	if err == nil {
		return 0
	}
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		return exit.ExitCode()
	}
	return -1
}
