// Command hostile is a plugin that does what plugins must not do. Its first
// argument says what.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() {
	mode := os.Args[1]
	if before[mode] != nil {
		before[mode]()
	}
	manifest := sdk.Manifest{
		Name: "hostile", Version: "1.2.3",
		Kinds: []sdk.Kind{{Name: "hostile.thing"}},
		Emits: []string{"hostile.create_thing", "hostile.drop_thing"},
	}
	if mode == "count" {
		manifest.Locality = detect.Whole
	}
	if mode == "moody" {
		manifest.Doc = time.Now().String()
	}
	check, checks := strings.CutPrefix(mode, "check ")
	manifest.Checks = checks
	manifest.Kinds[0].Likeness, manifest.Kinds[0].Naming = detect.Judged, []string{"name"}
	judging := sdk.Judging(func(context.Context, sdk.Comparison) ([]sdk.Alikeness, error) {
		return verdicts[mode], trouble(mode)
	})
	if mode == "unable" {
		judging = sdk.Judging(nil)
	}
	serve.Main(sdk.New(manifest, func(ctx context.Context, pass sdk.Pass) (sdk.Result, error) {
		if during[mode] != nil {
			return during[mode](pass)
		}
		return good(pass)
	}, sdk.Upgrading(func(_ context.Context, old []*sdk.Object) ([]json.RawMessage, error) {
		return answer[mode], trouble(mode)
	}), sdk.Inspecting(func(_ context.Context, catalog sdk.Catalog) ([]*sdk.Object, error) {
		var found []*sdk.Object
		for _, attrs := range answer[mode] {
			kind, label, _ := strings.Cut(*catalog.Rows[0].Rows[0][0], " ")
			found = append(found, &sdk.Object{Address: address.New(kind, "shop", label), Attrs: attrs})
		}
		return found, trouble(mode)
	}), judging, sdk.Checking(func(_ context.Context, wanted sdk.Wanted) (diag.List, error) {
		found := diag.List{{Severity: diag.Warning, Code: "H1", Summary: fmt.Sprintf("%d things", wanted.State.Len())}}
		if check == "mute" {
			found[0].Summary = ""
		}
		return found, trouble(check)
	})))
}

// verdicts are the answers to the comparison of two pairs.
var verdicts = map[string][]sdk.Alikeness{
	"good":    {detect.Equal, detect.Different},
	"several": {detect.Alike},
	"odd":     {detect.Alike, 7},
	"unable":  nil,
}

// answer holds the attributes that objects are upgraded to and found with.
var answer = map[string][]json.RawMessage{
	"good":    {json.RawMessage(`{"a":1}`)},
	"blanks":  {json.RawMessage(`{ "a": 1 }`)},
	"list":    {json.RawMessage(`[]`)},
	"broken":  {json.RawMessage(`{"a"`)},
	"several": {json.RawMessage(`{}`), json.RawMessage(`{}`)},
}

func trouble(mode string) error {
	switch mode {
	case "crash":
		os.Exit(3)
	case "panic":
		panic("at the disco")
	case "hang":
		sleep()
	case "error":
		return errors.New("no such policy")
	}
	return nil
}

// before holds what happens before the handshake.
var before = map[string]func(){
	"exit":      func() { fmt.Fprintln(os.Stderr, "no \x1b[31mlicence\x1b[0m"); os.Exit(7) },
	"early":     func() { fmt.Println("hello from a library\nand again") },
	"silent":    func() { fmt.Fprintln(os.Stderr, "thinking"); sleep() },
	"garbage":   func() { fmt.Println("1|1|pigeon|roof|grpc"); sleep() },
	"long":      func() { fmt.Println("1|1|unix|" + strings.Repeat("x", 1<<20) + "|grpc"); sleep() },
	"elsewhere": func() { fmt.Println("1|1|unix|/var/run/docker.sock|grpc"); sleep() },
	"newer":     func() { fmt.Println("1|2|unix|" + listen() + "|grpc"); sleep() },
	"older":     func() { fmt.Println("1|0|unix|" + listen() + "|grpc"); sleep() },
	"mute":      func() { fmt.Println("1|1|unix|" + listen() + "|grpc"); sleep() },
	"nowhere":   func() { fmt.Println("1|1|tcp|10.0.0.1:80|grpc"); sleep() },
	"named":     func() { fmt.Println("1|1|tcp|localhost.example.org:80|grpc"); sleep() },
	"quitter":   func() { os.Exit(0) },
	"stranger":  func() { _ = os.Unsetenv("WHIMBREL_PLUGIN") },
	"stopped":   stop,
	"slow":      func() { time.Sleep(500 * time.Millisecond) },
	"runaway":   runaway,
	"stray":     func() { runaway(); os.Exit(6) },
	"sleep":     sleep,
	"family":    child,
	"widow":     child,
}

