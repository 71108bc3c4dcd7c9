import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import TestSupport
import Testing

/// The RDF/XML of the suites read in a process of its own, as if it came over the network: the same triples, and the same problems.
@Suite struct ConfinedSuiteTests {
  @Test func theSuiteIsReadTheSameInAProcessOfItsOwn() throws {
    let folder = SuiteFolder.current
    for manifest in SuiteManifest.all where manifest.name == "rdf11/rdf-xml" && folder.has(manifest.path) {
      let files = manifest.files(in: folder)
      let documents = Set(try ManifestGraph(manifest.iri, files: files).entries.map(\.action)).sorted()
      #expect(documents.count > 100 || !folder.isDefault)
      for document in documents {
        let bytes = try files.open(document).readAll()
        #expect(Self.read(bytes, document, isFromNetwork: true) == Self.read(bytes, document, isFromNetwork: false), "\(document)")
      }
    }
  }

  /// The triples as they come, then what went wrong.
  private static func read(_ bytes: [UInt8], _ document: String, isFromNetwork: Bool) -> [String] {
    let graph = QuadCollector()
    let problems = ProblemList()
    let options = RDFReader.Options(
      base: ByteString(document), confinement: Confinement(program: ProgramRun.executable, arguments: ["read-rdfxml"]))
    do throws(Failure) {
      let stream = MemoryStream(bytes, name: document, isFromNetwork: isFromNetwork)
      try RDFReader.read(stream, format: .rdfxml, options: options, into: graph, problems: problems)
    } catch {
      problems.report(error.problem)
    }
    return graph.quads.map { "\($0)" } + problems.problems.map { $0.line(in: .en) }
  }
}
