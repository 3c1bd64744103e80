package sdk_test

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// What a plugin cannot call its blocks.
func ExampleBuiltinWords() {
	fmt.Println(slices.Contains(sdk.BuiltinWords(detect.OnApp), "view"))
	// Output: true
}
