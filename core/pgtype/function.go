package pgtype

import "strings"

// Result returns the type, in our spelling, of the functions that keys of indexes
// are often made of, and false for any other function. Its source is
// pg_proc.prorettype; unaccent is the extension's.
func Result(function string) (name string, ok bool) {
	name, ok = results[function]
	return name, ok
}

var results = newResults(map[string]string{
	"text": `
		btrim concat concat_ws initcap left lower ltrim md5 replace reverse right rtrim substr substring trim unaccent
		upper`,
	"integer": `cardinality char_length length octet_length`,
})

// TakesText reports whether a built-in function has text, or something that is no number,
// truth value, time or JSON, as its first argument by all its definitions. Its source is
// pg_proc.proargtypes.
func TakesText(function string) bool { return ofText[strings.ToLower(function)] }

var ofText = set(`
	ascii btrim char_length character_length initcap left lower lpad ltrim md5 octet_length regexp_match regexp_matches
	regexp_replace repeat replace reverse right rpad rtrim split_part starts_with string_to_array strpos substr substring
	translate upper`)

func newResults(functions map[string]string) map[string]string {
	results := map[string]string{}
	for name, list := range functions {
		for _, function := range strings.Fields(list) {
			results[function] = name
		}
	}
	return results
}

// Stable reports whether a built-in function is stable by all its definitions: its
// result depends on settings or on the time of the transaction, so that no index
// and no generated column can hold it.
func Stable(function string) bool { return stable[strings.ToLower(function)] }

// Volatile reports whether a built-in function is volatile by all its definitions:
// its result may change from row to row.
func Volatile(function string) bool { return volatile[strings.ToLower(function)] }

// stable and volatile hold functions, and words that are called without
// parentheses, that somebody may try to index. Those that are immutable for some
// arguments, such as date_trunc, are in neither. Nor is concat: models write it
// with the operator, which is immutable. Their source is pg_proc.provolatile;
// unaccent and uuid_generate_* are extensions'.
var (
	stable = set(`
		array_to_json array_to_string concat_ws convert_from convert_to current_catalog current_database current_date
		current_role current_schema current_setting current_time current_timestamp current_user enum_range format
		inet_client_addr json_build_array json_build_object jsonb_build_array jsonb_build_object localtime
		localtimestamp make_timestamptz now pg_backend_pid pg_current_xact_id row_to_json session_user
		statement_timestamp to_char to_date to_json to_jsonb to_number transaction_timestamp txid_current unaccent
		user version`)
	volatile = set(`
		clock_timestamp currval gen_random_uuid lastval nextval pg_sleep random setval timeofday uuid_generate_v1
		uuid_generate_v1mc uuid_generate_v4`)
)
