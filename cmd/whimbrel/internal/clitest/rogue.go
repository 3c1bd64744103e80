package clitest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A rogue is the plugin "polish" with a way of being bad.
type rogue struct {
	polish
	does string
}

// BadlyFile is beside the program. Where a test made it, a pipe, it is at its end once
// the plugin does what never ends.
const BadlyFile = "badly"

// tell ends the reading of the pipe, if there is one.
func tell() {
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	if pipe, err := os.OpenFile(filepath.Join(filepath.Dir(program), BadlyFile), os.O_WRONLY, 0); err == nil {
		pipe.Close()
	}
}

// newRogue does what is bad before there is a plugin.
func newRogue(does string) rogue {
	switch does {
	case "end":
		fmt.Fprintln(os.Stderr, "no licence")
		os.Exit(7)
	case "chat":
		fmt.Println("hello from a library")
	case "babble":
		tell() // what is said ends it
		fmt.Println("1|1|pigeon|roof|grpc")
		time.Sleep(time.Hour)
	case "sulk":
		tell()
		time.Sleep(time.Hour)
	}
	return rogue{polish{name: "rogue"}, does}
}

// Manifest returns the plugin's description.
func (r rogue) Manifest() *detect.Manifest {
	m := r.polish.Manifest()
	m.Options[0].Name = "rogue"
	m.Kinds[0].Siblings = []string{"field"}
	if r.does == "change" {
		m.Version = "1.0.1"
	}
	return m
}

// Detect does what is bad in a call.
func (r rogue) Detect(ctx context.Context, pass detect.Pass) (detect.Result, error) {
	switch r.does {
	case "crash":
		fmt.Fprintln(os.Stderr, "about to crash")
		os.Exit(3)
	case "hang":
		tell()
		time.Sleep(time.Hour)
	case "spin":
		tell()
		for end := time.Now().Add(time.Hour); time.Now().Before(end); {
		}
	case "paint":
		fmt.Fprintln(os.Stderr, "\x1b[2J painted \u202e backwards \x07")
	case "panic":
		panic("at the disco")
	case "fail":
		return detect.Result{}, errors.New("no such polish")
	case "idle":
		return detect.Result{}, nil
	}
	result, err := r.polish.Detect(ctx, pass)
	if r.does == "paint" {
		result.Diagnostics = diag.List{{Severity: diag.Warning, Code: "RG0001\x1b[2J", Summary: "a \x1b[2J b \u202e c", Detail: "\u009b2J\r", Next: "\x07"}}
	}
	if err == nil && r.does != "" {
		spoil(r.does, &result.Operations[0])
	}
	return result, err
}

// spoil makes an operation claim what it must not.
func spoil(does string, op *operation.Operation) {
	field := op.Target.Child("field", "title")
	switch does {
	case "steal":
		op.Target = field
	case "drop":
		op.Edits = append(op.Edits, state.Drop(field))
	case "need":
		op.Needs = []operation.Need{{Verb: operation.Create, Object: address.New("model", "shop", "nobody"), Why: "It shines there."}}
	case "wait":
		op.Needs = []operation.Need{{Verb: operation.Create, Object: op.Target.WithKind("model"), Before: true, Why: "Polish comes first."}}
	case "forget":
		op.Edits = nil
	case "lie":
		other := *op.Edits[0].Put
		other.Attrs = []byte(`{"gloss":9}`)
		op.Edits = []state.Edit{state.Put(&other)}
	case "shout":
		op.Kind = "rogue.drop_database"
	case "paint":
		op.Summary = "polish \x1b[2J \u202e table"
		op.Hazard = []operation.Hazard{{Code: "destroys_data", Object: op.Target, Text: "gone \x1b[2J\nwrote x"}}
		op.Up = operation.SQL("COMMENT ON TABLE public.book IS 'a \x1b[2J \u202e b' /* \u009b */")
	case "misname":
		op.Up = operation.SQL("COMMENT ON COLUMN public.book.titel IS 'shiny'")
	case "double":
		op.Up = operation.SQL("SELECT 1; DROP TABLE public.book")
	case "atomic":
		op.Up = operation.SQL("CREATE FUNCTION public.f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1 FROM begin atomic; END; DROP TABLE public.book")
	case "split":
		op.Up = []operation.Statement{{SQL: `CREATE TABLE public."a`, Tail: `"; DROP TABLE public.book; --" ()`, Table: true}}
	case "inline":
		op.Inline = &operation.Inline{Clause: operation.Clause{SQL: "x int); DROP TABLE public.book; --", Group: 1}}
	case "join": // each part is a clause; together they are not
		op.Inline = &operation.Inline{Clause: operation.Clause{SQL: "CHECK (true) -- ", Group: 0}}
	case "role":
		op.Down = operation.SQL("SET ROLE postgres")
	case "raze":
		op.Down = operation.SQL("ALTER TABLE public.book DROP COLUMN title")
	case "probe":
		op.Hazard = []operation.Hazard{{Code: operation.DataLoss, Object: op.Target, Text: "gone", Down: true, Probe: "COMMIT"}}
	case "log":
		op.Up, op.Down = operation.SQL("CREATE TABLE public.shine (a int)"), operation.SQL("DROP TABLE public.shine")
	case "mumble":
		op.Up = operation.SQL(" ; ")
	}
}
