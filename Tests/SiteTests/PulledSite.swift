import Bytes
import Fetching
import Foundation
import Problems
import RDF
import Resources
import Site
import Store
import Synchronization
import TestSupport

/// A site whose datasets are pulled from a server of a test's own, in a folder of its own, at moments that the test sets.
final class PulledSite {
  static let base = "https://data.example.se"
  let folder: TemporaryFolder
  let problems = ProblemList()
  let clock: TestClock
  private let fetcher: HTTPSource

  /// A site.
  /// - Parameters:
  ///   - dataset: keys of its only dataset in site.yaml, beside `name: a`.
  ///   - specification: what stands behind `variants:` of the mapping `prov`, whose file `prov.rml.ttl` makes of each element of `$.results` a thing.
  init(_ server: LocalServer, _ dataset: String, variants: String = "[{name: api, file: prov.rml.ttl, for: json}]") throws {
    folder = try TemporaryFolder()
    try folder.write("site/site.yaml", SiteFileTests.smallest + "\ndatasets:\n  - {name: a, mapping: prov, \(dataset)}\n")
    try folder.write("mappings/prov/specification.yaml", "title: Prov\nvariants: \(variants)\n")
    try folder.write("mappings/prov/prov.rml.ttl", Self.mapping)
    clock = TestClock()
    fetcher = .ofThisMachine
  }

  /// The site as a program that starts now has it.
  func opened(limits: PullLimits = PullLimits()) throws -> LiveSite {
    let file = try SiteFile(path: folder.file("site/site.yaml"), resources: FileSource(), problems: problems)
    let library = Library(roots: [folder.path])
    let clock = clock
    let pulls = Pulls(file, library: library, resources: fetcher, fetcher: fetcher, limits: limits) { clock.now }
    return LiveSite(file, library: library, resources: fetcher, problems: problems, pulls: pulls, now: { clock.now })
  }

  /// The files of the copies, below the folder of the dataset.
  var files: [String] {
    let path = folder.file("site/.kommungraf/pulled/a")
    let all = (FileManager.default.enumerator(atPath: path)?.allObjects as? [String]) ?? []
    return all.filter { $0.contains("/") }.sorted()
  }

  static let mapping = """
    @prefix rml: <http://w3id.org/rml/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix kg: <https://w3id.org/kommungraf/ns/> .
    <#ting> rml:logicalSource [ rml:source "prov.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.results[*]" ] ;
      rml:subjectMap [ rml:template "id/ting/{$.id}" ; rml:class kg:Ting ] ;
      rml:predicateObjectMap [ rml:predicate rdfs:label ; rml:objectMap [ rml:reference "$.namn" ] ] .
    """
}

extension HTTPSource {
  /// What fetches from servers of this machine.
  static var ofThisMachine: HTTPSource {
    var policy = NetworkPolicy()
    policy.allowed = [NetworkPolicy.Host("127.0.0.1")].compactMap { $0 }
    return HTTPSource(FileSource(), policy: policy)
  }
}

extension LiveSite {
  /// Whether the graph of dataset `a` says something of a thing.
  func has(_ id: String) -> Bool { labels(of: id) != [] }

  /// What a thing is called.
  func labels(of id: String) -> [String] {
    holder.current.objects(of: .iri(.init("\(PulledSite.base)/id/ting/\(id)")), "http://www.w3.org/2000/01/rdf-schema#label").compactMap(
      \.literalText)
  }

  /// How it stands with dataset `a`.
  var status: PullStatus? { pulls?.statuses.first }
}

/// A page of things.
func page(_ ids: [String], next: String? = nil, more: String = "") -> String {
  let things = ids.map { "{\"id\":\"\($0)\",\"namn\":\"Ting \($0)\"}" }.joined(separator: ",")
  return "{\(next.map { "\"next\":\"\($0)\"," } ?? "")\(more)\"results\":[\(things)]}"
}

extension Term {
  /// What a literal says.
  var literalText: String? { if case .literal(let text, _) = self { text.text } else { nil } }
}
