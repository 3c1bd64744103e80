module github.com/whimbreldb/whimbrel

go 1.26
