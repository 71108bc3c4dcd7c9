import Bytes
import Identifiers
import Testing

/// The steps that tidy a text before it is looked up (contract §4, `clean`).
struct CleaningStepTests {
  @Test(arguments: [
    ("trim", " 1880 ", "1880"), ("trim", "\u{A0}\u{FEFF}1880\t\u{202F}", "1880"), ("trim", "a b", "a b"), ("trim", "  ", ""),
    ("digitsOnly", "21 20 00-1967", "2120001967"), ("digitsOnly", "SE ٣ 1", "1"), ("digitsOnly", "", ""),
    ("padLeft(4)", "180", "0180"), ("padLeft(4)", "1880", "1880"), ("padLeft(4)", "18800", "18800"), ("padLeft(4)", "", ""),
    ("padLeft(4)", "å", "000å"),
    ("slug", "Kultur- och fritidsförvaltningen", "kultur-och-fritidsforvaltningen"), ("slug", "  ÅÄÖ åäö  ", "aao-aao"),
    ("slug", "A/B & C", "a-b-c"), ("slug", "INV 9/2025", "inv-9-2025"), ("slug", "Éclair № 7", "eclair-7"),
    ("slug", "Æble Øl Straße", "aeble-ol-strasse"),
    ("stripBOM", "\u{FEFF}lang", "lang"), ("stripBOM", "a\u{FEFF}b\u{FEFF}", "ab"), ("stripBOM", "ï»¿", "ï»¿"),
    ("collapseSpace", "  Stora \u{A0}\t torget\n1 ", "Stora torget 1"), ("collapseSpace", "\u{A0}", ""), ("collapseSpace", "a", "a"),
    ("dropPrefix(Riskklass)", "Riskklass 5", "5"), ("dropPrefix(Riskklass)", "riskklass\u{A0}5", "5"),
    ("dropPrefix(Riskklass)", "Klass 5", "Klass 5"), ("dropPrefix(Riskklass)", "Risk", "Risk"), ("dropPrefix(F-)", "F-1280-14", "1280-14"),
    ("dropPrefix(å)", "åäö", "äö"), ("dropPrefix(å)", "Åäö", "Åäö"), ("dropPrefix(x))", "x)y", "y"),
    ("upper", "åäö a1ß", "ÅÄÖ A1SS"), ("lower", "ÅÄÖ A1É", "åäö a1é"), ("upper", "", ""),
    ("yesno", "Ja", "true"), ("yesno", " NEJ ", "false"), ("yesno", "true", "true"), ("yesno", "N", "false"), ("yesno", "1", "true"),
    ("yesno", "0", "false"), ("yesno", "kanske", "kanske"), ("yesno", "", ""),
    ("slug", "---", ""), ("slug", "fo\u{308}rra A\u{30A}ret", "forra-aret"),
  ])
  func tidies(_ step: String, _ text: String, _ expected: String) throws {
    let step = try #require(CleaningStep(step))
    #expect(ByteString(text).withView { [step].applied(to: $0) }?.text == expected)
  }

  @Test(arguments: [
    "", "Trim", "trim()", "trim(1)", "padLeft", "padLeft()", "padLeft(0)", "padLeft(65)", "padLeft(x)", "padLeft(4", "slugg",
    "dropPrefix", "dropPrefix()", "dropPrefix(x", "upper()", "Lower", "collapse", "stripBom", "yesno(1)",
  ])
  func refusesWhatIsNoStep(_ step: String) {
    #expect(CleaningStep(step) == nil)
  }

  @Test func stepsFollowEachOther() throws {
    let steps = try ["trim", "digitsOnly", "padLeft(4)"].map { try #require(CleaningStep($0)) }
    #expect(ByteString(" nr 180 ").withView { steps.applied(to: $0) }?.text == "0180")
  }

  @Test(arguments: [
    ("2120001967", true), ("5563348449", true), ("2321000131", true), ("5563348448", false), ("0", true), ("", false),
    ("55633484x9", false),
  ])
  func luhnIsTheCheckOfOrganisationNumbers(_ number: String, _ holds: Bool) {
    #expect(ByteString(number).withView { KeyCheck.luhn.holds(for: $0) } == holds)
  }
}
