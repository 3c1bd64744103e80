app "shop" {}

plugin "notify" {
  source  = "./bin/whimbrel-plugin-notify" # go build -o bin/ ./whimbrel-plugin-notify
  version = "~> 1.0"
}
