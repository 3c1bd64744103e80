// Command whimbrel-plugin-softdelete is the plugin "softdelete" as a program of its own.
package main

import (
	"github.com/whimbreldb/whimbrel/contrib/softdelete"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

func main() { serve.Main(softdelete.New()) }
