import Bytes
import Identifiers
import Mapping
import Problems
import Resources
import Site
import TestSupport
import Testing

/// Code lists: SKOS in Turtle as registers.
struct CodeListTests {
  private func load(_ turtle: String) throws -> Register {
    let folder = try TemporaryFolder()
    try folder.write(
      "l.ttl",
      """
      @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
      @prefix : <http://example.org/id/> .
      \(turtle)
      """)
    return try CodeListLoader(resources: FileSource(), problems: ProblemList()).load("l", path: folder.file("l.ttl"))
  }

  private func find(_ text: String, in register: Register) -> String? {
    var key = ByteBuffer()
    return ByteString(text).withView { register.find($0, key: &key) } == .found ? key.view.text : nil
  }

  private static let list = """
    :l a skos:ConceptScheme .
    <http://example.org/id/l/5> a skos:Concept ; skos:notation "5" ; skos:inScheme :l ; skos:prefLabel "Klass 5"@sv, "Class 5"@en ;
      skos:altLabel "femte"@sv ; skos:hiddenLabel "Klas 5" .
    <http://example.org/id/l/6> a skos:Concept ; skos:notation "6" ; skos:inScheme :l ; skos:prefLabel "Klass 6"@sv .
    """

  @Test(arguments: ["5", " 5 ", "Klass 5", "klass 5", "Class 5", "FEMTE", "Klas 5"])
  func aConceptIsFoundByItsNotationAndAllItsLabels(_ text: String) throws {
    let register = try load(Self.list)
    #expect(find(text, in: register) == "5")
    var iri = ByteBuffer()
    ByteString("5").withView { register.append(iriOf: $0, to: &iri) }
    #expect(iri.view.text == "http://example.org/id/l/5")
  }

  @Test(arguments: ["7", "", "Klass", "05"])
  func whatIsNoConceptIsNotFound(_ text: String) throws {
    #expect(find(text, in: try load(Self.list)) == nil)
  }

  @Test(arguments: [
    "", ":l a skos:ConceptScheme . :m a skos:ConceptScheme .", ":l a skos:ConceptScheme . :x skos:inScheme :l .",
    ":l a skos:ConceptScheme . :x skos:inScheme :l ; skos:notation \"5\" .", "_:l a skos:ConceptScheme .", "not turtle",
  ])
  func refusesWhatIsNoCodeList(_ turtle: String) {
    #expect(throws: Failure.self) { try load(turtle) }
  }

  static let shipped = Library(roots: [ProgramRun.repository]).codeListNames

  @Test(arguments: shipped) func theShippedListsAreCodeLists(_ name: String) throws {
    let path = ProgramRun.repository + "/vocabularies/codes/\(name).ttl"
    let register = try CodeListLoader(resources: FileSource(), problems: ProblemList()).load(name, path: path)
    let pattern = register.declaration.declaredPattern.source.text
    // A list that another body keeps stays under its own identifiers.
    let others = ["http://publications.europa.eu/resource/authority/", "https://www.iana.org/assignments/"]
    #expect(pattern == "https://w3id.org/kommungraf/id/\(name)/{kod}" || others.contains { pattern.hasPrefix($0) }, "\(pattern)")
  }
}
