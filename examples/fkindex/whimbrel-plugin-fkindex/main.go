// Command whimbrel-plugin-fkindex serves the plugin to whimbrel.
package main

import (
	"github.com/whimbreldb/whimbrel/examples/fkindex"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(fkindex.New()) }
