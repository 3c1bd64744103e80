app "notes" {}

plugin "rls" {
  source  = "./bin/whimbrel-plugin-rls" # go build -o bin/ ./whimbrel-plugin-rls
  version = "~> 1.0"
}