// during holds what happens in a call.
var during = map[string]func(sdk.Pass) (sdk.Result, error){
	"crash": func(sdk.Pass) (sdk.Result, error) { log.Print("about to crash"); os.Exit(3); return sdk.Result{}, nil },
	"widow": func(sdk.Pass) (sdk.Result, error) { os.Exit(4); return sdk.Result{}, nil },
	"impure": func(pass sdk.Pass) (sdk.Result, error) {
		result, err := good(pass)
		result.Operations[0].Summary = time.Now().String()
		return result, err
	},
	"clumsy": func(pass sdk.Pass) (sdk.Result, error) {
		if os.Mkdir(os.Args[0]+".fallen", 0o700) == nil {
			os.Exit(5)
		}
		return good(pass)
	},
	"panic": func(sdk.Pass) (sdk.Result, error) { panic("at the disco") },
	"error": func(sdk.Pass) (sdk.Result, error) { return sdk.Result{}, errors.New("no such policy") },
	"hang":  func(sdk.Pass) (sdk.Result, error) { log.Print("going round"); sleep(); return sdk.Result{}, nil },
	"spin": func(sdk.Pass) (sdk.Result, error) {
		for {
		}
	},
	"fall asleep": func(pass sdk.Pass) (sdk.Result, error) {
		go func() { time.Sleep(2 * time.Second); stop() }() // once the answer is out
		return good(pass)
	},
	"count": func(pass sdk.Pass) (sdk.Result, error) {
		return sdk.Result{Diagnostics: diag.List{{Summary: fmt.Sprint(pass.To.Len())}}}, nil
	},
	"stdin": func(sdk.Pass) (sdk.Result, error) {
		file, err := os.Readlink("/proc/self/fd/0")
		return sdk.Result{Diagnostics: diag.List{{Summary: file}}}, err
	},
	"latin": func(pass sdk.Pass) (sdk.Result, error) {
		result, err := good(pass)
		result.Operations[0].Summary = "caf\xe9"
		return result, err
	},
	"zero": func(pass sdk.Pass) (sdk.Result, error) {
		result, err := good(pass)
		result.Operations[0].Up[0].SQL = "CREATE\x00"
		return result, err
	},
	"forged": func(pass sdk.Pass) (sdk.Result, error) {
		result, err := good(pass)
		result.Operations[0].Detector = "triggers"
		return result, err
	},
	"verbose": func(sdk.Pass) (sdk.Result, error) {
		return sdk.Result{Diagnostics: make(diag.List, 100_000)}, nil
	},
	"freeze": func(sdk.Pass) (sdk.Result, error) {
		stop()
		return sdk.Result{}, nil
	},
	"flood": func(pass sdk.Pass) (sdk.Result, error) {
		noise := bytes.Repeat([]byte("x"), 4<<20)
		_, _ = syscall.Write(1, noise)
		_, _ = syscall.Write(2, noise)
		return good(pass)
	},
	"badlog": func(pass sdk.Pass) (sdk.Result, error) {
		log.SetFlags(0)
		log.Print(`{"@message": 1, "@level": 2, "@timestamp": 3}`)
		return good(pass)
	},
	"huge": func(pass sdk.Pass) (sdk.Result, error) {
		return sdk.Result{Diagnostics: diag.List{{Summary: strings.Repeat("x", 2<<20)}}}, nil
	},
	"swarm": func(pass sdk.Pass) (sdk.Result, error) { // two bytes each on the wire
		return sdk.Result{Facts: make([]sdk.Fact, 400_000)}, nil
	},
	"foreign": func(pass sdk.Pass) (sdk.Result, error) {
		field := address.New("field", "shop", "pizza", "name")
		return sdk.Result{Operations: []sdk.Operation{{
			Kind: "hostile.drop_thing", Target: field, Edits: []state.Edit{state.Drop(field)},
		}}}, nil
	},
	"unlisted": func(pass sdk.Pass) (sdk.Result, error) {
		result, err := good(pass)
		result.Operations[0].Kind = "hostile.drop_database"
		return result, err
	},
	"uninvited": func(pass sdk.Pass) (sdk.Result, error) {
		result, err := good(pass)
		other := *pass.Changes[0].After
		other.Address = address.New("hostile.thing", "shop", "other")
		result.Operations[0].Edits = append(result.Operations[0].Edits, state.Put(&other))
		return result, err
	},
	"surroundings": func(sdk.Pass) (sdk.Result, error) {
		cwd, _ := os.Getwd()
		files, _ := filepath.Glob(cwd + "/*")
		summary := fmt.Sprintln(os.Getpid(), len(files)) + strings.Join(os.Environ(), "\n")
		return sdk.Result{Diagnostics: diag.List{{Summary: summary}}}, nil
	},
}

func good(pass sdk.Pass) (sdk.Result, error) {
	operations, err := sdk.Recreate(pass, "hostile.thing", func(_ *sdk.State, o *sdk.Object) (sdk.Script, error) {
		return sdk.Script{Create: []string{"CREATE"}, Drop: []string{"DROP"}}, nil
	})
	return sdk.Result{Operations: operations}, err
}

func sleep() { time.Sleep(time.Hour) }

func stop() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
	sleep() // the signal may take a moment
}

// runaway starts a process in a session of its own.
func runaway() {
	cmd := exec.Command("/proc/self/exe", "sleep")
	cmd.Args[0] = os.Args[0]
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		log.Fatal(err)
	}
}

// child starts a process that holds this one's output.
func child() {
	cmd := exec.Command("/proc/self/exe", "sleep")
	cmd.Args[0] = os.Args[0]
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		log.Fatal(err)
	}
}

// listen takes connections and never answers.
func listen() string {
	path := os.Getenv("PLUGIN_UNIX_SOCKET_DIR") + "/plugin"
	listener, err := net.Listen("unix", path)
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		for {
			if _, err := listener.Accept(); err != nil {
				return
			}
		}
	}()
	return path
}
