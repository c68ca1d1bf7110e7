package bleveindex

import "syscall"

// dropPages takes the pages of a file that is mapped for reading only out of the memory of this process. An error leaves them there,
// which harms nobody.
func dropPages(file []byte) { _ = syscall.Madvise(file, syscall.MADV_DONTNEED) }
