// Command whimbrel-plugin-partitions serves the plugin to whimbrel.
package main

import (
	"github.com/whimbreldb/whimbrel/examples/partitions"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(partitions.New()) }
