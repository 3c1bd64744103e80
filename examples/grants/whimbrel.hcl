app "shop" {}

plugin "grants" {
  source  = "./bin/whimbrel-plugin-grants" # go build -o bin/ ./whimbrel-plugin-grants
  version = "~> 1.0"

  config {
    role = "pg_monitor"
  }
}
