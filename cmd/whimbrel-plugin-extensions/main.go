// Command whimbrel-plugin-extensions is the plugin "extensions" as a program of its own.
package main

import (
	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(extensions.New()) }
