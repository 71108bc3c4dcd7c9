import Bytes
import JSON
import Problems
import Testing

/// What tells whether a text is this word, or has it in it: enough for tests of queries, whose expressions are compiled elsewhere.
private struct Word: TextMatcher {
  let word: String
  let isWhole: Bool

  func matches(_ text: ByteView) -> Bool {
    let text = text.text
    // `b.*` of the RFC's example: a letter and anything.
    let stem = word.hasSuffix(".*") ? String(word.dropLast(2)) : word
    return isWhole ? (word.hasSuffix(".*") ? text.hasPrefix(stem) : text == stem) : text.contains(stem)
  }
}

private let compiler: ExpressionCompiler = { Word(word: $0.text, isWhole: $1) }

/// What a query finds, each as JSON.
private func found(_ query: String, _ text: String, from start: String? = nil) throws -> [String] {
  let path = try JSONPathParser.parse(query, compiler: compiler)
  return try ByteString(text).withView { view in
    var scanner = JSONScanner(view, file: "t.json")
    var tree = JSONTree()
    try tree.read(&scanner, try scanner.next()) { _ in }
    var run = JSONPathRun(compiler: compiler)
    var node = 0
    if let start {
      var nodes: ContiguousArray<Int> = []
      run.find(try JSONPathParser.parse(start, compiler: compiler).segments, from: 0, root: 0, in: tree, into: &nodes)
      node = try #require(nodes.first)
    }
    for _ in 0..<path.levelsUp where node >= 0 { node = Int(tree.parts[node].parent) }
    var nodes: ContiguousArray<Int> = []
    if node >= 0 { run.find(path.segments, from: node, root: node, in: tree, into: &nodes) }
    return nodes.map { number in tree.parts[number].kind == .string ? "\"\(tree.raw(number).text)\"" : tree.raw(number).text }
  }
}

/// Where and why a text is no query.
private func fault(_ query: String) -> JSONPathFault? {
  do throws(JSONPathFault) {
    _ = try JSONPathParser.parse(query, compiler: compiler)
    return nil
  } catch {
    return error
  }
}

