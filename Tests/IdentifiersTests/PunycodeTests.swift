import Testing

@testable import Identifiers

/// The encoding of names of hosts that are not ASCII.
struct PunycodeTests {
  /// Samples of RFC 3492, section 7.1, and Swedish names, checked with another implementation (Python's codec `punycode`).
  @Test(arguments: [
    ("örebro", "rebro-iua"), ("åre", "re-xia"), ("bücher", "bcher-kva"), ("ååååå", "5caaaaa"), ("malmö-övrigt", "malm-vrigt-hcbb"),
    ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"), ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
    ("пpиветмир", "p-dtbjkcxqop"),
  ])
  func encodes(_ label: String, _ encoded: String) {
    #expect(Punycode.encode(Array(label.unicodeScalars)).map { String(decoding: $0, as: UTF8.self) } == encoded)
  }
}
