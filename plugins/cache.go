package plugins

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// A cache keeps manifests by the SHA-256 of the executable and the name that it
// was asked by: one file can be several plugins. It only saves time: whatever goes
// wrong with it means that there is no entry.
type cache struct{ dir string } // empty: no cache

func newCache(dir string) cache {
	if dir = cacheDir(dir); dir == "" {
		return cache{}
	}
	return cache{filepath.Join(dir, "manifests", "v"+strconv.Itoa(protocol.Version))}
}

// cacheDir returns the folder of everything that is kept, empty if there is none.
func cacheDir(dir string) string {
	if dir != "" {
		return dir
	}
	user, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(user, "whimbrel")
}

// kept is an entry, with its own sum, so that a damaged one is found out.
type kept struct {
	Manifest *detect.Manifest `json:"manifest"`
	SHA256   string           `json:"sha256"`
}

// get returns the manifest of an executable, or nil.
func (c cache) get(sum, name string) *detect.Manifest {
	if c.dir == "" || sum == "" {
		return nil
	}
	data, err := os.ReadFile(c.path(sum, name))
	if err != nil {
		return nil
	}
	var entry kept
	if json.Unmarshal(data, &entry) != nil || entry.Manifest == nil || manifestSum(entry.Manifest) != entry.SHA256 {
		return nil
	}
	return entry.Manifest
}

func (c cache) put(sum, name string, m *detect.Manifest) {
	data, err := json.Marshal(kept{m, manifestSum(m)})
	if err != nil || c.dir == "" || os.MkdirAll(c.dir, 0o700) != nil {
		return
	}
	_ = writeFile(c.path(sum, name), data, 0o600)
}

func (c cache) path(sum, name string) string {
	key := sha256.Sum256([]byte(sum + " " + name)) // a name may hold what no file's name can
	return filepath.Join(c.dir, hex.EncodeToString(key[:])+".json")
}
