package plugins_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/whimbreldb/whimbrel/plugins"
)

// folderVariable names the folder of what the tests build.
const folderVariable = "WHIMBREL_PLUGINS_TEST_FOLDER"

// hostArg makes the test binary a host of the plugin whose path follows, that
// waits to be killed.
const hostArg = "test-host"

// privateArg makes the test binary a process that keeps itself private until its
// input ends.
const privateArg = "test-private"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == privateArg {
		plugins.KeepPrivate()
		fmt.Println("private")
		_, _ = io.Copy(io.Discard, os.Stdin)
		return
	}
	if len(os.Args) == 4 && os.Args[1] == hostArg {
		beHost(os.Args[2], os.Args[3])
		return
	}
	folder, err := os.MkdirTemp("", "whimbrel-test")
	if err != nil {
		panic(err)
	}
	os.Setenv(folderVariable, folder)
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

// beHost prints the number of its plugin's process and waits.
func beHost(binary, temp string) {
	spec := plugins.Spec{Name: "hostile", Path: binary, Args: []string{"surroundings"}}
	host, found, err := plugins.Open(context.Background(), []plugins.Spec{spec},
		plugins.Options{AllowUnlocked: true, TempDir: temp, CacheDir: temp + "/cache"})
	if err != nil || found.HasErrors() {
		fmt.Println(err, found)
		return
	}
	result, err := host.Detectors()[0].Detect(context.Background(), onePass())
	if err != nil {
		fmt.Println(err)
		return
	}
	pid, _, _ := strings.Cut(result.Diagnostics[0].Summary, " ")
	fmt.Println("plugin", pid)
	time.Sleep(time.Hour)
}
