package scratch

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// BinariesVariable is the environment variable with directories of servers' binaries,
// divided as in PATH, for tests on several versions of PostgreSQL.
const BinariesVariable = "WHIMBREL_TEST_BINARIES"

// Installed returns a directory of binaries for each version of the server that is on
// the machine, those of $WHIMBREL_TEST_BINARIES first. Start takes one with the option
// Binaries.
func Installed(ctx context.Context) []string {
	var found []string
	seen := map[string]bool{}
	for _, dir := range append(filepath.SplitList(os.Getenv(BinariesVariable)), candidates(ctx)...) {
		if !complete(dir) {
			continue
		}
		version, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
		if err == nil && !seen[string(version)] {
			seen[string(version)] = true
			found = append(found, dir)
		}
	}
	return found
}

// find returns the directory of the server's binaries, or "" if the machine has none.
func find(ctx context.Context) string {
	for _, dir := range candidates(ctx) {
		if complete(dir) {
			return dir
		}
	}
	return ""
}

// complete reports whether a directory has what a server needs.
func complete(dir string) bool {
	for _, name := range []string{"initdb", "postgres"} {
		if _, err := exec.LookPath(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return dir != ""
}

func candidates(ctx context.Context) []string {
	dirs := []string{onPath("initdb"), onPath("postgres"), configured(ctx)}
	for _, pattern := range patterns(runtime.GOOS) {
		found, _ := filepath.Glob(pattern) // the patterns are well formed
		slices.SortFunc(found, newestFirst)
		dirs = append(dirs, found...)
	}
	return dirs
}

// onPath returns the directory of a program, symbolic links resolved: the
// distributions link a few programs of the directory into the PATH, not all.
func onPath(name string) string {
	program, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(program); err == nil {
		program = real
	}
	return filepath.Dir(program)
}

func configured(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// patterns returns where distributions and installers put the binaries.
func patterns(system string) []string {
	switch system {
	case "darwin":
		return []string{
			"/opt/homebrew/opt/postgresql*/bin",
			"/usr/local/opt/postgresql*/bin",
			"/Applications/Postgres.app/Contents/Versions/*/bin",
			"/Library/PostgreSQL/*/bin",
			"/opt/local/lib/postgresql*/bin",
		}
	case "windows":
		return []string{filepath.Join(os.Getenv("ProgramFiles"), "PostgreSQL", "*", "bin")}
	}
	return []string{
		"/usr/lib/postgresql/*/bin",  // Debian
		"/usr/pgsql-*/bin",           // PostgreSQL's own packages for Red Hat
		"/usr/lib/postgresql*/bin",   // SUSE
		"/usr/libexec/postgresql*",   // Alpine
		"/usr/lib64/postgresql*/bin", // Gentoo
		"/usr/local/pgsql/bin",       // from source
		"/usr/local/bin",             // FreeBSD
		"/usr/bin",                   // Arch, Fedora
		"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
		"/opt/postgresql*/bin",
	}
}

// newestFirst orders directories by the version number in them.
func newestFirst(a, b string) int { return version(b) - version(a) }

// version returns the first number in a path, such as 17 in /usr/lib/postgresql/17/bin.
func version(path string) int {
	start := strings.IndexAny(path, "0123456789")
	if start < 0 {
		return 0
	}
	end := start
	for end < len(path) && path[end] >= '0' && path[end] <= '9' {
		end++
	}
	number, _ := strconv.Atoi(path[start:end])
	return number
}
