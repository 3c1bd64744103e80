// Command whimbrel-plugin-grants serves the plugin to whimbrel.
package main

import (
	"github.com/whimbreldb/whimbrel/examples/grants"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(grants.New()) }
