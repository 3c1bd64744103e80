// Command whimbrel-plugin-materialized serves the plugin to whimbrel.
package main

import (
	"github.com/whimbreldb/whimbrel/examples/materialized"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(materialized.New()) }
