package scratch

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	embeddedpostgres "github.com/fergusstrange/embedded-postgres"
)

// downloaded is the version that is fetched for a machine without PostgreSQL.
const downloaded = embeddedpostgres.V17

// download fetches the server's binaries once for this user and returns their
// directory. It is the last resort.
func download(ctx context.Context) (string, error) {
	base, err := downloads()
	if err != nil {
		return "", err
	}
	root := filepath.Join(base, string(downloaded))
	dir := filepath.Join(root, "bin")
	if complete(dir) {
		return dir, nil
	}
	if err := fetch(ctx, base, root); err != nil && !complete(dir) {
		return "", err
	}
	return dir, nil
}

// downloads returns the directory for downloaded binaries. That of root has to
// be open to the account that the server runs as.
func downloads() (string, error) {
	if os.Geteuid() == 0 {
		return "/var/cache/whimbrel/postgresql", os.MkdirAll("/var/cache/whimbrel/postgresql", 0o755)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "whimbrel", "postgresql")
	return dir, os.MkdirAll(dir, 0o755)
}

// fetch fills root with the binaries. The library has no way to fetch without
// starting a server, so it is told to start one that nobody uses; whether that
// works (root may not run one) is of no interest here.
func fetch(ctx context.Context, base, root string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	run, err := os.MkdirTemp(base, "run-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(run)
	port, err := freePort()
	if err != nil {
		return err
	}
	server := embeddedpostgres.NewDatabase(embeddedpostgres.DefaultConfig().
		Version(downloaded).Port(uint32(port)).Logger(io.Discard).
		CachePath(run).RuntimePath(filepath.Join(run, "runtime")).
		DataPath(filepath.Join(run, "data")).BinariesPath(root))
	if err := server.Start(); err != nil {
		return fmt.Errorf("fetching its binaries: %w", err)
	}
	return server.Stop()
}
