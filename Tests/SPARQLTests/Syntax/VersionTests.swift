import Bytes
import Problems
import RDF
import SPARQL
import Testing

@Suite("Versions of the language, and codepoint escapes")
struct VersionTests {
  /// The problem of a query that is read as one of a version.
  private func problem(_ text: String, _ version: QueryVersion?) -> String? {
    do throws(Failure) {
      _ = try QueryParser.parse(ByteString(text), version: version)
      return nil
    } catch {
      return error.problem.line(in: .en)
    }
  }

  @Test(
    "VERSION stands in the prologue, as often as anybody likes",
    arguments: [
      "VERSION \"1.2\" ASK {}", "version '1.1' PREFIX : <http://e/> VERSION \"1.2-basic\" BASE <http://e/> ASK { :a :b <c> }",
      "VERSION \"2.0\" ASK {}",
    ])
  func declared(_ text: String) { #expect(problem(text, nil) == nil) }

  @Test(
    "What is no version is refused",
    arguments: [
      ("VERSION 1.2 ASK {}", "1:9: error: unexpected «1.2», expected a version in single quotes, such as «'1.2'»."),
      ("VERSION \"\"\"1.2\"\"\" ASK {}", "1:9: error: unexpected «\"\"\"1.2\"\"\"», expected a version in single quotes, such as «'1.2'»."),
      ("VERSION ASK {}", "1:9: error: unexpected «ASK», expected a version in single quotes, such as «'1.2'»."),
      ("VERSION \"1.2\" . ASK {}", "1:15: error: unexpected «.», expected SELECT, CONSTRUCT, ASK or DESCRIBE."),
      ("VERSON \"1.2\" ASK {}", "1:1: error: unexpected «VERSON», expected SELECT, CONSTRUCT, ASK or DESCRIBE. Is VERSION meant?"),
      ("ASK { << ?s ?p ?o >> ?q ?r }", "1:7: error: triple terms, «<< … >>» of SPARQL 1.2, are not supported."),
      ("ASK { ?s ?p \"x\"@en--up }", "1:21: error: the direction of a text is «ltr» or «rtl»."),
      ("ASK { ?s ?p \"x\"@en-- }", "1:19: error: unexpected «-»"),
    ])
  func refused(_ text: String, _ expected: String) throws {
    let line = try #require(problem(text, nil))
    #expect(line.hasPrefix(expected), "\(line)")
  }

  /// SPARQL 1.1 §19.2 has escapes decoded wherever they stand, 1.2 in IRIs and strings alone.
  @Test(
    "In SPARQL 1.2 escapes stand only in IRIs and strings",
    arguments: [
      (#"ASK { ?x\u0061 <http://e/\u0062> ?o }"#, "1:7"), (#"PREFIX ns: <http://e/> ASK { ?x ns:a\u0062c ?o }"#, "1:33"),
      (#"\u0041\u0053\u004B\u0020\u007B\u007D"#, "1:1"), (#"ASK\u0020{}"#, "1:4"),
    ])
  func escapes(_ text: String, _ place: String) throws {
    #expect(problem(text, nil) == nil)
    #expect(problem(text, .v11) == nil)
    let line = try #require(problem(text, .v12))
    #expect(line.hasPrefix(place + ": error: in SPARQL 1.2 the escapes of characters may stand only in IRIs and strings."), "\(line)")
    #expect(problem(#"VERSION "1.2" "# + text, nil) != nil)
  }

  @Test("An escape in a string means its character, whatever that means to the grammar", arguments: [QueryVersion.v11, .v12])
  func strings(_ version: QueryVersion) throws {
    let text = #"ASK { VALUES ?x { "\u0022" '\u0027' "a\u005Cn" "\\u005C" "\u000A" """\U0000005C""" "\\\u0041" } } # \u \uD800"#
    let query = try QueryParser.parse(ByteString(text), version: version)
    let rendered = AlgebraText.render(query)
    let written = [#""\"""#, #""'""#, #""a\\n""#, #""\\u005C""#, #""\n""#, #""\\""#, #""\\A""#]
    for term in written { #expect(rendered.contains(term), "\(term) in \(rendered)") }
  }

  @Test(
    "What stands for no character is told where it stands",
    arguments: [
      (#"ASK { ?s ?p "a\uD83C\uDCA1" }"#, 15), (#"ASK { ?s ?p <http://e/\uD83C> }"#, 23), (#"ASK { ?s ?p "\u12" }"#, 14),
      (#"ASK { ?s ?p "\U00110000" }"#, 14), (#"ASK { ?s \u0022x" }"#, 10), (#"ASK { ?s <http://e/\u0022> ?o }"#, 20),
    ])
  func wrong(_ text: String, _ column: Int) throws {
    for version in [QueryVersion.v11, .v12] {
      let line = try #require(problem(text, version))
      #expect(line.hasPrefix("1:\(column): error: this is not the escape of a character that may stand here."), "\(line)")
    }
  }

  @Test("A number that is none counts as false in SPARQL 1.1, and as an error in 1.2")
  func effectiveBoolean() {
    let constant = Constant(.literal("z", .datatype("http://www.w3.org/2001/XMLSchema#boolean")))
    #expect(constant.value.effectiveBoolean(.v11) == false)
    #expect(constant.value.effectiveBoolean(.v12) == nil)
    #expect(constant.value.effectiveBoolean(.v12Basic) == nil)
  }

  @Test("Of a pattern that is grouped, SELECT sees only what the groups are made by")
  func grouped() {
    #expect(problem("SELECT (123 AS ?z) WHERE { ?s ?p ?z } GROUP BY ?s", nil) == nil)
    #expect(problem("SELECT (123 AS ?z) WHERE { ?s ?p ?z } GROUP BY ?z", nil)?.hasPrefix("1:16: error: the variable «?z»") == true)
    #expect(problem("SELECT (123 AS ?z) WHERE { } GROUP BY (1 AS ?z)", nil)?.hasPrefix("1:16: error: the variable «?z»") == true)
    #expect(problem("SELECT (123 AS ?z) WHERE { ?s ?p ?z }", nil)?.hasPrefix("1:16: error: the variable «?z»") == true)
  }
}
