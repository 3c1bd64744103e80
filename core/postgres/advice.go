package postgres

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// advice returns what to do about an error of the server, or "" if nothing more is
// known of it than what it says. Again is the command to run afterwards.
func (e *ScriptError) advice(again string) string {
	switch e.SQLState() {
	case "42P07", "42710", "42P06", "42701", "42723": // a relation, an object, a schema, a column, a function is there already
		if e.Direction == Up {
			return fmt.Sprintf("see what is there by that name; if it is what this migration makes, and the rest of it is there too, record the migration: "+
				"whimbrel migrate --to %s --fake; else rename or drop it, and run again: %s", e.Script.ID, again)
		}
	case notAllowed:
		return e.permission() + ", and run again: " + again
	case "42704": // an object is not there
		if found := noRole().FindStringSubmatch(e.Server.Message); found != nil {
			return fmt.Sprintf("have it made, CREATE ROLE %s, or name another role in the models; roles are of the whole server, and no migration makes them; then run again: %s",
				address.Quote(found[1]), again)
		}
	case "25001": // cannot run inside a transaction block
		if e.Step.Transaction != operation.Outside {
			return "put the statement into a migration of its own with the line \"-- +goose NO TRANSACTION\", and run again: " + again
		}
	case untranslatable:
		return "write the character in another way, or use a database with ENCODING 'UTF8', and run again: " + again
	}
	return ""
}

// permission says who is to do what about a right that is missing. The server may
// speak any language; names are in quotes or at the end where it speaks English.
func (e *ScriptError) permission() string {
	user := address.Quote(e.user)
	if strings.Contains(e.Server.Message, "row-level security") {
		return "connect as a user who sees all rows (ALTER ROLE ... BYPASSRLS), or, if only those that policies show are meant, " +
			"write SET LOCAL row_security = on into the migration"
	}
	for _, rule := range permissions {
		if found := regexp.MustCompile(rule.message).FindStringSubmatch(e.Server.Message); found != nil {
			return fmt.Sprintf(rule.next, address.Quote(found[1]), user)
		}
	}
	return fmt.Sprintf("connect as the owner of the object, or have the right granted to %s", user)
}

// permissions are what the server says of a missing right, and what to do.
var permissions = []struct {
	message string
	next    string // %[1]s is the object, %[2]s the user
}{
	{`^permission denied for schema (.+)$`, "have the owner of the schema run: GRANT USAGE, CREATE ON SCHEMA %[1]s TO %[2]s"},
	{`^permission denied for database (.+)$`, "have the owner of the database run: GRANT CREATE ON DATABASE %[1]s TO %[2]s"},
	{`^must be owner of \w+ (.+)$`, "connect as the owner of %[1]s, or have the owner let you do the same: GRANT <owner> TO %[2]s"},
}

// noRole is what the server says of a role that is not there.
var noRole = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^role "(.+)" does not exist$`) })

const untranslatable = "22P05"

// byteOf matches a byte in the server's message of a character that its encoding does
// not have.
var byteOf = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`0x([0-9a-f]{2})`) })

// untranslated returns the place in the script of the character that the database's
// encoding does not have; line is 0 if it is not there.
func (e *ScriptError) untranslated() (line, column int) {
	var character []byte
	for _, found := range byteOf().FindAllStringSubmatch(e.Server.Message, -1) {
		value, _ := strconv.ParseUint(found[1], 16, 8)
		character = append(character, byte(value))
	}
	at := strings.Index(e.Script.Text, string(character))
	if len(character) == 0 || at < 0 {
		return 0, 0
	}
	return lineColumn(e.Script.Text, utf8.RuneCountInString(e.Script.Text[:at])+1)
}
