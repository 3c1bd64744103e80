// Command whimbrel-plugin-rls serves the plugin to whimbrel.
package main

import (
	"github.com/whimbreldb/whimbrel/examples/rls"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(rls.New()) }