@Suite("JSONPath (RFC 9535), by the examples of its sections") struct JSONPathTests {
  private static let store = #"""
    {"store":{"book":[{"category":"reference","author":"Nigel Rees","title":"Sayings of the Century","price":8.95},
    {"category":"fiction","author":"Evelyn Waugh","title":"Sword of Honour","price":12.99},
    {"category":"fiction","author":"Herman Melville","title":"Moby Dick","isbn":"0-553-21311-3","price":8.99},
    {"category":"fiction","author":"J. R. R. Tolkien","title":"The Lord of the Rings","isbn":"0-395-19395-8","price":22.99}],
    "bicycle":{"color":"red","price":399}}}
    """#

  @Test(
    "§1.5",
    arguments: [
      ("$.store.book[*].author", ["Nigel Rees", "Evelyn Waugh", "Herman Melville", "J. R. R. Tolkien"]),
      ("$..author", ["Nigel Rees", "Evelyn Waugh", "Herman Melville", "J. R. R. Tolkien"]),
      ("$..book[2].author", ["Herman Melville"]), ("$..book[2].publisher", []), ("$..book[-1].title", ["The Lord of the Rings"]),
      ("$..book[0,1].title", ["Sayings of the Century", "Sword of Honour"]),
      ("$..book[:2].title", ["Sayings of the Century", "Sword of Honour"]),
      ("$..book[?@.isbn].title", ["Moby Dick", "The Lord of the Rings"]),
      ("$..book[?@.price<10].title", ["Sayings of the Century", "Moby Dick"]),
    ])
  func bookstore(_ query: String, _ expected: [String]) throws {
    #expect(try found(query, Self.store) == expected.map { "\"\($0)\"" })
  }

  @Test("§1.5, what is no text")
  func bookstoreValues() throws {
    #expect(try found("$.store..price", Self.store) == ["8.95", "12.99", "8.99", "22.99", "399"])
    #expect(try found("$..*", Self.store).count == 27)
    #expect(try found("$.store.*", Self.store).count == 2)
  }

  private static let names = #"{"o":{"j j":{"k.k":3}},"'":{"@":2}}"#
  private static let wild = #"{"o":{"j":1,"k":2},"a":[5,3]}"#
  private static let letters = #"["a","b","c","d","e","f","g"]"#
  private static let filters = #"""
    {"a":[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],"o":{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}},"e":"f"}
    """#
  private static let nested = #"{"o":{"j":1,"k":2},"a":[5,3,[{"j":4},{"k":6}]]}"#
  private static let nulls = #"{"a":null,"b":[null],"c":[{}],"null":1}"#

  @Test(
    "§2.3.1 to §2.6: what the selectors find",
    arguments: [
      (#"$.o['j j']"#, names, [#"{"k.k":3}"#]), (#"$.o['j j']['k.k']"#, names, ["3"]), (#"$.o["j j"]["k.k"]"#, names, ["3"]),
      (#"$["'"]["@"]"#, names, ["2"]), ("$[*]", wild, [#"{"j":1,"k":2}"#, "[5,3]"]), ("$.o[*]", wild, ["1", "2"]),
      ("$.o[*,*]", wild, ["1", "2", "1", "2"]), ("$.a[*]", wild, ["5", "3"]), ("$[1]", letters, ["\"b\""]), ("$[-2]", letters, ["\"f\""]),
      ("$[1:3]", letters, ["\"b\"", "\"c\""]), ("$[5:]", letters, ["\"f\"", "\"g\""]), ("$[1:5:2]", letters, ["\"b\"", "\"d\""]),
      ("$[5:1:-2]", letters, ["\"f\"", "\"d\""]), ("$[::-1]", "[1,2,3]", ["3", "2", "1"]), ("$[0:2:0]", letters, []),
      ("$.a[?@.b == 'kilo']", filters, [#"{"b":"kilo"}"#]), ("$.a[?(@.b == 'kilo')]", filters, [#"{"b":"kilo"}"#]),
      ("$.a[?@>3.5]", filters, ["5", "4", "6"]), ("$.a[?@.b]", filters, [#"{"b":"j"}"#, #"{"b":"k"}"#, #"{"b":{}}"#, #"{"b":"kilo"}"#]),
      ("$[?@.*]", filters, [#"[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]"#, #"{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}}"#]),
      ("$[?@[?@.b]]", filters, [#"[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]"#]),
      ("$.o[?@<3, ?@<3]", filters, ["1", "2", "1", "2"]), (#"$.a[?@<2 || @.b == "k"]"#, filters, ["1", #"{"b":"k"}"#]),
      (#"$.a[?match(@.b, "k.*")]"#, filters, [#"{"b":"k"}"#, #"{"b":"kilo"}"#]), (#"$.a[?search(@.b, "il")]"#, filters, [#"{"b":"kilo"}"#]),
      ("$.o[?@>1 && @<4]", filters, ["2", "3"]), ("$.o[?@.u || @.x]", filters, [#"{"u":6}"#]),
      ("$.a[?@.b == $.x]", filters, ["3", "5", "1", "2", "4", "6"]),
      ("$.a[?@ == @]", filters, ["3", "5", "1", "2", "4", "6", #"{"b":"j"}"#, #"{"b":"k"}"#, #"{"b":{}}"#, #"{"b":"kilo"}"#]),
      ("$.a[?!@.b]", filters, ["3", "5", "1", "2", "4", "6"]), ("$.a[?!(@.b || @ > 2)]", filters, ["1", "2"]),
      ("$[0, 3]", letters, ["\"a\"", "\"d\""]), ("$[0:2, 5]", letters, ["\"a\"", "\"b\"", "\"f\""]),
      ("$[0, 0]", letters, ["\"a\"", "\"a\""]),
      ("$..j", nested, ["1", "4"]), ("$..[0]", nested, ["5", #"{"j":4}"#]), ("$..o", nested, [#"{"j":1,"k":2}"#]),
      ("$.o..[*, *]", nested, ["1", "2", "1", "2"]), ("$.a..[0, 1]", nested, ["5", "3", #"{"j":4}"#, #"{"k":6}"#]),
      ("$.a", nulls, ["null"]), ("$.a[0]", nulls, []), ("$.a.d", nulls, []), ("$.b[0]", nulls, ["null"]), ("$.b[*]", nulls, ["null"]),
      ("$.b[?@]", nulls, ["null"]), ("$.b[?@==null]", nulls, ["null"]), ("$.c[?@.d==null]", nulls, []), ("$.null", nulls, ["1"]),
      (
        "$[?length(@) == 3]", #"["abc","ab",[1,2,3],{"a":1,"b":2,"c":3},3,"åäö"]"#,
        ["\"abc\"", "[1,2,3]", #"{"a":1,"b":2,"c":3}"#, "\"åäö\""]
      ),
      ("$[?count(@.*) == 2]", "[[1,2],[1],{\"a\":1,\"b\":2}]", ["[1,2]", "{\"a\":1,\"b\":2}"]),
      ("$[?value(@..color) == 'red']", #"[{"a":{"color":"red"}},{"color":"red","b":{"color":"red"}}]"#, [#"{"a":{"color":"red"}}"#]),
    ])
  func selectors(_ query: String, _ text: String, _ expected: [String]) throws { #expect(try found(query, text) == expected) }

  @Test(
    "§2.3.5.3: comparisons",
    arguments: [
      ("$.absent1 == $.absent2", true), ("$.absent1 <= $.absent2", true), ("$.absent == 'g'", false), ("$.absent1 != $.absent2", false),
      ("$.absent != 'g'", true), ("1 <= 2", true), ("1 > 2", false), ("13 == '13'", false), ("'a' <= 'b'", true), ("'a' > 'b'", false),
      ("$.obj == $.arr", false), ("$.obj != $.arr", true), ("$.obj == $.obj", true), ("$.obj != $.obj", false), ("$.arr == $.arr", true),
      ("$.arr != $.arr", false), ("$.obj == 17", false), ("$.obj != 17", true), ("$.obj <= $.arr", false), ("$.obj < $.arr", false),
      ("$.obj <= $.obj", true), ("$.arr <= $.arr", true), ("1 <= $.arr", false), ("1 >= $.arr", false), ("1 > $.arr", false),
      ("1 < $.arr", false), ("true <= true", true), ("true > true", false), ("1 == 1.0", true), ("-0 == 0", true), ("1e2 == 100", true),
      ("$.obj == $.same", true), ("$.arr == $.other", false), ("null == null", true), ("'\\u00e5' == 'å'", true),
    ])
  func comparisons(_ filter: String, _ holds: Bool) throws {
    let text = #"{"list":[1],"obj":{"x":"y"},"same":{ "x" : "y" },"arr":[2,3],"other":[3,2]}"#
    #expect(try found("$.list[?\(filter)]", text) == (holds ? ["1"] : []))
  }

  @Test(
    "what is no query, and at which byte",
    arguments: [
      ("", 0), ("store", 0), (" $", 0), ("$ ", 1), ("$.", 2), ("$.[0]", 2), ("$.store..", 9), ("$[", 1), ("$[0", 1), ("$[0,]", 4),
      ("$[01]", 2),
      ("$[-0]", 2), ("$['a]", 2), ("$['\\x']", 3), ("$[\"\\uD800\"]", 3), ("$[9007199254740992]", 2), ("$[?@.a == ]", 10),
      ("$[?@..a == 1]", 3),
      ("$[?1]", 3), ("$[?length(@)]", 3), ("$[?match(@, 'a') == true]", 3), ("$[?count(1) == 1]", 9), ("$[?foo(@)]", 3), ("$[?@.a = 1]", 7),
      ("$[?(@.a]", 7), ("$[?length(@, @) == 1]", 3), ("$[?@.a && ]", 10), ("$.a b", 3), ("$[?TRUE]", 3), ("$[?@ == tru]", 8), ("$.1a", 2),
    ])
  func invalid(_ query: String, _ offset: Int) { #expect(fault(query)?.offset == offset) }

  @Test("filters and parentheses may be nested so deep and no deeper")
  func depth() {
    #expect(fault("$[?" + String(repeating: "(", count: 20) + "@" + String(repeating: ")", count: 20) + "]") == nil)
    #expect(fault("$[?" + String(repeating: "(", count: 100_000) + "@") != nil)
    #expect(fault(String(repeating: "$[?@", count: 100_000)) != nil)
  }

  @Test("a query that asks too much of a value is given up")
  func budget() throws {
    let text = "[" + (0..<2000).map { "[\($0)]" }.joined(separator: ",") + "]"
    let path = try JSONPathParser.parse("$[?$[?$[?@[0] == 5000]]]", compiler: compiler)
    try ByteString(text).withView { view in
      var scanner = JSONScanner(view, file: "t.json")
      var tree = JSONTree()
      try tree.read(&scanner, try scanner.next()) { _ in }
      var run = JSONPathRun(compiler: compiler, most: 10_000)
      var nodes: ContiguousArray<Int> = []
      run.find(path.segments, from: 0, root: 0, in: tree, into: &nodes)
      #expect(run.isGivenUp)
    }
  }

  @Test("of equal keys the last one counts, and the others are told of")
  func repeatedKeys() throws {
    let text = #"{"a":1,"b":2,"\u0061":3,"b":{"c":4,"c":5}}"#
    #expect(try found("$.a", text) == ["3"])
    #expect(try found("$.*", text) == ["3", #"{"c":4,"c":5}"#])
    #expect(try found("$..c", text) == ["5"])
    var repeated = 0
    try ByteString(text).withView { view in
      var scanner = JSONScanner(view, file: "t.json")
      var tree = JSONTree()
      try tree.read(&scanner, try scanner.next()) { _ in repeated += 1 }
    }
    #expect(repeated == 3)
  }

  @Test("beside the RFC: up from an item, its key, and the elements of an array or the value itself")
  func extensions() throws {
    let text = #"{"stations":[{"id":7,"conn":{"1":{"p":22},"2":{"p":50}}}],"one":{"p":1}}"#
    #expect(try found("$^^.id", text, from: "$.stations[0].conn['2']") == ["7"])
    #expect(try found("$^^^^^^", text, from: "$.stations[0]") == [])
    #expect(try JSONPathParser.parse("$.stations[*]~", compiler: compiler).givesKeys)
    #expect(try found("$.one[+].p", text) == ["1"])
    #expect(try found("$.stations[+].id", text) == ["7"])
  }
}
