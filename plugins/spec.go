package plugins

import (
	"encoding/json"
	"time"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// A Spec says where a plugin is.
type Spec struct {
	// Name is what its manifest has to say.
	Name string
	// Path and Args start it. The path is absolute.
	Path string
	Args []string
	// SHA256 is that of the executable in hexadecimal digits, if it is known
	// already. Else the lock file says it.
	SHA256 string
	// Config is its configuration, as canonical JSON.
	Config json.RawMessage
	// Version is a constraint such as "~> 1.0", or empty.
	Version string
	// Timeout limits its start and each call, instead of the times in Options.
	Timeout time.Duration
	// Absent is why there is no executable. Such a plugin is good for all that
	// needs no more than its manifest, if that is remembered.
	Absent *diag.Diagnostic
	// Dev: whoever runs this program named the executable, and no lock has to.
	Dev bool
	// Attach is where the plugin runs already. Nothing is started or ended, and
	// there are no limits of time.
	Attach *Attachment
	// Range is where the project asks for it, for messages.
	Range diag.Range
	// Detector is the plugin itself where it is linked into this program, which
	// then serves it too: Path is this program. It needs no lock entry, and its
	// manifest is known without a process.
	Detector detect.Detector
}

// Options are how plugins are run. The zero value is good.
type Options struct {
	// Lock pins third-party plugins. A plugin that has no entry and no SHA256 is
	// refused, unless AllowUnlocked.
	Lock          *Lock
	AllowUnlocked bool
	// Transport is how plugins linked into the program are called. Empty: what
	// the environment variable WHIMBREL_PLUGIN_TRANSPORT says, else Process.
	Transport Transport
	// CacheDir is where manifests are kept. Empty: whimbrel in the user's cache
	// directory.
	CacheDir string
	// Results says whether answers of processes are kept in CacheDir too, and
	// HostVersion is that of this program, which answers may depend on.
	Results     ResultCache
	HostVersion string
	// TempDir is where sockets are made, a short path. Empty: XDG_RUNTIME_DIR or /tmp.
	TempDir string
	// StartTimeout, CallTimeout and CloseTimeout limit how long a plugin may take:
	// 10 s, 30 s and 1 s. A call has 1 ms more for each change in it.
	StartTimeout, CallTimeout, CloseTimeout time.Duration
	// MaxMessage is the largest answer that is taken, in bytes: 256 MiB.
	MaxMessage int
	// Log gets every line that a plugin prints, if it is set. It is called by
	// several goroutines.
	Log func(plugin, line string)
}

// A Transport is a way of calling a plugin.
type Transport string

// The transports. Results are the same by all of them.
const (
	Process   Transport = "process"   // a process of its own
	Bufconn   Transport = "bufconn"   // gRPC in memory, for tests
	InProcess Transport = "inprocess" // a function call, for tests
)

// A ResultCache is a way of keeping what processes answer. An answer is known by
// the executable, the version of this program and what was asked.
type ResultCache string

// The ways.
const (
	ResultsOff    ResultCache = ""       // nothing is kept
	ResultsOn     ResultCache = "on"     // what is kept is not asked again
	ResultsVerify ResultCache = "verify" // it is asked again, and another answer is an error
)

// transportVariable is the environment variable that chooses a transport.
const transportVariable = "WHIMBREL_PLUGIN_TRANSPORT"

// withDefaults fills in what is not set. The environment is asked by getenv.
func (o Options) withDefaults(getenv func(string) string) Options {
	if o.Transport == "" {
		o.Transport = Transport(getenv(transportVariable))
	}
	if o.Transport == "" {
		o.Transport = Process
	}
	o.StartTimeout = orDefault(o.StartTimeout, 10*time.Second)
	o.CallTimeout = orDefault(o.CallTimeout, 30*time.Second)
	o.CloseTimeout = orDefault(o.CloseTimeout, time.Second)
	if o.MaxMessage <= 0 {
		o.MaxMessage = protocol.MaxMessage
	}
	if o.Log == nil {
		o.Log = func(string, string) {}
	}
	return o
}

// limited returns the options with the limits of one plugin.
func (o Options) limited(spec Spec) Options {
	o.StartTimeout = orDefault(spec.Timeout, o.StartTimeout)
	o.CallTimeout = orDefault(spec.Timeout, o.CallTimeout)
	return o
}

func orDefault(limit, otherwise time.Duration) time.Duration {
	if limit <= 0 {
		return otherwise
	}
	return limit
}
