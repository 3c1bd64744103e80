// Command whimbrel-plugin-triggers is the plugin "triggers" as a program of its own.
package main

import (
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(triggers.New()) }
