// Command whimbrel-plugin-updatedat is the plugin "updatedat" as a program of its own.
package main

import (
	"github.com/whimbreldb/whimbrel/contrib/updatedat"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(updatedat.New()) }
