import Problems
import Resources

/// A stream over a text.
func memory(_ text: String, name: String = "t.csv") -> MemoryStream { MemoryStream(Array(text.utf8), name: name) }

/// A sink for tests that ask for no problems.
let ignored = ProblemList()
