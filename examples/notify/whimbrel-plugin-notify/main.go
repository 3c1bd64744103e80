// Command whimbrel-plugin-notify serves the plugin to whimbrel.
package main

import (
	"github.com/whimbreldb/whimbrel/examples/notify"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(notify.New()) }
