import Bytes
import Testing

@testable import Mapping

/// Personal numbers in running text. Those with a right check digit are Skatteverket's own test numbers.
struct PersonalNumberTests {
  @Test(arguments: [
    "191212121212", "19121212-1212", "121212-1212", "121212+1212", "1212121212", "Ersättning till 121212-1212, mars", "pnr121212-1212",
    "12 12 12 1212", "1912-12-12-1212", "12-12-12 12 12", "121212–1212", "121212\u{2212}1212", "121212 - 1212", "SE121212121201",
    "１２１２１２-１２１２", "121212\u{AD}-\u{200B}1212", "(121212-1212)", "19701063-2391", "701063-2391", "197010632391", "Bidrag 121212-1212.pdf",
    "121212-TF01", "19121212TF12", "121212-T123", "121212-1212/121212-1212", "1 121212-1212",
  ])
  func areFound(_ text: String) { #expect(ByteString(text).withView { $0.holdsPersonalNumber }) }

  @Test(arguments: [
    // A wrong check digit, a day and a month that do not exist, a number of a legal person.
    "121212-1213", "850132-1234", "121312-1212", "556334-8449", "5599990024", "212000-1967", "",
    // Longer numbers, other numbers, masks.
    "1212121212121", "91212121212", "121212-12", "121212-XXXX", "20250314-0012", "2025-03-14", "019-21 10 00", "1 234 567,89", "TF01",
    "121212T",
    "121212-T12", "Kv. Lejonet 12:12", "F-1280-14", "8.50132E+09", "121212 AB 1212",
  ])
  func areNotSeenElsewhere(_ text: String) { #expect(!ByteString(text).withView { $0.holdsPersonalNumber }) }

  /// What is one for certain could always be one.
  @Test(arguments: ["121212-1212", "19701063-2391", "１２１２１２-１２１２", "12 12 12 1212"]) func whatIsOneMayBeOne(_ text: String) {
    #expect(ByteString(text).withView { $0.mayHoldPersonalNumber })
  }
}
