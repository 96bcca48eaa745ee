module github.com/betatelltd/esim-toolkit/packages/clients/go

go 1.23

require (
)
