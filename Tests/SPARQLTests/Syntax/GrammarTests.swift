import Bytes
import Problems
import RDFSyntax
import SPARQL
import Testing

@Suite("The grammar of SPARQL 1.1")
struct GrammarTests {
  @Test(
    "What may be written is read",
    arguments: [
      "SELECT * {}",
      "select distinct ?x where { ?x a :C } limit 1 offset 2",
      "SELECT ?x { ?x :p 1, -2, +3.5, 1e3, .5 ; :q true ;; :r \"a\"@sv-SE, 'b', \"\"\"c\"d\"\"\", '''e''' . }",
      "SELECT ?x { ?x :p \"1\"^^xsd:integer, \"2\"^^<http://e/t> }",
      "SELECT ?x { [] :p ?x . [ :p ?x ] . [ :q () ] :r (1 ?x (2)) . (1) :s _:b . _:b :t _:b }",
      "SELECT ?x { ?s ^:p/:q*|(:r+)?/!(:a|^:b)/!a ?x }",
      "SELECT ?x { ?s :p?/:q ?x }",
      "SELECT ?x { { ?x :p 1 } UNION { ?x :q 2 } UNION {} MINUS { ?x :r 3 } }",
      "SELECT ?x { GRAPH ?g { ?x :p 1 } GRAPH :g {} OPTIONAL { ?x :q ?y FILTER(?y > 1) } }",
      "SELECT ?x { SERVICE SILENT <http://e/sparql> { ?x :p 1 } . SERVICE ?s {} }",
      "SELECT ?x { BIND(1 + 2 AS ?x) VALUES ?y { 1 UNDEF :a } VALUES (?a ?b) { (1 2) (UNDEF \"x\") } VALUES () { () } }",
      "SELECT (COUNT(*) AS ?n) (SUM(DISTINCT ?x + 1) AS ?s) { ?y :p ?x } GROUP BY ?y (?x + 1 AS ?z) STR(?y) HAVING (COUNT(?x) > 1) (?y != 2)",
      "SELECT (GROUP_CONCAT(DISTINCT ?x ; SEPARATOR = \", \") AS ?t) (SAMPLE(?x) AS ?u) { ?y :p ?x }",
      "SELECT ?x { ?x :p ?y } ORDER BY ?x DESC(?y) ASC(?x + ?y) STRLEN(?y) :f(?x) LIMIT 10",
      "SELECT ?x { ?x :p ?y FILTER EXISTS { ?y :q ?z } FILTER NOT EXISTS { SELECT * { ?a ?b ?c } } FILTER REGEX(?y, \"a\", \"i\") }",
      "SELECT ?x { ?x :p ?y FILTER(?x IN (1, 2) && ?y NOT IN () || !BOUND(?y) && -?x = + ?y) FILTER :f(?x) }",
      "SELECT ?x { { SELECT ?x (MAX(?y) AS ?m) { ?x :p ?y } GROUP BY ?x ORDER BY ?x LIMIT 3 VALUES ?x { 1 } } }",
      "SELECT ?x FROM :g FROM NAMED :h { ?x :p 1 } VALUES ?x { 1 }",
      "ASK { ?x :p 1 } HAVING (1)",
      "CONSTRUCT { ?x :p [ :q _:b ] . _:b :r (1 2) } WHERE { ?x :p 1 } LIMIT 1",
      "CONSTRUCT WHERE { ?x :p ?y . ?y :q [] }",
      "CONSTRUCT FROM :g WHERE { ?x :p ?y }",
      "CONSTRUCT {} { }",
      "DESCRIBE ?x :a { ?x :p 1 }",
      "DESCRIBE *  WHERE { ?x :p 1 }",
      "DESCRIBE <http://e/x>",
      "SELECT ?x { ?x :p 1 FILTER(?x < ?y&&?y>1) FILTER(?a<1) FILTER(?a <= ?b) }  # comment > here",
      "SELECT ?åäö $x { ?åäö :örebro ?x . ?x :a.b ?åäö . ?x :%C3%A5\\,b : }",
      "SELECT ?x { ?x :p ?y . FILTER(?x+1 = ?y-1) FILTER(1-1=0) FILTER(?x*-1 = 2) }",
      "SELECT (NOW() AS ?n) (RAND() AS ?r) (BNODE() AS ?b) (COALESCE() AS ?c) (CONCAT() AS ?d) {}",
      "SELECT (COUNT(?x) AS ?n) (?n + 1 AS ?m) { ?y :p ?x }",
      "SELECT ?x WHERE { ?x :p 1 . FILTER(true) . ?x :q 2 }",
      "SELECT ?x WHERE { _:a :p 1 FILTER(true) _:a :q 2 }",
      "SELECT ?\u{10000} { ?x :p \"\\t\\n\\\"\\\\\" }",
    ])
  func accepted(_ text: String) throws { _ = try parsed(text) }

