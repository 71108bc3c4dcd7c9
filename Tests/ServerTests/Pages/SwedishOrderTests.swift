import TestSupport
import Testing

@testable import Server

@Suite("Names in Swedish order")
struct SwedishOrderTests {
  @Test(
    "å, ä and ö come last, whether letters are large does not count",
    arguments: [
      ["Arboga", "Bjurholm", "Borås", "Zorn", "Ånge", "Älmhult", "Öckerö"], ["Alingsås", "Alvesta", "ansökan", "Arvika"],
      ["Upplands Väsby", "Upplands-Bro", "Uppsala"], ["Idé", "Ideell", "Ideér", "Idö"], ["Muller", "Müller", "Mulö"],
      ["Klass 2", "Klass 3", "Klassa"], ["Lund", "Lød", "Löddeköpinge"],
    ])
  func order(_ names: [String]) {
    let order = SwedishOrder()
    #expect(names.reversed().sorted { order.places($0, before: $1, else: false) } == names)
  }

  @Test(
    "the letter of a name",
    arguments: [("Örebro", "Ö"), ("ånge", "Å"), ("Écija", "E"), ("3:e gatan", "#"), ("«Ana»", "A"), ("", "#"), ("Ψ", "Ψ")])
  func letter(_ name: String, _ letter: String) {
    #expect(SwedishOrder().letter(name) == letter)
  }
}
