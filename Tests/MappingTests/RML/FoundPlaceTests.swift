import Problems
import Testing

/// A list without elements is not an answer that is about something else (Sources.md).
@Suite("What iterators find in files without items") struct FoundPlaceTests {
  /// What a file is to its iterator.
  enum Kind { case empty, absent, strangers }

  static let jsonCases: [(String, String, Kind)] = [
    ("$.results[*]", #"{"results":[]}"#, .empty), ("$.results[*]", #"{"results":{}}"#, .empty),
    ("$.results[*]", #"{"error":"x"}"#, .absent),
    ("$.results[*]", #"{"error":"x","results":null}"#, .absent), ("$.results[*]", #"{"results":"none"}"#, .absent),
    ("$.results[*]", "[]", .absent), ("$.results[*]", #"{"results":[{"ident":1}]}"#, .strangers),
    ("$.results[*]", #"{"results":[{"id":null}]}"#, .strangers), ("$.results[0]", #"{"results":[]}"#, .empty),
    ("$.results[-1]", #"{"results":[]}"#, .empty), ("$.results[1:]", #"{"results":[{"id":1}]}"#, .empty),
    ("$.a.b[*]", #"{"a":{}}"#, .absent), ("$.a.b[*]", #"{"a":{"b":[]}}"#, .empty), ("$['a']['b'][*]", #"{"a":{"b":[]}}"#, .empty),
    ("$.a[*].b[*]", #"{"a":[]}"#, .empty), ("$.a[*].b[*]", #"{"a":[{"c":1}]}"#, .absent), ("$.a[*].b[*]", #"{"a":[{},{"b":[]}]}"#, .empty),
    ("$", #"{"error":"x"}"#, .strangers), ("$", "null", .strangers), ("$.data", #"{"data":null}"#, .strangers), ("$.data", "{}", .absent),
    ("$[*]", "[]", .empty), ("$[*]", #"{"error":{"code":429}}"#, .strangers), ("$[+]", "[]", .empty), ("$[+]", #"{"error":1}"#, .strangers),
    ("$[?@.id]", #"[{"x":1}]"#, .empty), ("$[?@.id]", "[]", .empty), ("$[?@.id]", #"{"title":"x"}"#, .absent),
    ("$.a[?@.id == $.b]", #"{"a":[{"id":1}]}"#, .empty), ("$.a[?@.id == $.b]", #"{"b":1}"#, .absent),
    ("$..item[*]", #"{"a":[{"item":[]}]}"#, .empty), ("$..item[*]", #"{"a":[{"items":[]}]}"#, .absent),
    ("$..a..b[*]", #"{"a":{"b":[]}}"#, .absent),
  ]

  @Test(arguments: jsonCases) func inJSON(_ iterator: String, _ text: String, _ kind: Kind) {
    expect(
      TriplesRun(
        triplesMap(json(iterator), subject: "rml:template \"{$.id}\" ; rml:class ex:T", ""), ["d.json": text]), kind, iterator)
  }

  static let xmlCases: [(String, String, Kind)] = [
    ("/a/b", "<a/>", .empty), ("/a/b", "<a><c/></a>", .empty), ("/a/b", "<error/>", .absent), ("/a/b", "<a xmlns='urn:d'/>", .absent),
    ("/a/b", "<a><b no='1'/></a>", .strangers), ("/a/b/c", "<a><error/></a>", .absent), ("/a/b/c", "<a><b/></a>", .empty),
    ("/a/b[@k]/c", "<a><b/></a>", .empty), ("/a/b[@k]/c/e", "<a><b k='1'/></a>", .absent),
    ("/a/b[@k]/c/e", "<a><b k='1'><c/></b></a>", .empty),
    ("//b/c", "<x/>", .absent), ("//b/c", "<x><b/></x>", .empty), ("//b", "<x/>", .absent), ("//b/c/e", "<x><b/></x>", .absent),
    ("//b/c/e", "<x><b><c/></b></x>", .empty), ("/*", "<a/>", .strangers), ("/a/b | /a/c", "<error/>", .empty),
    // The parts of a publication may be missing, and a fault is in another namespace.
    ("/d:a/d:b/d:c/d:e", "<a xmlns='urn:d'><b><x/></b></a>", .empty), ("/d:a/d:b/d:c/d:e", "<a xmlns='urn:other'><b/></a>", .absent),
    ("/s:e/s:b/d:r/d:i", "<s:e xmlns:s='urn:s'><s:b><s:fault/></s:b></s:e>", .absent),
    ("/s:e/s:b/d:r/d:i", "<s:e xmlns:s='urn:s'><s:b><r xmlns='urn:d'/></s:b></s:e>", .empty),
    ("//d:b/d:c", "<x xmlns:d='urn:d' type='d:list'/>", .empty), ("//d:b/d:c", "<x/>", .absent),
  ]

  @Test(arguments: xmlCases) func inXML(_ iterator: String, _ text: String, _ kind: Kind) {
    expect(Self.xmlRun(iterator, "{@id}", text), kind, iterator)
  }

  /// The same where what stands above the items is asked for too, so that it is held, or the whole document.
  @Test(
    arguments: [
      ("/a/b/c/e", "<a><b/></a>", .absent), ("/a/b/c/e", "<a><b><c/></b></a>", .empty), ("/a/b/c/e", "<x/>", .absent),
      ("/a/b", "<a/>", .empty),
    ] as [(String, String, Kind)], ["../../@k", "/a/@k"])
  func inXMLThatIsHeld(_ example: (String, String, Kind), _ above: String) {
    expect(Self.xmlRun(example.0, "{@id}-{\(above)}", example.1), example.2, example.0)
  }

  private static func xmlRun(_ iterator: String, _ template: String, _ text: String) -> TriplesRun {
    let namespaces = ["d", "s"].map { "rml:namespace [ a rml:Namespace ; rml:namespacePrefix \"\($0)\" ; rml:namespaceURL \"urn:\($0)\" ]" }
    let formulation = "[ a rml:XPathReferenceFormulation ; \(namespaces.joined(separator: " ; ")) ]"
    let source = "rml:source \"d.xml\" ; rml:referenceFormulation \(formulation) ; rml:iterator \"\(iterator)\""
    return TriplesRun(triplesMap(source, subject: "rml:template \"\(template)\" ; rml:class ex:T", ""), ["d.xml": text])
  }

  private func expect(_ run: TriplesRun, _ kind: Kind, _ iterator: String) {
    #expect(run.failure == (kind == .empty ? nil : .iteratorAbsent), "\(iterator): \(run.problems)")
    #expect(run.lines == [])
    if kind == .empty {
      // What is told is no fault, and where the iterator stands.
      let words = "warning: nothing is made of the file: the iterator «\(iterator)» finds nothing (m.rml.ttl:3:"
      return #expect(
        run.problems.count == 1 && run.problems[0].contains(words) && run.problems[0].contains("[iterator-empty]"), "\(run.problems)")
    }
    let words = kind == .absent ? "there is no place where «" : "nothing that «"
    #expect(run.problems.last?.contains(words) == true && run.problems.last?.contains("m.rml.ttl:") == true, "\(run.problems)")
  }

  /// Names without a prefix are in no namespace, whatever the one of the document is.
  @Test(
    arguments: [
      ("/a/b", "<a xmlns='urn:d'><b id='1'/></a>", true), ("/a/b", "<a/>", false), ("/d:a/d:b", "<a xmlns='urn:d'/>", false),
      ("/d:a/d:b", "<a xmlns='urn:other'/>", false), ("/child::a/child::b", "<a xmlns='urn:d'/>", true),
    ])
  func aNamespaceThatTheIteratorLacksIsTold(_ iterator: String, _ text: String, _ isTold: Bool) {
    let run = Self.xmlRun(iterator, "{@id}", text)
    #expect(run.problems.count == 1 && run.problems[0].contains("in the namespace «urn:d»") == isTold, "\(run.problems)")
  }

  /// One iterator that finds its place is enough.
  @Test(
    arguments: [
      (#"{"meals":[{"id":1}]}"#, false), (#"{"meals":[]}"#, false), (#"{"courses":[]}"#, false), (#"{"courses":[{"id":1}]}"#, false),
      (#"{"error":1}"#, true),
    ])
  func oneOfSeveralIteratorsIsEnough(_ text: String, _ isAbsent: Bool) {
    let mapping = ["$.meals[*]", "$.meals[*].courses[*]", "$.courses[*]"].enumerated().map { number, iterator in
      triplesMap(json(iterator), subject: "rml:template \"{$.id}\" ; rml:class ex:T", "", name: "ex:M\(number)")
    }
    let run = TriplesRun(mapping.joined(), ["d.json": text])
    #expect((run.failure == .iteratorAbsent) == isAbsent, "\(run.problems)")
  }
}
