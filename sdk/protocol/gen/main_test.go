package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestGeneratedCodeIsUpToDate(t *testing.T) {
	files, err := generate(t.Context(), "..")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 {
		t.Fatalf("want two generated files, have %d", len(files))
	}
	for name, want := range files {
		have, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != want {
			t.Errorf("%s is not what the protocol generates: run go generate ./sdk/protocol", name)
		}
	}
}
