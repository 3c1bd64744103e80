package scratch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// locales are the arguments of initdb by preference: not every system has C.UTF-8.
var locales = [][]string{{"--locale=C.UTF-8"}, {"--locale=C"}}

// initFlags are the other arguments of initdb. The small segments make the
// cluster half as large.
var initFlags = []string{
	"--username=" + superuser, "--auth=trust", "--encoding=UTF8", "--no-sync",
	"--wal-segsize=1",
}

const superuser = "postgres"

// newCluster makes the data directory of a new cluster: a copy of one that
// initdb made before, or initdb's if there is none.
func newCluster(ctx context.Context, bin string, p *place, a account) (string, error) {
	data := filepath.Join(p.dir, "data")
	template := templateDir(ctx, bin)
	if template != "" && copyTree(template, data, a) == nil {
		return data, nil
	}
	if err := os.RemoveAll(data); err != nil {
		return "", err
	}
	if err := initdb(ctx, bin, data, p, a); err != nil {
		return "", err
	}
	if template != "" {
		keep(data, template)
	}
	return data, nil
}

func initdb(ctx context.Context, bin, data string, p *place, a account) error {
	var failed []error
	for _, locale := range locales {
		args := append([]string{"--pgdata=" + data}, append(locale, initFlags...)...)
		cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), args...)
		cmd.Dir = p.dir
		cmd.Env = environment()
		a.prepare(cmd)
		out, err := cmd.CombinedOutput()
		if err == nil {
			return nil
		}
		failed = append(failed, fmt.Errorf("%s: %w\n%s", cmd.Path, err, out))
	}
	return errors.Join(failed...)
}

// environment is that of the process without what would lead the server's
// programs to another cluster or language.
func environment() []string {
	var kept []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "PG") && !strings.HasPrefix(variable, "LC_") && !strings.HasPrefix(variable, "LANG") {
			kept = append(kept, variable)
		}
	}
	return append(kept, "LC_ALL=C")
}

// templateDir returns where the user's cache keeps the cluster that these
// binaries make, or "" if the user has no cache.
func templateDir(ctx context.Context, bin string) string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	out, err := exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version").Output()
	if err != nil {
		return ""
	}
	key := sha256.Sum256([]byte(fmt.Sprint(string(out), bin, locales, initFlags)))
	return filepath.Join(cache, "whimbrel", "scratch", hex.EncodeToString(key[:8]))
}

// keep copies a new cluster to the cache. It is only for speed, so failures are
// of no interest; of several processes that keep at once one wins.
func keep(data, template string) {
	parent := filepath.Dir(template)
	if os.MkdirAll(parent, 0o700) != nil {
		return
	}
	copied, err := os.MkdirTemp(parent, "new-")
	if err != nil {
		return
	}
	defer os.RemoveAll(copied)
	inner := filepath.Join(copied, "data")
	if copyTree(data, inner, account{}) == nil {
		_ = os.Rename(inner, template)
	}
}
