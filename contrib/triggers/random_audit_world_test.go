package triggers_test

import (
	"strings"
)

// An age is a time in the life of audited models, in which their columns have these
// names.
type age []string

// ages are in their order. What is renamed leaves its name to another field.
var ages = []age{
	{
		"RENAMED_WORDS", "", "RENAMED_FRIEND", "", "RENAMED_AMOUNT", "", "RENAMED_SPOT", "", "MORE", "",
		"WORDS", "words", "FRIEND", "friend", "AMOUNT", "n", "SPOT", "place",
	},
	{
		"RENAMED_WORDS", `renamed_from = "words"`, "RENAMED_FRIEND", `renamed_from = "friend"`,
		"RENAMED_AMOUNT", `renamed_from = "n"`, "RENAMED_SPOT", `renamed_from = "place"`,
		"MORE", "field \"n\" {\n    type = text\n    null = true\n  }",
		"WORDS", "label", "FRIEND", "ally", "AMOUNT", "amount", "SPOT", "spot",
	},
}

func (a age) of(text string) string { return strings.NewReplacer(a...).Replace(text) }

// auditedModels are models with foreign keys to themselves and to each other, two of
// them to one row, and with keys of several columns. STORAGE stands for the arguments
// of audits, KEY for those of foreign keys.
const auditedModels = `
model "node" {
  audit_trigger { STORAGE }
  field "parent" {
    type      = foreign_key(node)
    null      = true
    on_delete = set_null
    on_update = cascade
    KEY
  }
  field "FRIEND" {
    type      = foreign_key(node)
    null      = true
    on_delete = set_null
    on_update = cascade
    RENAMED_FRIEND
  }
  field "n" {
    type = integer
    null = true
  }
  field "total" {
    type    = integer
    default = 0
  }
  field "WORDS" {
    type = text
    null = true
    RENAMED_WORDS
  }
  field "list" {
    type = array(integer)
    null = true
  }
  field "seen" {
    type = timestamptz
    null = true
  }
}
model "item" {
  audit_trigger { STORAGE }
  field "node" {
    type      = foreign_key(node)
    on_delete = cascade
    on_update = cascade
    KEY
  }
  field "AMOUNT" {
    type = integer
    null = true
    RENAMED_AMOUNT
  }
  field "doc" {
    type = json
    null = true
  }
  field "rate" {
    type = double_precision
    null = true
  }
  MORE
}
model "pair" {
  audit_trigger { STORAGE }
  primary_key { fields = [id, SPOT] }
  field "id" { type = integer }
  field "SPOT" {
    type = integer
    RENAMED_SPOT
  }
  field "item" {
    type      = foreign_key(item)
    null      = true
    on_delete = cascade
    on_update = cascade
    KEY
  }
  field "n" {
    type = numeric
    null = true
  }
}
model "slot" {
  managed = false
  audit_trigger {
    STORAGE
    level = row
  }
  primary_key { fields = [id, n] }
  field "id" { type = integer }
  field "n" { type = integer }
  field "words" {
    type = text
    null = true
  }
}
`

// slots is a partitioned table, which the models do not make.
const slots = `CREATE TABLE slot (id integer, n integer, words text, PRIMARY KEY (id, n)) PARTITION BY LIST (n);
	CREATE TABLE slot_0 PARTITION OF slot FOR VALUES IN (0); CREATE TABLE slot_1 PARTITION OF slot FOR VALUES IN (1)`

var auditedTables = []string{"node", "item", "pair", "slot"}

