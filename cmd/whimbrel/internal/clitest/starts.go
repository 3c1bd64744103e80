package clitest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/stretchr/testify/require"
)

// startsFile is beside the program: a line for each start of a plugin.
const startsFile = "starts"

// noteStart notes that this process serves one of the program's own plugins.
func noteStart() {
	if len(os.Args) != 4 || os.Args[1] != "plugin" || os.Args[2] != "serve" {
		return
	}
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	file, err := os.OpenFile(filepath.Join(filepath.Dir(program), startsFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	fmt.Fprintln(file, os.Args[3])
}

// Starts returns how often each plugin was started since the last call.
func (f Folder) Starts() map[string]int {
	f.T.Helper()
	path := filepath.Join(filepath.Dir(f.Binary), startsFile)
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return map[string]int{}
	}
	require.NoError(f.T, err)
	require.NoError(f.T, os.Remove(path))
	count := map[string]int{}
	for _, name := range strings.Fields(string(text)) {
		count[name]++
	}
	return count
}

// Scripted writes a plugin that is a shell script: it notes its start and becomes
// one of the test's plugins.
func (f Folder) Scripted(name string) {
	f.T.Helper()
	plugin, err := exec.LookPath("whimbrel-plugin-" + name)
	require.NoError(f.T, err)
	f.Write("bin/"+name, fmt.Sprintf("#!/bin/sh\necho %s >>'%s'\nexec '%s'\n",
		name, filepath.Join(filepath.Dir(f.Binary), startsFile), plugin))
	require.NoError(f.T, os.Chmod(filepath.Join(f.Dir, "bin", name), 0o755))
}