  @Test(
    "What may not be written is refused with its place and what was expected",
    arguments: [
      ("SELEC ?x {}", "1:1: error: unexpected «SELEC», expected SELECT, CONSTRUCT, ASK or DESCRIBE. Is SELECT meant?"),
      ("", "1:1: error: the query ends here, expected SELECT, CONSTRUCT, ASK or DESCRIBE."),
      (
        "SELECT ?x WHRE { }",
        "1:11: error: unexpected «WHRE», expected a variable, «(expression AS ?variable)», WHERE or «{». Is WHERE meant?"
      ),
      (
        "SELECT ?x\nWHERE {\n  ?x <a:b> .\n}",
        "3:12: error: unexpected «.», expected an object: a variable, an IRI, a blank node or a literal."
      ),
      (
        "SELECT ?x { ?x ?y ?z FILTR(?x) }",
        "1:22: error: unexpected «FILTR», expected a triple pattern, a keyword such as OPTIONAL or FILTER, or «}». Is FILTER meant?"
      ),
      ("SELECT ?x { ?x ?y ?z ?a ?b ?c }", "1:22: error: unexpected «?a», expected «.», «;», «,» or «}». "),
      (
        "SELECT ?x { ?x ?y 'å' ",
        "1:23: error: the query ends here, expected a triple pattern, a keyword such as OPTIONAL or FILTER, or «}»."
      ),
      ("SELECT ?x { ?x ?y 'åäö }", "1:19: error: the string that begins here is never closed."),
      ("SELECT ?x { ?x ?y 'åäö\n' }", "1:19: error: the string is not closed before the line ends."),
      ("SELECT ?x { ?x ?y 'åä\\ö' }", "1:22: error: this is not an escape that a string may hold."),
      ("SELECT ?x { FILTER(LANGMATCH(?x) > 1) }", "1:20: error: there is no function «LANGMATCH». Is LANGMATCHES meant?"),
      ("SELECT ?x { FILTER(STRLEN(?x, 1)) }", "1:20: error: STRLEN does not take 2 arguments, expected 1 argument."),
      ("SELECT ?x { FILTER(1 + ) }", "1:24: error: unexpected «)», expected an expression."),
      ("SELECT ?x { FILTER(1 2) }", "1:22: error: unexpected «2», expected an operator or «)»."),
      ("SELECT ?x { FILTER(?a = ?b = ?c) }", "1:28: error: unexpected «=», expected an operator or «)»."),
      ("SELECT ?x { } LIMIT ?x", "1:21: error: unexpected «?x», expected a whole number."),
      ("SELECT ?x { } LIMT 5", "1:15: error: unexpected «LIMT», expected the end of the query. Is LIMIT meant?"),
      ("SELECT (COUNT(*) ?n) { }", "1:18: error: unexpected «?n», expected AS and a variable."),
      ("SELECT ?x { ?x <rel> 1 }", "1:16: error: «rel» is a relative IRI, and the query has no BASE."),
      ("SELECT ?x { ?x < 1 }", "1:16: error: unexpected «<», expected a predicate: a variable, an IRI or a property path."),
      ("CONSTRUCT { ?x <a:b>+ 1 } { }", "1:16: error: a property path can't stand in a template."),
      ("CONSTRUCT { ?x <a:b>/<a:c> 1 } { }", "1:16: error: a property path can't stand in a template."),
      ("CONSTRUCT { 1 <a:b> 1 } { }", "1:13: error: a literal can't be a subject."),
      ("SELECT ?x { FILTER(_:b = 1) }", "1:20: error: a blank node can't stand in an expression."),
      ("SELECT ?x { '\\u00e5' ?y ; ?z }", "1:25: error: unexpected «;», expected an object"),
      ("SELECT ?x { ?x ?y '\\uD800' }", "1:20: error: this is not the escape of a character that may stand here."),
    ])
  func refused(_ text: String, _ expected: String) throws {
    let line = try #require(problem(text)).line(in: .en)
    #expect(line.hasPrefix(expected.trimmingSpaces), "\(line)")
    #expect(line.hasSuffix("[query-syntax]"))
  }

  @Test("An undeclared prefix that is well known comes with the line to add, another with the nearest that is declared")
  func undeclaredPrefix() throws {
    var prefixes = Prefixes()
    prefixes.set(prefix: "dcat", namespace: "http://www.w3.org/ns/dcat#")
    let known = try #require(problem("SELECT ?x {\n ?x a dcat:Dataset }", prefixes: prefixes)).line(in: .en)
    #expect(known == "2:7: error: the prefix «dcat:» is not declared. Add: PREFIX dcat: <http://www.w3.org/ns/dcat#> [query-syntax]")
    let near = try #require(problem("PREFIX dcat: <http://e/> SELECT ?x { ?x a dact:Dataset }")).line(in: .en)
    #expect(near == "1:43: error: the prefix «dact:» is not declared. Is dcat: meant? [query-syntax]")
    let swedish = try #require(problem("SELECT ?x { ?x a dcat:Dataset }", prefixes: prefixes)).line(in: .sv)
    #expect(swedish.hasSuffix("Lägg till: PREFIX dcat: <http://www.w3.org/ns/dcat#> [query-syntax]"))
  }

  @Test(
    "Update is told from a mistake", arguments: ["INSERT DATA { <a:b> <a:c> 1 }", "PREFIX : <a:> delete where { ?s ?p ?o }", "LOAD <a:b>"])
  func update(_ text: String) throws { #expect(try #require(problem(text)).code == .queryUpdate) }

  @Test("Ill-formed UTF-8 is refused where it stands")
  func illFormed() {
    var bytes = Array("SELECT ?x {\n ?x ?y '".utf8)
    bytes += [0xC3, 0x28] + Array("' }".utf8)
    #expect(throws: Failure.self) { try QueryParser.parse(ByteString(bytes)) }
  }

  @Test("IRIs are resolved against BASE, which counts from where it stands")
  func base() throws {
    let query = try QueryParser.parse(
      "BASE <http://a/b/> PREFIX p: <c#> BASE <d/> SELECT * { <> p:x <../e?f> }", base: "http://z/")
    #expect(AlgebraText.render(query) == "(project () (bgp (<http://a/b/d/> <http://a/b/c#x> <http://a/b/e?f>)))")
  }
}

extension String {
  var trimmingSpaces: String { String(reversed().drop { $0 == " " }.reversed()) }
}