// writables returns the tables as they are written.
func (a age) writables() []writable {
	list := []writable{
		{"node", []string{
			"parent_id NULL 1 2 3", "FRIEND_id NULL 1 2 3", "n NULL 1 2 60", "WORDS NULL a b 'it''s'",
			"list NULL '{1,2}' '[0:1]={1,2}' '{}'", "seen NULL '2026-01-02T03:04Z' '2026-07-08T09:10:11.121314+09'",
		}},
		{"item", []string{"node_id 1 2 3 4", "AMOUNT NULL 1 2 39", "doc NULL '[1.50]' '{}' (concat('\"',chr(92),'u0000\"')::json)", "rate NULL 0.1 1e22 'NaN'"}},
		{"pair", []string{"SPOT 1 2", "item_id NULL 1 2 3", "n NULL 1.5 2.50"}},
		{"slot", []string{"n 0 1 2", "words NULL a b"}},
	}
	for _, t := range list {
		for i := range t.columns {
			t.columns[i] = a.of(t.columns[i])
		}
	}
	return list
}

// usersTriggers change rows as triggers of users do: other rows, those that are being
// written, the same ones again, and what they take back. Names that begin with FIRST
// come before or behind what foreign keys do. They do nothing for what those do: that is
// recorded at the end of the statement, behind what triggers of its rows do.
const usersTriggers = `
CREATE OR REPLACE FUNCTION sum_up() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN
	IF TG_OP = 'UPDATE' THEN UPDATE node SET total = total - coalesce(OLD.AMOUNT, 0) WHERE id = OLD.node_id; END IF;
	UPDATE node SET total = total + coalesce(NEW.AMOUNT, 0) WHERE id = NEW.node_id;
	RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION again() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN
	IF EXISTS (SELECT FROM node WHERE n > 50) THEN UPDATE node SET n = 50 WHERE n > 50; END IF;
	RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN
	NEW.AMOUNT := least(NEW.AMOUNT, 30); RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION try() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN
	UPDATE item SET AMOUNT = AMOUNT + 1 WHERE id = NEW.item_id;
	IF NEW.SPOT = 2 THEN RAISE 'taken back'; END IF;
	RETURN NULL;
EXCEPTION WHEN raise_exception THEN
	UPDATE item SET rate = 7 WHERE id = NEW.item_id;
	RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION move() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN
	UPDATE slot SET n = 1 - n WHERE id = OLD.id; RETURN OLD;
END $$;
CREATE OR REPLACE TRIGGER "FIRST sum up" AFTER INSERT OR UPDATE OF AMOUNT ON item FOR EACH ROW EXECUTE FUNCTION sum_up();
CREATE OR REPLACE TRIGGER "FIRST again" AFTER INSERT OR UPDATE ON node FOR EACH ROW EXECUTE FUNCTION again();
CREATE OR REPLACE TRIGGER "FIRST again and again" AFTER UPDATE ON node FOR EACH STATEMENT EXECUTE FUNCTION again();
CREATE OR REPLACE TRIGGER "FIRST tidy" BEFORE INSERT OR UPDATE ON item FOR EACH ROW EXECUTE FUNCTION tidy();
CREATE OR REPLACE TRIGGER "FIRST try" AFTER INSERT ON pair FOR EACH ROW EXECUTE FUNCTION try();
CREATE OR REPLACE TRIGGER "FIRST move" BEFORE DELETE ON node FOR EACH ROW EXECUTE FUNCTION move()`

// An auditSetting is how the models are audited and what else there is.
type auditSetting struct{ storage, key, first string }

func randomAudit(w writes, storage string) auditSetting {
	return auditSetting{
		storage: storage, key: w.pick("", "deferrable = immediate", "deferrable = deferred"),
		first: w.pick("", "", "A", "z"), // without a name there are no triggers of users
	}
}

func (s auditSetting) models(a age) string {
	arguments := "\n    storage  = " + s.storage + "\n    truncate = rows\n  "
	return a.of(strings.NewReplacer("{ STORAGE }", "{"+arguments+"}", "STORAGE", arguments, "KEY", s.key).Replace(auditedModels))
}

func (s auditSetting) triggers(a age) string {
	if s.first == "" {
		return "SELECT"
	}
	return a.of(strings.ReplaceAll(usersTriggers, "FIRST", s.first))
}
