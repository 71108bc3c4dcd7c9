import Bytes
import Identifiers
import Mapping
import Testing

/// How a register says that it makes keys (contract §4, `newKey`).
struct NewKeyTests {
  @Test(arguments: [
    ("sequence", NewKey(.sequence)), ("sequence luhn; prefix: 1880-", NewKey(.checkedSequence, prefix: "1880-")), ("uuid", NewKey(.uuid)),
    ("random", nil), ("sequence; 1880-", nil), ("", nil),
  ])
  func howKeysAreMadeIsDeclared(_ text: String, _ newKey: NewKey?) { #expect(NewKey(text) == newKey) }
}
