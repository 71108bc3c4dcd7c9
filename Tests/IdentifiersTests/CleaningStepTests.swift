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
    ("stripBOM", "\u{FEFF}lang", "lang"), ("stripBOM", "a\u{FEFF}b\u{FEFF}", "ab"),
    ("stripBOM", "info@\u{200B}orebro.se\u{2060}", "info@orebro.se"), ("stripBOM", "–\u{200D}", "–\u{200D}"), ("stripBOM", "ï»¿", "ï»¿"),
    ("collapseSpace", "  Stora \u{A0}\t torget\n1 ", "Stora torget 1"), ("collapseSpace", "\u{A0}", ""), ("collapseSpace", "a", "a"),
    ("dropPrefix(Riskklass)", "Riskklass 5", "5"), ("dropPrefix(Riskklass)", "riskklass\u{A0}5", "5"),
    ("dropPrefix(Riskklass)", "Klass 5", "Klass 5"), ("dropPrefix(Riskklass)", "Risk", "Risk"), ("dropPrefix(F-)", "F-1280-14", "1280-14"),
    ("dropPrefix(å)", "åäö", "äö"), ("dropPrefix(å)", "Åäö", "Åäö"), ("dropPrefix(x))", "x)y", "y"),
    ("upper", "åäö a1ß", "ÅÄÖ A1SS"), ("lower", "ÅÄÖ A1É", "åäö a1é"), ("upper", "", ""),
    ("yesno", "Ja", "true"), ("yesno", " NEJ ", "false"), ("yesno", "true", "true"), ("yesno", "N", "false"), ("yesno", "1", "true"),
    ("yesno", "0", "false"), ("yesno", "kanske", "kanske"), ("yesno", "", ""),
    ("yesno", "x", "true"), ("yesno", "X?", "X?"),
    ("slug", "---", ""), ("slug", "fo\u{308}rra A\u{30A}ret", "forra-aret"),
    ("dropUnit", "12,5 °C", "12,5"), ("dropUnit", "22kW", "22"), ("dropUnit", "1 234,50 kr", "1 234,50"), ("dropUnit", "100 m²", "100"),
    ("dropUnit", "-3 °C", "-3"), ("dropUnit", "\u{2212}3\u{A0}°C", "\u{2212}3"), ("dropUnit", "10 cfu/100 ml", "10"),
    ("dropUnit", "50 %", "50"),
    ("dropUnit", "1880", "1880"), ("dropUnit", "1\u{A0}234", "1\u{A0}234"), ("dropUnit", "ca 5 m", "ca 5 m"),
    ("dropUnit", "3 - 5 m", "3 - 5 m"),
    ("dropUnit", "3–5 m", "3–5 m"), ("dropUnit", "5 eller 6", "5 eller 6"), ("dropUnit", "2 timmar per vecka", "2 timmar per vecka"),
    ("dropUnit", "<10 cfu", "<10 cfu"), ("dropUnit", "", ""), ("dropUnit", "5,", "5,"), ("dropUnit", "2026-03-01", "2026-03-01"),
    ("split(1, )", "60150 Lokalhyror", "60150"), ("split(2, )", "60150 Lokalhyror", "Lokalhyror"), ("split(2,;)", "a; b ;c", "b"),
    ("split(3,;)", "a;b", ""), ("split(1,/)", "", ""), ("split(1,/)", "a", "a"), ("split(2, – )", "01 – Stockholm", "Stockholm"),
    ("split(-1,/)", "https://a.se/bath/SE1", "SE1"), ("split(-2,/)", "a/b", "a"), ("split(-3,/)", "a/b", ""), ("split(-1,/)", "a", "a"),
    ("split(2,,)", "a,b", "b"), ("split(1,å)", "bådå", "b"),
    ("match(^(\\d+)\\s)", "60150 Lokalhyror", "60150"), ("match(^\\d+\\s+(.*))", "60150 Lokalhyror, parkering", "Lokalhyror, parkering"),
    ("match(([\\d,]+)\\s*kW)", "DC 62,5 kW 400V", "62,5"), ("match((\\d{4})-?(\\d\\d))", "maj 2020-05", "202005"),
    ("match(^\\d+$)", "12", "12"),
    ("match(^\\d+$)", "12 a", ""), ("match((a)|b)", "b", ""),
    ("phone", "019-21 10 00", "tel:+4619211000"), ("mail", "a@b.se", "mailto:a@b.se"), ("url", "b.se", "https://b.se"),
    ("postcode", "70135", "701 35"),
  ])
  func tidies(_ step: String, _ text: String, _ expected: String) throws {
    let step = try #require(CleaningStep(step))
    #expect(ByteString(text).withView { [step].applied(to: $0) }?.text == expected)
  }

  @Test(arguments: [
    "", "Trim", "trim()", "trim(1)", "padLeft", "padLeft()", "padLeft(0)", "padLeft(65)", "padLeft(x)", "padLeft(4", "slugg",
    "dropPrefix", "dropPrefix()", "dropPrefix(x", "upper()", "Lower", "collapse", "stripBom", "yesno(1)", "split", "split()", "split(1)",
    "split(0,;)", "split(65,;)", "split(-65,;)", "split(-9223372036854775808,;)", "split(x,;)", "split(1,;", "split(1,)", "match",
    "match()",
    "match((", "match([)", "dropUnit(kW)", "phone(46)", "email", "URL", "postcode()",
  ])
  func refusesWhatIsNoStep(_ step: String) {
    #expect(CleaningStep(step) == nil)
  }

  /// Texts that a step refuses: nothing is made of them.
  @Test(arguments: [
    ("phone", "okänt"), ("phone", ""), ("phone", "+"), ("phone", "0"), ("phone", "(019) 21 (10) (00"),
    ("phone", "019-21 10 00 ext 1234567"),
    ("phone", "+46"), ("phone", "+0701234567"), ("phone", "00460"), ("phone", "1234567890123456789012345"), ("phone", "0701234567890"),
    ("mail", ""), ("mail", "@b.se"), ("mail", "a@"), ("mail", "a@b@c.se"), ("mail", ".a@b.se"), ("mail", "a..b@c.se"), ("mail", "a@-b.se"),
    ("mail", "a@b.1"), ("mail", "mailto:"), ("mail", "\"a b\"@c.se"), ("url", ""), ("url", "https://"), ("url", "a"), ("url", "a b.se"),
    ("url", "https://a..se"), ("url", "https://a_b.se"), ("url", "https://a.se:0/"), ("url", "https://a.se:99999"),
    ("url", "https://[::1]/"),
    ("url", "vbscript:x"), ("url", "https://a.se\\b"), ("url", "https://\u{2603}.se"), ("postcode", ""), ("postcode", "123456"),
    ("postcode", "1 2345"), ("postcode", "NO-0150"),
  ])
  func refusesATextThatIsNone(_ step: String, _ text: String) throws {
    let step = try #require(CleaningStep(step))
    var out = ByteBuffer()
    out.append("before")
    #expect(ByteString(text).withView { step.apply($0, into: &out) } == false)
    #expect(out.view.text == "before")
  }

  /// What a step may add to a text is known beforehand, for memory is set aside for it.
  @Test(arguments: [
    "1177", "+46 (0)8-123 456 78 ankn 123456", "åäö.åäö.se", "å.å.å.å.å.å.å.å.å.se", "ÅÄÖ@ÅÄÖ.se", "{}|^`@å.se", "a.se/{}|^`\u{1}",
    "例え.例え.jp",
    "\u{10400}\u{10401}.\u{10402}.se", "ΐΐΐΐ", "ßßßß", "ß", "1", "",
  ])
  func growsNoMoreThanItSays(_ text: String) throws {
    for name in ["upper", "lower", "slug", "phone", "mail", "url", "postcode", "yesno", "dropUnit", "match((.)(.*))", "padLeft(64)"] {
      let step = try #require(CleaningStep(name))
      var out = ByteBuffer()
      _ = ByteString(text).withView { step.apply($0, into: &out) }
      #expect(out.count <= step.growth * text.utf8.count + CleaningStep.extra, "\(name)")
    }
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
