# The project file. Paths are relative to this folder.

app "shop" {
  models     = "models"     # read with all folders below
  migrations = "migrations" # written by "whimbrel make"
  schema     = "public"     # PostgreSQL schema of the tables
}

# Where "whimbrel migrate" goes. --url, WHIMBREL_URL, DATABASE_URL and PG* override it.
environment "local" {
  url = env("DATABASE_URL")
}

plugin "triggers" {}   # audit_trigger, constraint_trigger
plugin "extensions" {} # CREATE EXTENSION before the first use of a type
