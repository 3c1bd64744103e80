// Package protocol is the wire between whimbrel and its plugins: the messages
// of whimbrel_plugin_v1.proto, their conversion from and to the types of the
// core, and a detector's two ends, Server and Client.
//
// sdk/serve and plugins use it. It starts no process and decides nothing.
package protocol

//go:generate go run -C gen .
