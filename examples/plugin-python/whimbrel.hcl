app "shop" {}

plugin "statistics" {
  source  = "./bin/whimbrel-plugin-statistics" # ./whimbrel-plugin-statistics --bundle bin/whimbrel-plugin-statistics
  version = "~> 1.0"
}
